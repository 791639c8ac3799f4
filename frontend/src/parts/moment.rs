//! A point in time on a page.

use askama::Template;

/// The server knows the clock and the community's time zone; the page only prints.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(source = "<time datetime=\"{{ utc }}\">{{ shown }}</time>", ext = "html")]
pub struct Moment {
    /// RFC 3339 in UTC, such as `2026-11-24T08:30:00Z`, or a date alone.
    pub utc: String,
    /// The same in words and in the community's zone, such as `today at 08:30`.
    pub shown: String,
}

impl Moment {
    pub fn new(utc: impl Into<String>, shown: impl Into<String>) -> Self {
        Self { utc: utc.into(), shown: shown.into() }
    }

    pub fn sample() -> Self {
        Self::new("2026-11-24T08:30:00Z", "today at 08:30")
    }

    pub(crate) fn sample_date() -> Self {
        Self::new("2027-05-01", "1 May 2027")
    }
}

impl askama::filters::HtmlSafe for Moment {}
