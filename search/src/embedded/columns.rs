//! What every search asks of every document that has its words (whose it is, what it is, where it stands, when it was published),
//! kept at hand for each segment: reading it anew for each of 300,000 documents with a common word took longer than finding them.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError};

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Searcher, SegmentReader, TantivyError};

use super::Inner;
use super::filter::audiences;
use super::schema::{AUDIENCE, BOARD, HELPFUL, ID, KIND, PUBLISHED_AT, VERIFIED};
use crate::query::ViewerScope;

/// The columns of one segment, which never changes.
pub(super) struct Columns {
    /// For each document its place among the groups.
    group_of: Vec<u32>,
    /// Documents of one audience, kind and board are one group.
    pub groups: Vec<Group>,
    pub id: Option<StrColumn>,
    pub published_at: Option<Column<i64>>,
    pub verified: Option<Column<bool>>,
    pub helpful: Option<Column<u64>>,
}

/// What the documents of a group have in common. A tombstone has none of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Group {
    audience: Option<String>,
    pub kind: Option<String>,
    pub board: Option<String>,
}

impl Columns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let [audience, kind, board] = [columns.str(AUDIENCE)?, columns.str(KIND)?, columns.str(BOARD)?];
        let ordinal =
            |column: &Option<StrColumn>, doc| column.as_ref().and_then(|column| column.ords().first(doc));
        let mut places = HashMap::new();
        let mut groups = Vec::new();
        let mut group_of = Vec::with_capacity(usize::try_from(segment.max_doc()).unwrap_or_default());
        for doc in 0..segment.max_doc() {
            let key = [ordinal(&audience, doc), ordinal(&kind, doc), ordinal(&board, doc)];
            let place = match places.get(&key) {
                Some(place) => *place,
                None => {
                    let [in_audience, of_kind, in_board] = key;
                    groups.push(Group {
                        audience: name(audience.as_ref(), in_audience)?,
                        kind: name(kind.as_ref(), of_kind)?,
                        board: name(board.as_ref(), in_board)?,
                    });
                    let place = u32::try_from(places.len()).unwrap_or(u32::MAX);
                    places.insert(key, place);
                    place
                }
            };
            group_of.push(place);
        }
        Ok(Self {
            group_of,
            groups,
            id: columns.str(ID)?,
            published_at: columns.column_opt(PUBLISHED_AT)?,
            verified: columns.column_opt(VERIFIED)?,
            helpful: columns.column_opt(HELPFUL)?,
        })
    }

    /// The document's place among the groups.
    pub(super) fn group(&self, doc: DocId) -> usize {
        let place = usize::try_from(doc).ok().and_then(|doc| self.group_of.get(doc)).copied();
        place.and_then(|place| usize::try_from(place).ok()).unwrap_or(usize::MAX)
    }

    /// By place among the groups: whether the viewer may find its documents. Every query of this engine goes through here.
    pub(super) fn open_to(&self, viewer: &ViewerScope) -> Vec<bool> {
        let open: HashSet<String> = audiences(viewer).into_iter().collect();
        let shows = |group: &Group| group.audience.as_ref().is_some_and(|audience| open.contains(audience));
        self.groups.iter().map(shows).collect()
    }
}

/// What stands at this place of a column's dictionary.
pub(super) fn name(column: Option<&StrColumn>, ordinal: Option<u64>) -> tantivy::Result<Option<String>> {
    let (Some(column), Some(ordinal)) = (column, ordinal) else { return Ok(None) };
    let mut name = String::new();
    Ok(column.ord_to_str(ordinal, &mut name).map_err(TantivyError::from)?.then_some(name))
}

impl Inner {
    /// The columns of each segment, in the searcher's order.
    pub(super) fn columns(&self, searcher: &Searcher) -> tantivy::Result<Vec<Arc<Columns>>> {
        searcher.segment_readers().iter().map(|segment| self.columns_of(segment)).collect()
    }

    fn columns_of(&self, segment: &SegmentReader) -> tantivy::Result<Arc<Columns>> {
        let known =
            self.columns.read().unwrap_or_else(PoisonError::into_inner).get(&segment.segment_id()).cloned();
        if let Some(columns) = known {
            return Ok(columns);
        }
        let columns = Arc::new(Columns::open(segment)?);
        let mut known = self.columns.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(segment.segment_id(), Arc::clone(&columns));
        Ok(columns)
    }

    /// Opens what the newest state of the index has, so that no reader waits for it, and forgets what it has no more.
    pub(super) fn refresh_columns(&self) -> tantivy::Result<()> {
        let searcher = self.reader.searcher();
        self.columns(&searcher)?;
        let there: HashSet<_> = searcher.segment_readers().iter().map(SegmentReader::segment_id).collect();
        self.columns
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|segment, _| there.contains(segment));
        Ok(())
    }
}
