//! Rows that pages ask for by id or beside a list: what stands around the texts that `visible` and `own` hand out.

use std::collections::HashMap;

use diesel::prelude::*;

use super::visible::{PostRow, ThreadRow, readable_posts, readable_threads};
use crate::accounts::{MemberId, Viewer};
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::{posts, public_posts, public_threads, revisions, threads};
use crate::platform::db::{Db, Tx};
use crate::threads::{About, BoardId, PostId, PostKind, PostState, RevisionId, ThreadId};

/// Of these threads, the ones that this viewer may read.
pub fn threads_by_id(db: &mut Db, viewer: &Viewer, ids: Vec<ThreadId>) -> QueryResult<Vec<ThreadRow>> {
    readable_threads(viewer).filter(public_threads::id.eq_any(ids)).select(ThreadRow::as_select()).load(db)
}

/// Of these posts, the ones that this viewer may read.
pub fn posts_by_id(db: &mut Db, viewer: &Viewer, ids: Vec<PostId>) -> QueryResult<Vec<PostRow>> {
    readable_posts(viewer).filter(public_posts::id.eq_any(ids)).select(PostRow::as_select()).load(db)
}

/// The posts that these wordings are of.
pub fn posts_of_revisions(db: &mut Db, ids: Vec<RevisionId>) -> QueryResult<HashMap<RevisionId, PostId>> {
    let rows: Vec<(RevisionId, PostId)> = revisions::table
        .filter(revisions::id.eq_any(ids))
        .select((revisions::id, revisions::post_id))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// Thread, title and time of the author's own questions in a board that nobody else sees yet, newest first.
pub fn own_waiting_questions(
    db: &mut Db,
    author: MemberId,
    board: BoardId,
    rows: i64,
) -> QueryResult<Vec<(ThreadId, Option<String>, UtcTime)>> {
    posts::table
        .inner_join(revisions::table.on(revisions::id.eq(posts::latest_revision_id)))
        .inner_join(threads::table.on(threads::id.eq(posts::thread_id)))
        .filter(threads::board_id.eq(board))
        .filter(posts::author_id.eq(author))
        .filter(posts::kind.eq(PostKind::Opening))
        .filter(posts::state.eq(PostState::Held))
        .order((posts::created_at.desc(), posts::id.desc()))
        .limit(rows)
        .select((threads::id, revisions::title, posts::created_at))
        .load(db)
}

/// Whom a post is about. It is no part of a wording, so changing it is no new revision.
pub fn set_about(tx: &mut Tx, post: PostId, about: About) -> QueryResult<usize> {
    diesel::update(posts::table.find(post)).set(posts::about.eq(about)).execute(&mut **tx)
}
