//! What changed between two texts.

use askama::Template;

/// A stretch of text in a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffPart {
    Same(String),
    Added(String),
    Removed(String),
}

/// A comparison as a reader sees it; line ends are kept.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/diff.html")]
pub struct Diff {
    pub parts: Vec<DiffPart>,
}

impl Diff {
    pub fn sample() -> Self {
        Self {
            parts: vec![
                DiffPart::Same("I have been on the new tablets for ".to_owned()),
                DiffPart::Removed("a week".to_owned()),
                DiffPart::Added("nine days".to_owned()),
                DiffPart::Same(" and I am dizzy in the mornings.".to_owned()),
            ],
        }
    }
}

impl askama::filters::HtmlSafe for Diff {}
