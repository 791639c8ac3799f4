//! `/desk/looked-for`: what people look for in vain, so that it can be written.

use askama::Template;

use crate::parts::{Chrome, Icon, Moment};

/// Two words that people looked for together.
#[derive(Debug, Clone)]
pub struct LookedForRow {
    pub words: String,
    /// The most in one week.
    pub people: String,
    /// The Monday of the last week in which enough people did.
    pub week: Moment,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/desk_looked_for.html")]
pub struct DeskLookedFor {
    pub chrome: Chrome,
    pub rows: Vec<LookedForRow>,
}

impl DeskLookedFor {
    pub fn sample() -> Self {
        let row = |words: &str, people: &str| LookedForRow {
            words: words.to_owned(),
            people: people.to_owned(),
            week: Moment::sample_date(),
        };
        Self {
            chrome: Chrome::sample_clinician("/desk/looked-for"),
            rows: vec![row("driving stoma", "9"), row("bath dressing", "5")],
        }
    }

    pub fn sample_empty() -> Self {
        Self { rows: vec![], ..Self::sample() }
    }
}
