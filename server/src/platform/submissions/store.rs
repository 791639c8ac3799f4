use diesel::prelude::*;

use crate::accounts::MemberId;
use crate::platform::clock::UtcTime;
use crate::platform::db::Tx;
use crate::platform::db::schema::submissions;

pub(super) fn find(tx: &mut Tx, member: MemberId, key: &str) -> QueryResult<Option<(String, String)>> {
    submissions::table
        .find((member, key))
        .select((submissions::body_hash, submissions::answer))
        .first(&mut **tx)
        .optional()
}

pub(super) fn insert(
    tx: &mut Tx,
    member: MemberId,
    key: &str,
    body_hash: &str,
    answer: &str,
) -> QueryResult<usize> {
    let now = tx.now;
    diesel::insert_into(submissions::table)
        .values((
            submissions::member_id.eq(member),
            submissions::key.eq(key),
            submissions::body_hash.eq(body_hash),
            submissions::answer.eq(answer),
            submissions::created_at.eq(now),
        ))
        .execute(&mut **tx)
}

pub(super) fn forget(tx: &mut Tx, before: UtcTime) -> QueryResult<usize> {
    diesel::delete(submissions::table.filter(submissions::created_at.lt(before))).execute(&mut **tx)
}
