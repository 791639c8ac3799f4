//! `/posts/{id}/edit`: the author changes a post. An edit is a new version, checked before it shows.

use askama::Template;

use crate::content::SanitizedHtml;
use crate::parts::{About, CarePanel, Chrome, FormField, FormState, Icon};

/// The fields of an edit; replies have no title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditField {
    Title,
    Body,
    About,
    Revision,
}

impl FormField for EditField {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Title, "title", "Your question in one line"),
        (Self::Body, "body", "Your words"),
        (Self::About, "about", "Who is this about?"),
        (Self::Revision, "revision", "The version you started from"),
    ];
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/edit_post.html")]
pub struct EditPost {
    pub chrome: Chrome,
    pub id: String,
    /// The opening post carries the title.
    pub is_opening: bool,
    /// Readers see the earlier version until the edit is through.
    pub is_public: bool,
    /// What staff asked its author to change.
    pub asked: Option<String>,
    pub form: FormState<EditField>,
    pub preview: Option<SanitizedHtml>,
    pub care: Vec<CarePanel>,
    pub thread_url: String,
}

impl EditPost {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome::sample_member("/posts/0HPOST0000001/edit"),
            id: "0HPOST0000001".to_owned(),
            is_opening: true,
            is_public: true,
            asked: Some("Could you leave out the name of the ward? Then we show it at once.".to_owned()),
            form: FormState::new("sample-csrf")
                .with_nonce("sample-nonce")
                .with(EditField::Title, "Is it normal that my leg is still swollen after six weeks?")
                .with(EditField::Body, "Six weeks after my new hip, my leg is still swollen every evening.")
                .with(EditField::About, "me")
                .with(EditField::Revision, "0HREVISION001"),
            preview: None,
            care: vec![],
            thread_url: "/threads/0HSWOLLENLEG1#p-0HPOST0000001".to_owned(),
        }
    }

    /// Back with its author before anybody else has seen it.
    pub fn sample_asked() -> Self {
        let asked = "Thank you for sharing this. Please leave out the ward's phone number.";
        Self { is_public: false, asked: Some(asked.to_owned()), ..Self::sample() }
    }
}
