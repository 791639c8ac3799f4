//! The work itself. It tells the database how far it is and hears from there whether it still stands, so that cancelling works from
//! anywhere and a thread that was taken for dead ends itself.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::{RunId, RunState, content, store};
use crate::platform::audit::{self, Actor, Entry};
use crate::platform::db::{Database, Tx};
use crate::platform::refusal::Refusal;
use crate::screening::backtest::{Report, Trial};
use crate::screening::change::begins;

/// How often it tells how far it is.
const BEAT: Duration = Duration::from_millis(500);

/// Not a task of the runtime: a server that ends does not wait for it.
pub(super) fn begin(database: Database, id: RunId, trial: Trial) -> Result<(), Refusal> {
    let work = move || {
        let ended = catch_unwind(AssertUnwindSafe(|| run(&database, id, &trial)));
        let error = match ended {
            Ok(Ok(())) => return,
            Ok(Err(refusal)) => refusal.to_string(),
            Err(_) => "it panicked".to_owned(),
        };
        tracing::error!(%error, back_test = %id, "a back-test failed");
        if database.write(|tx| finish(tx, id, RunState::Failed)).is_err() {
            tracing::warn!(back_test = %id, "and could not be noted as failed; it counts as stopped");
        }
    };
    std::thread::Builder::new().name("back-test".to_owned()).spawn(work).map_err(Refusal::internal)?;
    Ok(())
}

fn run(database: &Database, id: RunId, trial: &Trial) -> Result<(), Refusal> {
    let mut told: Option<Instant> = None;
    let report = trial.run(database, &mut |done| {
        if told.is_some_and(|told| told.elapsed() < BEAT) {
            return true;
        }
        told = Some(Instant::now());
        // While the database is busy with others, the work goes on.
        database.write(|tx| Ok(store::beat(tx, id, done)?)).unwrap_or(true)
    })?;
    match report.complete {
        true => database.write(|tx| keep(tx, id, trial, &report)),
        false => Ok(()),
    }
}

fn keep(tx: &mut Tx, id: RunId, trial: &Trial, report: &Report) -> Result<(), Refusal> {
    let json = serde_json::to_string(report).map_err(Refusal::internal)?;
    if store::keep(tx, id, report.posts, &json)? {
        let tried: Vec<_> = begins(&trial.in_force, &trial.draft).map(content).collect();
        store::note_tried(tx, id, &tried)?;
        finish(tx, id, RunState::Done)?;
    }
    Ok(())
}

fn finish(tx: &mut Tx, id: RunId, state: RunState) -> Result<(), Refusal> {
    if store::end(tx, id, state)? {
        let entry = Entry {
            action: "backtest.finish",
            object: ("backtest", id.0),
            revision_hash: None,
            reason: Some(state.as_str()),
        };
        audit::record(tx, Actor::System, &entry)?;
    }
    Ok(())
}
