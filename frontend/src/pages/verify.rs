//! The verify form on a page of its own, shown when it comes back with something to change.

use askama::Template;

use crate::parts::{Chrome, FormState, Icon, PostCard, VerifyField};

#[derive(Debug, Clone, Template)]
#[template(path = "pages/verify.html")]
pub struct Verify {
    pub chrome: Chrome,
    /// The post's id.
    pub id: String,
    pub post: PostCard,
    pub form: FormState<VerifyField>,
    pub thread_url: String,
}

impl Verify {
    pub fn sample() -> Self {
        let post = PostCard { verified: vec![], ..PostCard::sample_reply() };
        Self {
            chrome: Chrome::sample_clinician("/posts/0HPOST0000002/verify"),
            id: post.id.clone(),
            post,
            form: FormState::new("sample-csrf")
                .with(VerifyField::Revision, "0HREVISION002")
                .with(VerifyField::Passage, "Short walks help")
                .with_error(
                    VerifyField::Passage,
                    "These words are not in the post. Please copy them exactly.",
                ),
            thread_url: "/threads/0HSWOLLENLEG1".to_owned(),
        }
    }
}
