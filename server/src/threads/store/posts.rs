//! Writing posts and revisions. Called by the acts of threads and by deciding; never by pages.

use aftercare_frontend::content::SanitizedHtml;
use diesel::dsl::{count_star, exists};
use diesel::prelude::*;
use moderation_rules::{Severity, Verdict};

use crate::accounts::MemberId;
use crate::each_backend;
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::{posts, review_items, revision_reads, revisions, threads};
use crate::platform::db::{Db, Tx};
use crate::screening::store::Kept;
use crate::threads::{
    About, BoardId, PostId, PostKind, PostState, RevisionId, ThreadId, ThreadKind, Written,
};

/// What acts need to know of a post.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = posts)]
pub struct PostCore {
    pub id: PostId,
    pub thread_id: ThreadId,
    pub author_id: MemberId,
    pub kind: PostKind,
    pub state: PostState,
    pub published_revision_id: Option<RevisionId>,
    pub latest_revision_id: RevisionId,
    pub version: i64,
}

/// One wording of a post.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = revisions)]
pub struct RevisionRow {
    pub id: RevisionId,
    pub post_id: PostId,
    pub number: i32,
    pub editor_id: MemberId,
    pub title: Option<String>,
    pub source: String,
    pub html: String,
    pub plain: String,
    pub hash: String,
    pub severity: Kept<Severity>,
    pub verdict: String,
    pub created_at: UtcTime,
}

impl RevisionRow {
    /// The stored rendering.
    pub fn safe_html(&self) -> SanitizedHtml {
        SanitizedHtml::from_store(self.html.clone())
    }

    /// What the rules said of it. A verdict that cannot be read counts as a failed check.
    pub fn verdict(&self) -> Verdict {
        Verdict::stored(&self.verdict)
    }
}

pub fn post(db: &mut Db, id: PostId) -> QueryResult<Option<PostCore>> {
    posts::table.find(id).select(PostCore::as_select()).first(db).optional()
}

/// These posts, as far as they are there.
pub fn posts_of_ids(db: &mut Db, ids: &[PostId]) -> QueryResult<Vec<PostCore>> {
    posts::table.filter(posts::id.eq_any(ids)).select(PostCore::as_select()).load(db)
}

pub fn revision(db: &mut Db, id: RevisionId) -> QueryResult<Option<RevisionRow>> {
    revisions::table.find(id).select(RevisionRow::as_select()).first(db).optional()
}

/// Every wording of a post, oldest first; for staff and the author.
pub fn revisions_of(db: &mut Db, post: PostId) -> QueryResult<Vec<RevisionRow>> {
    revisions::table
        .filter(revisions::post_id.eq(post))
        .order(revisions::number)
        .select(RevisionRow::as_select())
        .load(db)
}

/// The number of a post's next wording.
pub fn next_number(db: &mut Db, post: PostId) -> QueryResult<i32> {
    let most: Option<i32> = revisions::table
        .filter(revisions::post_id.eq(post))
        .select(diesel::dsl::max(revisions::number))
        .first(db)?;
    Ok(most.unwrap_or(0) + 1)
}

pub fn insert_thread(
    tx: &mut Tx,
    id: ThreadId,
    board: BoardId,
    opening: PostId,
    at: UtcTime,
) -> QueryResult<usize> {
    diesel::insert_into(threads::table)
        .values((
            threads::id.eq(id),
            threads::kind.eq(ThreadKind::Question),
            threads::board_id.eq(Some(board)),
            threads::opening_post_id.eq(opening),
            threads::locked.eq(false),
            threads::public_posts.eq(0),
            threads::created_at.eq(at),
        ))
        .execute(&mut **tx)
}

pub fn insert_post(
    tx: &mut Tx,
    (id, thread, author): (PostId, ThreadId, MemberId),
    (kind, about, state): (PostKind, About, PostState),
    revision: RevisionId,
    at: UtcTime,
) -> QueryResult<usize> {
    let shown = (state == PostState::Public).then_some((revision, at));
    diesel::insert_into(posts::table)
        .values((
            posts::id.eq(id),
            posts::thread_id.eq(thread),
            posts::author_id.eq(author),
            posts::kind.eq(kind),
            posts::about.eq(about),
            posts::state.eq(state),
            posts::published_revision_id.eq(shown.map(|(revision, _)| revision)),
            posts::latest_revision_id.eq(revision),
            posts::first_published_at.eq(shown.map(|(_, at)| at)),
            posts::approved_late.eq(false),
            posts::version.eq(1),
            posts::created_at.eq(at),
        ))
        .execute(&mut **tx)
}

