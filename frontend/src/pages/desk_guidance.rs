//! `/desk/guidance`: every article with its state.

use askama::Template;

use super::desk_queue::{DeskTab, DeskTabs};
use crate::parts::{Chrome, Icon, Moment};

/// Where an article stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArticleState {
    Draft,
    /// Waiting for signatures.
    InReview,
    /// Two registered clinicians have signed: it can be attached.
    Verified,
    Stopped,
    /// Its review date has passed.
    Overdue,
}

impl ArticleState {
    pub fn label(&self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::InReview => "Waiting for signatures",
            Self::Verified => "Verified",
            Self::Stopped => "Stopped",
            Self::Overdue => "Review overdue",
        }
    }

    /// The class in the style sheet.
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Draft => "gone",
            Self::InReview => "wait",
            Self::Verified => "good",
            Self::Stopped | Self::Overdue => "back",
        }
    }
}

/// An article in the list of the desk.
#[derive(Debug, Clone)]
pub struct GuidanceRow {
    pub id: String,
    pub title: String,
    pub state: ArticleState,
    pub version: u32,
    pub author: String,
    /// Such as `1 of 2 signatures`.
    pub signatures: String,
    pub review_due: Moment,
    pub changed: Moment,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/desk_guidance.html")]
pub struct DeskGuidance {
    pub chrome: Chrome,
    pub tabs: DeskTabs,
    /// Whether the viewer may read what people look for in vain.
    pub sees_looked_for: bool,
    pub rows: Vec<GuidanceRow>,
    pub older: Option<String>,
}

impl DeskGuidance {
    pub fn sample() -> Self {
        let row = |id: &str, title: &str, state, signatures: &str| GuidanceRow {
            id: id.to_owned(),
            title: title.to_owned(),
            state,
            version: 2,
            author: "Ruth Okafor".to_owned(),
            signatures: signatures.to_owned(),
            review_due: Moment::sample_date(),
            changed: Moment::sample(),
        };
        Self {
            chrome: Chrome::sample_clinician("/desk/guidance"),
            tabs: DeskTabs::sample(DeskTab::Guidance),
            sees_looked_for: true,
            rows: vec![
                row(
                    "0HGDIZZY00001",
                    "Feeling dizzy on blood pressure tablets",
                    ArticleState::InReview,
                    "1 of 2 signatures",
                ),
                row(
                    "0HGSWELLING01",
                    "Swelling after a hip replacement",
                    ArticleState::Verified,
                    "2 of 2 signatures",
                ),
                row("0HGBATHING002", "Bathing with a new scar", ArticleState::Stopped, "2 of 2 signatures"),
                row("0HGDRIVING001", "Driving again", ArticleState::Draft, "no signatures"),
                row("0HGSTOMASKIN1", "Sore skin around a stoma", ArticleState::Overdue, "2 of 2 signatures"),
            ],
            older: None,
        }
    }
}
