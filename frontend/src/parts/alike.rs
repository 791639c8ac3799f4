//! Threads that may answer a question which somebody is writing.

use askama::Template;

use super::ThreadRow;

/// Stands in the form of the question; empty without any threads.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/alike.html")]
pub struct Alike {
    pub rows: Vec<ThreadRow>,
}

impl Alike {
    pub fn sample() -> Self {
        Self { rows: ThreadRow::samples() }
    }
}

impl askama::filters::HtmlSafe for Alike {}
