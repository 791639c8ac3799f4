//! The embedded engine, which can be told to be away or to refuse one document.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use aftercare_search::{
    Answer, Beside, Change, EmbeddedEngine, Hits, Query, SearchEngine, SearchError, SuggestQuery, Versioned,
    VersionsPage,
};

pub struct TestEngine {
    engine: EmbeddedEngine,
    away: AtomicBool,
    refused: Mutex<Option<String>>,
}

impl TestEngine {
    pub fn in_memory() -> Self {
        let engine = EmbeddedEngine::in_memory().unwrap();
        Self { engine, away: AtomicBool::new(false), refused: Mutex::default() }
    }

    /// From now on it does not answer, or does again.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// From now on it takes no batch with this document.
    pub fn refuse(&self, id: &str) {
        *self.refused.lock().unwrap() = Some(id.to_owned());
    }

    fn unless_away<'a, T: Send + 'a>(&self, answer: Answer<'a, T>) -> Answer<'a, T> {
        match self.away.load(Ordering::SeqCst) {
            true => Box::pin(async { Err(SearchError::Unavailable("a test has sent it away".into())) }),
            false => answer,
        }
    }
}

impl SearchEngine for TestEngine {
    fn name(&self) -> &'static str {
        "test"
    }

    fn apply(&self, batch: Vec<Change>) -> Answer<'_, ()> {
        let refused = self.refused.lock().unwrap().clone();
        if batch.iter().any(|change| Some(change.id()) == refused.as_deref()) {
            return Box::pin(async { Err(SearchError::Unavailable("a test has it refused".into())) });
        }
        self.unless_away(self.engine.apply(batch))
    }

    fn search(&self, query: Query) -> Answer<'_, Hits> {
        self.unless_away(self.engine.search(query))
    }

    fn suggest(&self, query: SuggestQuery) -> Answer<'_, Hits> {
        self.unless_away(self.engine.suggest(query))
    }

    fn versions(&self, page: VersionsPage) -> Answer<'_, Vec<Versioned>> {
        self.unless_away(self.engine.versions(page))
    }

    fn reset(&self) -> Answer<'_, ()> {
        self.engine.reset()
    }

    fn beside(&self) -> Answer<'_, Box<dyn Beside>> {
        self.engine.beside()
    }
}
