//! What was imported before, and the people it was by.

use diesel::prelude::*;

use crate::accounts::{Email, MemberId};
use crate::platform::db::schema::{boards, imports, members, threads};
use crate::platform::db::{Db, Tx};
use crate::threads::ThreadId;
use crate::threads::store::BoardRow;

/// The object that came from this source, if it came.
pub(super) fn imported(db: &mut Db, source: &str) -> QueryResult<Option<i64>> {
    imports::table.find(source).select(imports::object_id).first(db).optional()
}

pub(super) fn remember(tx: &mut Tx, source: &str, (kind, id): (&str, i64)) -> QueryResult<usize> {
    let now = tx.now;
    diesel::insert_into(imports::table)
        .values((
            imports::source.eq(source),
            imports::object_kind.eq(kind),
            imports::object_id.eq(id),
            imports::imported_at.eq(now),
        ))
        .execute(&mut **tx)
}

pub(super) fn imported_member(db: &mut Db, email: &Email) -> QueryResult<Option<MemberId>> {
    members::table
        .filter(members::email_key.eq(email.key()))
        .filter(members::imported.eq(true))
        .select(members::id)
        .first(db)
        .optional()
}

/// The board that an imported thread is in; it may have been moved since.
pub(super) fn board_of(db: &mut Db, thread: ThreadId) -> QueryResult<BoardRow> {
    threads::table
        .inner_join(boards::table.on(boards::id.nullable().eq(threads::board_id)))
        .filter(threads::id.eq(thread))
        .select(BoardRow::as_select())
        .first(db)
}
