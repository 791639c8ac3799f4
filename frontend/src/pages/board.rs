//! `/boards/{slug}`: the threads of a board.

use askama::Template;

use crate::parts::{BoardLink, Chrome, Control, FormField, FormState, Icon, ThreadRow};

/// The search box of a board, which leads to the search page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SearchHere {
    Query,
}

impl FormField for SearchHere {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[(Self::Query, "q", "Search in this board")];
}

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
    fn search_box() -> Control {
        FormState::new("").at(SearchHere::Query).kind("search").not_required()
    }

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
