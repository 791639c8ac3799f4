//! The two doors: `readable_posts` and `readable_threads`. Nothing else may name the views (`tidy` checks it), and nothing else
//! hands text to a reader.

use aftercare_frontend::content::SanitizedHtml;
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::accounts::{Member, MemberId, Viewer};
use crate::platform::clock::UtcTime;
use crate::platform::db::Db;
use crate::platform::db::schema::{board_members, public_posts, public_threads};
use crate::threads::{About, BoardAudience, BoardId, Cursor, PostId, PostKind, RevisionId, ThreadId};

/// A post as readers see it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = public_posts)]
pub struct PostRow {
    pub id: PostId,
    pub thread_id: ThreadId,
    pub author_id: MemberId,
    pub kind: PostKind,
    pub about: About,
    pub first_published_at: UtcTime,
    pub approved_late: bool,
    pub revision_id: RevisionId,
    pub revision_number: i32,
    pub title: Option<String>,
    pub html: String,
    pub plain: String,
    pub revision_hash: String,
    pub revised_at: UtcTime,
    pub author_name: String,
    pub author_moderator: bool,
    pub author_clinician: bool,
    pub board_id: BoardId,
    pub audience: BoardAudience,
    pub version: i64,
}

impl PostRow {
    /// The stored rendering, which came out of the pipeline when the revision was made.
    pub fn safe_html(&self) -> SanitizedHtml {
        SanitizedHtml::from_store(self.html.clone())
    }
}

/// A thread as readers see it in a list.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = public_threads)]
pub struct ThreadRow {
    pub id: ThreadId,
    pub board_id: BoardId,
    pub audience: BoardAudience,
    pub board_slug: String,
    pub board_name: String,
    pub opening_post_id: PostId,
    pub locked: bool,
    pub public_posts: i32,
    pub last_activity_at: UtcTime,
    pub opened_at: UtcTime,
    pub author_id: MemberId,
    pub author_name: String,
    pub title: String,
    pub opening_plain: String,
}

/// The posts that this viewer may read. One statement for every viewer, so that the database plans it once.
#[diesel::dsl::auto_type]
pub fn readable_posts(viewer: &Viewer) -> _ {
    let member: Option<MemberId> = viewer.member().map(Member::id);
    let everyone: BoardAudience = BoardAudience::Public;
    let unlisted: BoardAudience = BoardAudience::Unlisted;
    let members: BoardAudience = if_open(viewer, BoardAudience::Members);
    let by_invitation: BoardAudience = if_open(viewer, BoardAudience::Invited);
    let invited = board_members::table
        .filter(board_members::board_id.eq(public_posts::board_id))
        .filter(board_members::member_id.nullable().eq(member));
    public_posts::table.filter(
        public_posts::audience
            .eq(everyone)
            .or(public_posts::audience.eq(unlisted))
            .or(public_posts::audience.eq(members))
            .or(public_posts::audience.eq(by_invitation))
            .or(exists(invited)),
    )
}

/// The threads that this viewer may read.
#[diesel::dsl::auto_type]
pub fn readable_threads(viewer: &Viewer) -> _ {
    let member: Option<MemberId> = viewer.member().map(Member::id);
    let everyone: BoardAudience = BoardAudience::Public;
    let unlisted: BoardAudience = BoardAudience::Unlisted;
    let members: BoardAudience = if_open(viewer, BoardAudience::Members);
    let by_invitation: BoardAudience = if_open(viewer, BoardAudience::Invited);
    let invited = board_members::table
        .filter(board_members::board_id.eq(public_threads::board_id))
        .filter(board_members::member_id.nullable().eq(member));
    public_threads::table.filter(
        public_threads::audience
            .eq(everyone)
            .or(public_threads::audience.eq(unlisted))
            .or(public_threads::audience.eq(members))
            .or(public_threads::audience.eq(by_invitation))
            .or(exists(invited)),
    )
}

/// This audience, where the viewer reads its boards without an invitation; otherwise one that is open to them anyway.
fn if_open(viewer: &Viewer, audience: BoardAudience) -> BoardAudience {
    let open = match audience {
        BoardAudience::Public | BoardAudience::Unlisted => true,
        BoardAudience::Members => viewer.member().is_some(),
        BoardAudience::Invited => viewer.reads_every_board(),
    };
    if open { audience } else { BoardAudience::Public }
}

pub fn thread(db: &mut Db, viewer: &Viewer, id: ThreadId) -> QueryResult<Option<ThreadRow>> {
    readable_threads(viewer)
        .filter(public_threads::id.eq(id))
        .select(ThreadRow::as_select())
        .first(db)
        .optional()
}

