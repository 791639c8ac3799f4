//! What a reader sees: boards, a board's threads, a thread with its posts. Everything goes through the two doors of `store::visible`.

use std::collections::HashSet;

use super::store::{self, BoardRow, DraftRow, OwnPost, PostRow, ThreadRow};
use super::{BoardId, Cursor, PostId, PostState, ThreadId};
use crate::accounts::{Member, Viewer};
use crate::platform::db::Db;
use crate::platform::limits::PAGE_ROWS;
use crate::platform::refusal::Refusal;

/// A stretch of a list, and where it goes on.
#[derive(Clone, Debug)]
pub struct Page<T, C = Cursor> {
    pub rows: Vec<T>,
    pub next: Option<C>,
}

impl<T, C> Page<T, C> {
    /// From one row more than a page has: the extra one tells that there is more.
    pub fn of(mut rows: Vec<T>, most: i64, key: impl Fn(&T) -> C) -> Self {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let more = rows.len() > most;
        rows.truncate(most);
        let next = if more { rows.last().map(key) } else { None };
        Self { rows, next }
    }
}

/// The boards that this viewer may read.
pub fn boards(db: &mut Db, viewer: &Viewer) -> Result<Vec<BoardRow>, Refusal> {
    Ok(store::boards(db, viewer)?)
}

/// A board, and a page of its threads, liveliest first.
pub fn board(
    db: &mut Db,
    viewer: &Viewer,
    slug: &str,
    after: Option<Cursor>,
) -> Result<(BoardRow, Page<ThreadRow>), Refusal> {
    let board = store::board_for(db, viewer, slug)?.ok_or_else(Refusal::not_found)?;
    let page = threads_of(db, viewer, board.id, after, PAGE_ROWS)?;
    Ok((board, page))
}

/// A page of a board's threads.
pub fn threads_of(
    db: &mut Db,
    viewer: &Viewer,
    board: BoardId,
    after: Option<Cursor>,
    rows: i64,
) -> Result<Page<ThreadRow>, Refusal> {
    let threads = store::threads_of(db, viewer, board, after, rows + 1)?;
    Ok(Page::of(threads, rows, |thread| Cursor { at: thread.last_activity_at, id: thread.id.0 }))
}

/// A thread as one viewer sees it.
#[derive(Clone, Debug)]
pub struct ThreadPage {
    pub thread: ThreadRow,
    pub posts: Page<PostRow>,
    /// The viewer's own posts here that nobody else sees.
    pub own_waiting: Vec<OwnPost>,
    /// The viewer's own public posts here whose latest wording waits.
    pub edits_waiting: HashSet<PostId>,
}

/// A thread and a page of its posts, in the order in which they came before readers.
pub fn thread(
    db: &mut Db,
    viewer: &Viewer,
    id: ThreadId,
    after: Option<Cursor>,
) -> Result<ThreadPage, Refusal> {
    let thread = store::thread(db, viewer, id)?.ok_or_else(Refusal::not_found)?;
    let rows = store::posts_of(db, viewer, id, after, PAGE_ROWS + 1)?;
    let posts = Page::of(rows, PAGE_ROWS, |post| Cursor { at: post.first_published_at, id: post.id.0 });
    let unseen = match viewer.member() {
        Some(member) => store::own_unseen_in(db, member.id(), id)?,
        None => Vec::new(),
    };
    let (edits, own_waiting): (Vec<_>, Vec<_>) = unseen.into_iter().partition(OwnPost::edit_waits);
    let edits_waiting = edits.into_iter().map(|post| post.id).collect();
    Ok(ThreadPage { thread, posts, own_waiting, edits_waiting })
}

/// Where a post stands: its thread, and the cursor of the page that it is on.
pub fn place_of(db: &mut Db, viewer: &Viewer, id: PostId) -> Result<(ThreadId, Option<Cursor>), Refusal> {
    let post = store::visible_post(db, viewer, id)?.ok_or_else(Refusal::not_found)?;
    let at = Cursor { at: post.first_published_at, id: post.id.0 };
    let before = store::count_before(db, post.thread_id, at)?;
    let start = before - before % PAGE_ROWS;
    let cursor = if start == 0 { None } else { store::cursor_at(db, post.thread_id, start - 1)? };
    Ok((post.thread_id, cursor))
}

/// A page of one's own drafts, last changed first.
pub fn drafts(db: &mut Db, member: &Member, after: Option<Cursor>) -> Result<Page<DraftRow>, Refusal> {
    let rows = store::drafts_of(db, member.id(), after, PAGE_ROWS + 1)?;
    Ok(Page::of(rows, PAGE_ROWS, |draft| Cursor { at: draft.updated_at, id: draft.id.0 }))
}

/// A page of one's own posts in every state, newest first.
pub fn own_posts(db: &mut Db, member: &Member, after: Option<Cursor>) -> Result<Page<OwnPost>, Refusal> {
    let rows = store::own_posts(db, member.id(), after, PAGE_ROWS + 1)?;
    Ok(Page::of(rows, PAGE_ROWS, |post| Cursor { at: post.created_at, id: post.id.0 }))
}

/// One's own post with its latest wording, for the edit form.
pub fn own_post(db: &mut Db, member: &Member, id: PostId) -> Result<OwnPost, Refusal> {
    let post = store::own_post(db, member.id(), id)?.ok_or_else(Refusal::not_found)?;
    Ok(post)
}

/// Whether this post can still be changed by its author.
pub fn is_editable(state: PostState) -> bool {
    matches!(state, PostState::Public | PostState::Held)
}
