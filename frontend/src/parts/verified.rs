//! "A clinician stands behind this sentence."

use askama::Template;

use super::{Icon, Moment};

/// A general statement in a post that a registered clinician has checked, word for word.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/verified.html")]
pub struct VerifiedMark {
    /// The exact words.
    pub passage: String,
    pub clinician: String,
    /// What they are, such as `Physiotherapist`.
    pub role: String,
    /// Register and number, such as `HCPC PH000000`.
    pub register: String,
    pub when: Moment,
}

impl VerifiedMark {
    pub fn sample() -> Self {
        Self {
            passage: "Short walks, a few times a day, help more than one long one.".to_owned(),
            clinician: "Tomasz Zielinski".to_owned(),
            role: "Physiotherapist".to_owned(),
            register: "HCPC PH000000".to_owned(),
            when: Moment::new("2026-11-20T14:05:00Z", "20 November"),
        }
    }
}

impl askama::filters::HtmlSafe for VerifiedMark {}
