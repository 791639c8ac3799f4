//! "Did you mean": a query that finds next to nothing, with its misspelt words replaced by words that the viewer can find.
//!
//! A word that stands only in texts which the viewer may not find is never offered, and whether one is offered never depends on
//! such texts: words are counted, and the new query is tried, as this viewer.

use std::collections::HashMap;

use tantivy::{Searcher, Term};

use super::Inner;
use super::expand::{FAR_MORE_FREQUENT, Variant};
use super::sight::{COUNTED, Sight};
use crate::engine::SearchError;
use crate::parse::{Parsed, parse};
use crate::query::{MAX_QUERY_CHARS, Query};
use crate::text::{Word, analyse, cut_at_word};

/// A query that finds this many needs no help.
const ENOUGH: usize = 3;
/// Words of a query that are looked at.
const MOST_WORDS: usize = 12;
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
        let sight = Sight::of(searcher, &query.viewer)?;
        let mut replaced: HashMap<&str, String> = HashMap::new();
        let plain = parsed.words.len();
        let words = parsed.words.iter().chain(parsed.phrases.iter().flatten());
        for (at, word) in words.take(MOST_WORDS).enumerate() {
            // What was found begins with a word that is still being typed: it need not be one yet.
            let begins = parsed.unfinished && at + 1 == plain && found > 0;
            if !begins && let Some(better) = self.better(&sight, word)? {
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

/// How far an offered word may be from what was typed: further than what is forgiven without asking, for the reader decides.
fn offered_edits(word: &str) -> u8 {
    if word.chars().any(|c| c.is_ascii_digit()) {
        return 0;
    }
    match word.chars().count() {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    }
}

/// The text that is searched for, with these words in place of others and everything between them as it was.
fn with_words_replaced(text: &str, replaced: &HashMap<&str, String>) -> String {
    let (text, _) = cut_at_word(text, MAX_QUERY_CHARS);
    let mut written = String::with_capacity(text.len());
    let mut end = 0;
    for word in analyse(text) {
        let Some(better) = replaced.get(word.text.as_str()) else { continue };
        written.push_str(text.get(end..word.start).unwrap_or_default());
        written.push_str(better);
        end = word.end;
    }
    written.push_str(text.get(end..).unwrap_or_default());
    written
}
