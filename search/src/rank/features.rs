//! What can be seen of a candidate, beside a question. Every number is about 0 to 1 unless it says otherwise.

use std::collections::{HashMap, HashSet};

use crate::rank::intent::{Intent, intents, is_cue};
use crate::rank::noise::is_noise;
use crate::rank::reading::Reading;
use crate::rank::{Question, Statistics, to_f32};
use crate::text::{Word, is_stop_word};

/// Saturation and length normalisation of BM25; titles and names are compared mildly by length, since a title
/// that lists more names of the same thing is not less about it.
const K1: f32 = 1.2;
const B_BODY: f32 = 0.6;
const B_TITLE: f32 = 0.3;

/// Usual lengths in words: constants, so that scores do not depend on what else an index holds.
const TITLE_LENGTH: f32 = 9.0;
const ALIAS_LENGTH: f32 = 3.0;
const BODY_LENGTH: f32 = 220.0;

/// How a candidate looks beside a question.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Features {
    /// BM25 of the question's terms in the title, the best alias, the body. Unbounded.
    pub title: f32,
    pub alias: f32,
    pub body: f32,
    /// The share of its name that the question says.
    pub named: f32,
    /// The share of the question that is met anywhere.
    pub covered: f32,
    /// The share of the question's neighbouring words that are neighbours here.
    pub neighbours: f32,
    /// The title asks what the question asks.
    pub same_intent: f32,
    /// The title asks for nothing in particular.
    pub general: f32,
    /// How much text there is, levelling off at a few pages.
    pub substance: f32,
}

impl Features {
    pub(super) fn of(question: &Question, reading: &Reading, statistics: &dyn Statistics) -> Self {
        let all = reading.title.iter().chain(reading.aliases.iter().flatten()).chain(&reading.body);
        let stems = all.map(|word| word.stem.as_str());
        let anywhere: HashSet<&str> = stems.filter(|stem| question.weight(stem) > 0.0).collect();
        let (same_intent, general) = intent_of(question, &reading.title);
        Self {
            title: bm25(question, &reading.title, TITLE_LENGTH, B_TITLE),
            alias: reading
                .aliases
                .iter()
                .map(|alias| bm25(question, alias, ALIAS_LENGTH, B_TITLE))
                .fold(0.0, f32::max),
            body: bm25(question, &reading.body, BODY_LENGTH, B_BODY),
            named: reading.names.iter().map(|name| named(question, name, statistics)).fold(0.0, f32::max),
            covered: question.share(&anywhere),
            neighbours: neighbours(question, reading),
            same_intent,
            general,
            substance: (count(reading.body.len()) / 40.0).ln_1p() / 4.0,
        }
    }
}

fn bm25(question: &Question, words: &[Word], usual: f32, b: f32) -> f32 {
    let mut counts: HashMap<&str, f32> = HashMap::new();
    for word in words.iter().filter(|word| question.weight(&word.stem) > 0.0) {
        *counts.entry(word.stem.as_str()).or_default() += 1.0;
    }
    let length = K1 * (1.0 - b + b * count(words.len()) / usual);
    counts
        .into_iter()
        .map(|(stem, times)| question.weight(stem) * times * (K1 + 1.0) / (times + length))
        .sum()
}

/// How much of a name the question says, by rarity of its words.
fn named(question: &Question, name: &[Word], statistics: &dyn Statistics) -> f32 {
    let telling: HashMap<&str, f32> = name
        .iter()
        .filter(|word| !is_stop_word(&word.text) && !is_noise(&word.text) && !is_cue(&word.stem))
        .map(|word| (word.stem.as_str(), statistics.idf(&word.stem)))
        .collect();
    let whole: f32 = telling.values().sum();
    let said: f32 = telling.iter().filter(|(stem, _)| question.weight(stem) > 0.0).map(|(_, idf)| idf).sum();
    if whole > 0.0 { said / whole } else { 0.0 }
}

/// Of the question's pairs of neighbouring telling words, the share that stand side by side in the candidate.
fn neighbours(question: &Question, reading: &Reading) -> f32 {
    let all: f32 = question.pairs.values().sum();
    if all <= 0.0 {
        return 0.0;
    }
    let mut met: HashSet<(&str, &str)> = HashSet::new();
    for words in std::iter::once(&reading.title).chain(&reading.aliases).chain(std::iter::once(&reading.body))
    {
        let telling: Vec<&str> =
            words.iter().filter(|word| !is_stop_word(&word.text)).map(|word| word.stem.as_str()).collect();
        let pairs = telling.windows(2).filter_map(|two| Some((*two.first()?, *two.last()?)));
        met.extend(pairs.filter(|(a, b)| question.weight(a) > 0.0 && question.weight(b) > 0.0));
    }
    question
        .pairs
        .iter()
        .filter(|((a, b), _)| met.contains(&(a.as_str(), b.as_str())))
        .map(|(_, w)| w)
        .sum::<f32>()
        / all
}

fn intent_of(question: &Question, title: &[Word]) -> (f32, f32) {
    let offered: Vec<Intent> =
        intents(title).into_iter().filter(|intent| *intent != Intent::Meaning).collect();
    if offered.is_empty() {
        return (0.0, 1.0);
    }
    let wanted = offered.iter().filter(|intent| question.intents.contains(intent)).count();
    (count(wanted) / count(offered.len()), 0.0)
}

pub(super) fn count(count: usize) -> f32 {
    to_f32(u64::try_from(count).unwrap_or(u64::MAX))
}
