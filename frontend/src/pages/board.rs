//! `/boards/{slug}`: the threads of a board.

use askama::Template;

use crate::parts::{BoardLink, Chrome, Icon, ThreadRow};

#[derive(Debug, Clone, Template)]
#[template(path = "pages/board.html")]
pub struct Board {
    pub chrome: Chrome,
    pub board: BoardLink,
    pub description: String,
    /// Such as `Members only`.
    pub audience: Option<String>,
    pub threads: Vec<ThreadRow>,
    /// The address of the next, older threads.
    pub older: Option<String>,
}

impl Board {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome::sample_member("/boards/hips-and-knees"),
            board: BoardLink::sample(),
            description: "New joints, stairs, sleep, and the first walk outside.".to_owned(),
            audience: None,
            threads: ThreadRow::samples(),
            older: Some("/boards/hips-and-knees?before=abc".to_owned()),
        }
    }

    pub fn sample_empty() -> Self {
        Self { threads: vec![], older: None, audience: Some("Members only".to_owned()), ..Self::sample() }
    }
}
