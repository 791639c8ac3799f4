//! Sets of rules that one person has asked for and another has to.

use diesel::prelude::*;

use crate::accounts::MemberId;
use crate::platform::db::Tx;
use crate::platform::db::schema::rule_requests;

/// Who was the first to ask for this set.
pub(super) fn asked_by(tx: &mut Tx, hash: &str) -> QueryResult<Option<MemberId>> {
    rule_requests::table.find(hash).select(rule_requests::asked_by).first(&mut **tx).optional()
}

pub(super) fn ask(tx: &mut Tx, hash: &str, by: MemberId) -> QueryResult<usize> {
    let row =
        (rule_requests::hash.eq(hash), rule_requests::asked_at.eq(tx.now), rule_requests::asked_by.eq(by));
    diesel::insert_into(rule_requests::table).values(row).execute(&mut **tx)
}

/// Something else is in force now: whoever still wants one of those asks anew.
pub(super) fn forget(tx: &mut Tx) -> QueryResult<usize> {
    diesel::delete(rule_requests::table).execute(&mut **tx)
}
