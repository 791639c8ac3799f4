//! `/about`: how this place works and what it promises.

use askama::Template;

use crate::parts::{Chrome, Icon};

#[derive(Debug, Clone, Template)]
#[template(path = "pages/about.html")]
pub struct About {
    pub chrome: Chrome,
    /// When staff read, such as `every day from 08:00 to 22:00`; never more than the schedule keeps.
    pub hours: Option<String>,
}

impl About {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome { path: "/about".to_owned(), ..Chrome::sample() },
            hours: Some("every day from 08:00 to 22:00".to_owned()),
        }
    }
}
