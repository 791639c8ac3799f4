//! A few titles while somebody types. They are found like everything else and re-checked like everything else; where the words
//! speak of a crisis or an emergency there are none, because then the help that stands beside them is what counts.

use aftercare_search::{Filters, Kind, Query};
use moderation_rules::Need;

use super::find::{self, Finding};
use super::recheck::Readable;
use crate::accounts::{Caller, Viewer};
use crate::platform::refusal::Refusal;

/// Suggestions at most.
const MOST: usize = 8;
/// Asked for, so that there are still enough when some may not be read any more.
const ASKED: usize = 12;
/// Letters below which nothing is looked for.
const LEAST: usize = 2;

/// What may be meant, and what the writer of these words may need.
pub struct Suggested {
    pub findings: Vec<Finding>,
    pub needs: Vec<Need>,
}

/// Titles of questions and guidance that this caller may read; in one board if its slug is given.
pub async fn suggest(
    caller: &Caller<Viewer>,
    text: String,
    board: Option<String>,
) -> Result<Suggested, Refusal> {
    let text = text.trim().to_owned();
    let verdict = caller.app.screening.evaluate(&text);
    let (presses, needs) = (verdict.presses(), verdict.needs);
    let (viewer, boards) = caller
        .read(move |db, viewer| {
            let board = match &board {
                None => None,
                Some(slug) => Some(
                    crate::threads::store::board_for(db, viewer, slug)?
                        .ok_or_else(|| Refusal::field("board", "not_found", "There is no such board."))?,
                ),
            };
            Ok((find::scope_of(db, viewer)?, board.map(|board| board.id.to_string())))
        })
        .await?;
    if presses || text.chars().count() < LEAST {
        return Ok(Suggested { findings: Vec::new(), needs });
    }
    let filters = Filters {
        kinds: vec![Kind::Thread, Kind::Guidance, Kind::Glossary],
        boards: boards.into_iter().collect(),
        ..Filters::default()
    };
    let query = Query { viewer, filters, limit: ASKED, ..Query::new(text) };
    let hits = find::within_time(&caller.app, caller.app.search.search(query)).await?;
    let findings = caller
        .read(move |db, viewer| {
            let readable = Readable::of(db, viewer, &[&hits])?;
            let may = hits.hits.into_iter().filter(|hit| readable.has(&hit.id));
            Ok(may.filter_map(|hit| readable.finding(hit)).take(MOST).collect())
        })
        .await?;
    Ok(Suggested { findings, needs })
}
