//! One pass over all matches: the best of them, and how many there are of which kind and board.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use tantivy::query::{EnableScoring, Query as IndexQuery, Weight};
use tantivy::{BitSet, DocAddress, DocId, Score, Searcher, SegmentReader};

use super::columns::{Columns, Group};
use crate::query::{Sort, ViewerScope};

/// What to collect.
pub(super) struct Matches<'a> {
    pub viewer: &'a ViewerScope,
    /// Names of wanted kinds and boards; empty means all.
    pub kinds: Vec<String>,
    pub boards: &'a [String],
    /// Documents that are passed over.
    pub excluded: Vec<Box<dyn Weight>>,
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
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        let score = if self.by_time { Ordering::Equal } else { self.score.total_cmp(&other.score) };
        let helped = self.helped.cmp(&other.helped);
        helped
            .then(score)
            .then(self.published_at.cmp(&other.published_at))
            .then_with(|| other.address.cmp(&self.address))
    }
}

impl Matches<'_> {
    /// Looks at everything that the query finds.
    pub(super) fn of(
        &self,
        searcher: &Searcher,
        columns: &[Arc<Columns>],
        query: &dyn IndexQuery,
    ) -> tantivy::Result<Collected> {
        let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
        let mut best = Best { most: self.keep, heap: BinaryHeap::new() };
        let mut collected = Collected::default();
        for ((ordinal, segment), columns) in (0..).zip(searcher.segment_readers()).zip(columns) {
            let mut here = Here::open(self, ordinal, segment, columns)?;
            let alive = segment.alive_bitset();
            weight.for_each(segment, &mut |doc, score| {
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    here.collect(doc, score, &mut best);
                }
            })?;
            here.count_into(&mut collected);
        }
        collected.best = best.heap.into_iter().map(|Reverse(ranked)| ranked).collect();
        collected.best.sort_by(|a, b| b.cmp(a));
        Ok(collected)
    }

    fn excluded(&self, segment: &SegmentReader) -> tantivy::Result<Option<BitSet>> {
        if self.excluded.is_empty() {
            return Ok(None);
        }
        let mut passed_over = BitSet::with_max_value(segment.max_doc());
        for weight in &self.excluded {
            weight.for_each_no_score(segment, &mut |docs| {
                for doc in docs {
                    passed_over.insert(*doc);
                }
            })?;
        }
        Ok(Some(passed_over))
    }
}

/// The best matches so far; on top of the heap stands the one that is the first to go.
struct Best {
    most: usize,
    heap: BinaryHeap<Reverse<Ranked>>,
}

/// The work in one segment.
struct Here<'a> {
    ordinal: u32,
    columns: &'a Columns,
    /// By group: the viewer may find it; it is of a wanted kind; it stands in a wanted board; how often it was met.
    groups: Vec<(Wanted, usize)>,
    excluded: Option<BitSet>,
    sort: Sort,
}

#[derive(Clone, Copy)]
struct Wanted {
    open: bool,
    kind: bool,
    board: bool,
}

impl<'a> Here<'a> {
    fn open(
        matches: &Matches<'_>,
        ordinal: u32,
        segment: &SegmentReader,
        columns: &'a Columns,
    ) -> tantivy::Result<Self> {
        let wants = |names: &[String], name: &Option<String>| {
            names.is_empty() || name.as_ref().is_some_and(|name| names.contains(name))
        };
        let wanted = |(group, open): (&Group, bool)| Wanted {
            open,
            kind: wants(&matches.kinds, &group.kind),
            board: wants(matches.boards, &group.board),
        };
        let groups = columns.groups.iter().zip(columns.open_to(matches.viewer));
        Ok(Self {
            ordinal,
            columns,
            groups: groups.map(|both| (wanted(both), 0)).collect(),
            excluded: matches.excluded(segment)?,
            sort: matches.sort,
        })
    }

    fn collect(&mut self, doc: DocId, score: Score, best: &mut Best) {
        let Some((wanted, count)) = self.groups.get_mut(self.columns.group(doc)) else { return };
        if !wanted.open || self.excluded.as_ref().is_some_and(|excluded| excluded.contains(doc)) {
            return;
        }
        *count += 1;
        if !(wanted.kind && wanted.board) {
            return;
        }
        let full = best.heap.len() >= best.most;
        let worst = best.heap.peek().filter(|_| full).map(|Reverse(worst)| *worst);
        if full && worst.is_none_or(|worst| self.sort == Sort::Relevance && score < worst.score) {
            return;
        }
        let ranked = self.ranked(doc, score);
        if worst.is_some_and(|worst| ranked < worst) {
            return;
        }
        if full {
            best.heap.pop();
        }
        best.heap.push(Reverse(ranked));
    }

    fn ranked(&self, doc: DocId, score: Score) -> Ranked {
        let columns = self.columns;
        let published_at = columns.published_at.as_ref().and_then(|column| column.first(doc));
        let helped = || {
            let verified = columns.verified.as_ref().and_then(|column| column.first(doc)).unwrap_or(false);
            (verified, columns.helpful.as_ref().and_then(|column| column.first(doc)).unwrap_or(0))
        };
        Ranked {
            score,
            helped: if self.sort == Sort::MostHelpful { helped() } else { Default::default() },
            published_at: published_at.unwrap_or(i64::MIN),
            by_time: self.sort == Sort::Newest,
            address: DocAddress::new(self.ordinal, doc),
        }
    }

    fn count_into(self, collected: &mut Collected) {
        for (group, (wanted, count)) in self.columns.groups.iter().zip(self.groups) {
            let add = |counts: &mut BTreeMap<String, usize>, name: &Option<String>| {
                if let Some(name) = name {
                    *counts.entry(name.clone()).or_default() += count;
                }
            };
            if count > 0 && wanted.board {
                add(&mut collected.kinds, &group.kind);
            }
            if count > 0 && wanted.kind {
                add(&mut collected.boards, &group.board);
            }
            if wanted.kind && wanted.board {
                collected.total += count;
            }
        }
    }
}
