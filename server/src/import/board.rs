//! Where a thread goes: the board that its row names, or one called like its source or a tag, or the board for imports.

use crate::accounts::Operator;
use crate::platform::db::Tx;
use crate::platform::refusal::Refusal;
use crate::threads::BoardAudience;
use crate::threads::boards::{self, NewBoard};
use crate::threads::store::{self, BoardRow};

const SLUG: &str = "imported";

/// The first board there is of these slugs, or the one for imports, which is made when it is first needed.
pub(super) fn find(tx: &mut Tx, operator: &Operator, slugs: &[String]) -> Result<BoardRow, Refusal> {
    for slug in slugs.iter().map(String::as_str).chain([SLUG]) {
        if let Some(board) = store::board_by_slug(tx, slug)? {
            return Ok(board);
        }
    }
    let board = NewBoard {
        slug: SLUG.to_owned(),
        name: "Imported threads".to_owned(),
        description: "Threads that were brought here from elsewhere. Their authors are not here to answer."
            .to_owned(),
        audience: BoardAudience::Public,
        hold_newcomers: false,
        stage: None,
    };
    let id = boards::create_by_operator(tx, operator, &board)?;
    store::board(tx, id)?.ok_or_else(Refusal::not_found)
}

/// A word as a board's address would spell it.
pub(super) fn slug(word: &str) -> String {
    let dashed: String =
        word.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    dashed.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
