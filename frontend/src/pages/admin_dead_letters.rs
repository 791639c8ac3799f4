//! `/admin/dead-letters`: effects that the program has given up.

use askama::Template;

use crate::parts::{Chrome, Icon, Moment};

/// One of them.
#[derive(Debug, Clone)]
pub struct DeadLetterRow {
    pub id: String,
    /// What did not come about.
    pub what: String,
    /// What it was about, as the program names it.
    pub key: String,
    pub tries: String,
    pub asked: Moment,
    pub given_up: Moment,
    /// What the last try said.
    pub error: String,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/admin_dead_letters.html")]
pub struct AdminDeadLetters {
    pub chrome: Chrome,
    pub csrf: String,
    pub rows: Vec<DeadLetterRow>,
}

impl AdminDeadLetters {
    pub fn sample() -> Self {
        let row = |id: &str, what: &str, key: &str, error: &str| DeadLetterRow {
            id: id.to_owned(),
            what: what.to_owned(),
            key: key.to_owned(),
            tries: "12".to_owned(),
            asked: Moment::sample(),
            given_up: Moment::sample(),
            error: error.to_owned(),
        };
        let unreachable = "search is unavailable: no answer within 5 seconds";
        Self {
            chrome: Chrome::sample_admin("/admin/dead-letters"),
            csrf: "sample-csrf".to_owned(),
            rows: vec![
                row("0HEFFECT00002", "Search was not told of a change", "post:0HPOST0000002", unreachable),
                row(
                    "0HEFFECT00001",
                    "A member was not told something",
                    "0HNOTICE00001",
                    "the member is gone",
                ),
            ],
        }
    }

    pub fn sample_empty() -> Self {
        Self { rows: Vec::new(), ..Self::sample() }
    }
}
