//! Building the index anew: a new one is filled beside the one that answers and takes its place when both are equal.

use std::sync::Arc;

use aftercare_search::{Change, SearchEngine, SearchError};

use super::index::changes;
use super::reconcile::{Comparison, Difference, page_after, reconcile, remove, sorted};
use super::store::documents::{self, Place};
use crate::app::App;
use crate::platform::db::{Database, off_the_runtime};
use crate::platform::refusal::Refusal;

/// Documents for one commit: fewer cost time, more cost memory.
const BATCH: usize = 4000;
/// Rounds in which what has changed meanwhile is brought in. What is left then is brought in after the change of places.
const ROUNDS: usize = 5;

/// How far a build has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    pub total: u64,
}

/// Builds the index anew. `tell` hears how far it is and may end it with a refusal.
pub async fn rebuild<T>(app: &Arc<App>, mut tell: impl FnMut(Progress) -> T) -> Result<Progress, Refusal>
where
    T: Future<Output = Result<(), Refusal>>,
{
    let database = app.database.clone();
    let total = off_the_runtime(move || database.read(|db| Ok(documents::count(db)?))).await?;
    let mut progress = Progress { done: 0, total: u64::try_from(total).unwrap_or_default() };
    tell(progress).await?;
    let beside = app.search.beside().await.map_err(failed)?;
    let mut read = read(app.database.clone(), Place::START).await?;
    loop {
        progress.done += u64::try_from(read.changes.len()).unwrap_or_default();
        let apply = beside.engine().apply(read.changes);
        // The next rows are read while these are taken in.
        let Some(place) = read.next else {
            apply.await.map_err(failed)?;
            break;
        };
        let (applied, following) = tokio::join!(apply, self::read(app.database.clone(), place));
        applied.map_err(failed)?;
        read = following?;
        tell(progress).await?;
    }
    for _ in 0..ROUNDS {
        let mut comparison = Comparison::new(app.database.clone());
        let mut differed = 0;
        while let Some(found) = comparison.next(beside.engine()).await? {
            differed += found.len();
            catch_up(&app.database, beside.engine(), found).await?;
            tell(progress).await?;
        }
        if differed == 0 {
            break;
        }
    }
    beside.take_over().await.map_err(failed)?;
    // What only the old index took in between the last round and the change of places.
    reconcile(app).await?;
    Ok(progress)
}

fn failed(error: SearchError) -> Refusal {
    Refusal::internal(error)
}

struct Batch {
    changes: Vec<Change>,
    next: Option<Place>,
}

async fn read(database: Database, place: Place) -> Result<Batch, Refusal> {
    let (rows, next) = page_after(database.clone(), place, BATCH).await?;
    let keys = rows.into_iter().filter(|row| row.wanted).map(|row| row.key).collect();
    Ok(Batch { changes: changes(database, keys).await?, next })
}

/// Brings an index in step with the rows at once, past the outbox.
async fn catch_up(
    database: &Database,
    engine: &dyn SearchEngine,
    found: Vec<Difference>,
) -> Result<(), Refusal> {
    let (stale, foreign) = sorted(found);
    remove(engine, foreign).await?;
    if !stale.is_empty() {
        engine.apply(changes(database.clone(), stale).await?).await.map_err(failed)?;
    }
    Ok(())
}
