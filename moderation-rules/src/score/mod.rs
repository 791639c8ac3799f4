//! A learned triage score beside the rules: a linear model over hashed word and character n-grams. It may hold a text and order the
//! queue; it may never release one. It knows no words, only weights of buckets, so its reasons are shown in the author's own words.

mod features;
mod file;
mod train;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::Category;
use features::{BUCKETS, Feature};

pub use file::ModelError;
pub use train::{Example, Held, Report, Training, train};

/// A trained model: one linear judge for each category that it knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorer {
    /// Names the model in stored verdicts.
    pub version: String,
    /// What it was trained on, for people.
    pub trained_on: String,
    judges: Vec<Judge>,
}

#[derive(Clone, Debug, PartialEq)]
struct Judge {
    category: Category,
    /// From this probability on the score counts as reached.
    threshold: f32,
    bias: f32,
    /// What one step of a weight is worth.
    scale: f32,
    weights: Vec<i8>,
}

/// What a model says of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    pub model: String,
    /// Whether it could hold this text, or was in shadow.
    pub acts: bool,
    pub judged: Vec<Judged>,
}

/// What it says of one category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    pub category: Category,
    /// Probability in thousandths, 0 to 1000.
    pub value: u16,
    /// The probability is at or above the model's threshold.
    pub reached: bool,
    /// The words that weighed most, as byte ranges of the text; none unless reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub telling: Vec<Range<usize>>,
}

impl Score {
    /// The categories whose threshold was reached.
    pub fn reached(&self) -> impl Iterator<Item = &Judged> {
        self.judged.iter().filter(|judged| judged.reached)
    }
}

/// How much a second sentence counts beside the severest: towards 0 nothing, the larger the more.
const SOFT: f32 = 2.0;
/// Words shown as the reason of a score.
const TELLING: usize = 3;

impl Scorer {
    /// The model that comes with the binary.
    pub fn shipped() -> Result<Self, ModelError> {
        Self::read(include_bytes!("../../score/triage.model"))
    }

    /// Scores a text as its author wrote it.
    pub fn score(&self, text: &str) -> Score {
        let sentences: Vec<Vec<Feature>> =
            features::windows(text).iter().map(|window| features::of(text, window)).collect();
        let judged = self.judges.iter().map(|judge| {
            let sums: Vec<f32> = sentences.iter().map(|features| judge.sum(features)).collect();
            let value = probability(together(&sums));
            let reached = value >= judge.threshold;
            let severest = sums.iter().zip(&sentences).max_by(|a, b| a.0.total_cmp(b.0));
            let telling =
                severest.filter(|_| reached).map_or_else(Vec::new, |(_, features)| judge.telling(features));
            Judged { category: judge.category, value: thousandths(value), reached, telling }
        });
        Score { model: self.version.clone(), acts: false, judged: judged.collect() }
    }
}

impl Judge {
    fn weight(&self, feature: &Feature) -> f32 {
        self.weights.get(feature.bucket).map_or(0.0, |weight| f32::from(*weight) * self.scale) * feature.sign
    }

    fn sum(&self, features: &[Feature]) -> f32 {
        let weighed: f32 = features.iter().map(|feature| self.weight(feature)).sum();
        self.bias + weighed / features::norm(features)
    }

    /// The words whose features weigh most, in the order of the text.
    fn telling(&self, features: &[Feature]) -> Vec<Range<usize>> {
        let mut words: Vec<(Range<usize>, f32)> = Vec::new();
        for feature in features {
            let weight = self.weight(feature);
            match words.iter_mut().find(|(range, _)| *range == feature.span) {
                Some((_, sum)) => *sum += weight,
                None => words.push((feature.span.clone(), weight)),
            }
        }
        words.retain(|(_, weight)| *weight > 0.0);
        words.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut chosen: Vec<Range<usize>> = Vec::new();
        for (range, _) in words {
            let apart = |other: &Range<usize>| range.end <= other.start || other.end <= range.start;
            if chosen.len() < TELLING && chosen.iter().all(apart) {
                chosen.push(range);
            }
        }
        chosen.sort_by_key(|range| range.start);
        chosen
    }
}

/// The sentences of a text taken together: one that says it outright is enough, and several that hint at it count for more than one.
fn together(sums: &[f32]) -> f32 {
    let most = sums.iter().copied().fold(f32::MIN, f32::max);
    let rest: f32 = sums.iter().map(|sum| ((sum - most) / SOFT).exp()).sum();
    if sums.is_empty() { f32::MIN } else { most + SOFT * rest.ln() }
}

/// Of a probability.
fn thousandths(value: f32) -> u16 {
    (0..=1000).rev().find(|step| f32::from(*step) <= value * 1000.0).unwrap_or(0)
}

fn probability(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}
