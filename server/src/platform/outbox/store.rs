use diesel::prelude::*;

use super::{EffectId, Topic};
use crate::each_backend;
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::outbox;
use crate::platform::db::{Db, Tx};

/// One effect to bring about.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub struct Job {
    pub id: i64,
    pub topic: Topic,
    pub key: String,
    pub version: i64,
    pub payload: String,
    pub attempts: i32,
    pub created_at: UtcTime,
}

/// How much is waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlog {
    pub waiting: i64,
    pub oldest: Option<UtcTime>,
    pub dead: i64,
}

/// An effect that was given up and waits for a person.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub struct DeadLetter {
    pub id: EffectId,
    pub topic: Topic,
    pub key: String,
    pub attempts: i32,
    pub created_at: UtcTime,
    pub dead_at: Option<UtcTime>,
    pub error: Option<String>,
}

/// The newest first.
pub(super) fn dead(db: &mut Db, most: i64) -> QueryResult<Vec<DeadLetter>> {
    outbox::table
        .filter(outbox::dead_at.is_not_null())
        .order((outbox::dead_at.desc(), outbox::id.desc()))
        .limit(most)
        .select(DeadLetter::as_select())
        .load(db)
}

pub(super) fn exists(db: &mut Db, id: EffectId) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(outbox::table.filter(outbox::id.eq(id)))).get_result(db)
}

/// Makes one that was given up due again, or all.
pub(super) fn revive(tx: &mut Tx, only: Option<EffectId>) -> QueryResult<usize> {
    let again = (
        outbox::attempts.eq(0),
        outbox::next_at.eq(tx.now),
        outbox::dead_at.eq(None::<UtcTime>),
        outbox::lease_until.eq(None::<UtcTime>),
    );
    let dead = outbox::table.filter(outbox::dead_at.is_not_null());
    match only {
        Some(id) => diesel::update(dead.filter(outbox::id.eq(id))).set(again).execute(&mut **tx),
        None => diesel::update(dead).set(again).execute(&mut **tx),
    }
}

pub(super) fn push(tx: &mut Tx, topic: Topic, key: &str, version: i64, payload: &str) -> QueryResult<()> {
    let row = (
        outbox::id.eq(tx.ids.tsid(tx.now)),
        outbox::topic.eq(topic),
        outbox::key.eq(key),
        outbox::version.eq(version),
        outbox::payload.eq(payload),
        outbox::created_at.eq(tx.now),
        outbox::next_at.eq(tx.now),
    );
    each_backend!(&mut **tx, c => diesel::insert_into(outbox::table).values(row).on_conflict((outbox::topic, outbox::key, outbox::version)).do_nothing().execute(c))?;
    Ok(())
}

pub(super) fn lease(
    tx: &mut Tx,
    topic: Topic,
    worker: &str,
    until: UtcTime,
    most: i64,
) -> QueryResult<Vec<Job>> {
    let now = tx.now;
    let jobs: Vec<Job> = outbox::table
        .filter(outbox::topic.eq(topic))
        .filter(outbox::done_at.is_null().and(outbox::dead_at.is_null()))
        .filter(outbox::next_at.le(now))
        .filter(outbox::lease_until.is_null().or(outbox::lease_until.lt(now)))
        .order((outbox::next_at, outbox::id))
        .limit(most)
        .select(Job::as_select())
        .load(&mut **tx)?;
    for job in &jobs {
        diesel::update(outbox::table.find(job.id))
            .set((outbox::lease_until.eq(Some(until)), outbox::lease_by.eq(Some(worker))))
            .execute(&mut **tx)?;
    }
    Ok(jobs)
}

/// When the oldest effect of a topic was asked for that has not come about and was not given up.
pub(super) fn oldest(db: &mut Db, topic: Topic) -> QueryResult<Option<UtcTime>> {
    outbox::table
        .filter(outbox::topic.eq(topic))
        .filter(outbox::done_at.is_null().and(outbox::dead_at.is_null()))
        .select(diesel::dsl::min(outbox::created_at))
        .first(db)
}

pub(super) fn done(tx: &mut Tx, id: i64) -> QueryResult<usize> {
    let now = tx.now;
    diesel::update(outbox::table.find(id))
        .set((
            outbox::done_at.eq(Some(now)),
            outbox::lease_until.eq(None::<UtcTime>),
            outbox::lease_by.eq(None::<String>),
        ))
        .execute(&mut **tx)
}

pub(super) fn failed(
    tx: &mut Tx,
    id: i64,
    attempts: i32,
    next: UtcTime,
    dead: Option<UtcTime>,
    error: &str,
) -> QueryResult<()> {
    diesel::update(outbox::table.find(id))
        .set((
            outbox::attempts.eq(attempts),
            outbox::next_at.eq(next),
            outbox::dead_at.eq(dead),
            outbox::error.eq(Some(error)),
            outbox::lease_until.eq(None::<UtcTime>),
            outbox::lease_by.eq(None::<String>),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub(super) fn backlog(db: &mut Db) -> QueryResult<Backlog> {
    let pending = outbox::done_at.is_null().and(outbox::dead_at.is_null());
    let waiting = outbox::table.filter(pending).count().get_result(db)?;
    let oldest = outbox::table
        .filter(outbox::done_at.is_null().and(outbox::dead_at.is_null()))
        .order(outbox::created_at)
        .select(outbox::created_at)
        .first(db)
        .optional()?;
    let dead = outbox::table.filter(outbox::dead_at.is_not_null()).count().get_result(db)?;
    Ok(Backlog { waiting, oldest, dead })
}

pub(super) fn forget(tx: &mut Tx, before: UtcTime) -> QueryResult<()> {
    diesel::delete(outbox::table.filter(outbox::done_at.lt(before))).execute(&mut **tx)?;
    Ok(())
}

pub(super) fn is_due(db: &mut Db, topic: Topic, now: UtcTime) -> QueryResult<bool> {
    let due = outbox::table
        .filter(outbox::topic.eq(topic))
        .filter(outbox::done_at.is_null().and(outbox::dead_at.is_null()))
        .filter(outbox::next_at.le(now))
        .filter(outbox::lease_until.is_null().or(outbox::lease_until.lt(now)));
    diesel::select(diesel::dsl::exists(due)).get_result(db)
}

pub(super) fn release_all(tx: &mut Tx) -> QueryResult<()> {
    diesel::update(outbox::table.filter(outbox::lease_until.is_not_null()))
        .set((outbox::lease_until.eq(None::<UtcTime>), outbox::lease_by.eq(None::<String>)))
        .execute(&mut **tx)?;
    Ok(())
}

pub(super) fn waiting_keys(db: &mut Db, topic: Topic) -> QueryResult<Vec<String>> {
    outbox::table
        .filter(outbox::topic.eq(topic))
        .filter(outbox::done_at.is_null().and(outbox::dead_at.is_null()))
        .select(outbox::key)
        .load(db)
}
