//! The one type whose text is printed into pages without escaping.

use std::fmt;

/// HTML that has been through the sanitizer. It prints as it is; every other value in a template is escaped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SanitizedHtml(String);

impl SanitizedHtml {
    pub(super) fn new(cleaned: String) -> Self {
        Self(cleaned)
    }

    /// Takes HTML back that [`super::render`] made earlier. Only `threads/store.rs` and `guidance/store.rs` may call this,
    /// and only on a column that nothing else writes; a test reads the sources and fails on any other caller.
    pub fn from_store(html: String) -> Self {
        Self(html)
    }

    /// The HTML, to be stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SanitizedHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for SanitizedHtml {}
