use diesel::prelude::*;

use super::posts::PostCore;
use crate::accounts::MemberId;
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::{drafts, posts, threads};
use crate::platform::db::{Db, Tx};
use crate::threads::drafts::Keeping;
use crate::threads::{About, BoardId, DraftId, PostId, PostKind, ThreadId};

/// A draft.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = drafts)]
pub struct DraftRow {
    pub id: DraftId,
    pub board_id: Option<BoardId>,
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

pub fn draft(db: &mut Db, member: MemberId, id: DraftId) -> QueryResult<Option<DraftRow>> {
    drafts::table
        .find(id)
        .filter(drafts::member_id.eq(member))
        .select(DraftRow::as_select())
        .first(db)
        .optional()
}

pub fn drafts_of(db: &mut Db, member: MemberId) -> QueryResult<Vec<DraftRow>> {
    drafts::table
        .filter(drafts::member_id.eq(member))
        .order((drafts::updated_at.desc(), drafts::id.desc()))
        .limit(200)
        .select(DraftRow::as_select())
        .load(db)
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
