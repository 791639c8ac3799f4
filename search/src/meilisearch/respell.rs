//! What a misspelt word was meant to be.
//!
//! Meilisearch forgives typing errors but does not say what it took a word for, so the documents that it finds are looked
//! at: the nearest words in them, if far more documents have those.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use serde::Deserialize;

use super::Inner;
use super::ask::{Ask, Scope, ask_all};
use super::counts::{Tally, locked};
use super::settings::WORDS;
use crate::correct::FAR_MORE_FREQUENT;
use crate::engine::SearchError;
use crate::text::{edits_between, stem, tolerated_edits};

/// Guesses at one misspelt word.
const MAX_RESPELLINGS: usize = 2;
/// A word in more documents than this is no misspelling.
const MISSPELT_AT_MOST: u64 = 30;
/// Documents that are looked at besides those that have the word as it stands.
const LOOKED_AT: usize = 20;
/// Neighbours of one word that are counted.
const NEIGHBOURS: usize = 8;

#[derive(Deserialize)]
struct Vocabulary {
    words: Vec<String>,
}

impl Inner {
    /// The stems of what words probably mean; those that are fine as they stand are left out. `tally` has the words'
    /// counts.
    pub(super) async fn respelled(
        &self,
        words: impl IntoIterator<Item = String> + Send,
        tally: &Tally,
    ) -> Result<HashMap<String, Vec<String>>, SearchError> {
        let doubtful: HashSet<String> = words.into_iter().filter(|word| is_doubtful(word, tally)).collect();
        let mut known = self.respelled_lately(&doubtful);
        let new: Vec<String> = doubtful.into_iter().filter(|word| !known.contains_key(word)).collect();
        if !new.is_empty() {
            let neighbours = self.neighbours(&new, tally).await?;
            let counted = self
                .count(neighbours.values().flatten().map(|(word, _)| (Scope::Words, word.clone())))
                .await?;
            let now = Instant::now();
            let mut respelled = locked(&self.counts.respelled);
            for (word, near) in neighbours {
                let meant = likeliest(tally.of(Scope::Words, &word).unwrap_or(0), near, &counted);
                respelled.insert(word.clone(), (now, meant.clone()));
                known.insert(word, meant);
            }
        }
        known.retain(|_, meant| !meant.is_empty());
        Ok(known)
    }

    fn respelled_lately(&self, words: &HashSet<String>) -> HashMap<String, Vec<String>> {
        let mut respelled = locked(&self.counts.respelled);
        respelled.retain(|_, (at, _)| at.elapsed() < super::counts::GOOD_FOR);
        let known = words.iter().filter_map(|word| Some((word.clone(), respelled.get(word)?.1.clone())));
        known.collect()
    }

    /// For each word the words near it that stand where Meilisearch finds it, with how far off they are.
    async fn neighbours(
        &self,
        words: &[String],
        tally: &Tally,
    ) -> Result<HashMap<String, Vec<(String, usize)>>, SearchError> {
        let ask = |word: &String| {
            let exact = usize::try_from(tally.of(Scope::Words, word).unwrap_or(0)).unwrap_or(0);
            // The blank at the end says that the word is not the beginning of another.
            Ask { text: format!("{word} "), scope: Scope::Words, limit: exact + LOOKED_AT }
        };
        let asks: Vec<Ask> = words.iter().map(ask).collect();
        let answered = ask_all::<Vocabulary>(&self.search, &asks, None, &[WORDS]).await?;
        let near = answered.into_iter().zip(words).map(|(found, word)| {
            let mut times: HashMap<&String, usize> = HashMap::new();
            for other in found.hits.iter().flat_map(|hit| &hit.result.words) {
                *times.entry(other).or_default() += 1;
            }
            let mut near: Vec<(&String, usize, usize)> = times
                .into_iter()
                .map(|(other, times)| (other, times, distance(word, other)))
                .filter(|(_, _, edits)| (1..=usize::from(tolerated_edits(word))).contains(edits))
                .collect();
            near.sort_by(|a, b| a.2.cmp(&b.2).then(b.1.cmp(&a.1)).then(a.0.cmp(b.0)));
            let near = near.into_iter().take(NEIGHBOURS).map(|(other, _, edits)| (other.clone(), edits));
            (word.clone(), near.collect())
        });
        Ok(near.collect())
    }
}

fn is_doubtful(word: &str, tally: &Tally) -> bool {
    let count = tally.of(Scope::Words, word).unwrap_or(0);
    tolerated_edits(word) > 0
        && count <= MISSPELT_AT_MOST
        && count.saturating_mul(FAR_MORE_FREQUENT) < tally.documents()
}

/// The distance, or some that is too large where the lengths say so already.
fn distance(word: &str, other: &str) -> usize {
    let apart = word.len().abs_diff(other.len());
    // A letter is at most four bytes.
    if apart > 8 { apart } else { edits_between(word, other) }
}

/// The most frequent ones among the nearest.
fn likeliest(count: u64, near: Vec<(String, usize)>, counted: &Tally) -> Vec<String> {
    let enough = count.saturating_mul(FAR_MORE_FREQUENT).max(1);
    for edits in 1..=2 {
        let within = near.iter().filter(|(_, distance)| *distance <= edits);
        let mut frequent: Vec<(u64, &str)> = within
            .map(|(word, _)| (counted.of(Scope::Words, word).unwrap_or(0), word.as_str()))
            .filter(|(found, _)| *found >= enough)
            .collect();
        frequent.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        if !frequent.is_empty() {
            return frequent.into_iter().take(MAX_RESPELLINGS).map(|(_, word)| stem(word)).collect();
        }
    }
    Vec::new()
}
