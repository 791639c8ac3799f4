//! The engine that needs nothing installed: a tantivy index in a directory or in memory.

mod apply;
mod beside;
mod collect;
mod columns;
mod correct;
mod expand;
mod filter;
mod find;
mod home;
mod page;
mod schema;
mod sight;
mod statistics;
mod suggest;
mod versions;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tantivy::directory::error::LockError;
use tantivy::index::SegmentId;
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyError};

use crate::document::Change;
use crate::engine::{Answer, Beside, SearchEngine, SearchError, Versioned, VersionsPage};
use crate::hits::Hits;
use crate::query::{Query, SuggestQuery};
use crate::text::{WordTokenizer, analyzer};
use columns::Columns;
use home::Home;
use schema::{Fields, STEMMED, WORDS};

/// What the writer may collect in memory before it writes a segment.
const WRITER_BYTES: usize = 64 * 1024 * 1024;

/// A tantivy index. Cheap to clone; clones share the index.
#[derive(Clone)]
pub struct EmbeddedEngine {
    shared: Arc<Shared>,
}

struct Shared {
    /// Where it lies on disk; an index in memory has no home.
    home: Option<Home>,
    /// The index that answers. Another one takes its place when it has been built anew.
    live: RwLock<Arc<Inner>>,
}

struct Inner {
    fields: Fields,
    reader: IndexReader,
    writer: Mutex<IndexWriter>,
    columns: RwLock<HashMap<SegmentId, Arc<Columns>>>,
}

impl EmbeddedEngine {
    /// Opens the index below `directory`, or makes an empty one.
    ///
    /// The index is a copy of what the database holds, so one that cannot be read is reported as
    /// [`SearchError::Broken`]: delete the directory and fill a new one.
    pub fn open(directory: &Path) -> Result<Self, SearchError> {
        let home = Home::open(directory)?;
        let live = Inner::open(&home.current()?)?;
        Ok(Self::of(Some(home), live))
    }

    /// An index that is gone when the last clone is.
    pub fn in_memory() -> Result<Self, SearchError> {
        Ok(Self::of(None, Inner::in_memory()?))
    }

    fn of(home: Option<Home>, live: Inner) -> Self {
        Self { shared: Arc::new(Shared { home, live: RwLock::new(Arc::new(live)) }) }
    }

    /// Moves work on the index off the async threads.
    fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T, SearchError> + Send + 'static,
    ) -> Answer<'static, T> {
        let inner = self.shared.live();
        Box::pin(beside::off_the_runtime(move || work(&inner)))
    }
}

impl SearchEngine for EmbeddedEngine {
    fn name(&self) -> &'static str {
        "embedded"
    }

    fn apply(&self, batch: Vec<Change>) -> Answer<'_, ()> {
        self.blocking(move |inner| inner.apply(&batch))
    }

    fn search(&self, query: Query) -> Answer<'_, Hits> {
        self.blocking(move |inner| inner.search(&query))
    }

    fn suggest(&self, query: SuggestQuery) -> Answer<'_, Hits> {
        self.blocking(move |inner| inner.suggest(&query))
    }

    fn versions(&self, page: VersionsPage) -> Answer<'_, Vec<Versioned>> {
        self.blocking(move |inner| inner.versions(&page))
    }

    fn reset(&self) -> Answer<'_, ()> {
        self.blocking(Inner::reset)
    }

    fn beside(&self) -> Answer<'_, Box<dyn Beside>> {
        Box::pin(beside::begin(self.shared.clone()))
    }
}

impl Shared {
    /// The index that answers now. Whoever holds it may finish with it when another has taken its place.
    fn live(&self) -> Arc<Inner> {
        self.live.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Inner {
    fn open(directory: &Path) -> Result<Self, SearchError> {
        std::fs::create_dir_all(directory).map_err(home::unavailable)?;
        let (schema, fields) = schema::schema();
        let mapped = tantivy::directory::MmapDirectory::open(directory).map_err(TantivyError::from)?;
        let index = Index::builder().schema(schema).tokenizers(tokenizers()).open_or_create(mapped)?;
        Self::with(index, fields)
    }

    fn in_memory() -> Result<Self, SearchError> {
        let (schema, fields) = schema::schema();
        let index = Index::builder().schema(schema).tokenizers(tokenizers()).create_in_ram()?;
        Self::with(index, fields)
    }

    fn with(mut index: Index, fields: Fields) -> Result<Self, SearchError> {
        index.set_tokenizers(tokenizers());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        // One indexing thread: batches are small, and two cores serve readers as well.
        let writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
        Ok(Self { fields, reader, writer: Mutex::new(writer), columns: RwLock::default() })
    }
}

fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(STEMMED, analyzer());
    tokenizers.register(WORDS, TextAnalyzer::builder(WordTokenizer).build());
    tokenizers
}

impl From<TantivyError> for SearchError {
    fn from(error: TantivyError) -> Self {
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Self::InUse,
            TantivyError::DataCorruption(_)
            | TantivyError::SchemaError(_)
            | TantivyError::IncompatibleIndex(_)
            | TantivyError::DeserializeError(_)
            | TantivyError::OpenReadError(_)
            | TantivyError::FieldNotFound(_) => Self::Broken(error.to_string()),
            other => Self::Unavailable(other.to_string()),
        }
    }
}
