use diesel::prelude::*;

use super::posts::PostCore;
use crate::accounts::MemberId;
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::{boards, drafts, posts, threads};
use crate::platform::db::{Db, Tx};
use crate::threads::drafts::Keeping;
use crate::threads::{About, BoardId, Cursor, DraftId, PostId, PostKind, ThreadId};

/// A draft.
#[derive(Clone, Debug, Queryable)]
pub struct DraftRow {
    pub id: DraftId,
    /// Of the board that it is meant for, unless it is a reply.
    pub board_slug: Option<String>,
    pub board_name: Option<String>,
    pub thread_id: Option<ThreadId>,
    pub title: String,
    pub source: String,
    pub about: About,
    pub returned_post_id: Option<PostId>,
    /// Why it came back, in words for its author.
    pub reason: Option<String>,
    pub created_at: UtcTime,
    pub updated_at: UtcTime,
}

#[diesel::dsl::auto_type]
fn with_board() -> _ {
    drafts::table.left_join(boards::table.on(boards::id.nullable().eq(drafts::board_id)))
}

#[diesel::dsl::auto_type]
fn columns() -> _ {
    (
        drafts::id,
        boards::slug.nullable(),
        boards::name.nullable(),
        drafts::thread_id,
        drafts::title,
        drafts::source,
        drafts::about,
        drafts::returned_post_id,
        drafts::reason,
        drafts::created_at,
        drafts::updated_at,
    )
}

pub fn draft(db: &mut Db, member: MemberId, id: DraftId) -> QueryResult<Option<DraftRow>> {
    with_board()
        .filter(drafts::id.eq(id))
        .filter(drafts::member_id.eq(member))
        .select(columns())
        .first(db)
        .optional()
}

/// Last changed first. Starts after `after`.
pub fn drafts_of(
    db: &mut Db,
    member: MemberId,
    after: Option<Cursor>,
    rows: i64,
) -> QueryResult<Vec<DraftRow>> {
    let mut all = with_board().filter(drafts::member_id.eq(member)).into_boxed();
    if let Some(cursor) = after {
        all = all
            .filter(drafts::updated_at.le(cursor.at))
            .filter(drafts::updated_at.lt(cursor.at).or(drafts::id.lt(DraftId(cursor.id))));
    }
    all.order((drafts::updated_at.desc(), drafts::id.desc())).limit(rows).select(columns()).load(db)
}

pub fn insert_draft(
    tx: &mut Tx,
    member: MemberId,
    (board, thread): (Option<BoardId>, Option<ThreadId>),
    keeping: &Keeping,
) -> QueryResult<DraftId> {
    let (id, now) = (DraftId::new(tx.ids, tx.now), tx.now);
    diesel::insert_into(drafts::table)
        .values((
            drafts::id.eq(id),
            drafts::member_id.eq(member),
            drafts::board_id.eq(board),
            drafts::thread_id.eq(thread),
            drafts::title.eq(&keeping.title),
            drafts::source.eq(&keeping.source),
            drafts::about.eq(keeping.about),
            drafts::created_at.eq(now),
            drafts::updated_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(id)
}

pub fn update_draft(tx: &mut Tx, member: MemberId, id: DraftId, keeping: &Keeping) -> QueryResult<usize> {
    let now = tx.now;
    diesel::update(drafts::table.find(id).filter(drafts::member_id.eq(member)))
        .set((
            drafts::title.eq(&keeping.title),
            drafts::source.eq(&keeping.source),
            drafts::about.eq(keeping.about),
            drafts::updated_at.eq(now),
        ))
        .execute(&mut **tx)
}

pub fn delete_draft(tx: &mut Tx, member: MemberId, id: DraftId) -> QueryResult<usize> {
    diesel::delete(drafts::table.find(id).filter(drafts::member_id.eq(member))).execute(&mut **tx)
}

/// Gives a text back to its author; the newest of what came back of a post is the one that names it.
pub fn return_draft(
    tx: &mut Tx,
    post: &PostCore,
    title: &str,
    source: &str,
    reason: &str,
) -> QueryResult<()> {
    let board: Option<BoardId> =
        threads::table.find(post.thread_id).select(threads::board_id).first(&mut **tx)?;
    let about: About = posts::table.find(post.id).select(posts::about).first(&mut **tx)?;
    let opens = post.kind == PostKind::Opening;
    // What came back before stays, as an ordinary draft: its author may have worked on it.
    diesel::update(drafts::table.filter(drafts::returned_post_id.eq(post.id)))
        .set(drafts::returned_post_id.eq(None::<PostId>))
        .execute(&mut **tx)?;
    let (id, now) = (DraftId::new(tx.ids, tx.now), tx.now);
    diesel::insert_into(drafts::table)
        .values((
            drafts::id.eq(id),
            drafts::member_id.eq(post.author_id),
            drafts::board_id.eq(board.filter(|_| opens)),
            drafts::thread_id.eq((!opens).then_some(post.thread_id)),
            drafts::title.eq(title),
            drafts::source.eq(source),
            drafts::about.eq(about),
            drafts::returned_post_id.eq(Some(post.id)),
            drafts::reason.eq(Some(reason)),
            drafts::created_at.eq(now),
            drafts::updated_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
