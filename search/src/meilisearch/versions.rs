//! Listing what the index holds.

use super::Inner;
use super::ask::list;
use super::failure::failed;
use super::filter::{Filter, key_of};
use super::record::Version;
use super::settings::{BY_KEY, MOST_HITS};
use crate::engine::{SearchError, Versioned, VersionsPage};

impl Inner {
    /// One page of ids in byte order.
    pub(super) async fn versions(&self, page: VersionsPage) -> Result<Vec<Versioned>, SearchError> {
        let index = self.write()?;
        self.prepare(index, &mut *self.prepared.lock().await).await?;
        let mut after = page.after;
        let mut listed: Vec<Versioned> = Vec::new();
        while listed.len() < page.limit {
            let most = MOST_HITS.min(page.limit - listed.len());
            let filter = match &after {
                Some(id) => Filter::default().behind(&key_of(id)).text(),
                None => String::new(),
            };
            let found: Vec<Version> =
                list(index, &filter, &[BY_KEY], most, &Version::FIELDS).await.map_err(failed)?;
            let last = found.len() < most;
            listed.extend(found.into_iter().map(|found| Versioned { held: found.held(), id: found.id }));
            after = listed.last().map(|versioned| versioned.id.clone());
            if last {
                break;
            }
        }
        Ok(listed)
    }
}
