//! Signed guidance under a post: what it says, who stands behind it, and until when.

use askama::Template;

use super::{Icon, Moment, sample_html};
use crate::content::SanitizedHtml;

/// How the guidance relates to the post it hangs under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    Answers,
    Adds,
    Corrects,
}

impl Relation {
    pub const ALL: [Self; 3] = [Self::Answers, Self::Adds, Self::Corrects];

    pub fn value(&self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Adds => "adds",
            Self::Corrects => "corrects",
        }
    }

    pub fn label(&self) -> &'static str {
        match self {
            Self::Answers => "Answers this question",
            Self::Adds => "Adds to this",
            Self::Corrects => "Corrects something here",
        }
    }
}

/// Somebody who has signed exactly this text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    pub name: String,
    /// Register and number, such as `GMC 0000000`.
    pub register: String,
    pub when: Moment,
}

/// Where the guidance comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub title: String,
    pub publisher: String,
    pub url: String,
    pub date: Option<String>,
}

/// The guidance was stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    pub on: Moment,
    pub why: String,
    pub by: String,
}

/// The card.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/guidance_card.html")]
pub struct GuidanceCard {
    /// The article.
    pub id: String,
    pub title: String,
    pub relation: Relation,
    /// A word from the moderator who attached it.
    pub note: Option<String>,
    pub attached_by: Option<String>,
    /// The first sentences as plain text; the whole opens below them when `long`.
    pub lead: String,
    pub html: SanitizedHtml,
    pub long: bool,
    pub signers: Vec<Signer>,
    pub review_due: Moment,
    /// The review date has passed.
    pub overdue: bool,
    pub sources: Vec<Source>,
    /// Set when it was stopped: the text is not shown any more.
    pub stopped: Option<Stop>,
}

impl Signer {
    pub fn samples() -> Vec<Self> {
        let when = Moment::new("2026-05-01", "1 May 2026");
        vec![
            Self { name: "Dr Asha Nair".to_owned(), register: "GMC 0000000".to_owned(), when: when.clone() },
            Self { name: "Tomasz Zielinski".to_owned(), register: "HCPC PH000000".to_owned(), when },
        ]
    }
}

impl Source {
    pub fn sample() -> Self {
        Self {
            title: "Hip replacement: recovery".to_owned(),
            publisher: "NHS".to_owned(),
            url: "https://www.nhs.uk/".to_owned(),
            date: Some("2025".to_owned()),
        }
    }
}

impl Stop {
    pub fn sample() -> Self {
        Self {
            on: Moment::new("2026-11-22T10:00:00Z", "22 November at 10:00"),
            why:
                "The advice about bathing has changed. Please ask your own team until the new text is ready."
                    .to_owned(),
            by: "Imani, moderator".to_owned(),
        }
    }
}

impl GuidanceCard {
    pub fn sample() -> Self {
        let text = "Swelling after a hip replacement is common and can last for some months.\n\n\
                    - Rest with your leg up, a few times a day.\n- Walk a little, often.\n\n\
                    **Call your care team today** if one calf is hot, red and painful. \
                    **Call 999** if you are short of breath or your chest hurts.";
        Self {
            id: "0HGSWELLING01".to_owned(),
            title: "Swelling after a hip replacement".to_owned(),
            relation: Relation::Answers,
            note: Some("The part about which leg to watch is the one you asked about.".to_owned()),
            attached_by: Some("Imani, moderator".to_owned()),
            lead: "Swelling after a hip replacement is common and can last for some months.".to_owned(),
            html: sample_html(text),
            long: false,
            signers: Signer::samples(),
            review_due: Moment::sample_date(),
            overdue: false,
            sources: vec![Source::sample()],
            stopped: None,
        }
    }

    pub fn sample_stopped() -> Self {
        Self {
            title: "Bathing with a new scar".to_owned(),
            id: "0HGBATHING002".to_owned(),
            relation: Relation::Adds,
            note: None,
            stopped: Some(Stop::sample()),
            ..Self::sample()
        }
    }
}

impl askama::filters::HtmlSafe for GuidanceCard {}
