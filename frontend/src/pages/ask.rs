//! `/boards/{slug}/ask`: the question form.

use askama::Template;

use crate::content::SanitizedHtml;
use crate::parts::{About, Alike, BoardLink, CarePanel, Chrome, FormField, FormState, Icon, sample_html};

/// The fields of a question; a draft has the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskField {
    Title,
    Body,
    About,
}

impl FormField for AskField {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Title, "title", "Your question in one line"),
        (Self::Body, "body", "Tell us more"),
        (Self::About, "about", "Who is this about?"),
    ];
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/ask.html")]
pub struct Ask {
    pub chrome: Chrome,
    pub board: BoardLink,
    pub form: FormState<AskField>,
    /// Title and text as they will look.
    pub preview: Option<(String, SanitizedHtml)>,
    /// Threads that may answer it already.
    pub alike: Alike,
    /// Help for the writer, where the preview shows that it may be needed.
    pub care: Vec<CarePanel>,
    /// The number to call in an emergency, in the viewer's region.
    pub emergency: String,
    /// Where the script keeps a draft from time to time; without it, only the button does.
    pub autosave_url: Option<String>,
}

impl Ask {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome::sample_member("/boards/hips-and-knees/ask"),
            board: BoardLink::sample(),
            form: FormState::new("sample-csrf").with_nonce("sample-nonce").with(AskField::About, "me"),
            preview: None,
            alike: Alike::default(),
            care: vec![],
            emergency: "999".to_owned(),
            autosave_url: Some("/me/drafts/autosave".to_owned()),
        }
    }

    pub fn sample_preview() -> Self {
        let body = "It is six weeks now.\n\n- fine in the morning\n- **swollen** at night";
        Self {
            form: Self::sample()
                .form
                .with(AskField::Title, "Is my leg meant to be swollen?")
                .with(AskField::Body, body),
            alike: Alike::sample(),
            preview: Some(("Is my leg meant to be swollen?".to_owned(), sample_html(body))),
            ..Self::sample()
        }
    }

    pub fn sample_errors() -> Self {
        Self {
            form: Self::sample()
                .form
                .with(AskField::Body, "It is six weeks now.")
                .with_error(AskField::Title, "Please write your question in one line."),
            ..Self::sample()
        }
    }
}
