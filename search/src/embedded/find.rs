//! Searching by a reader's words.

use std::collections::HashSet;

use tantivy::query::{
    BooleanQuery, BoostQuery, DisjunctionMaxQuery, EnableScoring, Occur, PhraseQuery, Query as IndexQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::Inner;
use super::collect::{Collected, Matches};
use super::expand::Variant;
use super::filter::{all, must, should};
use crate::engine::SearchError;
use crate::hits::{EXACT_UP_TO, Hits};
use crate::parse::{Parsed, parse};
use crate::query::{MAX_LIMIT, MAX_OFFSET, Query};
use crate::text::Word;

/// How much a match counts in which field.
pub(super) const TITLE_BOOST: f32 = 3.0;
pub(super) const ALIAS_BOOST: f32 = 2.0;

impl Inner {
    /// Finds a page of hits. If no document has (nearly) all words, those that have some are found.
    pub(super) fn search(&self, query: &Query) -> Result<Hits, SearchError> {
        let parsed = parse(&query.text);
        if parsed.is_empty() {
            return Ok(Hits { cut: parsed.cut, ..Hits::default() });
        }
        let searcher = self.reader.searcher();
        let words = self.expanded(&searcher, &parsed)?;
        let mut collected = self.collect(&searcher, query, &parsed, &words, enough_of(words.len()))?;
        let did_you_mean = self.did_you_mean(&searcher, query, &parsed, collected.total)?;
        let partial = collected.kinds.is_empty() && collected.boards.is_empty() && words.len() > 1;
        if partial {
            collected = self.collect(&searcher, query, &parsed, &words, 1)?;
        }
        let stems = marked_stems(&parsed, &words);
        let mut hits = self.page(&searcher, query, &collected, &stems)?;
        hits.cut = parsed.cut;
        hits.partial = partial && collected.total > 0;
        hits.did_you_mean = did_you_mean;
        Ok(hits)
    }

    fn expanded(&self, searcher: &Searcher, parsed: &Parsed) -> Result<Vec<Vec<Variant>>, SearchError> {
        let last = parsed.words.len().saturating_sub(1);
        let each = parsed.words.iter().enumerate();
        let each = each.map(|(at, word)| self.variants(searcher, word, parsed.unfinished && at == last));
        let mut words = each.collect::<Result<Vec<_>, _>>()?;
        Self::add_other_names(&mut words, parsed);
        Ok(words)
    }

    pub(super) fn collect(
        &self,
        searcher: &Searcher,
        query: &Query,
        parsed: &Parsed,
        words: &[Vec<Variant>],
        enough: usize,
    ) -> Result<Collected, SearchError> {
        let mut clauses = self.fields.narrowed(&query.filters);
        if !words.is_empty() {
            let each = words.iter().map(|variants| self.one_word(variants)).collect();
            let any = BooleanQuery::union_with_minimum_required_clauses(each, enough);
            clauses.push((Occur::Must, Box::new(any)));
        }
        clauses.extend(parsed.phrases.iter().map(|phrase| (Occur::Must, self.together(phrase))));
        // Not as "must not" clauses: tantivy 0.27 steps a phrase backwards there, which asserts in debug builds
        // and is undefined in others (quickwit-oss/tantivy#2811).
        let unscored = EnableScoring::disabled_from_searcher(searcher);
        let excluded = parsed.excluded.iter().map(|phrase| self.anywhere(phrase).weight(unscored));
        let matches = Matches {
            viewer: &query.viewer,
            kinds: query.filters.kinds.iter().map(|kind| kind.name().to_owned()).collect(),
            boards: &query.filters.boards,
            excluded: excluded.collect::<Result<_, _>>()?,
            sort: query.sort,
            keep: (query.offset.min(MAX_OFFSET) + query.limit.min(MAX_LIMIT)).max(EXACT_UP_TO),
        };
        Ok(matches.of(searcher, &self.columns(searcher)?, &all(clauses))?)
    }

    /// A word counts by its best variant, so that a text gains nothing from having many of them.
    fn one_word(&self, variants: &[Variant]) -> Box<dyn IndexQuery> {
        let each = variants.iter().map(|variant| self.in_fields(&variant.stem, variant.weight)).collect();
        Box::new(DisjunctionMaxQuery::new(each))
    }

    /// BM25 over the fields, each normalised by its own length.
    fn in_fields(&self, stem: &str, weight: f32) -> Box<dyn IndexQuery> {
        let each = self.weighted_fields().into_iter().map(|(field, boost)| {
            let mut terms =
                stem.split(' ').map(|stem| Term::from_field_text(field, stem)).collect::<Vec<_>>();
            let found: Box<dyn IndexQuery> = match terms.pop() {
                Some(term) if terms.is_empty() => {
                    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
                }
                last => Box::new(PhraseQuery::new(terms.into_iter().chain(last).collect())),
            };
            should(BoostQuery::new(found, boost * weight))
        });
        Box::new(BooleanQuery::new(each.collect()))
    }

    pub(super) fn weighted_fields(&self) -> [(Field, f32); 3] {
        [(self.fields.title, TITLE_BOOST), (self.fields.aliases, ALIAS_BOOST), (self.fields.body, 1.0)]
    }

    /// A quotation: its words side by side, or one word exactly as it is written.
    fn together(&self, phrase: &[Word]) -> Box<dyn IndexQuery> {
        match phrase {
            [word] => {
                let exact = Term::from_field_text(self.fields.words, &word.text);
                let exact = TermQuery::new(exact, IndexRecordOption::Basic);
                Box::new(all(vec![must(Box::new(exact)), (Occur::Should, self.in_fields(&word.stem, 1.0))]))
            }
            words => self.anywhere(words),
        }
    }

    /// The words side by side in any field; forms of one word are the same word here.
    fn anywhere(&self, phrase: &[Word]) -> Box<dyn IndexQuery> {
        if let [word] = phrase {
            return self.in_fields(&word.stem, 1.0);
        }
        let each = self.weighted_fields().into_iter().map(|(field, boost)| {
            let terms = phrase.iter().map(|word| Term::from_field_text(field, &word.stem)).collect();
            let side_by_side = Box::new(PhraseQuery::new(terms));
            should(BoostQuery::new(side_by_side, boost))
        });
        Box::new(BooleanQuery::new(each.collect()))
    }
}

/// How many of so many words a document must have: both of two, then three quarters.
fn enough_of(words: usize) -> usize {
    if words <= 2 { words } else { words * 3 / 4 }
}

fn marked_stems(parsed: &Parsed, words: &[Vec<Variant>]) -> HashSet<String> {
    let phrases = parsed.phrases.iter().flatten().map(|word| word.stem.clone());
    words.iter().flatten().map(|variant| variant.stem.clone()).chain(phrases).collect()
}
