//! Counting in how many texts that a viewer may find a word stands: from its list of places, so that a rare word costs little in a
//! large index.

use std::sync::Arc;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

use super::Inner;
use super::columns::Columns;
use crate::correct::COUNTED;
use crate::engine::SearchError;
use crate::query::ViewerScope;

/// What one viewer may find in one state of the index.
pub(super) struct Sight<'a> {
    pub searcher: &'a Searcher,
    segments: Vec<Segment<'a>>,
}

struct Segment<'a> {
    reader: &'a SegmentReader,
    columns: Arc<Columns>,
    /// By group: the viewer may find its documents.
    open: Vec<bool>,
}

impl<'a> Sight<'a> {
    pub(super) fn of(
        inner: &Inner,
        searcher: &'a Searcher,
        viewer: &ViewerScope,
    ) -> Result<Self, SearchError> {
        let segments = searcher.segment_readers().iter().zip(inner.columns(searcher)?);
        let segment =
            |(reader, columns): (_, Arc<Columns>)| Segment { reader, open: columns.open_to(viewer), columns };
        Ok(Self { searcher, segments: segments.map(segment).collect() })
    }

    /// How many texts have this term, up to [`COUNTED`].
    pub(super) fn count(&self, term: &Term) -> Result<u64, SearchError> {
        let mut count = 0;
        for segment in &self.segments {
            let inverted = segment.reader.inverted_index(term.field())?;
            let postings =
                inverted.read_postings(term, IndexRecordOption::Basic).map_err(TantivyError::from)?;
            let Some(mut postings) = postings else { continue };
            let mut doc = postings.doc();
            while doc != TERMINATED && count < COUNTED {
                count += u64::from(segment.shows(doc));
                doc = postings.advance();
            }
        }
        Ok(count)
    }
}

impl Segment<'_> {
    /// Whether the viewer may find this text. One that was replaced or removed shows to nobody.
    fn shows(&self, doc: DocId) -> bool {
        let open = self.open.get(self.columns.group(doc)).copied().unwrap_or(false);
        open && self.reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc))
    }
}
