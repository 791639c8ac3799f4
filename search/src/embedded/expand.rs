//! The words of the index that a typed word may mean: itself, what it begins, what it misspells.

use std::collections::HashMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::{Searcher, TantivyError, Term};

use super::Inner;
use crate::alike::{ALIKE, Alike};
use crate::correct::{COUNTED, FAR_MORE_FREQUENT};
use crate::engine::SearchError;
use crate::parse::Parsed;
use crate::text::{Word, stem, tolerated_edits};

/// What to look for in place of a typed word, and how much a match counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Variant {
    /// A stem, or several with blanks between them that stand side by side.
    pub stem: String,
    pub weight: f32,
}

/// Completions of an unfinished word, the most frequent ones.
const MAX_COMPLETIONS: usize = 24;
/// Corrections of one word.
const MAX_CORRECTIONS: usize = 12;
/// Guesses at one misspelt word of a long text.
const MAX_RESPELLINGS: usize = 2;

const COMPLETED: f32 = 0.7;
const ONE_EDIT: f32 = 0.5;
const TWO_EDITS: f32 = 0.3;

impl Inner {
    /// What to look for. The word itself always comes first.
    pub(super) fn variants(
        &self,
        searcher: &Searcher,
        word: &Word,
        unfinished: bool,
    ) -> Result<Vec<Variant>, SearchError> {
        let mut variants = vec![Variant { stem: word.stem.clone(), weight: 1.0 }];
        let frequency = searcher.doc_freq(&Term::from_field_text(self.fields.words, &word.text))?;
        if unfinished {
            add(&mut variants, self.completions(searcher, &word.text)?, COMPLETED, MAX_COMPLETIONS);
        }
        for (edits, weight) in [(1, ONE_EDIT), (2, TWO_EDITS)] {
            if edits <= tolerated_edits(&word.text) && may_misspell(searcher, frequency) {
                let mut near = self.misspelt(searcher, &word.text, edits)?;
                near.retain(|_, found| *found >= frequency.saturating_mul(FAR_MORE_FREQUENT).max(1));
                add(&mut variants, near, weight, MAX_CORRECTIONS);
            }
        }
        Ok(variants)
    }

    /// Other names of what words say, each of which stands for every one of those words.
    pub(super) fn add_other_names(words: &mut [Vec<Variant>], parsed: &Parsed) {
        let parts = |of: usize| f32::from(u8::try_from(of).unwrap_or(u8::MAX)).max(1.0);
        for Alike { at, names } in &parsed.alike {
            for name in names {
                // A text gains no more by a name than by one word of it.
                let weight = ALIKE / parts(at.len()) / parts(name.split(' ').count());
                for variants in words.get_mut(at.clone()).unwrap_or_default() {
                    variants.push(Variant { stem: (*name).to_owned(), weight });
                }
            }
        }
    }

    /// The stems of words that a word is probably a misspelling of: the nearest and most frequent ones. None if
    /// the word is well known as it stands.
    pub(super) fn respelled(&self, searcher: &Searcher, word: &str) -> Result<Vec<String>, SearchError> {
        let frequency = searcher.doc_freq(&Term::from_field_text(self.fields.words, word))?;
        if !may_misspell(searcher, frequency) {
            return Ok(Vec::new());
        }
        for edits in 1..=tolerated_edits(word) {
            let mut near: Vec<(String, u64)> = self.misspelt(searcher, word, edits)?.into_iter().collect();
            near.retain(|(_, found)| *found >= frequency.saturating_mul(FAR_MORE_FREQUENT).max(1));
            near.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            if !near.is_empty() {
                return Ok(near.into_iter().take(MAX_RESPELLINGS).map(|(word, _)| stem(&word)).collect());
            }
        }
        Ok(Vec::new())
    }

    /// Words that begin with `start`, with the number of documents that have them.
    fn completions(&self, searcher: &Searcher, start: &str) -> Result<HashMap<String, u64>, SearchError> {
        let mut found = HashMap::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.words)?;
            let mut stream =
                inverted.terms().range().ge(start.as_bytes()).into_stream().map_err(TantivyError::from)?;
            while stream.advance() && stream.key().starts_with(start.as_bytes()) {
                count(&mut found, stream.key(), stream.value().doc_freq);
            }
        }
        found.remove(start);
        Ok(found)
    }

    /// Words within so many edits of `word`; a swap of neighbours is one edit.
    pub(super) fn misspelt(
        &self,
        searcher: &Searcher,
        word: &str,
        edits: u8,
    ) -> Result<HashMap<String, u64>, SearchError> {
        let fuzzy = FuzzyTermQuery::new(Term::from_field_text(self.fields.words, word), edits, true);
        let automaton = fuzzy.automaton()?;
        let mut found = HashMap::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.words)?;
            let near = inverted.terms().search(&automaton);
            let mut stream = near.into_stream().map_err(TantivyError::from)?;
            while stream.advance() {
                count(&mut found, stream.key(), stream.value().doc_freq);
            }
        }
        found.remove(word);
        Ok(found)
    }
}

/// Whether a word that stands in so many texts may be a misspelling. One that is well known is none, and where no word at all can be
/// so much more frequent there is nothing to look for.
fn may_misspell(searcher: &Searcher, frequency: u64) -> bool {
    let documents: u64 = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
    frequency < COUNTED && frequency * FAR_MORE_FREQUENT <= documents
}

fn count(found: &mut HashMap<String, u64>, key: &[u8], documents: u32) {
    if let Ok(word) = std::str::from_utf8(key) {
        *found.entry(word.to_owned()).or_default() += u64::from(documents);
    }
}

/// Adds the most frequent words' stems, unless a better reason for the same stem is there already.
fn add(variants: &mut Vec<Variant>, found: HashMap<String, u64>, weight: f32, max: usize) {
    let mut found: Vec<(String, u64)> = found.into_iter().collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    for (word, _) in found.into_iter().take(max) {
        let stem = stem(&word);
        if variants.iter().all(|variant| variant.stem != stem) {
            variants.push(Variant { stem, weight });
        }
    }
}
