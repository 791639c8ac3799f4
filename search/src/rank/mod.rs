//! Ordering candidates for a whole question, the same for both engines.
//!
//! A post is long and a title is short, so the usual sum over all words drowns what the post is about. Here a
//! [`Question`] is read first: courtesy and negated words go, misspelt ones are repaired, rare and repeated ones
//! count more, and what kind of thing is asked (a cause, a treatment, a dose) is kept apart from the topic it is
//! asked about. Candidates from either engine are then scored by the same function.

mod candidate;
mod features;
mod intent;
mod negation;
mod noise;
mod question;
mod reading;
mod score;
mod sentence;

use std::collections::HashSet;

use crate::alike::{alike, telling_stems};
use crate::text::{analyse, is_stop_word};

pub use candidate::{Candidate, Ranked};
pub(crate) use noise::is_noise;
pub(crate) use question::read_part;
pub use question::{Question, Telling};
pub(crate) use reading::name_stems;

/// What an engine knows about words. Engines that know little may answer roughly.
pub trait Statistics {
    /// How many documents there are.
    fn documents(&self) -> u64;

    /// How many documents have this stem.
    fn containing(&self, stem: &str) -> u64;

    /// Stems of words in the index that this unknown word may be a misspelling of, likeliest first.
    fn spelled_like(&self, word: &str) -> Vec<String>;

    /// Rarity of a stem: near zero for a word that all documents have.
    fn idf(&self, stem: &str) -> f32 {
        let documents = to_f32(self.documents());
        let containing = to_f32(self.containing(stem)).min(documents);
        (1.0 + (documents - containing + 0.5) / (containing + 0.5)).ln()
    }
}

/// The stems of a text's words, without those that say nothing of its topic.
pub fn topic_stems(text: &str) -> HashSet<String> {
    analyse(text).into_iter().filter(|word| names_a_topic(&word.text)).map(|word| word.stem).collect()
}

/// The stems of what a text's words are called otherwise, likewise.
pub fn other_topic_stems(text: &str) -> HashSet<String> {
    let names = alike(&analyse(text)).into_iter().flat_map(|alike| alike.names);
    names.flat_map(telling_stems).filter(|stem| !is_noise(stem)).map(str::to_owned).collect()
}

/// Whether a word says something of what a text is about.
fn names_a_topic(word: &str) -> bool {
    !is_stop_word(word) && !is_noise(word)
}

/// Scores candidates and puts the best first; ties in order of id, so that the answer never depends on an engine.
pub fn rank(question: &Question, statistics: &dyn Statistics, candidates: Vec<Candidate>) -> Vec<Ranked> {
    let scorer = score::Scorer::new(question, statistics);
    let mut ranked: Vec<Ranked> = candidates
        .into_iter()
        .map(|candidate| Ranked { score: scorer.score(&candidate), candidate })
        .collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.candidate.id.cmp(&b.candidate.id)));
    ranked
}

/// Counts as scores. Exact up to 65,535, which is more than a score can tell apart; larger counts saturate.
fn to_f32(count: u64) -> f32 {
    let low = u16::try_from(count & 0xFFFF).unwrap_or(u16::MAX);
    let high = u16::try_from((count >> 16).min(u64::from(u16::MAX))).unwrap_or(u16::MAX);
    f32::from(high) * 65_536.0 + f32::from(low)
}
