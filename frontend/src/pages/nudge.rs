//! A post is asked about once before it goes out, such as when it seems to hold a telephone number.

use askama::Template;

use crate::content::SanitizedHtml;
use crate::parts::{CarePanel, Chrome, Icon, sample_html};

#[derive(Debug, Clone, Template)]
#[template(path = "pages/nudge.html")]
pub struct Nudge {
    pub chrome: Chrome,
    /// Where the form that led here was posted.
    pub action: String,
    /// Every field of that form as it was typed, `csrf` and `nonce` too, by name and value.
    pub kept: Vec<(String, String)>,
    /// What it seems to have, as the end of a sentence: `a phone number in it`.
    pub seems_to_have: Vec<String>,
    /// Why that may matter, in one sentence for each.
    pub why: Vec<String>,
    pub html: SanitizedHtml,
    /// Help for the writer, where the words show that it may be needed.
    pub care: Vec<CarePanel>,
}

impl Nudge {
    pub fn sample() -> Self {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let body = "Ring me on 01632 960 123 if you want to walk together.";
        Self {
            chrome: Chrome::sample_member("/threads/0HSWOLLENLEG1/reply"),
            action: "/threads/0HSWOLLENLEG1/reply".to_owned(),
            kept: vec![
                field("csrf", "sample-csrf"),
                field("nonce", "sample-nonce"),
                field("body", body),
                field("about", "me"),
            ],
            seems_to_have: vec!["a phone number in it".to_owned()],
            why: vec!["Anybody on the internet can read this board and call the number.".to_owned()],
            html: sample_html(body),
            care: vec![],
        }
    }
}
