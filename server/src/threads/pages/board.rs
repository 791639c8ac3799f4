//! `/boards/{slug}`: the threads of a board, liveliest first; one's own waiting questions before them.

use aftercare_frontend::pages::{Board, Page};
use poem::handler;
use poem::web::{Path, Query};

use super::rows::{self, After};
use crate::accounts::{Caller, Viewer};
use crate::layout;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;
use crate::threads::{BoardAudience, Cursor, read};

#[handler]
pub(crate) async fn show(
    caller: Caller<Viewer>,
    Path(slug): Path<String>,
    Query(after): Query<After>,
) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, viewer| {
            let after = after.cursor();
            let (board, page) = read::board(db, viewer, &slug, after)?;
            let mut threads = match after {
                None => rows::own_waiting(db, &app, viewer, board.id)?,
                Some(_) => Vec::new(),
            };
            threads.extend(rows::thread_rows(db, &app, page.rows)?);
            let mut chrome = layout::chrome(db, &app, viewer.member(), &csrf, format!("/boards/{slug}"))?;
            chrome.no_index |= board.audience != BoardAudience::Public;
            Ok(Board {
                chrome,
                board: rows::board_link(&board),
                description: board.description,
                audience: rows::audience_words(board.audience),
                threads,
                older: page.next.map(Cursor::encode).map(|next| format!("/boards/{slug}?after={next}")),
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}
