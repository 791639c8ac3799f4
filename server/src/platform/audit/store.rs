use diesel::prelude::*;

use super::Persona;
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::audit;
use crate::platform::db::{Db, Tx};

/// One row of the chain.
#[derive(Clone, Debug, Queryable, Insertable, Selectable)]
#[diesel(table_name = audit, treat_none_as_default_value = false)]
pub struct AuditRow {
    pub seq: i64,
    pub at: UtcTime,
    pub actor_kind: String,
    pub actor_id: Option<i64>,
    pub persona: Persona,
    pub action: String,
    pub object_kind: String,
    pub object_id: i64,
    pub revision_hash: Option<String>,
    pub reason: Option<String>,
    pub prev_hash: String,
    pub hash: String,
}

pub(super) fn last(db: &mut Db) -> QueryResult<Option<(i64, String)>> {
    audit::table.select((audit::seq, audit::hash)).order(audit::seq.desc()).first(db).optional()
}

pub(super) fn insert(tx: &mut Tx, row: &AuditRow) -> QueryResult<usize> {
    diesel::insert_into(audit::table).values(row).execute(&mut **tx)
}

pub(super) fn after(db: &mut Db, seq: i64, limit: i64) -> QueryResult<Vec<AuditRow>> {
    audit::table
        .filter(audit::seq.gt(seq))
        .order(audit::seq.asc())
        .limit(limit)
        .select(AuditRow::as_select())
        .load(db)
}

/// The newest rows before `before` (all, if `None`), newest first.
pub fn page(db: &mut Db, before: Option<i64>, limit: i64) -> QueryResult<Vec<AuditRow>> {
    audit::table
        .filter(audit::seq.lt(before.unwrap_or(i64::MAX)))
        .order(audit::seq.desc())
        .limit(limit)
        .select(AuditRow::as_select())
        .load(db)
}
