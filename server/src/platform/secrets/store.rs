use diesel::prelude::*;

use crate::platform::db::schema::secrets;
use crate::platform::db::{Db, Tx};

pub(super) fn find(db: &mut Db, name: &str) -> QueryResult<Option<String>> {
    secrets::table.find(name).select(secrets::value).first(db).optional()
}

pub(super) fn insert(tx: &mut Tx, name: &str, value: &str) -> QueryResult<usize> {
    diesel::insert_into(secrets::table)
        .values((secrets::name.eq(name), secrets::value.eq(value)))
        .execute(&mut **tx)
}
