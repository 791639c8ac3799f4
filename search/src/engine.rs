//! The one interface that the server knows.

use std::pin::Pin;

use crate::document::{Change, Held};
use crate::hits::Hits;
use crate::query::{Query, SuggestQuery};

/// A boxed future, so that `Arc<dyn SearchEngine>` works.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, SearchError>> + Send + 'a>>;

/// Why an engine could not do what was asked. Never holds what somebody searched for.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Nobody answers, or too late. Try again after a while.
    #[error("search is unavailable: {0}")]
    Unavailable(String),
    /// The index is damaged or of another version and must be built again.
    #[error("the search index cannot be read: {0}")]
    Broken(String),
    /// Another process has the index directory open.
    #[error("the search index is in use by another process")]
    InUse,
    /// The engine was not given what this takes. Waiting does not help; an operator does.
    #[error("search is not set up for this: {0}")]
    Setup(String),
}

/// Where a listing of versions goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionsPage {
    /// Ids after this one, in byte order; `None` starts at the beginning.
    pub after: Option<String>,
    pub limit: usize,
}

/// What the index holds for one id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned {
    pub id: String,
    pub held: Held,
}

/// A full-text index.
///
/// Every method may be awaited on the async runtime: an engine that does work of its own moves it to blocking
/// threads itself. Dropping a future may leave the work to finish in the background; a change is then either
/// wholly in the index or not at all, and applying it again is harmless.
pub trait SearchEngine: Send + Sync {
    /// The name for logs and reports.
    fn name(&self) -> &'static str;

    /// Takes changes in, all or none. Idempotent by (id, version); see [`Change`] for which change wins. When
    /// this returns, the next search finds what was put and no longer finds what was removed.
    fn apply(&self, batch: Vec<Change>) -> Answer<'_, ()>;

    /// Finds documents by a reader's words. Text without a single word finds nothing.
    fn search(&self, query: Query) -> Answer<'_, Hits>;

    /// Finds documents that answer a whole post or question. Only [`Hits::hits`] is filled; the snippet is the
    /// sentence that matches best. Both engines order candidates by the same [`rank`](crate::rank).
    fn suggest(&self, query: SuggestQuery) -> Answer<'_, Hits>;

    /// Lists ids with their versions, tombstones included, by id, for a reconciler that compares both sides.
    fn versions(&self, page: VersionsPage) -> Answer<'_, Vec<Versioned>>;

    /// Empties the index, tombstones too.
    fn reset(&self) -> Answer<'_, ()>;

    /// Begins a new, empty index beside this one, which goes on answering and taking changes. Whatever an earlier
    /// one left behind that was never finished is thrown away at the latest now or when the engine is opened.
    fn beside(&self) -> Answer<'_, Box<dyn Beside>>;
}

/// A new index that is being filled. Dropping it gives it up.
pub trait Beside: Send + Sync {
    /// The new index as an engine of its own.
    fn engine(&self) -> &dyn SearchEngine;

    /// Puts it in the place of the old one, between one query and the next, and throws the old one away. Changes that
    /// only the old one took in are not in it: compare versions before and after.
    fn take_over(self: Box<Self>) -> Answer<'static, ()>;
}
