//! `/privacy`: what is kept about people.

use askama::Template;

use crate::parts::{Chrome, Icon};

#[derive(Debug, Clone, Template)]
#[template(path = "pages/privacy.html")]
pub struct Privacy {
    pub chrome: Chrome,
    /// Who runs this community and answers for the data, with an address.
    pub responsible: Option<String>,
}

impl Privacy {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome { path: "/privacy".to_owned(), ..Chrome::sample() },
            responsible: Some("The Harbour Lane charity, privacy@example.org".to_owned()),
        }
    }
}
