//! One pass over all matches: the best of them, and how many there are of which kind and board.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashSet};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::schema::{BOARD, HELPFUL, KIND, PUBLISHED_AT, VERIFIED};
use crate::query::Sort;

/// What to collect.
pub(super) struct Matches {
    /// Names of wanted kinds and boards; empty means all.
    pub kinds: Vec<String>,
    pub boards: Vec<String>,
    /// Documents that are passed over.
    pub excluded: HashSet<DocAddress>,
    pub sort: Sort,
    /// How many of the best to keep.
    pub keep: usize,
}

/// What was collected.
#[derive(Default)]
pub(super) struct Collected {
    pub total: usize,
    pub kinds: BTreeMap<String, usize>,
    pub boards: BTreeMap<String, usize>,
    pub best: Vec<Ranked>,
}

/// A match with its place in the order: by what helped if that is asked for, by score or time, then the newer, then by place in the index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ranked {
    pub score: Score,
    /// Whether it is verified, and how many readers it helped; equal for all where that is not asked for.
    helped: (bool, u64),
    published_at: i64,
    by_time: bool,
    pub address: DocAddress,
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let score = if self.by_time { std::cmp::Ordering::Equal } else { self.score.total_cmp(&other.score) };
        let helped = self.helped.cmp(&other.helped);
        helped
            .then(score)
            .then(self.published_at.cmp(&other.published_at))
            .then_with(|| other.address.cmp(&self.address))
    }
}

impl Collector for Matches {
    type Fruit = Collected;
    type Child = SegmentMatches;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentMatches> {
        let excluded = self.excluded.iter().filter(|address| address.segment_ord == ordinal);
        Ok(SegmentMatches {
            ordinal,
            excluded: excluded.map(|address| address.doc_id).collect(),
            kind: Values::open(segment, KIND, &self.kinds)?,
            board: Values::open(segment, BOARD, &self.boards)?,
            published_at: segment.fast_fields().column_opt(PUBLISHED_AT)?,
            by_time: self.sort == Sort::Newest,
            helped: (self.sort == Sort::MostHelpful).then(|| Helped::open(segment)).transpose()?,
            keep: self.keep,
            total: 0,
            best: BinaryHeap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<Collected>) -> tantivy::Result<Collected> {
        let mut all = Collected::default();
        for segment in segments {
            all.total += segment.total;
            add(&mut all.kinds, segment.kinds);
            add(&mut all.boards, segment.boards);
            all.best.extend(segment.best);
        }
        all.best.sort_by(|a, b| b.cmp(a));
        all.best.truncate(self.keep);
        Ok(all)
    }
}

fn add(to: &mut BTreeMap<String, usize>, from: BTreeMap<String, usize>) {
    for (value, count) in from {
        *to.entry(value).or_default() += count;
    }
}

/// The values of one column of a segment, which of them are wanted, and how often each was met.
struct Values {
    column: Option<StrColumn>,
    names: Vec<String>,
    wanted: Option<Vec<bool>>,
    counts: Vec<usize>,
}

impl Values {
    fn open(segment: &SegmentReader, field: &str, wanted: &[String]) -> tantivy::Result<Self> {
        let column = segment.fast_fields().str(field)?;
        let mut names = Vec::new();
        if let Some(column) = &column {
            for ordinal in 0..u64::try_from(column.dictionary().num_terms()).unwrap_or(u64::MAX) {
                let mut name = String::new();
                column.ord_to_str(ordinal, &mut name)?;
                names.push(name);
            }
        }
        let wanted = (!wanted.is_empty()).then(|| names.iter().map(|name| wanted.contains(name)).collect());
        Ok(Self { column, counts: vec![0; names.len()], names, wanted })
    }

    /// Where the document's value stands among the names, if it has one.
    fn of(&self, doc: DocId) -> Option<usize> {
        let ordinal = self.column.as_ref()?.ords().first(doc)?;
        usize::try_from(ordinal).ok()
    }

    fn wants(&self, value: Option<usize>) -> bool {
        let Some(wanted) = &self.wanted else { return true };
        value.and_then(|value| wanted.get(value)).copied().unwrap_or(false)
    }

    fn count(&mut self, value: Option<usize>) {
        if let Some(count) = value.and_then(|value| self.counts.get_mut(value)) {
            *count += 1;
        }
    }

    fn into_counts(self) -> BTreeMap<String, usize> {
        self.names.into_iter().zip(self.counts).filter(|(_, count)| *count > 0).collect()
    }
}

/// The columns that say what helped.
struct Helped {
    verified: Option<Column<bool>>,
    helpful: Option<Column<u64>>,
}

impl Helped {
    fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self { verified: columns.column_opt(VERIFIED)?, helpful: columns.column_opt(HELPFUL)? })
    }

    fn of(&self, doc: DocId) -> (bool, u64) {
        let verified = self.verified.as_ref().and_then(|column| column.first(doc)).unwrap_or(false);
        (verified, self.helpful.as_ref().and_then(|column| column.first(doc)).unwrap_or(0))
    }
}

/// The collector's work in one segment.
pub(super) struct SegmentMatches {
    ordinal: SegmentOrdinal,
    excluded: HashSet<DocId>,
    kind: Values,
    board: Values,
    published_at: Option<Column<i64>>,
    by_time: bool,
    helped: Option<Helped>,
    keep: usize,
    total: usize,
    best: BinaryHeap<Reverse<Ranked>>,
}

impl SegmentCollector for SegmentMatches {
    type Fruit = Collected;

    fn collect(&mut self, doc: DocId, score: Score) {
        if self.excluded.contains(&doc) {
            return;
        }
        let (kind, board) = (self.kind.of(doc), self.board.of(doc));
        let (kind_wanted, board_wanted) = (self.kind.wants(kind), self.board.wants(board));
        if board_wanted {
            self.kind.count(kind);
        }
        if kind_wanted {
            self.board.count(board);
        }
        if !(kind_wanted && board_wanted) {
            return;
        }
        self.total += 1;
        let published_at =
            self.published_at.as_ref().and_then(|column| column.first(doc)).unwrap_or(i64::MIN);
        let address = DocAddress::new(self.ordinal, doc);
        let helped = self.helped.as_ref().map(|columns| columns.of(doc)).unwrap_or_default();
        let ranked = Ranked { score, helped, published_at, by_time: self.by_time, address };
        if self.best.len() < self.keep {
            self.best.push(Reverse(ranked));
        } else if self.best.peek().is_some_and(|Reverse(worst)| ranked > *worst) {
            self.best.pop();
            self.best.push(Reverse(ranked));
        }
    }

    fn harvest(self) -> Collected {
        Collected {
            total: self.total,
            kinds: self.kind.into_counts(),
            boards: self.board.into_counts(),
            best: self.best.into_iter().map(|Reverse(ranked)| ranked).collect(),
        }
    }
}
