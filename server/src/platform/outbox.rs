//! Effects that leave the transaction. An act writes what must happen next beside its own rows; a worker does it, as often as it
//! takes. A consumer re-reads the row it is told about and is idempotent by (key, version).

mod store;

use chrono::Duration;

use super::clock::UtcTime;
use super::db::{Database, Db, Tx};
use super::refusal::Refusal;

pub use store::{Backlog, DeadLetter, Job};

crate::id_type! {
    /// An effect.
    EffectId
}

crate::text_enum! {
    /// What kind of effect; each has one consumer.
    pub enum Topic {
        /// Bring a post's, thread's or article's search document in step with its row.
        Index = "index",
        /// Tell a member something in the community.
        Notice = "notice",
    }
}

/// How long a worker may hold a job before another takes it.
const LEASE: Duration = Duration::seconds(60);
/// After so many failures a job waits for a person; `doctor` names it.
const MOST_ATTEMPTS: i32 = 12;

/// Writes an effect beside the rows of the act. The same (topic, key, version) twice is one effect.
pub fn push(
    tx: &mut Tx,
    topic: Topic,
    key: &str,
    version: i64,
    payload: &serde_json::Value,
) -> Result<(), Refusal> {
    store::push(tx, topic, key, version, &payload.to_string())?;
    Ok(())
}

/// Takes up to `most` due jobs of a topic for this worker.
pub fn lease(database: &Database, topic: Topic, worker: &str, most: i64) -> Result<Vec<Job>, Refusal> {
    database.write(|tx| lease_within(tx, topic, worker, most))
}

/// The same inside a transaction that is open already.
pub fn lease_within(tx: &mut Tx, topic: Topic, worker: &str, most: i64) -> Result<Vec<Job>, Refusal> {
    let until = tx.now.plus(LEASE);
    Ok(store::lease(tx, topic, worker, until, most)?)
}

/// Marks jobs as done.
pub fn done(database: &Database, jobs: &[Job]) -> Result<(), Refusal> {
    database.write(|tx| done_within(tx, jobs))
}

/// The same inside a transaction that is open already.
pub fn done_within(tx: &mut Tx, jobs: &[Job]) -> Result<(), Refusal> {
    for job in jobs {
        store::done(tx, job.id)?;
    }
    Ok(())
}

/// Puts a failed job back, a little later each time; after twelve failures it is dead and waits for a person.
pub fn failed(database: &Database, job: &Job, error: &str) -> Result<(), Refusal> {
    database.write(|tx| {
        let attempts = job.attempts + 1;
        let dead = (attempts >= MOST_ATTEMPTS).then_some(tx.now);
        let seconds = 2_i64.saturating_pow(u32::try_from(attempts).unwrap_or(0).min(9));
        let next = tx.now.plus(Duration::seconds(seconds));
        Ok(store::failed(tx, job.id, attempts, next, dead, error)?)
    })
}

/// Puts jobs back that are not at fault: their attempts do not count.
pub fn later(database: &Database, jobs: &[Job], wait: Duration, error: &str) -> Result<(), Refusal> {
    database.write(|tx| {
        let next = tx.now.plus(wait);
        for job in jobs {
            store::failed(tx, job.id, job.attempts, next, None, error)?;
        }
        Ok(())
    })
}

/// How much waits, for how long, and how much is dead.
pub fn backlog(database: &Database) -> Result<Backlog, Refusal> {
    database.read(|db| Ok(store::backlog(db)?))
}

/// Those that were given up, newest first.
pub fn dead_letters(db: &mut Db, most: i64) -> Result<Vec<DeadLetter>, Refusal> {
    Ok(store::dead(db, most)?)
}

/// Makes one of them due again, or all. Answers how many: none where somebody else was faster.
pub fn revive(tx: &mut Tx, only: Option<EffectId>) -> Result<usize, Refusal> {
    if let Some(id) = only
        && !store::exists(tx, id)?
    {
        return Err(Refusal::not_found());
    }
    Ok(store::revive(tx, only)?)
}

/// Forgets effects that were done before `before`.
pub fn forget(database: &Database, before: UtcTime) -> Result<(), Refusal> {
    database.write(|tx| Ok(store::forget(tx, before)?))
}

/// Whether a topic has anything due: a look that takes no lock.
pub fn is_due(database: &Database, topic: Topic) -> Result<bool, Refusal> {
    let now = database.clock().now();
    database.read(|db| Ok(store::is_due(db, topic, now)?))
}

/// How long the oldest effect of a topic has waited by now.
pub fn lag(database: &Database, topic: Topic) -> Result<Duration, Refusal> {
    let oldest = database.read(|db| Ok(store::oldest(db, topic)?))?;
    Ok(oldest.map_or(Duration::zero(), |oldest| database.clock().now().since(oldest)))
}

/// Gives back what an earlier process of this server had taken. Only where no other server can be at work: SQLite, behind the lock
/// of its data directory.
pub fn release_all(database: &Database) -> Result<(), Refusal> {
    database.write(|tx| Ok(store::release_all(tx)?))
}

/// Keys of a topic that still wait to be worked on.
pub fn waiting_keys(database: &Database, topic: Topic) -> Result<Vec<String>, Refusal> {
    database.read(|db| Ok(store::waiting_keys(db, topic)?))
}
