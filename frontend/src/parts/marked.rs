//! Text with some of its words marked: what a rule saw, or what a search found.

use askama::Template;

use super::Severity;

/// Which rule saw these words, and how urgent it finds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub rule: String,
    pub severity: Severity,
}

/// A stretch of a screened text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPart {
    pub text: String,
    pub marked: Option<Mark>,
}

impl TextPart {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), marked: None }
    }

    pub fn marked(text: impl Into<String>, rule: impl Into<String>, severity: Severity) -> Self {
        Self { text: text.into(), marked: Some(Mark { rule: rule.into(), severity }) }
    }
}

/// A screened text as the desk shows it: plain, never as HTML, so that nothing in it can act.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/marked.html")]
pub struct Marked {
    pub parts: Vec<TextPart>,
}

impl askama::filters::HtmlSafe for Marked {}

/// A stretch of a search result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnippetPart {
    pub text: String,
    pub marked: bool,
}

impl SnippetPart {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), marked: false }
    }

    pub fn found(text: impl Into<String>) -> Self {
        Self { text: text.into(), marked: true }
    }
}
