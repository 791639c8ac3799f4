//! Where nothing was found: the way to people, with the words as a title where they can be one.

use aftercare_frontend::pages::AskHere;
use aftercare_search::telling_words;
use moderation_rules::Action;

use super::address::Address;
use crate::accounts::Viewer;
use crate::app::App;
use crate::platform::address::encode_query;
use crate::platform::db::Db;
use crate::platform::limits::TITLE_CHARS;
use crate::platform::refusal::Refusal;
use crate::threads::read;

/// Boards that are offered; a longer list helps nobody to choose.
const MOST: usize = 12;

/// The ask forms of the board that was searched, or of those that this viewer may read.
pub(super) fn links(
    db: &mut Db,
    app: &App,
    viewer: &Viewer,
    address: &Address,
) -> Result<Vec<AskHere>, Refusal> {
    let title = title(app, address.value("q")).map(|title| format!("?title={}", encode_query(title)));
    let title = title.unwrap_or_default();
    let only = address.value("board");
    let boards = read::boards(db, viewer)?.into_iter().filter(|board| only.is_empty() || board.slug == only);
    let link = |path: String| match viewer.member() {
        Some(_) => path,
        // The way through the sign-in page takes only plain letters along.
        None => format!("/sign-in?next={}", encode_query(&path.replace('.', "%2E").replace('~', "%7E"))),
    };
    let ask = boards
        .take(MOST)
        .map(|board| AskHere { url: link(format!("/boards/{}/ask{title}", board.slug)), board: board.name });
    Ok(ask.collect())
}

/// The words, if they can stand over a question: short enough, about something, and nothing that the rules would stop at.
fn title<'a>(app: &App, words: &'a str) -> Option<&'a str> {
    let fits = words.chars().count() <= TITLE_CHARS && !telling_words(words).is_empty();
    let verdict = app.screening.evaluate(words);
    (fits && verdict.action == Action::Allow && verdict.needs.is_empty()).then_some(words)
}
