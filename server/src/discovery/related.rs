//! Threads under a thread. They are the same for everybody and remembered for a while, so that reading costs no search.

use std::collections::HashMap;

use aftercare_search::ViewerScope;
use chrono::Duration;
use parking_lot::Mutex;

use super::alike::{self, propose};
use crate::accounts::{Caller, Viewer};
use crate::platform::clock::UtcTime;
use crate::platform::db::Db;
use crate::platform::refusal::Refusal;
use crate::screening;
use crate::threads::{ThreadId, store};

/// So long they are remembered.
fn good_for() -> Duration {
    Duration::minutes(10)
}
/// So many threads' are remembered; then it begins anew.
const KNOWN: usize = 5_000;

/// What was proposed for each thread, and when.
#[derive(Default)]
pub struct Related(Mutex<HashMap<ThreadId, (UtcTime, Vec<ThreadId>)>>);

impl Related {
    fn known(&self, thread: ThreadId, now: UtcTime) -> Option<Vec<ThreadId>> {
        let known = self.0.lock();
        known.get(&thread).filter(|(at, _)| now.since(*at) < good_for()).map(|(_, ids)| ids.clone())
    }

    fn remember(&self, thread: ThreadId, now: UtcTime, ids: &[ThreadId]) {
        let mut known = self.0.lock();
        if known.len() >= KNOWN {
            known.clear();
        }
        known.insert(thread, (now, ids.to_vec()));
    }
}

/// Those of the proposed threads that this viewer may read now, with their titles, in their order.
pub fn readable(
    db: &mut Db,
    viewer: &Viewer,
    proposed: &[ThreadId],
) -> Result<Vec<(ThreadId, String)>, Refusal> {
    if proposed.is_empty() {
        return Ok(Vec::new());
    }
    let titles: HashMap<ThreadId, String> =
        super::store::thread_titles(db, viewer, proposed.to_vec())?.into_iter().collect();
    Ok(proposed.iter().filter_map(|id| Some((*id, titles.get(id)?.clone()))).collect())
}

/// Threads that ask something like this one, for the caller to re-check. None where it speaks of a crisis or an emergency.
pub async fn of(caller: &Caller<Viewer>, thread: ThreadId) -> Result<Vec<ThreadId>, Refusal> {
    let app = &caller.app;
    let now = app.database.clock().now();
    if let Some(known) = app.related.known(thread, now) {
        return Ok(known);
    }
    let row = caller.read(move |db, viewer| Ok(store::thread(db, viewer, thread)?)).await?;
    let Some(row) = row else { return Ok(Vec::new()) };
    let text = screening::screened_text(Some(&row.title), &row.opening_plain);
    let ids = match app.screening.evaluate(&text).presses() {
        true => Vec::new(),
        false => {
            // As a visitor would find them: what is remembered must not tell one reader of another's boards.
            let proposed = propose(app, ViewerScope::Anonymous, text, Some(thread)).await;
            let rows = caller.read(move |db, viewer| proposed.readable(db, viewer)).await?;
            rows.into_iter().map(|row| row.id).take(alike::MOST).collect()
        }
    };
    app.related.remember(thread, now, &ids);
    Ok(ids)
}
