//! Listing what the index holds.

use std::collections::BTreeMap;

use tantivy::{SegmentReader, TantivyError};

use super::Inner;
use crate::engine::{SearchError, Versioned, VersionsPage};

impl Inner {
    /// One page of ids in byte order.
    pub(super) fn versions(&self, page: &VersionsPage) -> Result<Vec<Versioned>, SearchError> {
        let searcher = self.reader.searcher();
        let mut listed = BTreeMap::new();
        for segment in searcher.segment_readers() {
            for id in self.ids_of(segment, page)? {
                // The same id may stand deleted in one segment and alive in another: ask for the living one.
                if let Some(held) = self.held(&searcher, &id)? {
                    listed.insert(id, held);
                }
            }
        }
        Ok(listed.into_iter().take(page.limit).map(|(id, held)| Versioned { id, held }).collect())
    }

    /// The first ids of a segment after the page's start. Each of them lives on in some segment: a replaced
    /// text left a newer one, a removed one its tombstone.
    fn ids_of(&self, segment: &SegmentReader, page: &VersionsPage) -> Result<Vec<String>, SearchError> {
        let inverted = segment.inverted_index(self.fields.id)?;
        let mut range = inverted.terms().range();
        if let Some(after) = &page.after {
            range = range.gt(after.as_bytes());
        }
        let mut stream = range.into_stream().map_err(TantivyError::from)?;
        let mut ids = Vec::new();
        while ids.len() < page.limit && stream.advance() {
            ids.push(String::from_utf8_lossy(stream.key()).into_owned());
        }
        Ok(ids)
    }
}
