use diesel::prelude::*;

use crate::discovery::builds::BuildId;
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::index_builds;
use crate::platform::db::{Db, Tx};

/// An index that is, was or will be built anew.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = index_builds)]
pub struct Build {
    pub id: BuildId,
    pub done: i64,
    pub total: i64,
    /// When the one at work was last heard of.
    pub beat_at: Option<UtcTime>,
    pub ended_at: Option<UtcTime>,
    pub error: Option<String>,
}

/// The one that has not ended, if there is one.
pub(in crate::discovery) fn open(db: &mut Db) -> QueryResult<Option<Build>> {
    index_builds::table
        .filter(index_builds::ended_at.is_null())
        .order(index_builds::id)
        .select(Build::as_select())
        .first(db)
        .optional()
}

pub(in crate::discovery) fn find(db: &mut Db, id: BuildId) -> QueryResult<Option<Build>> {
    index_builds::table.find(id).select(Build::as_select()).first(db).optional()
}

pub(in crate::discovery) fn insert(tx: &mut Tx) -> QueryResult<BuildId> {
    let id = BuildId::new(tx.ids, tx.now);
    diesel::insert_into(index_builds::table)
        .values((index_builds::id.eq(id), index_builds::done.eq(0_i64), index_builds::total.eq(0_i64)))
        .execute(&mut **tx)?;
    Ok(id)
}

/// Takes on one that nobody was heard at work on since `silent_since`; false if somebody was.
pub(in crate::discovery) fn take(tx: &mut Tx, id: BuildId, silent_since: UtcTime) -> QueryResult<bool> {
    let now = tx.now;
    let idle = index_builds::table
        .find(id)
        .filter(index_builds::ended_at.is_null())
        .filter(index_builds::beat_at.is_null().or(index_builds::beat_at.lt(silent_since)));
    Ok(diesel::update(idle).set(index_builds::beat_at.eq(Some(now))).execute(&mut **tx)? == 1)
}

/// Tells how far it is.
pub(in crate::discovery) fn beat(tx: &mut Tx, id: BuildId, done: i64, total: i64) -> QueryResult<usize> {
    let now = tx.now;
    diesel::update(index_builds::table.find(id))
        .set((
            index_builds::done.eq(done),
            index_builds::total.eq(total),
            index_builds::beat_at.eq(Some(now)),
        ))
        .execute(&mut **tx)
}

pub(in crate::discovery) fn end(tx: &mut Tx, id: BuildId, error: Option<&str>) -> QueryResult<usize> {
    let now = tx.now;
    diesel::update(index_builds::table.find(id))
        .set((index_builds::ended_at.eq(Some(now)), index_builds::error.eq(error)))
        .execute(&mut **tx)
}
