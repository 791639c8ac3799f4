//! A member's own posts, in every state, with their latest wording: for their author alone.

use aftercare_frontend::content::SanitizedHtml;
use diesel::prelude::*;

use crate::accounts::MemberId;
use crate::platform::clock::UtcTime;
use crate::platform::db::Db;
use crate::platform::db::schema::{boards, posts, revisions, threads};
use crate::threads::{About, Cursor, PostId, PostKind, PostState, RevisionId, ThreadId};

/// A post as its author sees it.
#[derive(Clone, Debug, Queryable)]
pub struct OwnPost {
    pub id: PostId,
    pub thread_id: ThreadId,
    pub kind: PostKind,
    pub about: About,
    pub state: PostState,
    pub published_revision_id: Option<RevisionId>,
    pub latest_revision_id: RevisionId,
    pub created_at: UtcTime,
    pub title: Option<String>,
    pub source: String,
    pub html: String,
    pub plain: String,
    pub board_name: String,
    pub board_slug: String,
}

impl OwnPost {
    /// An edit of a public post that readers do not see yet.
    pub fn edit_waits(&self) -> bool {
        self.published_revision_id.is_some_and(|shown| shown != self.latest_revision_id)
    }

    pub fn safe_html(&self) -> SanitizedHtml {
        SanitizedHtml::from_store(self.html.clone())
    }
}

#[diesel::dsl::auto_type]
fn own() -> _ {
    posts::table
        .inner_join(revisions::table.on(revisions::id.eq(posts::latest_revision_id)))
        .inner_join(threads::table.on(threads::id.eq(posts::thread_id)))
        .inner_join(boards::table.on(boards::id.nullable().eq(threads::board_id)))
}

#[diesel::dsl::auto_type]
fn columns() -> _ {
    (
        posts::id,
        posts::thread_id,
        posts::kind,
        posts::about,
        posts::state,
        posts::published_revision_id,
        posts::latest_revision_id,
        posts::created_at,
        revisions::title,
        revisions::source,
        revisions::html,
        revisions::plain,
        boards::name,
        boards::slug,
    )
}

pub fn own_post(db: &mut Db, author: MemberId, id: PostId) -> QueryResult<Option<OwnPost>> {
    own().filter(posts::id.eq(id)).filter(posts::author_id.eq(author)).select(columns()).first(db).optional()
}

pub fn own_posts(
    db: &mut Db,
    author: MemberId,
    after: Option<Cursor>,
    rows: i64,
) -> QueryResult<Vec<OwnPost>> {
    let after = after.unwrap_or(Cursor::LAST);
    own()
        .filter(posts::author_id.eq(author))
        .filter(posts::created_at.lt(after.at).or(posts::created_at.eq(after.at).and(posts::id.lt(after.id))))
        .order((posts::created_at.desc(), posts::id.desc()))
        .limit(rows)
        .select(columns())
        .load(db)
}

/// The author's own wordings in a thread that others do not see: posts that wait, and edits of public posts that wait.
pub fn own_unseen_in(db: &mut Db, author: MemberId, thread: ThreadId) -> QueryResult<Vec<OwnPost>> {
    let edit_waits = posts::published_revision_id
        .ne(posts::latest_revision_id.nullable())
        .assume_not_null()
        .and(posts::state.eq(PostState::Public));
    own()
        .filter(posts::thread_id.eq(thread))
        .filter(posts::author_id.eq(author))
        .filter(posts::state.eq(PostState::Held).or(edit_waits))
        .order((posts::created_at, posts::id))
        .select(columns())
        .load(db)
}
