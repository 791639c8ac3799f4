//! Help for the person who has just written something hard. Shown to them alone, and only by people's own words.

use askama::Template;

use super::{Icon, sample_html};
use crate::content::SanitizedHtml;

/// A checked help line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpLine {
    pub name: String,
    pub phone: Option<String>,
    /// How to write to them, such as `Text SHOUT to 85258`.
    pub text: Option<String>,
    pub url: Option<String>,
    pub hours: String,
    pub note: Option<String>,
}

impl HelpLine {
    /// The number as a `tel:` link takes it.
    pub fn tel(&self) -> Option<String> {
        let digits = |phone: &String| phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        self.phone.as_ref().map(digits)
    }

    pub fn samples() -> Vec<Self> {
        vec![
            Self {
                name: "Samaritans".to_owned(),
                phone: Some("116 123".to_owned()),
                text: None,
                url: None,
                hours: "Day and night, free".to_owned(),
                note: Some("You can talk about anything that weighs on you.".to_owned()),
            },
            Self {
                name: "Shout".to_owned(),
                phone: None,
                text: Some("Text SHOUT to 85258".to_owned()),
                url: Some("https://giveusashout.org".to_owned()),
                hours: "Day and night, free".to_owned(),
                note: Some("If talking feels like too much.".to_owned()),
            },
        ]
    }
}

/// Whether a phone can dial this. Where nobody can know the number, words stand in its place.
pub fn is_dialable(number: &str) -> bool {
    !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' '))
}

/// The panel for one need in one region.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/care_panel.html")]
pub struct CarePanel {
    /// Such as `crisis` or `emergency`; also makes the ids on the page unique.
    pub need: String,
    pub heading: String,
    /// What is said before the number to call, so that both stand on the first screen of a small phone.
    pub lead: Option<String>,
    pub body: SanitizedHtml,
    /// What to do until then.
    pub meanwhile: Option<SanitizedHtml>,
    pub region: String,
    /// The number to call when life is in danger.
    pub emergency: Option<String>,
    /// The lines lead and the emergency number follows small, as this need is no emergency.
    pub lines_first: bool,
    pub lines: Vec<HelpLine>,
    /// When somebody last checked the numbers, such as `24 November 2026`.
    pub checked_on: String,
    /// What is true right now about who reads here; never promises more than the schedule keeps.
    pub presence: String,
}

impl CarePanel {
    pub fn sample() -> Self {
        Self {
            need: "crisis".to_owned(),
            heading: "Thank you for saying this out loud".to_owned(),
            lead: Some("What you wrote sounds very heavy to carry.".to_owned()),
            body: sample_html("You do not have to carry it by yourself tonight."),
            meanwhile: Some(sample_html(
                "Is there somebody who could sit with you, or stay on the phone? It is all right to wake them.",
            )),
            region: "United Kingdom".to_owned(),
            emergency: Some("999".to_owned()),
            lines_first: false,
            lines: HelpLine::samples(),
            checked_on: "24 November 2026".to_owned(),
            presence: "A person from our team will read what you wrote. Somebody is here until 22:00 today. We are not an emergency service.".to_owned(),
        }
    }

    /// For somebody who grieves.
    pub fn sample_bereaved() -> Self {
        Self {
            need: "bereaved".to_owned(),
            heading: "We are so sorry".to_owned(),
            lead: None,
            body: sample_html(
                "There is no right way to grieve, and no day by which you ought to feel better.",
            ),
            meanwhile: None,
            lines_first: true,
            ..Self::sample()
        }
    }
}

impl askama::filters::HtmlSafe for CarePanel {}
