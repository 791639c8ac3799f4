//! Taking changes in.

use std::collections::HashMap;
use std::sync::{MutexGuard, PoisonError};

use tantivy::{DocSet, IndexWriter, Searcher, TERMINATED, Term};

use super::Inner;
use super::schema::{LIVE, VERSION};
use crate::document::{Change, Held};
use crate::engine::SearchError;

impl Inner {
    /// Applies a batch in one commit. The writer is held throughout, so versions are compared with what is
    /// really in the index even when several workers apply at once.
    pub(super) fn apply(&self, batch: &[Change]) -> Result<(), SearchError> {
        let mut writer = self.writer();
        let newest = self.newest_of(batch)?;
        if newest.is_empty() {
            return Ok(());
        }
        let written = newest.into_iter().try_for_each(|change| self.write(&writer, change));
        if let Err(error) = written.and_then(|()| writer.commit().map(drop)) {
            // All or none: what was queued before the failure must not ride along with the next commit.
            writer.rollback()?;
            return Err(error.into());
        }
        self.reader.reload()?;
        Ok(self.refresh_columns()?)
    }

    /// Empties the index.
    pub(super) fn reset(&self) -> Result<(), SearchError> {
        let mut writer = self.writer();
        writer.delete_all_documents()?;
        writer.commit()?;
        self.reader.reload()?;
        Ok(self.refresh_columns()?)
    }

    /// A panic while the lock was held leaves at worst uncommitted changes, and those are rolled back with the
    /// next failure or superseded; refusing every later change would be worse.
    fn writer(&self) -> MutexGuard<'_, IndexWriter> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// For each id the change that wins over the index and over the rest of the batch.
    fn newest_of<'a>(&self, batch: &'a [Change]) -> Result<Vec<&'a Change>, SearchError> {
        let searcher = self.reader.searcher();
        let mut held: HashMap<&str, Option<Held>> = HashMap::new();
        let mut winners: HashMap<&str, &Change> = HashMap::new();
        for change in batch {
            let id = change.id();
            let now = match held.get(id) {
                Some(now) => *now,
                None => self.held(&searcher, id)?,
            };
            let wins = now.is_none_or(|now| change.supersedes(now));
            held.insert(id, if wins { Some(change.leaves()) } else { now });
            if wins {
                winners.insert(id, change);
            }
        }
        Ok(batch
            .iter()
            .filter(|change| winners.get(change.id()).is_some_and(|won| std::ptr::eq(*won, *change)))
            .collect())
    }

    fn write(&self, writer: &IndexWriter, change: &Change) -> tantivy::Result<()> {
        writer.delete_term(Term::from_field_text(self.fields.id, change.id()));
        let stored = match change {
            Change::Put(document) => self.fields.live(document),
            Change::Remove { id, .. } => self.fields.tombstone(id, change.leaves()),
        };
        writer.add_document(stored).map(drop)
    }

    /// What the index holds for an id.
    pub(super) fn held(&self, searcher: &Searcher, id: &str) -> Result<Option<Held>, SearchError> {
        let term = Term::from_field_text(self.fields.id, id);
        for segment in searcher.segment_readers() {
            let Some(mut postings) = segment
                .inverted_index(self.fields.id)?
                .read_postings(&term, tantivy::schema::IndexRecordOption::Basic)
                .map_err(tantivy::TantivyError::from)?
            else {
                continue;
            };
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                if !segment.is_deleted(doc) {
                    let version = segment.fast_fields().i64(VERSION)?.first(doc).unwrap_or(i64::MIN);
                    let live = segment.fast_fields().bool(LIVE)?.first(doc).unwrap_or(true);
                    return Ok(Some(Held { version, removed: !live }));
                }
                postings.advance();
            }
        }
        Ok(None)
    }
}
