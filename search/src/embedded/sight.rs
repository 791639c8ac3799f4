//! Counting in how many texts that a viewer may find a word stands: from its list of places, so that a rare word costs little in a
//! large index.

use tantivy::columnar::StrColumn;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

use super::filter::audiences;
use super::schema::AUDIENCE;
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
    audience: Option<StrColumn>,
    /// By place in the column's dictionary: the viewer belongs to this audience.
    open: Vec<bool>,
}

impl<'a> Sight<'a> {
    pub(super) fn of(searcher: &'a Searcher, viewer: &ViewerScope) -> Result<Self, SearchError> {
        let open = audiences(viewer);
        let segments = searcher.segment_readers().iter().map(|reader| Segment::of(reader, &open));
        Ok(Self { searcher, segments: segments.collect::<Result<_, _>>()? })
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

impl<'a> Segment<'a> {
    fn of(reader: &'a SegmentReader, wanted: &[String]) -> Result<Self, SearchError> {
        let audience = reader.fast_fields().str(AUDIENCE)?;
        let mut open = Vec::new();
        if let Some(column) = &audience {
            for ordinal in 0..u64::try_from(column.dictionary().num_terms()).unwrap_or(u64::MAX) {
                let mut name = String::new();
                column.ord_to_str(ordinal, &mut name).map_err(TantivyError::from)?;
                open.push(wanted.contains(&name));
            }
        }
        Ok(Self { reader, audience, open })
    }

    /// A text that was replaced or removed, or has no audience, shows to nobody.
    fn shows(&self, doc: DocId) -> bool {
        let ordinal = self.audience.as_ref().and_then(|column| column.ords().first(doc));
        let place = ordinal.and_then(|ordinal| usize::try_from(ordinal).ok());
        let open = place.and_then(|place| self.open.get(place)).copied().unwrap_or(false);
        open && self.reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc))
    }
}
