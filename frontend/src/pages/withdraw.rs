//! `/posts/{id}/withdraw`: asks once before a post is taken back.

use askama::Template;

use crate::content::SanitizedHtml;
use crate::parts::{Chrome, Icon, sample_html};

#[derive(Debug, Clone, Template)]
#[template(path = "pages/withdraw.html")]
pub struct Withdraw {
    pub chrome: Chrome,
    pub id: String,
    pub csrf: String,
    pub html: SanitizedHtml,
    /// Such as `Two people have replied. Their replies stay.`
    pub consequence: Option<String>,
    pub thread_url: String,
}

impl Withdraw {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome::sample_member("/posts/0HPOST0000001/withdraw"),
            id: "0HPOST0000001".to_owned(),
            csrf: "sample-csrf".to_owned(),
            html: sample_html("Six weeks after my new hip, my leg is still swollen every evening."),
            consequence: Some("Two people have replied. Their replies stay.".to_owned()),
            thread_url: "/threads/0HSWOLLENLEG1".to_owned(),
        }
    }
}
