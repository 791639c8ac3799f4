//! What the index is made from and checked against.

pub(super) mod looked_for;
pub(super) mod saved;

use std::collections::HashSet;

use diesel::prelude::*;

use crate::accounts::{MemberId, Pseudonym, Viewer, store as accounts};
use crate::guidance::{ArticleId, VersionState};
use crate::platform::db::schema::{article_versions, articles, helped, posts, public_posts, public_threads};
use crate::platform::db::{Db, Tx};
use crate::threads::store::{readable_posts, readable_threads};
use crate::threads::{PostId, PostKind, ThreadId};

/// What the index is compared with: id, kind, thread, version, and whether the post is published.
pub(super) type IndexedPost = (PostId, PostKind, ThreadId, i64, bool);

/// Every post, in order of id.
pub(super) fn posts_after(db: &mut Db, after: PostId, rows: i64) -> QueryResult<Vec<IndexedPost>> {
    posts::table
        .filter(posts::id.gt(after))
        .order(posts::id)
        .limit(rows)
        .select((
            posts::id,
            posts::kind,
            posts::thread_id,
            posts::version,
            posts::published_revision_id.is_not_null(),
        ))
        .load(db)
}

/// Every article's id and version, and whether readers may find it.
pub(super) fn articles_after(db: &mut Db, after: ArticleId, rows: i64) -> QueryResult<Vec<(ArticleId, i64)>> {
    articles::table
        .filter(articles::id.gt(after))
        .order(articles::id)
        .limit(rows)
        .select((articles::id, articles::version))
        .load(db)
}

/// Of these posts, the ones that this viewer may read now, with their threads.
pub(super) fn readable_post_ids(
    db: &mut Db,
    viewer: &Viewer,
    ids: Vec<PostId>,
) -> QueryResult<Vec<(PostId, ThreadId)>> {
    readable_posts(viewer)
        .filter(public_posts::id.eq_any(ids))
        .select((public_posts::id, public_posts::thread_id))
        .load(db)
}

/// Titles of these threads, as far as this viewer may read them.
pub(super) fn thread_titles(
    db: &mut Db,
    viewer: &Viewer,
    ids: Vec<ThreadId>,
) -> QueryResult<Vec<(ThreadId, String)>> {
    readable_threads(viewer)
        .filter(public_threads::id.eq_any(ids))
        .select((public_threads::id, public_threads::title))
        .load(db)
}

/// The member of this name, if this viewer can read anything that they wrote. Whether others have an account is nobody's business.
pub(super) fn readable_author(db: &mut Db, viewer: &Viewer, name: &str) -> QueryResult<Option<MemberId>> {
    let Ok(name) = Pseudonym::unreserved(name) else { return Ok(None) };
    let Some(member) = accounts::member_by_name(db, &name.key())? else { return Ok(None) };
    readable_posts(viewer)
        .filter(public_posts::author_id.eq(member.id))
        .select(public_posts::author_id)
        .first(db)
        .optional()
}

/// Somebody said once more that this thread answered them.
pub(super) fn count_help(tx: &mut Tx, thread: ThreadId) -> QueryResult<()> {
    let more = diesel::update(helped::table.find(thread)).set(helped::times.eq(helped::times + 1));
    if more.execute(&mut **tx)? == 0 {
        let row = (helped::thread_id.eq(thread), helped::times.eq(1));
        diesel::insert_into(helped::table).values(row).execute(&mut **tx)?;
    }
    Ok(())
}

/// How often it did.
pub(super) fn times_helped(db: &mut Db, thread: ThreadId) -> QueryResult<u32> {
    let times: Option<i32> = helped::table.find(thread).select(helped::times).first(db).optional()?;
    Ok(times.and_then(|times| u32::try_from(times).ok()).unwrap_or_default())
}

/// Of these articles, the ones whose shown version is verified now.
pub(super) fn verified_article_ids(db: &mut Db, ids: Vec<ArticleId>) -> QueryResult<HashSet<ArticleId>> {
    let found: Vec<ArticleId> = articles::table
        .inner_join(
            article_versions::table.on(article_versions::id.nullable().eq(articles::verified_version_id)),
        )
        .filter(articles::id.eq_any(ids))
        .filter(article_versions::state.eq(VersionState::Verified))
        .select(articles::id)
        .load(db)?;
    Ok(found.into_iter().collect())
}
