//! `/threads/{id}`: the posts of a thread in order.

use askama::Template;

use crate::content::SanitizedHtml;
use crate::parts::{
    About, BoardLink, CarePanel, Chrome, FormField, FormState, Icon, PostCard, StaffTools, VerifyField,
};

/// The fields of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyField {
    Body,
    About,
}

impl FormField for ReplyField {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Body, "body", "Your reply"), (Self::About, "about", "Who is this about?")];
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/thread.html")]
pub struct Thread {
    pub chrome: Chrome,
    pub id: String,
    pub title: String,
    pub board: BoardLink,
    /// Where this thread is searched, once others can read it.
    pub search_url: Option<String>,
    pub posts: Vec<PostCard>,
    /// The address of the posts before these.
    pub earlier: Option<String>,
    /// The address of the posts after these.
    pub later: Option<String>,
    /// Set for members who may reply here.
    pub reply: Option<FormState<ReplyField>>,
    /// Why there is no reply form for a signed-in person, such as `Only invited members can reply here.`
    pub closed: Option<String>,
    pub preview: Option<SanitizedHtml>,
    pub care: Vec<CarePanel>,
    pub autosave_url: Option<String>,
    /// Threads that ask something like it: id and title.
    pub related: Vec<(String, String)>,
}

impl Thread {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome::sample_member("/threads/0HSWOLLENLEG1"),
            id: "0HSWOLLENLEG1".to_owned(),
            title: "Is it normal that my leg is still swollen after six weeks?".to_owned(),
            board: BoardLink::sample(),
            search_url: Some("/search?thread=0HSWOLLENLEG1".to_owned()),
            posts: vec![
                PostCard::sample(),
                PostCard::sample_reply(),
                PostCard::sample_staff_reply(),
                PostCard::sample_own_waiting(),
            ],
            earlier: None,
            later: Some("/threads/0HSWOLLENLEG1?after=abc".to_owned()),
            reply: Some(
                FormState::new("sample-csrf").with_nonce("sample-nonce").with(ReplyField::About, "me"),
            ),
            closed: None,
            preview: None,
            care: vec![],
            autosave_url: None,
            related: Vec::new(),
        }
    }

    /// As a visitor sees it.
    pub fn sample_visitor() -> Self {
        let chrome = Chrome {
            path: "/threads/0HSWOLLENLEG1".to_owned(),
            hours_notice: Some("Nobody from our team reads here until 08:00 tomorrow.".to_owned()),
            ..Chrome::sample()
        };
        let posts = vec![PostCard::sample(), PostCard::sample_reply(), PostCard::sample_staff_reply()];
        Self { chrome, posts, reply: None, later: None, ..Self::sample() }
    }

    /// As a clinician sees it.
    pub fn sample_clinician() -> Self {
        let mut thread = Self {
            chrome: Chrome::sample_clinician("/threads/0HSWOLLENLEG1"),
            posts: vec![PostCard::sample(), PostCard::sample_reply()],
            later: None,
            ..Self::sample()
        };
        for post in &mut thread.posts {
            let verify = FormState::new("sample-csrf").with(VerifyField::Revision, "0HREVISION001");
            post.staff = Some(StaffTools { item: None, attaches: false, verify: Some(verify) });
        }
        thread
    }

    /// As a moderator sees it.
    pub fn sample_moderator() -> Self {
        let mut post = PostCard::sample_reply();
        post.staff =
            Some(StaffTools { item: Some("0HITEM0000001".to_owned()), attaches: true, verify: None });
        let chrome = Chrome::sample_moderator("/threads/0HSWOLLENLEG1");
        Self { chrome, posts: vec![PostCard::sample(), post], later: None, ..Self::sample() }
    }
}
