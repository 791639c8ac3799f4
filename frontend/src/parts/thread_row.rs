//! A thread in a list.

use askama::Template;

use super::{Icon, Moment};

/// Name and address of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardLink {
    pub slug: String,
    pub name: String,
}

impl BoardLink {
    pub fn sample() -> Self {
        Self { slug: "hips-and-knees".to_owned(), name: "Hips and knees".to_owned() }
    }
}

/// One line of a list of threads.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/thread_row.html")]
pub struct ThreadRow {
    pub id: String,
    pub title: String,
    pub author: String,
    /// Of the last public post.
    pub last: Moment,
    pub replies: u32,
    /// Signed guidance hangs in it.
    pub has_guidance: bool,
    /// A clinician has verified a statement in it.
    pub has_verified: bool,
    /// Set in lists that mix boards.
    pub board: Option<BoardLink>,
    /// The viewer's own and not public yet; nobody else is shown this row.
    pub own_waiting: bool,
}

impl ThreadRow {
    pub fn replies_text(&self) -> String {
        match self.replies {
            0 => "no replies yet".to_owned(),
            1 => "1 reply".to_owned(),
            many => format!("{many} replies"),
        }
    }

    pub fn samples() -> Vec<Self> {
        let row = |id: &str, title: &str, author: &str, shown: &str, replies| Self {
            id: id.to_owned(),
            title: title.to_owned(),
            author: author.to_owned(),
            last: Moment::new("2026-11-24T07:10:00Z", shown),
            replies,
            has_guidance: false,
            has_verified: false,
            board: None,
            own_waiting: false,
        };
        vec![
            Self {
                has_guidance: true,
                ..row(
                    "0HSWOLLENLEG1",
                    "Is it normal that my leg is still swollen after six weeks?",
                    "Rowan",
                    "20 minutes ago",
                    4,
                )
            },
            Self {
                has_verified: true,
                ..row(
                    "0HSTAIRSDAY12",
                    "Day 12: I climbed the stairs on my own",
                    "Teodora",
                    "today at 07:10",
                    11,
                )
            },
            row(
                "0HSLEEPSIDES3",
                "How do you sleep when you may only lie on your back?",
                "longwayhome",
                "yesterday",
                0,
            ),
        ]
    }
}

impl askama::filters::HtmlSafe for ThreadRow {}
