use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use moderation_rules::Severity;

use crate::accounts::MemberId;
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::{boards, members, posts, review_items, revisions, threads};
use crate::platform::db::{Db, Tx};
use crate::review::{Cause, ItemId, ItemState, QueueCursor};
use crate::screening::store::Kept;
use crate::threads::{About, PostId, PostKind, PostState, RevisionId, ThreadId};

/// An item with the text it is about.
#[derive(Clone, Debug, Queryable)]
pub struct ItemRow {
    pub id: ItemId,
    pub post_id: PostId,
    pub revision_id: RevisionId,
    pub cause: Cause,
    pub severity: Kept<Severity>,
    pub rank: i32,
    pub state: ItemState,
    pub holder_id: Option<MemberId>,
    pub lease_until: Option<UtcTime>,
    pub version: i64,
    pub opened_at: UtcTime,
    pub thread_id: ThreadId,
    pub post_kind: PostKind,
    pub post_state: PostState,
    pub about: About,
    pub author_id: MemberId,
    pub author_name: String,
    pub board_slug: String,
    pub board_name: String,
    pub revision_number: i32,
    pub title: Option<String>,
    pub plain: String,
    pub revision_hash: String,
    pub verdict: String,
}

impl ItemRow {
    /// Whoever holds it now; a lease that ran out holds nothing.
    pub fn holder(&self, now: UtcTime) -> Option<MemberId> {
        self.holder_id.filter(|_| self.lease_until.is_some_and(|until| until > now))
    }
}

#[diesel::dsl::auto_type]
fn items() -> _ {
    review_items::table
        .inner_join(posts::table.on(posts::id.eq(review_items::post_id)))
        .inner_join(revisions::table.on(revisions::id.eq(review_items::revision_id)))
        .inner_join(members::table.on(members::id.eq(posts::author_id)))
        .inner_join(threads::table.on(threads::id.eq(posts::thread_id)))
        .inner_join(boards::table.on(boards::id.nullable().eq(threads::board_id)))
}

#[diesel::dsl::auto_type]
fn columns() -> _ {
    (
        review_items::id,
        review_items::post_id,
        review_items::revision_id,
        review_items::cause,
        review_items::severity,
        review_items::severity_rank,
        review_items::state,
        review_items::holder_id,
        review_items::lease_until,
        review_items::version,
        review_items::opened_at,
        posts::thread_id,
        posts::kind,
        posts::state,
        posts::about,
        posts::author_id,
        members::name,
        boards::slug,
        boards::name,
        revisions::number,
        revisions::title,
        revisions::plain,
        revisions::hash,
        revisions::verdict,
    )
}

pub fn item(db: &mut Db, id: ItemId) -> QueryResult<Option<ItemRow>> {
    items().filter(review_items::id.eq(id)).select(columns()).first(db).optional()
}

/// The queue: most severe first, then oldest. Starts after `after`.
pub fn queue(db: &mut Db, after: Option<QueueCursor>, rows: i64) -> QueryResult<Vec<ItemRow>> {
    let waiting = review_items::state.eq(ItemState::Open).or(review_items::state.eq(ItemState::Claimed));
    let order = (review_items::severity_rank.desc(), review_items::opened_at.asc(), review_items::id.asc());
    let all = items().filter(waiting);
    match after {
        None => all.order(order).limit(rows).select(columns()).load(db),
        Some(at) => all
            .filter(review_items::severity_rank.le(at.rank))
            .filter(
                review_items::severity_rank.lt(at.rank).or(review_items::opened_at
                    .gt(at.opened_at)
                    .or(review_items::opened_at.eq(at.opened_at).and(review_items::id.gt(at.id)))),
            )
            .order(order)
            .limit(rows)
            .select(columns())
            .load(db),
    }
}

/// What this person holds now, most severe first, then oldest.
pub fn held_by(db: &mut Db, holder: MemberId, now: UtcTime, rows: i64) -> QueryResult<Vec<ItemRow>> {
    items()
        .filter(review_items::state.eq(ItemState::Claimed))
        .filter(review_items::holder_id.eq(holder))
        .filter(review_items::lease_until.gt(now))
        .order((review_items::severity_rank.desc(), review_items::opened_at.asc(), review_items::id.asc()))
        .limit(rows)
        .select(columns())
        .load(db)
}

/// How many items this person holds now.
pub fn count_held_by(db: &mut Db, holder: MemberId, now: UtcTime) -> QueryResult<i64> {
    review_items::table
        .filter(review_items::state.eq(ItemState::Claimed))
        .filter(review_items::holder_id.eq(holder))
        .filter(review_items::lease_until.gt(now))
        .count()
        .get_result(db)
}

