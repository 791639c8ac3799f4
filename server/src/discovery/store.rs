//! What the index is made from and checked against.

pub(super) mod builds;
pub(super) mod documents;
pub(super) mod looked_for;
pub(super) mod saved;

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use crate::accounts::{MemberId, Pseudonym, Viewer, store as accounts};
use crate::guidance::{ArticleId, VersionState};
use crate::platform::db::schema::{article_versions, articles, helped, public_posts, public_threads};
use crate::platform::db::{Db, Tx};
use crate::threads::store::{readable_posts, readable_threads};
use crate::threads::{PostId, ThreadId};

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

/// How often each of these threads did; those that never did are left out.
pub(super) fn times_helped(db: &mut Db, threads: &[ThreadId]) -> QueryResult<HashMap<ThreadId, u32>> {
    let rows: Vec<(ThreadId, i32)> = helped::table
        .filter(helped::thread_id.eq_any(threads))
        .select((helped::thread_id, helped::times))
        .load(db)?;
    Ok(rows.into_iter().map(|(thread, times)| (thread, u32::try_from(times).unwrap_or_default())).collect())
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
