//! The answer to posting, where the post waits or the author may need help.

use askama::Template;

use crate::content::SanitizedHtml;
use crate::parts::{CarePanel, Chrome, Icon, sample_html};

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everybody sees it.
    Public,
    /// A person reads it first.
    Waiting,
    /// Readers see the earlier version while a person reads this one.
    EditWaiting,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/sent.html")]
pub struct Sent {
    pub chrome: Chrome,
    pub outcome: Outcome,
    pub post_id: String,
    /// The title, for an opening post.
    pub title: Option<String>,
    /// What was written, as it will look.
    pub html: SanitizedHtml,
    /// The honest time, such as `Most posts are read within two hours. Somebody is here until 22:00 today.`
    pub expected: String,
    /// Help for the writer, shown above everything else, to nobody else.
    pub care: Vec<CarePanel>,
    /// Where it can be seen.
    pub view_url: String,
}

impl Sent {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome::sample_member("/threads/0HSWOLLENLEG1/reply"),
            outcome: Outcome::Waiting,
            post_id: "0HPOST0000004".to_owned(),
            title: None,
            html: sample_html("My mother had hers done too. She was told to ring the ward on 01632 960 123."),
            expected: "Most posts are read within two hours. Somebody is here until 22:00 today.".to_owned(),
            care: vec![],
            view_url: "/threads/0HSWOLLENLEG1#p-0HPOST0000004".to_owned(),
        }
    }

    pub fn sample_care() -> Self {
        Self {
            title: Some("I do not know how to go on".to_owned()),
            html: sample_html(
                "Everybody says I should be glad. I am so tired, and the nights are the worst.",
            ),
            care: vec![CarePanel::sample()],
            ..Self::sample()
        }
    }

    pub fn sample_edit() -> Self {
        Self { outcome: Outcome::EditWaiting, ..Self::sample() }
    }

    pub fn sample_public() -> Self {
        Self { outcome: Outcome::Public, care: vec![CarePanel::sample()], ..Self::sample() }
    }
}
