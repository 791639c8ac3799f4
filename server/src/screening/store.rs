//! The rows of review items that screening opens and ends; deciding them is the review's.

use diesel::prelude::*;
use moderation_rules::Severity;

pub use super::model::Kept;
use super::model::{Cause, ItemId, ItemState, severity_rank};
use crate::platform::clock::UtcTime;
use crate::platform::db::Tx;
use crate::platform::db::schema::review_items;

pub(super) fn insert_item(
    tx: &mut Tx,
    post: i64,
    revision: i64,
    cause: Cause,
    severity: Severity,
) -> QueryResult<ItemId> {
    let (id, now) = (ItemId::new(tx.ids, tx.now), tx.now);
    diesel::insert_into(review_items::table)
        .values((
            review_items::id.eq(id),
            review_items::post_id.eq(post),
            review_items::revision_id.eq(revision),
            review_items::cause.eq(cause),
            review_items::severity.eq(Kept(severity)),
            review_items::severity_rank.eq(severity_rank(severity)),
            review_items::state.eq(ItemState::Open),
            review_items::version.eq(1),
            review_items::opened_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(id)
}

pub(super) fn supersede(tx: &mut Tx, post: i64) -> QueryResult<usize> {
    let now = tx.now;
    diesel::update(
        review_items::table.filter(review_items::post_id.eq(post)).filter(review_items::closed_at.is_null()),
    )
    .set((
        review_items::state.eq(ItemState::Superseded),
        review_items::closed_at.eq(Some(now)),
        review_items::holder_id.eq(None::<i64>),
        review_items::lease_until.eq(None::<UtcTime>),
        review_items::version.eq(review_items::version + 1),
    ))
    .execute(&mut **tx)
}

/// The severity of the unfinished item of a post, if it has one.
pub fn unfinished_severity(tx: &mut Tx, post: i64) -> QueryResult<Option<Severity>> {
    review_items::table
        .filter(review_items::post_id.eq(post))
        .filter(review_items::closed_at.is_null())
        .select(review_items::severity)
        .first::<Kept<Severity>>(&mut **tx)
        .optional()
        .map(|kept| kept.map(|kept| kept.0))
}