pub fn insert_revision(
    tx: &mut Tx,
    id: RevisionId,
    post: PostId,
    number: i32,
    editor: MemberId,
    text: &Written,
    at: UtcTime,
) -> Result<(), crate::platform::refusal::Refusal> {
    let verdict =
        serde_json::to_string(&text.verdict).map_err(crate::platform::refusal::Refusal::internal)?;
    diesel::insert_into(revisions::table)
        .values((
            revisions::id.eq(id),
            revisions::post_id.eq(post),
            revisions::number.eq(number),
            revisions::editor_id.eq(editor),
            revisions::title.eq(text.title.as_ref().map(|title| title.as_str())),
            revisions::source.eq(&text.source),
            revisions::html.eq(text.rendered.html.as_str()),
            revisions::plain.eq(&text.rendered.text),
            revisions::renderer.eq(text.renderer),
            revisions::hash.eq(&text.hash),
            revisions::action.eq(Kept(text.verdict.action)),
            revisions::severity.eq(Kept(text.verdict.severity)),
            revisions::verdict.eq(verdict),
            revisions::created_at.eq(at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn set_latest(tx: &mut Tx, post: &PostCore, revision: RevisionId) -> QueryResult<usize> {
    diesel::update(posts::table.find(post.id)).set(posts::latest_revision_id.eq(revision)).execute(&mut **tx)
}

/// When the first of the other posts of a thread came before readers.
fn first_answer(tx: &mut Tx, post: &PostCore) -> QueryResult<Option<UtcTime>> {
    posts::table
        .filter(posts::thread_id.eq(post.thread_id))
        .filter(posts::id.ne(post.id))
        .filter(posts::published_revision_id.is_not_null())
        .select(diesel::dsl::min(posts::first_published_at))
        .first(&mut **tx)
}

/// Shows this revision; the time it first came before readers stays what it was.
pub fn set_public(tx: &mut Tx, post: &PostCore, revision: RevisionId, late: bool) -> QueryResult<()> {
    let (now, late) = match first_answer(tx, post)? {
        // An opening stands before its answers, whenever it was approved (imported threads come with their answers).
        Some(answer) if post.kind == PostKind::Opening => {
            (tx.now.min(answer.plus(-chrono::Duration::microseconds(1))), false)
        }
        _ => (tx.now, late),
    };
    // The time first: the database refuses a published post without one.
    diesel::update(posts::table.find(post.id).filter(posts::first_published_at.is_null()))
        .set((posts::first_published_at.eq(Some(now)), posts::approved_late.eq(late)))
        .execute(&mut **tx)?;
    diesel::update(posts::table.find(post.id))
        .set((
            posts::state.eq(PostState::Public),
            posts::published_revision_id.eq(Some(revision)),
            posts::version.eq(post.version + 1),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn set_unpublished(tx: &mut Tx, post: &PostCore, to: PostState) -> QueryResult<usize> {
    diesel::update(posts::table.find(post.id))
        .set((
            posts::state.eq(to),
            posts::published_revision_id.eq(None::<RevisionId>),
            posts::version.eq(post.version + 1),
        ))
        .execute(&mut **tx)
}

/// Raises a post's version, so that search takes notice of a card or a mark.
pub fn bump(tx: &mut Tx, post: &PostCore) -> QueryResult<i64> {
    diesel::update(posts::table.find(post.id)).set(posts::version.eq(post.version + 1)).execute(&mut **tx)?;
    Ok(post.version + 1)
}

/// Raises the versions of a thread's replies: their opening came or went.
pub fn bump_replies(tx: &mut Tx, thread: ThreadId, opening: PostId) -> QueryResult<Vec<(PostId, i64)>> {
    let replies = posts::table.filter(posts::thread_id.eq(thread)).filter(posts::id.ne(opening));
    diesel::update(replies).set(posts::version.eq(posts::version + 1)).execute(&mut **tx)?;
    posts::table
        .filter(posts::thread_id.eq(thread))
        .filter(posts::id.ne(opening))
        .filter(posts::published_revision_id.is_not_null())
        .select((posts::id, posts::version))
        .load(&mut **tx)
}

/// Counts a thread's public posts anew, and when it was last added to. A thread whose opening is not public is on no list.
pub fn recount(tx: &mut Tx, thread: ThreadId) -> QueryResult<()> {
    let public =
        posts::table.filter(posts::thread_id.eq(thread)).filter(posts::published_revision_id.is_not_null());
    let (count, last): (i64, Option<UtcTime>) =
        public.select((count_star(), diesel::dsl::max(posts::first_published_at))).first(&mut **tx)?;
    let opening = posts::table
        .filter(posts::thread_id.eq(thread))
        .filter(posts::kind.eq(PostKind::Opening))
        .filter(posts::published_revision_id.is_not_null());
    let opens: bool = diesel::select(exists(opening)).get_result(&mut **tx)?;
    diesel::update(threads::table.find(thread))
        .set((
            threads::public_posts.eq(i32::try_from(count).unwrap_or(i32::MAX)),
            threads::last_activity_at.eq(last.filter(|_| opens)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// How many of a member's posts have been public, counted no further than `most`.
pub fn published_count(db: &mut Db, author: MemberId, most: i64) -> QueryResult<i64> {
    let rows: Vec<i64> = posts::table
        .filter(posts::author_id.eq(author))
        .filter(posts::published_revision_id.is_not_null())
        .limit(most)
        .select(posts::id)
        .load(db)?;
    Ok(i64::try_from(rows.len()).unwrap_or(i64::MAX))
}

/// Whether the latest wording waits for a person: the post is held, or an edit of it is.
pub fn waits(tx: &mut Tx, post: &PostCore) -> QueryResult<bool> {
    if post.state == PostState::Held {
        return Ok(true);
    }
    let item = review_items::table
        .filter(review_items::revision_id.eq(post.latest_revision_id))
        .filter(review_items::closed_at.is_null());
    let unfinished: bool = diesel::select(exists(item)).get_result(&mut **tx)?;
    Ok(unfinished && post.published_revision_id != Some(post.latest_revision_id))
}

/// Notes that this member of staff has read this wording.
pub fn mark_read(tx: &mut Tx, revision: RevisionId, staff: MemberId) -> QueryResult<()> {
    let row = (
        revision_reads::revision_id.eq(revision),
        revision_reads::staff_id.eq(staff),
        revision_reads::read_at.eq(tx.now),
    );
    each_backend!(&mut **tx, c => diesel::insert_into(revision_reads::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}