/// How many wait, by severity rank.
pub fn waiting_by_severity(db: &mut Db) -> QueryResult<Vec<(i32, i64)>> {
    review_items::table
        .filter(review_items::state.eq(ItemState::Open).or(review_items::state.eq(ItemState::Claimed)))
        .group_by(review_items::severity_rank)
        .select((review_items::severity_rank, count_star()))
        .load(db)
}

/// The unfinished item of a post, if there is one.
pub fn unfinished_of(db: &mut Db, post: PostId) -> QueryResult<Option<ItemId>> {
    review_items::table
        .filter(review_items::post_id.eq(post))
        .filter(review_items::closed_at.is_null())
        .select(review_items::id)
        .first(db)
        .optional()
}

/// The unfinished items of these posts.
pub fn unfinished_among(db: &mut Db, posts: &[PostId]) -> QueryResult<Vec<(PostId, ItemId)>> {
    review_items::table
        .filter(review_items::post_id.eq_any(posts))
        .filter(review_items::closed_at.is_null())
        .select((review_items::post_id, review_items::id))
        .load(db)
}

/// The unfinished items of a thread's posts.
pub fn unfinished_in(db: &mut Db, thread: ThreadId) -> QueryResult<HashMap<PostId, ItemId>> {
    let rows: Vec<(PostId, ItemId)> = review_items::table
        .inner_join(posts::table.on(posts::id.eq(review_items::post_id)))
        .filter(posts::thread_id.eq(thread))
        .filter(review_items::closed_at.is_null())
        .select((review_items::post_id, review_items::id))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// The posts that these items are about.
pub fn posts_of_items(db: &mut Db, ids: Vec<ItemId>) -> QueryResult<HashMap<ItemId, PostId>> {
    let rows: Vec<(ItemId, PostId)> = review_items::table
        .filter(review_items::id.eq_any(ids))
        .select((review_items::id, review_items::post_id))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

pub fn name_of(db: &mut Db, member: MemberId) -> QueryResult<String> {
    members::table.find(member).select(members::name).first(db)
}

/// Takes the item if it is free, or held by nobody any more, or already held by the same person: compare-and-set, one row or none.
pub fn claim(tx: &mut Tx, id: ItemId, holder: MemberId, until: UtcTime) -> QueryResult<usize> {
    let now = tx.now;
    let free = review_items::state.eq(ItemState::Open).or(review_items::state
        .eq(ItemState::Claimed)
        .and(review_items::lease_until.le(now).or(review_items::holder_id.eq(holder)).assume_not_null()));
    diesel::update(review_items::table.filter(review_items::id.eq(id)).filter(free))
        .set((
            review_items::state.eq(ItemState::Claimed),
            review_items::holder_id.eq(Some(holder)),
            review_items::lease_until.eq(Some(until)),
            review_items::version.eq(review_items::version + 1),
        ))
        .execute(&mut **tx)
}

/// Gives the item back if this person holds it.
pub fn release(tx: &mut Tx, id: ItemId, holder: MemberId) -> QueryResult<usize> {
    diesel::update(
        review_items::table.filter(review_items::id.eq(id)).filter(review_items::holder_id.eq(holder)),
    )
    .set((
        review_items::state.eq(ItemState::Open),
        review_items::holder_id.eq(None::<MemberId>),
        review_items::lease_until.eq(None::<UtcTime>),
        review_items::version.eq(review_items::version + 1),
    ))
    .execute(&mut **tx)
}

/// Ends the item, or puts it to wait for its author, if it still stands as it was read.
pub fn finish(tx: &mut Tx, id: ItemId, version: i64, to: ItemState) -> QueryResult<usize> {
    let closed = (to == ItemState::Decided).then_some(tx.now);
    diesel::update(
        review_items::table
            .filter(review_items::id.eq(id))
            .filter(review_items::version.eq(version))
            .filter(review_items::state.eq(ItemState::Claimed)),
    )
    .set((
        review_items::state.eq(to),
        review_items::holder_id.eq(None::<MemberId>),
        review_items::lease_until.eq(None::<UtcTime>),
        review_items::closed_at.eq(closed),
        review_items::version.eq(review_items::version + 1),
    ))
    .execute(&mut **tx)
}

/// Brings back the item of a wording that an edit had put aside undecided.
pub fn reopen(tx: &mut Tx, revision: RevisionId) -> QueryResult<usize> {
    diesel::update(
        review_items::table
            .filter(review_items::revision_id.eq(revision))
            .filter(review_items::state.eq(ItemState::Superseded)),
    )
    .set((
        review_items::state.eq(ItemState::Open),
        review_items::closed_at.eq(None::<UtcTime>),
        review_items::version.eq(review_items::version + 1),
    ))
    .execute(&mut **tx)
}
