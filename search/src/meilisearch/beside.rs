//! A new index beside the one that answers. Two that are built at once would be the same one: whoever asks sees to it that there is
//! only one builder.

use std::sync::Arc;
use std::time::Duration;

use meilisearch_sdk::client::SwapIndexes;
use meilisearch_sdk::errors::ErrorCode;
use tokio::sync::Mutex;

use super::change::{confirmation, refused};
use super::counts::Counts;
use super::failure::{failed, unavailable};
use super::settings::{FORMAT, OLDER_FORMATS};
use super::{Index, Inner, MeilisearchEngine, within};
use crate::engine::{Answer, Beside, SearchEngine, SearchError};

/// Ends the name of an index that is being filled.
const NEW: &str = "_new";
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

struct Building {
    live: Arc<Inner>,
    engine: MeilisearchEngine,
}

/// Begins one, in the place of one that was never finished.
pub(super) async fn begin(live: Arc<Inner>) -> Result<Box<dyn Beside>, SearchError> {
    let index = live.write()?;
    let new = index.client.index(format!("{}{NEW}", index.uid));
    throw_away(index, &new.uid).await?;
    let inner = Inner {
        search: new.clone(),
        write: Some(new.clone()),
        answer_within: live.answer_within,
        change_within: live.change_within,
        counts: Counts::default(),
        prepared: Mutex::new(false),
    };
    inner.prepare(&new, &mut *inner.prepared.lock().await).await?;
    Ok(Box::new(Building { live, engine: MeilisearchEngine { inner: Arc::new(inner) } }))
}

impl Beside for Building {
    fn engine(&self) -> &dyn SearchEngine {
        &self.engine
    }

    fn take_over(self: Box<Self>) -> Answer<'static, ()> {
        within(self.live.change_within, async move { self.live.swap().await })
    }
}

impl Inner {
    /// Meilisearch exchanges the two in one step; then the old one goes, and with it those of older formats.
    async fn swap(&self) -> Result<(), SearchError> {
        let index = self.write()?;
        let mut prepared = self.prepared.lock().await;
        self.prepare(index, &mut prepared).await?;
        let new = format!("{}{NEW}", index.uid);
        let exchange = SwapIndexes { indexes: (index.uid.clone(), new.clone()), rename: None };
        let born = born(index, &new).await?;
        index.client.swap_indexes([&exchange]).await.map_err(failed)?;
        // The task belongs to no single index, so our key may not read it; when the index of this name was born tells as well.
        while self::born(index, &index.uid).await? != born {
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        self.counts.forget();
        throw_away(index, &new).await?;
        let name = index.uid.strip_suffix(FORMAT).unwrap_or(&index.uid);
        for older in OLDER_FORMATS {
            throw_away(index, &format!("{name}{older}")).await?;
        }
        Ok(())
    }
}

/// When an index was made, as Meilisearch writes it.
async fn born(index: &Index, uid: &str) -> Result<String, SearchError> {
    let told = index.client.get_raw_index(uid).await.map_err(failed)?;
    told.get("createdAt")
        .map(ToString::to_string)
        .ok_or_else(|| unavailable("Meilisearch does not say how old an index is"))
}

/// Deletes an index; it need not be there.
async fn throw_away(index: &Index, uid: &str) -> Result<(), SearchError> {
    let task = index.client.delete_index(uid).await.map_err(failed)?;
    match confirmation(index, task).await? {
        Ok(()) | Err(ErrorCode::IndexNotFound) => Ok(()),
        Err(code) => Err(refused(&code)),
    }
}
