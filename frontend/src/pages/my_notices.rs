//! `/me/notices`: what has happened to the member's posts.

use askama::Template;

use crate::parts::{Chrome, Icon, Moment};

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct Notice {
    pub text: String,
    pub url: String,
    pub when: Moment,
    pub unread: bool,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/my_notices.html")]
pub struct MyNotices {
    pub chrome: Chrome,
    pub notices: Vec<Notice>,
    pub older: Option<String>,
}

impl MyNotices {
    fn has_unread(&self) -> bool {
        self.notices.iter().any(|notice| notice.unread)
    }

    pub fn sample() -> Self {
        let notice = |text: &str, unread| Notice {
            text: text.to_owned(),
            url: "/threads/0HSWOLLENLEG1".to_owned(),
            when: Moment::sample(),
            unread,
        };
        Self {
            chrome: Chrome::sample_member("/me/notices"),
            notices: vec![
                notice("Guidance that you read has been stopped: Bathing with a new scar", true),
                notice("Teodora replied to your question", true),
                notice("Your post has been read and is public now", false),
            ],
            older: None,
        }
    }
}
