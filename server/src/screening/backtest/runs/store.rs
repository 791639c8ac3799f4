use diesel::prelude::*;

use super::{RunId, RunState, What};
use crate::accounts::MemberId;
use crate::each_backend;
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::{backtest_rules, backtests};
use crate::platform::db::{Db, Tx};

/// A back-test without what it found.
#[derive(Clone, Debug, Queryable, Insertable, Selectable)]
#[diesel(table_name = backtests)]
pub struct RunRow {
    pub id: RunId,
    pub kind: What,
    /// The one rule whose state is another in it.
    pub rule: Option<String>,
    /// Of the set that is tried.
    pub hash: String,
    pub state: RunState,
    /// Read so far.
    pub posts: i64,
    pub total: i64,
    pub started_at: UtcTime,
    pub started_by: MemberId,
    /// When it was last heard of.
    pub beat_at: UtcTime,
}

pub(super) fn insert(tx: &mut Tx, run: &RunRow) -> QueryResult<usize> {
    diesel::insert_into(backtests::table).values(run).execute(&mut **tx)
}

pub(super) fn find(db: &mut Db, id: RunId) -> QueryResult<Option<RunRow>> {
    backtests::table.find(id).select(RunRow::as_select()).first(db).optional()
}

pub(super) fn newest(db: &mut Db, rows: i64) -> QueryResult<Vec<RunRow>> {
    backtests::table.order(backtests::id.desc()).limit(rows).select(RunRow::as_select()).load(db)
}

pub(super) fn report(db: &mut Db, id: RunId) -> QueryResult<Option<String>> {
    backtests::table.find(id).select(backtests::report).first(db)
}

pub(super) fn is_running(db: &mut Db) -> QueryResult<bool> {
    let running = backtests::table.filter(backtests::state.eq(RunState::Running));
    diesel::select(diesel::dsl::exists(running)).get_result(db)
}

/// Gives up those that were last heard of before this moment.
pub(super) fn stop_silent(tx: &mut Tx, before: UtcTime) -> QueryResult<usize> {
    let silent =
        backtests::table.filter(backtests::state.eq(RunState::Running)).filter(backtests::beat_at.lt(before));
    diesel::update(silent).set(backtests::state.eq(RunState::Stopped)).execute(&mut **tx)
}

/// Tells how far it is; false if it no longer stands.
pub(super) fn beat(tx: &mut Tx, id: RunId, posts: u64) -> QueryResult<bool> {
    let now = tx.now;
    let posts = i64::try_from(posts).unwrap_or(i64::MAX);
    let told = diesel::update(backtests::table.find(id).filter(backtests::state.eq(RunState::Running)))
        .set((backtests::posts.eq(posts), backtests::beat_at.eq(now)))
        .execute(&mut **tx)?;
    Ok(told == 1)
}

/// Keeps what it found; false if it no longer stands.
pub(super) fn keep(tx: &mut Tx, id: RunId, posts: u64, report: &str) -> QueryResult<bool> {
    Ok(beat(tx, id, posts)?
        && diesel::update(backtests::table.find(id))
            .set(backtests::report.eq(Some(report)))
            .execute(&mut **tx)?
            == 1)
}

/// Ends it; false if it had ended already.
pub(super) fn end(tx: &mut Tx, id: RunId, state: RunState) -> QueryResult<bool> {
    let now = tx.now;
    let ended = diesel::update(backtests::table.find(id).filter(backtests::state.eq(RunState::Running)))
        .set((backtests::state.eq(state), backtests::beat_at.eq(now)))
        .execute(&mut **tx)?;
    Ok(ended == 1)
}

pub(super) fn note_tried(tx: &mut Tx, id: RunId, tried: &[(String, i64, String)]) -> QueryResult<()> {
    let rows: Vec<_> = tried
        .iter()
        .map(|(rule, version, fingerprint)| {
            (
                backtest_rules::rule.eq(rule),
                backtest_rules::version.eq(version),
                backtest_rules::fingerprint.eq(fingerprint),
                backtest_rules::backtest_id.eq(id.0),
            )
        })
        .collect();
    each_backend!(&mut **tx, c => diesel::insert_into(backtest_rules::table).values(rows).execute(c))?;
    Ok(())
}

/// Whether a run that ended well has tried this; only such have their rules noted.
pub(super) fn was_tried(
    tx: &mut Tx,
    (rule, version, fingerprint): &(String, i64, String),
) -> QueryResult<bool> {
    let tried = backtest_rules::table
        .filter(backtest_rules::rule.eq(rule))
        .filter(backtest_rules::version.eq(version))
        .filter(backtest_rules::fingerprint.eq(fingerprint));
    diesel::select(diesel::dsl::exists(tried)).get_result(&mut **tx)
}
