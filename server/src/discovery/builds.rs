//! Indexes that operators want built anew: one at a time, by whoever has the engine open. A build that falls silent (its process went
//! away) is begun again by the next one who can.

use std::sync::Arc;

use chrono::Duration;

use super::rebuild::{Progress, rebuild};
use super::store::builds as store;
use crate::app::App;
use crate::platform::db::{Database, off_the_runtime};
use crate::platform::refusal::Refusal;

pub use store::Build;

/// Silent for so long, and nobody is at work on it any more. A batch is a matter of seconds.
const SILENT: Duration = Duration::seconds(60);

crate::id_type! {
    /// One index built anew.
    BuildId
}

/// Asks for a new index. If one is asked for or being built already, this is it.
pub fn ask(database: &Database) -> Result<BuildId, Refusal> {
    database.write(|tx| match store::open(tx)? {
        Some(build) => Ok(build.id),
        None => Ok(store::insert(tx)?),
    })
}

/// How it stands.
pub fn look(database: &Database, id: BuildId) -> Result<Build, Refusal> {
    database.read(|db| store::find(db, id)?.ok_or_else(Refusal::not_found))
}

/// Builds what is asked for, if nobody else is at work on it. Answers whether there was something to build.
pub async fn work(app: &Arc<App>) -> Result<bool, Refusal> {
    let database = app.database.clone();
    let taken = off_the_runtime(move || {
        let Some(build) = database.read(|db| Ok(store::open(db)?))? else { return Ok(None) };
        let taken = database.write(|tx| Ok(store::take(tx, build.id, tx.now.plus(-SILENT))?))?;
        Ok(taken.then_some(build.id))
    })
    .await?;
    let Some(id) = taken else { return Ok(false) };
    let tell = |progress| {
        let database = app.database.clone();
        off_the_runtime(move || beat(&database, id, progress))
    };
    let built = rebuild(app, tell).await;
    let error = built.as_ref().err().map(|refusal| match &refusal.cause {
        Some(cause) => cause.to_string(),
        None => refusal.detail.to_string(),
    });
    let database = app.database.clone();
    off_the_runtime(move || {
        if let Ok(progress) = built {
            beat(&database, id, progress)?;
        }
        database.write(|tx| Ok(store::end(tx, id, error.as_deref())?))
    })
    .await?;
    Ok(true)
}

fn beat(database: &Database, id: BuildId, progress: Progress) -> Result<(), Refusal> {
    let number = |value| i64::try_from(value).unwrap_or(i64::MAX);
    database.write(|tx| Ok(store::beat(tx, id, number(progress.done), number(progress.total))?))?;
    Ok(())
}
