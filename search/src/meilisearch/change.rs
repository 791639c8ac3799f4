//! Taking changes in.

use std::collections::HashMap;
use std::time::Duration;

use meilisearch_sdk::errors::{Error, ErrorCode};
use meilisearch_sdk::task_info::TaskInfo;
use meilisearch_sdk::tasks::Task;

use super::ask::list;
use super::failure::{failed, is_missing, setup, unavailable};
use super::filter::{Field, Filter, key_of};
use super::record::{Record, Version};
use super::settings::settings;
use super::{Index, Inner, off_the_runtime};
use crate::document::{Change, Held};
use crate::engine::SearchError;

/// Versions that are asked for at once.
const AT_ONCE: usize = 1_000;
/// Between two looks at a task: short at first, since most are done at once.
const FIRST_PAUSE: Duration = Duration::from_millis(2);
const LONGEST_PAUSE: Duration = Duration::from_millis(100);

impl Inner {
    /// Applies a batch as one task, which Meilisearch takes whole or not at all.
    pub(super) async fn apply(&self, batch: Vec<Change>) -> Result<(), SearchError> {
        let index = self.write()?;
        let mut prepared = self.prepared.lock().await;
        let held = self.held(index, &mut prepared, &batch).await?;
        let records = off_the_runtime(move || {
            newest(batch, held).into_iter().map(Record::of).collect::<Result<Vec<_>, _>>()
        })
        .await?;
        if records.is_empty() {
            return Ok(());
        }
        confirmed(index, index.add_or_replace(&records, Some(Field::Key.name())).await).await?;
        self.counts.forget_unknown();
        Ok(())
    }

    /// Empties the index.
    pub(super) async fn reset(&self) -> Result<(), SearchError> {
        let index = self.write()?;
        let mut prepared = self.prepared.lock().await;
        self.prepare(index, &mut prepared).await?;
        confirmed(index, index.delete_all_documents().await).await?;
        self.counts.forget();
        Ok(())
    }

    pub(super) fn write(&self) -> Result<&Index, SearchError> {
        self.write.as_ref().ok_or_else(|| setup("this process holds no key that may change the index"))
    }

    /// Makes the index if it is missing, and puts its settings right.
    pub(super) async fn prepare(&self, index: &Index, prepared: &mut bool) -> Result<(), SearchError> {
        if !*prepared {
            let made = index.client.create_index(&index.uid, Some(Field::Key.name())).await;
            match confirmation(index, made.map_err(failed)?).await? {
                Ok(()) | Err(ErrorCode::IndexAlreadyExists) => {}
                Err(code) => return Err(refused(&code)),
            }
            confirmed(index, index.set_settings(&settings()).await).await?;
            *prepared = true;
        }
        Ok(())
    }

    /// What the index holds for the ids of a batch.
    async fn held(
        &self,
        index: &Index,
        prepared: &mut bool,
        batch: &[Change],
    ) -> Result<HashMap<String, Held>, SearchError> {
        self.prepare(index, prepared).await?;
        let mut held = HashMap::new();
        for part in batch.chunks(AT_ONCE) {
            let keys = part.iter().map(|change| key_of(change.id()));
            let filter = Filter::default().any_of(Field::Key, keys).text();
            match list::<Version>(index, &filter, &[], AT_ONCE, &Version::FIELDS).await {
                Ok(found) => {
                    held.extend(found.into_iter().map(|version| (version.id.clone(), version.held())));
                }
                // Somebody emptied the server while we ran: begin anew.
                Err(error) if is_missing(&error) => {
                    *prepared = false;
                    self.prepare(index, prepared).await?;
                }
                Err(error) => return Err(failed(error)),
            }
        }
        Ok(held)
    }
}

/// For each id the change that wins over the index and over the rest of the batch.
fn newest(batch: Vec<Change>, mut held: HashMap<String, Held>) -> Vec<Change> {
    let mut winners: HashMap<String, Change> = HashMap::new();
    for change in batch {
        let id = change.id().to_owned();
        if held.get(&id).is_none_or(|now| change.supersedes(*now)) {
            held.insert(id.clone(), change.leaves());
            winners.insert(id, change);
        }
    }
    winners.into_values().collect()
}

/// Waits until a task is done; anything but success is an error. Being taken on (202) means nothing yet.
async fn confirmed(index: &Index, task: Result<TaskInfo, Error>) -> Result<(), SearchError> {
    confirmation(index, task.map_err(failed)?).await?.map_err(|code| refused(&code))
}

pub(super) fn refused(code: &ErrorCode) -> SearchError {
    unavailable(format!("Meilisearch did not take the change: {code}"))
}

/// What became of a task. Our caller's deadline ends the wait; a cancelled task cannot be read by the SDK, which makes it
/// an outage, as it should be.
pub(super) async fn confirmation(
    index: &Index,
    task: TaskInfo,
) -> Result<Result<(), ErrorCode>, SearchError> {
    let mut pause = FIRST_PAUSE;
    loop {
        match index.client.get_task(&task).await.map_err(failed)? {
            Task::Succeeded { .. } => return Ok(Ok(())),
            Task::Failed { content } => return Ok(Err(content.error.error_code)),
            Task::Enqueued { .. } | Task::Processing { .. } => {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}
