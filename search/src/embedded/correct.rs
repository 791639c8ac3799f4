//! "Did you mean": a query that finds next to nothing, with its misspelt words replaced by words that the viewer can find.
//!
//! A word that stands only in texts which the viewer may not find is never offered, and whether one is offered never depends on
//! such texts: words are counted, and the new query is tried, as this viewer.

use std::collections::HashMap;

use tantivy::{Searcher, Term};

use super::Inner;
use super::expand::Variant;
use super::sight::Sight;
use crate::correct::{COUNTED, ENOUGH, FAR_MORE_FREQUENT, doubtful, offered_edits, with_words_replaced};
use crate::engine::SearchError;
use crate::parse::{Parsed, parse};
use crate::query::Query;
use crate::text::Word;

/// Words near a misspelt one that are looked at.
const MOST_NEAR: usize = 32;

impl Inner {
    /// The query in other words, if those find more than the `found` documents of the words as they were typed.
    pub(super) fn did_you_mean(
        &self,
        searcher: &Searcher,
        query: &Query,
        parsed: &Parsed,
        found: usize,
    ) -> Result<Option<String>, SearchError> {
        if found >= ENOUGH {
            return Ok(None);
        }
        let sight = Sight::of(self, searcher, &query.viewer)?;
        let mut replaced: HashMap<&str, String> = HashMap::new();
        for word in doubtful(parsed, found) {
            if let Some(better) = self.better(&sight, word)? {
                replaced.insert(&word.text, better);
            }
        }
        if replaced.is_empty() {
            return Ok(None);
        }
        let text = with_words_replaced(&query.text, &replaced);
        let corrected = parse(&text);
        let exactly = |word: &Word| vec![Variant { stem: word.stem.clone(), weight: 1.0 }];
        let words: Vec<Vec<Variant>> = corrected.words.iter().map(exactly).collect();
        let collected = self.collect(searcher, query, &corrected, &words, words.len())?;
        Ok((collected.total > found).then_some(text))
    }

    /// The word that this one is most probably a misspelling of: the nearest, then the most frequent one.
    fn better(&self, sight: &Sight<'_>, word: &Word) -> Result<Option<String>, SearchError> {
        let enough = self.seen(sight, word)?.saturating_mul(FAR_MORE_FREQUENT).max(1);
        if enough > COUNTED {
            return Ok(None);
        }
        for edits in 1..=offered_edits(&word.text) {
            let mut near: Vec<(String, u64)> =
                self.misspelt(sight.searcher, &word.text, edits)?.into_iter().collect();
            near.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            let mut best: Option<(u64, String)> = None;
            for (candidate, _) in near.into_iter().take(MOST_NEAR) {
                let seen = sight.count(&Term::from_field_text(self.fields.words, &candidate))?;
                if seen >= enough && best.as_ref().is_none_or(|(most, _)| seen > *most) {
                    best = Some((seen, candidate));
                }
            }
            if let Some((_, better)) = best {
                return Ok(Some(better));
            }
        }
        Ok(None)
    }

    /// How many documents that the viewer may find have this word, in any form.
    fn seen(&self, sight: &Sight<'_>, word: &Word) -> Result<u64, SearchError> {
        let mut most = sight.count(&Term::from_field_text(self.fields.words, &word.text))?;
        for (field, _) in self.weighted_fields() {
            most = most.max(sight.count(&Term::from_field_text(field, &word.stem))?);
        }
        Ok(most)
    }
}
