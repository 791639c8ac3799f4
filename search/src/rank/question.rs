//! Reading a whole post: what it is about, and what it asks.

use std::collections::{HashMap, HashSet};

use crate::alike::{Alike, alike, telling_stems};
use crate::rank::intent::{Intent, intents, is_cue};
use crate::rank::negation::negated;
use crate::rank::{Statistics, names_a_topic, to_f32};
use crate::text::{Word, analyse, is_stop_word};

/// Posts are read up to here; what comes after is hardly ever what they are about.
const READ_BYTES: usize = 24_000;

/// The part of a text that is read.
pub(crate) fn read_part(text: &str) -> &str {
    let end = (0..=READ_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// A term that tells what the text is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// The word as it was written (folded), for engines that do not stem.
    pub word: String,
    pub stem: String,
    /// Relative to the rest of the question, about 0 to 1.
    pub weight: f32,
}

/// A text, read for what it asks.
#[derive(Clone, Debug, Default)]
pub struct Question {
    terms: Vec<Telling>,
    weights: HashMap<String, f32>,
    pub(super) intents: Vec<Intent>,
    /// Telling words that stand next to each other (but for stop words), with their weight.
    pub(super) pairs: HashMap<(String, String), f32>,
    /// The weight of the terms that tell most.
    whole: f32,
}

impl Question {
    /// Reads a text of any length.
    pub fn read(text: &str, statistics: &dyn Statistics) -> Self {
        let text = read_part(text);
        let words = analyse(text);
        let denied = negated(&words, text);
        let mut sequence = Vec::with_capacity(words.len());
        let mut heard: HashMap<String, Heard> = HashMap::new();
        for (word, denied) in words.iter().zip(denied) {
            let stems = meant(word, statistics);
            if !denied && names_a_topic(&word.text) {
                for (at, stem) in stems.iter().enumerate() {
                    let heard = heard.entry(stem.clone()).or_insert_with(|| Heard::new(word, at > 0));
                    heard.times += 1;
                }
            }
            if !is_stop_word(&word.text) {
                sequence.push(stems.into_iter().next().unwrap_or_default());
            }
        }
        let mut terms = weighed(heard, statistics);
        let whole = terms.iter().take(WHOLE).map(|term| term.weight).sum();
        add_other_names(&mut terms, &words, statistics);
        let weights: HashMap<String, f32> =
            terms.iter().map(|term| (term.stem.clone(), term.weight)).collect();
        let pairs = pairs(&sequence, &weights);
        Self { weights, terms, intents: intents(&words), pairs, whole }
    }

    /// The terms that tell most, best first.
    pub fn telling(&self, most: usize) -> &[Telling] {
        self.terms.get(..most.min(self.terms.len())).unwrap_or_default()
    }

    /// How much a stem tells; nothing if the text does not have it.
    pub fn weight(&self, stem: &str) -> f32 {
        self.weights.get(stem).copied().unwrap_or(0.0)
    }

    /// How much of the question these stems say, at most 1.
    pub(super) fn share(&self, stems: &HashSet<&str>) -> f32 {
        let weight: f32 = stems.iter().map(|stem| self.weight(stem)).sum();
        if self.whole > 0.0 { (weight / self.whole).min(1.0) } else { 0.0 }
    }

    /// All telling stems.
    pub fn stems(&self) -> HashSet<String> {
        self.weights.keys().cloned().collect()
    }
}

/// What telling words are called otherwise tells a share of what they do, divided among the name's words by their rarity.
fn add_other_names(terms: &mut Vec<Telling>, words: &[Word], statistics: &dyn Statistics) {
    let mut added: HashMap<&str, f32> = HashMap::new();
    for Alike { at, names } in alike(words) {
        let said = words.get(at).unwrap_or_default();
        let told = said.iter().filter_map(|word| terms.iter().find(|term| term.stem == word.stem));
        let told: f32 = told.map(|term| term.weight).sum();
        for name in names {
            let stems: Vec<(&str, f32)> =
                telling_stems(name).map(|stem| (stem, statistics.idf(stem))).collect();
            let whole: f32 = stems.iter().map(|(_, idf)| idf).sum();
            for (stem, idf) in stems {
                let weight = added.entry(stem).or_default();
                *weight = weight.max(TOLD_OTHERWISE * told * idf / whole.max(f32::MIN_POSITIVE));
            }
        }
    }
    let known: HashSet<String> = terms.iter().map(|term| term.stem.clone()).collect();
    let added = added.into_iter().filter(|(stem, weight)| *weight > 0.0 && !known.contains(*stem));
    terms.extend(added.map(|(stem, weight)| Telling {
        word: stem.to_owned(),
        stem: stem.to_owned(),
        weight,
    }));
    terms.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.stem.cmp(&b.stem)));
}

/// A long text tells many things; so many of its terms, the most telling ones, are "all of it".
const WHOLE: usize = 10;

fn pairs(sequence: &[String], weights: &HashMap<String, f32>) -> HashMap<(String, String), f32> {
    let weigh = |two: &[String]| {
        let (a, b) = (two.first()?, two.last()?);
        let weight = weights.get(a)?.min(*weights.get(b)?);
        Some(((a.clone(), b.clone()), weight))
    };
    sequence.windows(2).filter_map(weigh).collect()
}

/// A stem that occurred.
struct Heard {
    word: String,
    times: u32,
    guessed: bool,
}

impl Heard {
    fn new(word: &Word, guessed: bool) -> Self {
        Self { word: word.text.clone(), times: 0, guessed }
    }
}

/// The stems a word may mean: its own, or those of the words it misspells.
fn meant(word: &Word, statistics: &dyn Statistics) -> Vec<String> {
    let mut stems = statistics.spelled_like(&word.text);
    if stems.is_empty() {
        stems.push(word.stem.clone());
    }
    stems.dedup();
    stems
}

/// How much another name of what is said tells.
const TOLD_OTHERWISE: f32 = 0.3;
/// Second guesses at a misspelt word count less.
const GUESSED: f32 = 0.5;
/// Words that ask ("treatment") say less about the topic than words that name it.
const ASKING: f32 = 0.8;

fn weighed(heard: HashMap<String, Heard>, statistics: &dyn Statistics) -> Vec<Telling> {
    let rarest = (1.0 + to_f32(statistics.documents())).ln().max(1.0);
    let mut terms: Vec<Telling> = heard
        .into_iter()
        .map(|(stem, heard)| {
            let rarity = statistics.idf(&stem) / rarest;
            let repeated = 1.0 + 0.35 * (to_f32(u64::from(heard.times))).ln();
            let guessed = if heard.guessed { GUESSED } else { 1.0 };
            let asking = if is_cue(&stem) { ASKING } else { 1.0 };
            Telling { weight: rarity * repeated * guessed * asking, word: heard.word, stem }
        })
        .collect();
    terms.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.stem.cmp(&b.stem)));
    terms
}
