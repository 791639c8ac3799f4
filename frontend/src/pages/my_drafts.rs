//! `/me/drafts`: unfinished posts, and posts that came back; `/me/drafts/{id}`: going on with one.

use askama::Template;

use super::AskField;
use crate::content::SanitizedHtml;
use crate::parts::{About, CarePanel, Chrome, FormState, Icon, Moment};

/// Why a post came back.
#[derive(Debug, Clone)]
pub struct Returned {
    /// Such as `Imani, moderator`.
    pub by: String,
    pub when: Moment,
    pub reason: String,
}

/// A draft in the list.
#[derive(Debug, Clone)]
pub struct Draft {
    pub id: String,
    /// The title, or the thread it replies to.
    pub title: String,
    pub excerpt: String,
    pub when: Moment,
    pub returned: Option<Returned>,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/my_drafts.html")]
pub struct MyDrafts {
    pub chrome: Chrome,
    pub csrf: String,
    pub drafts: Vec<Draft>,
    pub older: Option<String>,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/edit_draft.html")]
pub struct EditDraft {
    pub chrome: Chrome,
    pub id: String,
    /// Where it will be posted, such as `Hips and knees`, or the title of the thread.
    pub place: String,
    /// A reply has no title.
    pub is_reply: bool,
    pub form: FormState<AskField>,
    pub returned: Option<Returned>,
    pub preview: Option<SanitizedHtml>,
    pub care: Vec<CarePanel>,
    pub autosave_url: Option<String>,
}

impl Returned {
    pub fn sample() -> Self {
        Self {
            by: "Imani, moderator".to_owned(),
            when: Moment::new("2026-11-23T18:00:00Z", "yesterday at 18:00"),
            reason: "Thank you for sharing this. Please leave out the ward's phone number, then it can go up at once.".to_owned(),
        }
    }
}

impl MyDrafts {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome::sample_member("/me/drafts"),
            csrf: "sample-csrf".to_owned(),
            drafts: vec![
                Draft {
                    id: "0HDRAFT000001".to_owned(),
                    title: "Which chair is high enough?".to_owned(),
                    excerpt: "You can ring them on …".to_owned(),
                    when: Moment::sample(),
                    returned: Some(Returned::sample()),
                },
                Draft {
                    id: "0HDRAFT000002".to_owned(),
                    title: "Swimming again".to_owned(),
                    excerpt: "I went to the pool for the first time".to_owned(),
                    when: Moment::sample(),
                    returned: None,
                },
            ],
            older: None,
        }
    }
}

impl EditDraft {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome::sample_member("/me/drafts/0HDRAFT000001"),
            id: "0HDRAFT000001".to_owned(),
            place: "Hips and knees".to_owned(),
            is_reply: false,
            form: FormState::new("sample-csrf")
                .with_nonce("sample-nonce")
                .with(AskField::Title, "Which chair is high enough?")
                .with(AskField::Body, "You can ring them on 01632 960 123.")
                .with(AskField::About, "me"),
            returned: Some(Returned::sample()),
            preview: None,
            care: vec![],
            autosave_url: None,
        }
    }
}