pub fn threads_of(
    db: &mut Db,
    viewer: &Viewer,
    board: BoardId,
    after: Option<Cursor>,
    rows: i64,
) -> QueryResult<Vec<ThreadRow>> {
    let after = after.unwrap_or(Cursor::LAST);
    readable_threads(viewer)
        .filter(public_threads::board_id.eq(board))
        .filter(public_threads::last_activity_at.le(after.at))
        .filter(public_threads::last_activity_at.lt(after.at).or(public_threads::id.lt(after.id)))
        .order((public_threads::last_activity_at.desc(), public_threads::id.desc()))
        .limit(rows)
        .select(ThreadRow::as_select())
        .load(db)
}

pub fn posts_of(
    db: &mut Db,
    viewer: &Viewer,
    thread: ThreadId,
    after: Option<Cursor>,
    rows: i64,
) -> QueryResult<Vec<PostRow>> {
    let after = after.unwrap_or(Cursor::FIRST);
    readable_posts(viewer)
        .filter(public_posts::thread_id.eq(thread))
        .filter(public_posts::first_published_at.ge(after.at))
        .filter(public_posts::first_published_at.gt(after.at).or(public_posts::id.gt(after.id)))
        .order((public_posts::first_published_at.asc(), public_posts::id.asc()))
        .limit(rows)
        .select(PostRow::as_select())
        .load(db)
}

pub fn visible_post(db: &mut Db, viewer: &Viewer, id: PostId) -> QueryResult<Option<PostRow>> {
    readable_posts(viewer).filter(public_posts::id.eq(id)).select(PostRow::as_select()).first(db).optional()
}

/// How many posts of a thread came before this place.
pub fn count_before(db: &mut Db, thread: ThreadId, at: Cursor) -> QueryResult<i64> {
    public_posts::table
        .filter(public_posts::thread_id.eq(thread))
        .filter(
            public_posts::first_published_at
                .lt(at.at)
                .or(public_posts::first_published_at.eq(at.at).and(public_posts::id.lt(at.id))),
        )
        .count()
        .get_result(db)
}

/// The sort keys of the post at this place, counted from 0.
pub fn cursor_at(db: &mut Db, thread: ThreadId, place: i64) -> QueryResult<Option<Cursor>> {
    public_posts::table
        .filter(public_posts::thread_id.eq(thread))
        .order((public_posts::first_published_at.asc(), public_posts::id.asc()))
        .offset(place)
        .select((public_posts::first_published_at, public_posts::id))
        .first::<(UtcTime, i64)>(db)
        .optional()
        .map(|row| row.map(|(at, id)| Cursor { at, id }))
}

/// A page of public posts by place in time, for feeds that staff read: everything that is public and unread by staff.
pub fn public_and_unread(db: &mut Db, after: Option<Cursor>, rows: i64) -> QueryResult<Vec<PostRow>> {
    use crate::platform::db::schema::revision_reads;
    let read = revision_reads::table.filter(revision_reads::revision_id.eq(public_posts::revision_id));
    let after = after.unwrap_or(Cursor::FIRST);
    public_posts::table
        .filter(diesel::dsl::not(exists(read)))
        .filter(public_posts::revised_at.ge(after.at))
        .filter(public_posts::revised_at.gt(after.at).or(public_posts::id.gt(after.id)))
        .order((public_posts::revised_at.asc(), public_posts::id.asc()))
        .limit(rows)
        .select(PostRow::as_select())
        .load(db)
}

/// How many public posts no staff member has read, counted no further than `most`.
pub fn count_unread(db: &mut Db, most: i64) -> QueryResult<usize> {
    use crate::platform::db::schema::revision_reads;
    let read = revision_reads::table.filter(revision_reads::revision_id.eq(public_posts::revision_id));
    let rows: Vec<PostId> = public_posts::table
        .filter(diesel::dsl::not(exists(read)))
        .limit(most)
        .select(public_posts::id)
        .load(db)?;
    Ok(rows.len())
}

/// The last posts of a thread that this viewer may read and that came before this moment, oldest first.
pub fn posts_before(
    db: &mut Db,
    viewer: &Viewer,
    thread: ThreadId,
    before: UtcTime,
    rows: i64,
) -> QueryResult<Vec<PostRow>> {
    let mut posts: Vec<PostRow> = readable_posts(viewer)
        .filter(public_posts::thread_id.eq(thread))
        .filter(public_posts::first_published_at.lt(before))
        .order((public_posts::first_published_at.desc(), public_posts::id.desc()))
        .limit(rows)
        .select(PostRow::as_select())
        .load(db)?;
    posts.reverse();
    Ok(posts)
}

/// A published post whoever may read it, for workers that pass its audience on.
pub fn published(db: &mut Db, _: &crate::accounts::System, id: PostId) -> QueryResult<Option<PostRow>> {
    public_posts::table.filter(public_posts::id.eq(id)).select(PostRow::as_select()).first(db).optional()
}

/// The same for many at once.
pub fn all_published(db: &mut Db, _: &crate::accounts::System, ids: &[PostId]) -> QueryResult<Vec<PostRow>> {
    public_posts::table.filter(public_posts::id.eq_any(ids)).select(PostRow::as_select()).load(db)
}
