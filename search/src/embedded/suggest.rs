//! Finding candidates for a whole post; the shared ranking puts them in order.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::query::{BooleanQuery, BoostQuery, EnableScoring, Occur, Query as IndexQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Score, Searcher, TantivyDocument, Term};

use super::Inner;
use super::columns::{Columns, Group};
use super::filter::{all, should};
use super::page::found;
use super::statistics::IndexStatistics;
use crate::document::Kind;
use crate::engine::SearchError;
use crate::hits::{Hit, Hits, Total};
use crate::query::{MAX_SUGGESTIONS, SuggestQuery};
use crate::rank::{Candidate, Question, rank};

/// Candidates that are read and scored for the few that are shown.
const CANDIDATES: usize = 300;
/// Terms that candidates are looked for by.
const TELLING_TERMS: usize = 24;
/// A kind is rare if less than one in so many documents is of it.
const FEW: u64 = 20;

impl Inner {
    /// The documents that best answer a text.
    pub(super) fn suggest(&self, query: &SuggestQuery) -> Result<Hits, SearchError> {
        let searcher = self.reader.searcher();
        let statistics = IndexStatistics::new(self, &searcher);
        let question = Question::read(&query.text, &statistics);
        let top = query.top.min(MAX_SUGGESTIONS);
        let candidates = self.candidates(&searcher, query, &question, CANDIDATES.max(top))?;
        let ranked = rank(&question, &statistics, candidates);
        let hits: Vec<Hit> = ranked.into_iter().take(top).map(|ranked| ranked.into_hit(&question)).collect();
        Ok(Hits { total: Total::of(hits.len()), hits, ..Hits::default() })
    }

    fn candidates(
        &self,
        searcher: &Searcher,
        query: &SuggestQuery,
        question: &Question,
        most: usize,
    ) -> Result<Vec<Candidate>, SearchError> {
        let terms = question.telling(TELLING_TERMS);
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let each = terms.iter().flat_map(|term| {
            self.weighted_fields().map(|(field, boost)| {
                let exact =
                    TermQuery::new(Term::from_field_text(field, &term.stem), IndexRecordOption::WithFreqs);
                let weighted = BoostQuery::new(Box::new(exact), boost * term.weight);
                should(weighted)
            })
        });
        let mut any = BooleanQuery::new(each.collect());
        // Nothing but a plain "any of these words" lets tantivy leave out whole stretches of texts that cannot be among the
        // best; but few texts of a rare kind are looked at sooner one by one.
        if self.few(searcher, &query.kinds)? {
            let mut clauses: Vec<(Occur, Box<dyn IndexQuery>)> = vec![(Occur::Must, Box::new(any))];
            clauses.extend(self.fields.kinds(&query.kinds));
            any = all(clauses);
        }
        let columns = self.columns(searcher)?;
        let mut candidates = Vec::new();
        for address in best(searcher, &columns, query, &any, most)? {
            let stored: TantivyDocument = searcher.doc(address)?;
            let found = found(&columns, address)?;
            candidates.push(Candidate {
                id: found.id,
                kind: found.kind,
                title: self.fields.text(&stored, self.fields.title),
                aliases: self.fields.aliases(&stored),
                body: self.fields.text(&stored, self.fields.body),
            });
        }
        Ok(candidates)
    }

    /// Whether only a small part of all documents is of these kinds.
    fn few(&self, searcher: &Searcher, kinds: &[Kind]) -> Result<bool, SearchError> {
        let mut documents = 0;
        for kind in kinds {
            documents += searcher.doc_freq(&Term::from_field_text(self.fields.kind, kind.name()))?;
        }
        Ok(!kinds.is_empty() && documents * FEW < searcher.num_docs())
    }
}

/// The places of the documents that score most, of those that the viewer may find and of the wanted kinds.
fn best(
    searcher: &Searcher,
    columns: &[Arc<Columns>],
    query: &SuggestQuery,
    words: &dyn IndexQuery,
    most: usize,
) -> tantivy::Result<Vec<DocAddress>> {
    let weight = words.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let wanted = |group: &Group| {
        query.kinds.is_empty() || query.kinds.iter().any(|kind| group.kind.as_deref() == Some(kind.name()))
    };
    let mut heap: BinaryHeap<Reverse<Scored>> = BinaryHeap::new();
    for ((ordinal, segment), columns) in (0..).zip(searcher.segment_readers()).zip(columns) {
        let open = columns.groups.iter().zip(columns.open_to(&query.viewer));
        let open: Vec<bool> = open.map(|(group, open)| open && wanted(group)).collect();
        let least = |heap: &BinaryHeap<Reverse<Scored>>| match heap.peek() {
            Some(Reverse(worst)) if heap.len() >= most => worst.score,
            _ => Score::MIN,
        };
        weight.for_each_pruning(least(&heap), segment, &mut |doc, score| {
            let alive = segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc));
            if alive && open.get(columns.group(doc)).copied().unwrap_or(false) {
                heap.push(Reverse(Scored { score, address: DocAddress::new(ordinal, doc) }));
                if heap.len() > most {
                    heap.pop();
                }
            }
            least(&heap)
        })?;
    }
    let mut best: Vec<DocAddress> = heap.into_iter().map(|Reverse(scored)| scored.address).collect();
    // Neighbours in the index are stored in one block.
    best.sort_unstable();
    Ok(best)
}

/// A document's score; of equal ones, what stands first in the index is the better one.
#[derive(PartialEq)]
struct Scored {
    score: Score,
    address: DocAddress,
}

impl Eq for Scored {}

impl PartialOrd for Scored {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Scored {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| other.address.cmp(&self.address))
    }
}
