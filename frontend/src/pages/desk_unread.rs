//! `/desk/unread`: public posts that nobody from the team has read yet.

use askama::Template;

use super::desk_queue::{DeskTab, DeskTabs};
use crate::content::SanitizedHtml;
use crate::parts::{Author, BoardLink, Chrome, Icon, Moment, sample_html};

/// A post to read. Marked by `POST /desk/unread/{revision}/read`.
#[derive(Debug, Clone)]
pub struct UnreadPost {
    pub revision: String,
    /// The post's id.
    pub post: String,
    pub url: String,
    pub title: String,
    pub author: Author,
    pub board: BoardLink,
    pub when: Moment,
    pub html: SanitizedHtml,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/desk_unread.html")]
pub struct DeskUnread {
    pub chrome: Chrome,
    pub tabs: DeskTabs,
    pub csrf: String,
    pub posts: Vec<UnreadPost>,
    pub older: Option<String>,
}

impl DeskUnread {
    pub fn sample() -> Self {
        let post = |revision: &str, text: &str| UnreadPost {
            revision: revision.to_owned(),
            post: "0HPOST0000007".to_owned(),
            url: "/threads/0HSTAIRSDAY12#p-0HPOST0000007".to_owned(),
            title: "Day 12: I climbed the stairs on my own".to_owned(),
            author: Author::member("Teodora"),
            board: BoardLink::sample(),
            when: Moment::sample(),
            html: sample_html(text),
        };
        Self {
            chrome: Chrome::sample_moderator("/desk/unread"),
            tabs: DeskTabs::sample(DeskTab::Unread),
            csrf: "sample-csrf".to_owned(),
            posts: vec![
                post(
                    "0HREVISION007",
                    "All fourteen of them, with the stick, and my daughter two steps behind.",
                ),
                post("0HREVISION008", "Wonderful! I cried on my last stair too."),
            ],
            older: None,
        }
    }
}
