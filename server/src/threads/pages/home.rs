//! `/`: the boards with their liveliest threads.

use std::collections::HashMap;

use aftercare_frontend::pages::{BoardCard, Home, Page};
use poem::handler;

use super::rows;
use crate::accounts::{Caller, Viewer};
use crate::app::App;
use crate::layout;
use crate::platform::db::Db;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;
use crate::threads::store::{self, BoardRow};
use crate::threads::{BoardId, read};

/// Threads shown under each board.
const LATEST: i64 = 3;

#[handler]
pub(crate) async fn show(caller: Caller<Viewer>) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, viewer| {
            let counts: HashMap<Option<BoardId>, i64> = store::threads_by_board(db)?.into_iter().collect();
            let mut boards = Vec::new();
            for board in read::boards(db, viewer)? {
                let count = counts.get(&Some(board.id)).copied().unwrap_or(0);
                boards.push(card(db, &app, viewer, board, count)?);
            }
            Ok(Home { chrome: layout::chrome(db, &app, viewer.member(), &csrf, "/")?, boards })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

fn card(db: &mut Db, app: &App, viewer: &Viewer, board: BoardRow, count: i64) -> Result<BoardCard, Refusal> {
    let latest = read::threads_of(db, viewer, board.id, None, LATEST)?.rows;
    Ok(BoardCard {
        board: rows::board_link(&board),
        audience: rows::audience_words(board.audience),
        description: board.description,
        threads: if count < 2 { "threads".to_owned() } else { format!("{count} threads") },
        latest: rows::thread_rows(db, app, latest)?,
    })
}
