//! What others have asked, beside the form of a question.

use aftercare_frontend::parts::ThreadRow;

use crate::accounts::Viewer;
use crate::app::App;
use crate::discovery::alike::{MOST, Proposed};
use crate::platform::db::Db;
use crate::platform::refusal::Refusal;
use crate::threads::pages::rows::thread_rows;

/// Those of the proposed threads that this viewer may read now: the ones with a verified answer first.
pub(crate) fn rows(
    db: &mut Db,
    app: &App,
    viewer: &Viewer,
    proposed: &Proposed,
) -> Result<Vec<ThreadRow>, Refusal> {
    let found = proposed.readable(db, viewer)?;
    let mut rows = thread_rows(db, app, found)?;
    rows.sort_by_key(|row| !row.has_verified);
    rows.truncate(MOST);
    Ok(rows)
}
