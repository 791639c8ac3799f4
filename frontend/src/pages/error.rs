//! The one page for everything that went wrong.

use askama::Template;

use crate::parts::{Chrome, Icon};

#[derive(Debug, Clone, Template)]
#[template(path = "pages/error.html")]
pub struct ErrorPage {
    pub chrome: Chrome,
    pub status: u16,
    /// In plain words, such as `We cannot find this page`.
    pub title: String,
    /// What the person can do now.
    pub advice: String,
    /// For whoever looks for the cause.
    pub request_id: String,
    /// What was typed, where a form could not be taken: it is shown so that it can be copied.
    pub kept: Option<String>,
    /// Where to go on: address and words.
    pub link: Option<(String, String)>,
}

impl ErrorPage {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome { path: "/threads/0HNOTHINGHERE".to_owned(), ..Chrome::sample() },
            status: 404,
            title: "We cannot find this page".to_owned(),
            advice: "It may have been taken back by its author, or the address may be wrong.".to_owned(),
            request_id: "0HREQUEST0001".to_owned(),
            kept: None,
            link: Some(("/search".to_owned(), "Search the community".to_owned())),
        }
    }

    pub fn sample_kept() -> Self {
        Self {
            chrome: Chrome::sample_member("/threads/0HSWOLLENLEG1/reply"),
            status: 403,
            title: "This form was open for too long".to_owned(),
            advice:
                "Your text was not posted, and it is not lost: here it is. Copy it, go back, and try again."
                    .to_owned(),
            kept: Some("Mine lasted nearly three months, and then one week it was simply gone.".to_owned()),
            link: Some(("/threads/0HSWOLLENLEG1".to_owned(), "Back to the thread".to_owned())),
            ..Self::sample()
        }
    }
}
