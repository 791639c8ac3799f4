//! Finding candidates for a whole post; the shared ranking puts them in order.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, TantivyDocument, Term};

use super::Inner;
use super::filter::{all, should};
use super::page::found;
use super::statistics::IndexStatistics;
use crate::engine::SearchError;
use crate::hits::{Hit, Hits, Total};
use crate::query::{MAX_SUGGESTIONS, SuggestQuery};
use crate::rank::{Candidate, Question, rank};

/// Candidates that are read and scored for the few that are shown.
const CANDIDATES: usize = 300;
/// Terms that candidates are looked for by.
const TELLING_TERMS: usize = 24;

impl Inner {
    /// The documents that best answer a text.
    pub(super) fn suggest(&self, query: &SuggestQuery) -> Result<Hits, SearchError> {
        let searcher = self.reader.searcher();
        let statistics = IndexStatistics { inner: self, searcher: &searcher };
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
        let mut clauses = self.fields.visible(&query.viewer);
        clauses.extend(self.fields.kinds(&query.kinds));
        let each = terms.iter().flat_map(|term| {
            self.weighted_fields().map(|(field, boost)| {
                let exact =
                    TermQuery::new(Term::from_field_text(field, &term.stem), IndexRecordOption::WithFreqs);
                let weighted = BoostQuery::new(Box::new(exact), boost * term.weight);
                should(weighted)
            })
        });
        clauses.push((Occur::Must, Box::new(BooleanQuery::new(each.collect()))));
        let best = searcher.search(&all(clauses), &TopDocs::with_limit(most).order_by_score())?;
        best.into_iter()
            .map(|(_, address)| {
                let stored: TantivyDocument = searcher.doc(address)?;
                let found = found(searcher, address)?;
                Ok(Candidate {
                    id: found.id,
                    kind: found.kind,
                    title: self.fields.text(&stored, self.fields.title),
                    aliases: self.fields.aliases(&stored),
                    body: self.fields.text(&stored, self.fields.body),
                })
            })
            .collect()
    }
}
