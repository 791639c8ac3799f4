//! A new index beside the one that answers.

use std::sync::{Arc, PoisonError};

use super::home::{remove, unavailable};
use super::{EmbeddedEngine, Inner, Shared};
use crate::engine::{Answer, Beside, SearchEngine, SearchError};

struct Building {
    shared: Arc<Shared>,
    engine: EmbeddedEngine,
    /// Its directory, unless it is in memory; what is still here when this is dropped is given up.
    number: Option<u64>,
}

/// Begins one.
pub(super) async fn begin(shared: Arc<Shared>) -> Result<Box<dyn Beside>, SearchError> {
    off_the_runtime(move || {
        let number = shared.home.as_ref().map(super::Home::another);
        let inner = match (&shared.home, number) {
            (Some(home), Some(number)) => Inner::open(&home.path(number))?,
            _ => Inner::in_memory()?,
        };
        let building: Box<dyn Beside> =
            Box::new(Building { engine: EmbeddedEngine::of(None, inner), shared, number });
        Ok(building)
    })
    .await
}

impl Beside for Building {
    fn engine(&self) -> &dyn SearchEngine {
        &self.engine
    }

    fn take_over(mut self: Box<Self>) -> Answer<'static, ()> {
        Box::pin(off_the_runtime(move || self.take_place()))
    }
}

impl Building {
    fn take_place(&mut self) -> Result<(), SearchError> {
        let old = match &self.shared.home {
            Some(home) => Some(home.current()?),
            None => None,
        };
        if let (Some(home), Some(number)) = (&self.shared.home, self.number) {
            home.make_current(number).map_err(unavailable)?;
        }
        self.number = None;
        let new = self.engine.shared.live();
        *self.shared.live.write().unwrap_or_else(PoisonError::into_inner) = new;
        // Files that a query still reads stay until it ends; a remainder is removed at the next start.
        old.map(|old| remove(&old)).transpose().ok();
        Ok(())
    }
}

impl Drop for Building {
    fn drop(&mut self) {
        if let (Some(home), Some(number)) = (&self.shared.home, self.number) {
            // What cannot be removed now is removed at the next start.
            remove(&home.path(number)).ok();
        }
    }
}

/// Moves work of our own off the async threads.
pub(super) async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SearchError> + Send + 'static,
) -> Result<T, SearchError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| SearchError::Unavailable(error.to_string()))?
}
