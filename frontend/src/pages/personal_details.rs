//! A post that would be held for personal data: its author is asked first, and can have it left out.

use askama::Template;

use crate::parts::{CarePanel, Chrome, Icon, SnippetPart};

#[derive(Debug, Clone, Template)]
#[template(path = "pages/personal_details.html")]
pub struct PersonalDetails {
    pub chrome: Chrome,
    /// Where the form that led here was posted.
    pub action: String,
    /// Every field of that form as it was typed, `csrf` and `nonce` too, by name and value.
    pub kept: Vec<(String, String)>,
    /// What was noticed, as the end of a sentence: `a phone number`.
    pub noticed: Vec<String>,
    /// The author's title with the places marked; replies have none.
    pub title: Vec<SnippetPart>,
    pub body: Vec<SnippetPart>,
    /// Why it cannot be left out, where that was tried.
    pub trouble: Option<String>,
    /// Help for the writer, where the words show that it may be needed.
    pub care: Vec<CarePanel>,
}

impl PersonalDetails {
    pub fn sample() -> Self {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        Self {
            chrome: Chrome::sample_member("/threads/0HSWOLLENLEG1/reply"),
            action: "/threads/0HSWOLLENLEG1/reply".to_owned(),
            kept: vec![
                field("csrf", "sample-csrf"),
                field("nonce", "sample-nonce"),
                field("body", "Ring me on 01632 960 123, or write to me at rowan@example.org."),
                field("about", "me"),
            ],
            noticed: vec!["a phone number".to_owned(), "an e-mail address".to_owned()],
            title: vec![],
            body: vec![
                SnippetPart::plain("Ring me on "),
                SnippetPart::found("01632 960 123"),
                SnippetPart::plain(", or write to me at "),
                SnippetPart::found("rowan@example.org"),
                SnippetPart::plain("."),
            ],
            trouble: None,
            care: vec![],
        }
    }

    pub fn sample_trouble() -> Self {
        let words = "We could not take all of it out without spoiling your text. You can change it yourself, or send it as it is.";
        Self {
            title: vec![SnippetPart::plain("Walking together")],
            trouble: Some(words.to_owned()),
            ..Self::sample()
        }
    }
}
