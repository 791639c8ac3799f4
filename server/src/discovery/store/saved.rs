use diesel::prelude::*;

use crate::accounts::MemberId;
use crate::discovery::saved::{SavedId, Saving};
use crate::platform::db::schema::saved_searches;
use crate::platform::db::{Db, Tx};

/// A search that is kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = saved_searches)]
pub struct SavedRow {
    pub id: SavedId,
    pub name: String,
    pub address: String,
}

pub(in crate::discovery) fn saved_of(db: &mut Db, member: MemberId) -> QueryResult<Vec<SavedRow>> {
    saved_searches::table
        .filter(saved_searches::member_id.eq(member))
        .order((saved_searches::name, saved_searches::id))
        .select(SavedRow::as_select())
        .load(db)
}

pub(in crate::discovery) fn insert(tx: &mut Tx, member: MemberId, saving: &Saving) -> QueryResult<SavedRow> {
    let row = SavedRow {
        id: SavedId::new(tx.ids, tx.now),
        name: saving.name.clone(),
        address: saving.address.clone(),
    };
    diesel::insert_into(saved_searches::table)
        .values((
            saved_searches::id.eq(row.id),
            saved_searches::member_id.eq(member),
            saved_searches::name.eq(&row.name),
            saved_searches::address.eq(&row.address),
        ))
        .execute(&mut **tx)?;
    Ok(row)
}

pub(in crate::discovery) fn delete(tx: &mut Tx, member: MemberId, id: SavedId) -> QueryResult<usize> {
    diesel::delete(saved_searches::table.find(id).filter(saved_searches::member_id.eq(member)))
        .execute(&mut **tx)
}
