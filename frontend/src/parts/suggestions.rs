//! What a search box offers while somebody types; its script takes the parts out of this.

use askama::Template;

use super::CarePanel;

/// One title.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// Such as `Question`.
    pub kind: &'static str,
    pub title: String,
    pub url: String,
}

#[derive(Debug, Clone, Template)]
#[template(path = "parts/suggestions.html")]
pub struct Suggestions {
    pub rows: Vec<Suggestion>,
    /// Help, where the words typed show that it may be needed.
    pub care: Vec<CarePanel>,
}
