//! The engine for communities with several servers: a Meilisearch beside them.
//!
//! Words, stems, totals and the order of suggestions are this crate's; Meilisearch keeps the index, finds and sorts.
//! Everything it answers is read as if it could be wrong.

mod ask;
mod beside;
mod change;
mod correct;
mod counts;
mod failure;
mod filter;
mod find;
mod http;
mod keys;
mod page;
mod record;
mod respell;
mod settings;
mod suggest;
mod terms;
mod versions;

use std::sync::Arc;
use std::time::Duration;

use meilisearch_sdk::client::Client;
use secrecy::SecretString;
use tokio::sync::Mutex;

use crate::document::Change;
use crate::engine::{Answer, Beside, SearchEngine, SearchError, Versioned, VersionsPage};
use crate::hits::Hits;
use crate::query::{Query, SuggestQuery};
use counts::Counts;
use failure::{setup, unavailable};
use http::Http;
pub use keys::{ScopedKeys, scoped_keys};
use settings::FORMAT;

type Index = meilisearch_sdk::indexes::Index<Http>;

/// Where Meilisearch is, and what this process may do there.
#[derive(Clone, Debug)]
pub struct MeilisearchOptions {
    /// Such as `http://127.0.0.1:7700`.
    pub url: String,
    /// For searching. Without it the write key is used, if there is one.
    pub search_key: Option<SecretString>,
    /// For changes and for listing versions. A process that only answers readers has none.
    pub write_key: Option<SecretString>,
    /// The index's name begins with this.
    pub index: String,
    /// A search or suggestion that takes longer is given up.
    pub answer_within: Duration,
    /// A change that is not confirmed by then counts as not made.
    pub change_within: Duration,
}

impl MeilisearchOptions {
    /// The usual limits: a page answers within a second, whatever Meilisearch does.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            search_key: None,
            write_key: None,
            index: "aftercare".to_owned(),
            answer_within: Duration::from_millis(900),
            change_within: Duration::from_secs(60),
        }
    }
}

/// An index in a Meilisearch server. Cheap to clone.
#[derive(Clone)]
pub struct MeilisearchEngine {
    inner: Arc<Inner>,
}

struct Inner {
    search: Index,
    write: Option<Index>,
    answer_within: Duration,
    change_within: Duration,
    counts: Counts,
    /// Whether this process has seen to the index and its settings. Held while changes are made, so that versions are
    /// compared with what is really there.
    prepared: Mutex<bool>,
}

impl MeilisearchEngine {
    /// Speaks to no server yet: one that is down now may be up later.
    pub fn new(options: &MeilisearchOptions) -> Result<Self, SearchError> {
        let url = options.url.trim_end_matches('/');
        let index = |key: &SecretString| -> Result<Index, SearchError> {
            let client = Client::new_with_client(url, None::<String>, Http::with_key(key)?);
            Ok(client.index(format!("{}_{FORMAT}", options.index)))
        };
        let write = options.write_key.as_ref().map(index).transpose()?;
        let search = options.search_key.as_ref().map(index).transpose()?.or_else(|| write.clone());
        let search = search.ok_or_else(|| setup("Meilisearch needs a search key or a write key"))?;
        Ok(Self {
            inner: Arc::new(Inner {
                search,
                write,
                answer_within: options.answer_within,
                change_within: options.change_within,
                counts: Counts::default(),
                prepared: Mutex::new(false),
            }),
        })
    }
}

/// Every call goes through here: nothing waits for Meilisearch without end.
fn within<'a, T>(
    limit: Duration,
    work: impl Future<Output = Result<T, SearchError>> + Send + 'a,
) -> Answer<'a, T> {
    Box::pin(async move {
        let late = |_| Err(unavailable("Meilisearch does not answer in time"));
        tokio::time::timeout(limit, work).await.unwrap_or_else(late)
    })
}

/// Moves work of our own (stems, scores, snippets) off the async threads.
async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SearchError> + Send + 'static,
) -> Result<T, SearchError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| unavailable(error.to_string()))?
}

impl SearchEngine for MeilisearchEngine {
    fn name(&self) -> &'static str {
        "meilisearch"
    }

    fn apply(&self, batch: Vec<Change>) -> Answer<'_, ()> {
        within(self.inner.change_within, self.inner.apply(batch))
    }

    fn search(&self, query: Query) -> Answer<'_, Hits> {
        within(self.inner.answer_within, self.inner.search(query))
    }

    fn suggest(&self, query: SuggestQuery) -> Answer<'_, Hits> {
        within(self.inner.answer_within, self.inner.suggest(query))
    }

    fn versions(&self, page: VersionsPage) -> Answer<'_, Vec<Versioned>> {
        within(self.inner.change_within, self.inner.versions(page))
    }

    fn reset(&self) -> Answer<'_, ()> {
        within(self.inner.change_within, self.inner.reset())
    }

    fn beside(&self) -> Answer<'_, Box<dyn Beside>> {
        within(self.inner.change_within, beside::begin(self.inner.clone()))
    }
}
