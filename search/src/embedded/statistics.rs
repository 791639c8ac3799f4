//! How common words are in this index, for the shared ranking.

use std::cell::RefCell;
use std::collections::HashMap;

use tantivy::{Searcher, Term};

use super::Inner;
use crate::rank::Statistics;

/// Counts read from one state of the index.
pub(super) struct IndexStatistics<'a> {
    pub inner: &'a Inner,
    pub searcher: &'a Searcher,
    /// Candidates share most of their words, and each is counted in every field of every segment.
    counted: RefCell<HashMap<String, u64>>,
}

impl<'a> IndexStatistics<'a> {
    pub(super) fn new(inner: &'a Inner, searcher: &'a Searcher) -> Self {
        Self { inner, searcher, counted: RefCell::default() }
    }
}

impl Statistics for IndexStatistics<'_> {
    fn documents(&self) -> u64 {
        self.searcher.num_docs()
    }

    fn containing(&self, stem: &str) -> u64 {
        if let Some(counted) = self.counted.borrow().get(stem) {
            return *counted;
        }
        // A count that cannot be read makes a word look unknown; the search itself will report the damage.
        let in_field = |field| self.searcher.doc_freq(&Term::from_field_text(field, stem)).unwrap_or(0);
        let fields = &self.inner.fields;
        let most = [fields.title, fields.aliases, fields.body].into_iter().map(in_field).max().unwrap_or(0);
        self.counted.borrow_mut().insert(stem.to_owned(), most);
        most
    }

    fn spelled_like(&self, word: &str) -> Vec<String> {
        self.inner.respelled(self.searcher, word).unwrap_or_default()
    }
}
