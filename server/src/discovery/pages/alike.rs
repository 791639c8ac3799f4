//! What others have asked, beside the form of a question.

use aftercare_frontend::parts::ThreadRow;

use crate::accounts::Viewer;
use crate::app::App;
use crate::discovery::alike::MOST;
use crate::platform::db::Db;
use crate::platform::refusal::Refusal;
use crate::threads::pages::rows::thread_rows;
use crate::threads::{ThreadId, store};

/// Those of the proposed threads that this viewer may read now: the ones with a verified answer first.
pub(crate) fn rows(
    db: &mut Db,
    app: &App,
    viewer: &Viewer,
    proposed: &[ThreadId],
) -> Result<Vec<ThreadRow>, Refusal> {
    if proposed.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = store::threads_by_id(db, viewer, proposed.to_vec())?;
    found.sort_by_key(|row| proposed.iter().position(|id| *id == row.id));
    let mut rows = thread_rows(db, app, found)?;
    rows.sort_by_key(|row| !row.has_verified);
    rows.truncate(MOST);
    Ok(rows)
}
