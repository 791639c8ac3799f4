use diesel::dsl::count_star;
use diesel::prelude::*;
use moderation_rules::Severity;

use super::items::ItemRow;
use crate::accounts::MemberId;
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::{decisions, posts};
use crate::platform::db::{Db, Tx};
use crate::review::{Cause, Choice, DecisionId};
use crate::screening::store::Kept;
use crate::threads::{PostId, PostState};

/// A decision as author and staff may see it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = decisions)]
pub struct DecisionRow {
    pub id: DecisionId,
    pub choice: Choice,
    pub label: Kept<Severity>,
    pub reason: String,
    pub revision_hash: String,
    pub decided_at: UtcTime,
}

pub fn insert_decision(
    tx: &mut Tx,
    item: &ItemRow,
    moderator: MemberId,
    (choice, label, reason): (Choice, Severity, &str),
) -> QueryResult<DecisionId> {
    let (id, now) = (DecisionId::new(tx.ids, tx.now), tx.now);
    diesel::insert_into(decisions::table)
        .values((
            decisions::id.eq(id),
            decisions::item_id.eq(item.id),
            decisions::post_id.eq(item.post_id),
            decisions::revision_id.eq(item.revision_id),
            decisions::revision_hash.eq(&item.revision_hash),
            decisions::item_version.eq(item.version),
            decisions::moderator_id.eq(moderator),
            decisions::choice.eq(choice),
            decisions::label.eq(Kept(label)),
            decisions::machine_flagged.eq(item.cause == Cause::Rules || item.cause == Cause::CheckFailed),
            decisions::reason.eq(reason),
            decisions::decided_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(id)
}

pub fn decisions_of(db: &mut Db, post: PostId) -> QueryResult<Vec<DecisionRow>> {
    decisions::table
        .filter(decisions::post_id.eq(post))
        .order(decisions::decided_at)
        .select(DecisionRow::as_select())
        .load(db)
}

/// A member's posts by state.
pub fn history(db: &mut Db, author: MemberId) -> QueryResult<Vec<(PostState, i64)>> {
    posts::table
        .filter(posts::author_id.eq(author))
        .group_by(posts::state)
        .select((posts::state, count_star()))
        .load(db)
}
