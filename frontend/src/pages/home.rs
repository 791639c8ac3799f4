//! `/`: the boards, and what this place is.

use askama::Template;

use crate::parts::{BoardLink, Chrome, Icon, ThreadRow};

/// A board with what is new in it.
#[derive(Debug, Clone)]
pub struct BoardCard {
    pub board: BoardLink,
    pub description: String,
    /// Public threads, as a text such as `24 threads`.
    pub threads: String,
    /// Such as `Members only`.
    pub audience: Option<String>,
    pub latest: Vec<ThreadRow>,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/home.html")]
pub struct Home {
    pub chrome: Chrome,
    pub boards: Vec<BoardCard>,
}

impl Home {
    pub fn sample() -> Self {
        let card =
            |slug: &str, name: &str, description: &str, audience: Option<&str>, threads: usize| BoardCard {
                board: BoardLink { slug: slug.to_owned(), name: name.to_owned() },
                description: description.to_owned(),
                threads: format!("{} threads", threads * 8),
                audience: audience.map(str::to_owned),
                latest: ThreadRow::samples().into_iter().take(threads).collect(),
            };
        Self {
            chrome: Chrome::sample(),
            boards: vec![
                card(
                    "hips-and-knees",
                    "Hips and knees",
                    "New joints, stairs, sleep, and the first walk outside.",
                    None,
                    3,
                ),
                card("heart", "Heart", "After a bypass, a stent or a new valve.", None, 2),
                card(
                    "breast-cancer",
                    "After breast cancer treatment",
                    "Scars, tiredness, and being told you are fine.",
                    None,
                    2,
                ),
                card("stoma", "Living with a stoma", "Bags, skin, work, swimming, love.", None, 1),
                card(
                    "carers",
                    "For carers",
                    "You look after somebody. Who looks after you?",
                    Some("Members only"),
                    1,
                ),
                card("good-news", "Small triumphs", "The first stair. The last tablet. Tell us.", None, 2),
            ],
        }
    }
}
