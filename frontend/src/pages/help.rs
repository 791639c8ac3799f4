//! `/help`: help lines by region, and what this place can and cannot do.

use askama::Template;

use crate::parts::{Chrome, HelpLine, Icon};

/// The help lines of one region.
#[derive(Debug, Clone)]
pub struct RegionHelp {
    /// Such as `GB`; used in the address of its part of the page.
    pub code: String,
    pub name: String,
    pub emergency: Option<String>,
    pub lines: Vec<HelpLine>,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/help.html")]
pub struct Help {
    pub chrome: Chrome,
    /// The viewer's own region comes first and is open.
    pub regions: Vec<RegionHelp>,
    /// When somebody last checked the numbers.
    pub checked_on: String,
}

impl RegionHelp {
    /// The code as an id; the code for everywhere else is `*`.
    fn anchor(&self) -> String {
        let code: String = self.code.chars().filter(char::is_ascii_alphanumeric).collect();
        if code.is_empty() { "elsewhere".to_owned() } else { code.to_lowercase() }
    }
}

impl Help {
    pub fn sample() -> Self {
        let region = |code: &str, name: &str, emergency: Option<&str>, lines| RegionHelp {
            code: code.to_owned(),
            name: name.to_owned(),
            emergency: emergency.map(str::to_owned),
            lines,
        };
        Self {
            chrome: Chrome { path: "/help".to_owned(), ..Chrome::sample() },
            regions: vec![
                region("GB", "United Kingdom", Some("999"), HelpLine::samples()),
                region("IE", "Ireland", Some("112"), HelpLine::samples().into_iter().take(1).collect()),
                region("*", "Everywhere else", None, vec![]),
            ],
            checked_on: "24 November 2026".to_owned(),
        }
    }
}
