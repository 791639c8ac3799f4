use diesel::prelude::*;

use super::{NoticeId, NoticeKind};
use crate::accounts::MemberId;
use crate::each_backend;
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::{decisions, notices, posts, review_items, threads};
use crate::platform::db::{Db, Tx};
use crate::review::{Choice, ItemId};
use crate::threads::{Cursor, PostId, ThreadId};

/// A notice as its member sees it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = notices)]
pub struct NoticeRow {
    pub id: NoticeId,
    pub kind: NoticeKind,
    pub post_id: Option<PostId>,
    pub body: String,
    pub created_at: UtcTime,
    pub read_at: Option<UtcTime>,
}

/// Once for each member and key.
pub fn insert(
    tx: &mut Tx,
    member: MemberId,
    kind: NoticeKind,
    key: &str,
    post: Option<PostId>,
    body: &str,
) -> QueryResult<()> {
    let row = (
        notices::id.eq(NoticeId::new(tx.ids, tx.now)),
        notices::member_id.eq(member),
        notices::kind.eq(kind),
        notices::key.eq(key),
        notices::post_id.eq(post),
        notices::body.eq(body),
        notices::created_at.eq(tx.now),
    );
    each_backend!(&mut **tx, c => diesel::insert_into(notices::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Newest first. Starts after `after`.
pub fn notices_of(
    db: &mut Db,
    member: MemberId,
    after: Option<Cursor>,
    rows: i64,
) -> QueryResult<Vec<NoticeRow>> {
    let mut all = notices::table.filter(notices::member_id.eq(member)).into_boxed();
    if let Some(cursor) = after {
        all = all
            .filter(notices::created_at.le(cursor.at))
            .filter(notices::created_at.lt(cursor.at).or(notices::id.lt(NoticeId(cursor.id))));
    }
    all.order((notices::created_at.desc(), notices::id.desc()))
        .limit(rows)
        .select(NoticeRow::as_select())
        .load(db)
}

pub fn unread(db: &mut Db, member: MemberId) -> QueryResult<i64> {
    notices::table
        .filter(notices::member_id.eq(member))
        .filter(notices::read_at.is_null())
        .count()
        .get_result(db)
}

pub fn mark_all_read(tx: &mut Tx, member: MemberId) -> QueryResult<usize> {
    let now = tx.now;
    diesel::update(notices::table.filter(notices::member_id.eq(member)).filter(notices::read_at.is_null()))
        .set(notices::read_at.eq(Some(now)))
        .execute(&mut **tx)
}

/// Who opened the thread of a post.
pub fn opener_of(db: &mut Db, thread: ThreadId) -> QueryResult<Option<MemberId>> {
    threads::table
        .inner_join(posts::table.on(posts::id.eq(threads::opening_post_id)))
        .filter(threads::id.eq(thread))
        .select(posts::author_id)
        .first(db)
        .optional()
}

/// Post, author, choice and reason of an item's decision.
pub fn decision_of(db: &mut Db, item: ItemId) -> QueryResult<Option<(PostId, MemberId, Choice, String)>> {
    decisions::table
        .inner_join(review_items::table.on(review_items::id.eq(decisions::item_id)))
        .inner_join(posts::table.on(posts::id.eq(review_items::post_id)))
        .filter(decisions::item_id.eq(item))
        .select((posts::id, posts::author_id, decisions::choice, decisions::reason))
        .first(db)
        .optional()
}
