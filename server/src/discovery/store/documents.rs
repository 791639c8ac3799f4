//! What has, or could have, a document in the index, in the byte order of the documents' names. Ids are written so that their order
//! is that of their numbers.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::guidance::ArticleId;
use crate::platform::db::Db;
use crate::platform::db::schema::{articles, posts, threads};
use crate::platform::ids;
use crate::threads::{PostId, PostKind, ThreadId};

/// The kinds of documents, in the order of their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::discovery) enum Listed {
    Articles,
    Replies,
    Threads,
}

impl Listed {
    fn prefix(self) -> &'static str {
        match self {
            Self::Articles => "article",
            Self::Replies => "post",
            Self::Threads => "thread",
        }
    }

    fn next(self) -> Option<Self> {
        match self {
            Self::Articles => Some(Self::Replies),
            Self::Replies => Some(Self::Threads),
            Self::Threads => None,
        }
    }
}

/// How far a listing has come.
#[derive(Clone, Copy, Debug)]
pub(in crate::discovery) struct Place {
    kind: Listed,
    after: i64,
}

impl Place {
    pub const START: Self = Self { kind: Listed::Articles, after: i64::MIN };
}

/// A row behind a document.
#[derive(Clone, Debug)]
pub(in crate::discovery) struct Entry {
    /// The document's.
    pub name: String,
    /// What the outbox calls it.
    pub key: String,
    pub version: i64,
    /// Whether readers have ever been meant to find it. What never was public and is not indexed is in step.
    pub wanted: bool,
}

/// The rows after a place, and the place behind them; no place when there are no more.
pub(in crate::discovery) fn after(
    db: &mut Db,
    place: Place,
    rows: i64,
) -> QueryResult<(Vec<Entry>, Option<Place>)> {
    let found = match place.kind {
        Listed::Articles => articles_after(db, place.after, rows)?,
        Listed::Replies => replies_after(db, place.after, rows)?,
        Listed::Threads => threads_after(db, place.after, rows)?,
    };
    let next = match found.last() {
        Some((last, ..)) => Some(Place { after: *last, ..place }),
        None => place.kind.next().map(|kind| Place { kind, after: i64::MIN }),
    };
    let entry = |(id, key, version, wanted): Row| Entry {
        name: format!("{}:{}", place.kind.prefix(), ids::encode(id)),
        key,
        version,
        wanted,
    };
    Ok((found.into_iter().map(entry).collect(), next))
}

/// The document's number, the outbox's key, the version, and whether it is wanted.
type Row = (i64, String, i64, bool);

fn articles_after(db: &mut Db, after: i64, rows: i64) -> QueryResult<Vec<Row>> {
    let found: Vec<(ArticleId, i64)> = articles::table
        .filter(articles::id.gt(after))
        .order(articles::id)
        .limit(rows)
        .select((articles::id, articles::version))
        .load(db)?;
    Ok(found.into_iter().map(|(id, version)| (id.0, format!("article:{id}"), version, version > 1)).collect())
}

fn replies_after(db: &mut Db, after: i64, rows: i64) -> QueryResult<Vec<Row>> {
    let found: Vec<(PostId, i64, bool)> = posts::table
        .filter(posts::id.gt(after))
        .filter(posts::kind.ne(PostKind::Opening))
        .order(posts::id)
        .limit(rows)
        .select((posts::id, posts::version, posts::published_revision_id.is_not_null()))
        .load(db)?;
    Ok(found.into_iter().map(|(id, version, public)| (id.0, format!("post:{id}"), version, public)).collect())
}

fn threads_after(db: &mut Db, after: i64, rows: i64) -> QueryResult<Vec<Row>> {
    let found: Vec<(ThreadId, PostId, i64, bool)> = threads::table
        .inner_join(posts::table.on(posts::id.eq(threads::opening_post_id)))
        .filter(threads::id.gt(after))
        .order(threads::id)
        .limit(rows)
        .select((threads::id, posts::id, posts::version, posts::published_revision_id.is_not_null()))
        .load(db)?;
    let row = |(thread, post, version, public): (ThreadId, PostId, i64, bool)| {
        (thread.0, format!("post:{post}"), version, public)
    };
    Ok(found.into_iter().map(row).collect())
}

/// Of these names of documents, the ones that have a row.
pub(in crate::discovery) fn known(db: &mut Db, names: &[String]) -> QueryResult<HashSet<String>> {
    let numbers = |kind: Listed| -> Vec<i64> {
        let of_kind = names.iter().filter_map(|name| name.split_once(':'));
        of_kind.filter(|(prefix, _)| *prefix == kind.prefix()).filter_map(|(_, id)| ids::decode(id)).collect()
    };
    let articles: Vec<i64> = articles::table
        .filter(articles::id.eq_any(numbers(Listed::Articles)))
        .select(articles::id)
        .load(db)?;
    let replies: Vec<i64> = posts::table
        .filter(posts::id.eq_any(numbers(Listed::Replies)))
        .filter(posts::kind.ne(PostKind::Opening))
        .select(posts::id)
        .load(db)?;
    let threads: Vec<i64> =
        threads::table.filter(threads::id.eq_any(numbers(Listed::Threads))).select(threads::id).load(db)?;
    let named = [(Listed::Articles, articles), (Listed::Replies, replies), (Listed::Threads, threads)];
    let names = named.into_iter().flat_map(|(kind, ids)| {
        ids.into_iter().map(move |id| format!("{}:{}", kind.prefix(), ids::encode(id)))
    });
    Ok(names.collect())
}

/// How many documents there are to be, for a progress bar.
pub(in crate::discovery) fn count(db: &mut Db) -> QueryResult<i64> {
    let public: i64 =
        posts::table.filter(posts::published_revision_id.is_not_null()).count().get_result(db)?;
    let articles: i64 = articles::table.count().get_result(db)?;
    Ok(public.saturating_add(articles))
}
