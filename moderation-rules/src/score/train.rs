//! Training: logistic regression by stochastic gradient descent with a step of its own for each weight (AdaGrad, Duchi et al. 2011).
//! The same examples and seed make the same model.

use std::ops::Range;

use super::features::{self, BUCKETS};
use super::{Judge, SOFT, Scorer, probability, together};
use crate::Category;

/// One text and the category it belongs to, if any.
#[derive(Clone, Debug)]
pub struct Example {
    pub text: String,
    pub category: Option<Category>,
    /// Where it comes from, for the report.
    pub source: String,
}

/// How to train.
#[derive(Clone, Debug)]
pub struct Training {
    pub version: String,
    pub trained_on: String,
    /// One judge for each.
    pub categories: Vec<Category>,
    /// Of a thousand texts that belong to no such category, so many may reach the threshold.
    pub alerts_per_1000: f32,
    pub seed: u64,
}

/// How the model did on texts that it was not trained on (five folds).
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub category: Category,
    pub threshold: f32,
    pub sources: Vec<Held>,
}

/// One source's figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub source: String,
    pub positives: usize,
    pub found: usize,
    pub negatives: usize,
    pub alarmed: usize,
}

const FOLDS: usize = 5;
const EPOCHS: usize = 12;
const RATE: f32 = 0.5;
/// Pull towards nothing, for a bucket that is used.
const DECAY: f32 = 2e-5;
/// A sentence with less to do with it teaches nothing.
const SMALLEST_SHARE: f32 = 0.02;
/// Bits of a weight beside its sign.
const STEPS: f32 = 127.0;

/// Trains a model and measures it on what each fold had not seen.
pub fn train(examples: &[Example], training: &Training) -> (Scorer, Vec<Report>) {
    let texts: Vec<Text> = examples.iter().map(Text::of).collect();
    let mut judges = Vec::new();
    let mut reports = Vec::new();
    for category in &training.categories {
        let is = |example: &Example| example.category == Some(*category);
        let labels: Vec<bool> = examples.iter().map(is).collect();
        let all: Vec<usize> = (0..texts.len()).collect();
        let mut unseen = vec![0.0_f32; texts.len()];
        for fold in 0..FOLDS {
            let seen: Vec<usize> = all.iter().copied().filter(|at| at % FOLDS != fold).collect();
            let weights = fit(&texts, &labels, &seen, training.seed);
            for at in all.iter().copied().filter(|at| at % FOLDS == fold) {
                if let (Some(text), Some(value)) = (texts.get(at), unseen.get_mut(at)) {
                    *value = probability(together(&weights.sums(text)));
                }
            }
        }
        let threshold = threshold(&unseen, &labels, training.alerts_per_1000);
        reports.push(report(*category, threshold, examples, &labels, &unseen));
        judges.push(fit(&texts, &labels, &all, training.seed).judge(*category, threshold));
    }
    let scorer =
        Scorer { version: training.version.clone(), trained_on: training.trained_on.clone(), judges };
    (scorer, reports)
}

/// A text as its sentences' vectors.
struct Text(Vec<Vec<(usize, f32)>>);

impl Text {
    fn of(example: &Example) -> Self {
        let windows: Vec<Vec<Range<usize>>> = features::windows(&example.text);
        let vector = |window: &Vec<Range<usize>>| features::vector(&features::of(&example.text, window));
        Self(windows.iter().map(vector).collect())
    }
}

struct Weights {
    bias: f32,
    weights: Vec<f32>,
    bias_squares: f32,
    squares: Vec<f32>,
}

impl Weights {
    fn sum(&self, vector: &[(usize, f32)]) -> f32 {
        let weighed = |(bucket, value): &(usize, f32)| self.weights.get(*bucket).map_or(0.0, |w| w * value);
        self.bias + vector.iter().map(weighed).sum::<f32>()
    }

    fn sums(&self, text: &Text) -> Vec<f32> {
        text.0.iter().map(|vector| self.sum(vector)).collect()
    }

    fn step(&mut self, vector: &[(usize, f32)], error: f32) {
        self.bias_squares += error * error;
        self.bias -= RATE * 0.1 * error / self.bias_squares.sqrt().max(1e-3);
        for (bucket, value) in vector {
            let (Some(weight), Some(squares)) =
                (self.weights.get_mut(*bucket), self.squares.get_mut(*bucket))
            else {
                continue;
            };
            let slope = error * value + DECAY * *weight;
            *squares += slope * slope;
            *weight -= RATE * slope / squares.sqrt().max(1e-3);
        }
    }

    fn judge(&self, category: Category, threshold: f32) -> Judge {
        let largest = self.weights.iter().fold(f32::MIN_POSITIVE, |most, weight| most.max(weight.abs()));
        let scale = largest / STEPS;
        let weights = self.weights.iter().map(|weight| small(weight / scale)).collect();
        Judge { category, threshold, bias: self.bias, scale, weights }
    }
}

/// The nearest whole number of -127 to 127.
fn small(number: f32) -> i8 {
    let whole = (0..=127_i8).rev().find(|step| f32::from(*step) <= number.abs() + 0.5).unwrap_or(0);
    if number < 0.0 { -whole } else { whole }
}

/// Sees each text once an epoch, in an order that the seed gives. Nobody marked which sentence makes a text what it is, so each is
/// learned from by its share in what the text amounts to.
fn fit(texts: &[Text], labels: &[bool], seen: &[usize], seed: u64) -> Weights {
    let positives = seen.iter().filter(|at| labels.get(**at) == Some(&true)).count().max(1);
    let rare = ratio(seen.len() - positives.min(seen.len()), positives).sqrt().max(1.0);
    let mut weights =
        Weights { bias: 0.0, weights: vec![0.0; BUCKETS], bias_squares: 0.0, squares: vec![0.0; BUCKETS] };
    let mut order = seen.to_vec();
    let mut random = Random(seed | 1);
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for at in &order {
            let (Some(text), Some(label)) = (texts.get(*at), labels.get(*at)) else { continue };
            let sums = weights.sums(text);
            let whole = together(&sums);
            let error = probability(whole) - if *label { 1.0 } else { 0.0 };
            let error = if *label { error * rare } else { error };
            for (vector, sum) in text.0.iter().zip(&sums) {
                let share = ((sum - whole) / SOFT).exp();
                if share > SMALLEST_SHARE {
                    weights.step(vector, error * share);
                }
            }
        }
    }
    weights
}

/// The value that only so many of the other texts reach.
fn threshold(values: &[f32], labels: &[bool], alerts_per_1000: f32) -> f32 {
    let mut others: Vec<f32> =
        values.iter().zip(labels).filter(|(_, label)| !**label).map(|(value, _)| *value).collect();
    others.sort_by(|a, b| b.total_cmp(a));
    let allowed =
        (0..others.len()).take_while(|n| ratio(*n, others.len()) * 1000.0 <= alerts_per_1000).last();
    // Just above the first that is one too many.
    others.get(allowed.unwrap_or(0)).map_or(0.5, |value| (value + 1e-4).clamp(0.5, 0.9999))
}

fn report(
    category: Category,
    threshold: f32,
    examples: &[Example],
    labels: &[bool],
    values: &[f32],
) -> Report {
    let mut sources: Vec<Held> = Vec::new();
    for ((example, label), value) in examples.iter().zip(labels).zip(values) {
        let at = sources.iter().position(|held| held.source == example.source).unwrap_or_else(|| {
            let source = example.source.clone();
            sources.push(Held { source, positives: 0, found: 0, negatives: 0, alarmed: 0 });
            sources.len() - 1
        });
        let Some(held) = sources.get_mut(at) else { continue };
        let reached = usize::from(*value >= threshold);
        if *label {
            held.positives += 1;
            held.found += reached;
        } else {
            held.negatives += 1;
            held.alarmed += reached;
        }
    }
    Report { category, threshold, sources }
}

fn ratio(part: usize, whole: usize) -> f32 {
    let number = |n: usize| {
        u32::try_from(n).map_or(f32::MAX, |n| {
            f32::from(u16::try_from(n >> 8).unwrap_or(u16::MAX)) * 256.0
                + f32::from(u16::try_from(n & 0xff).unwrap_or(0))
        })
    };
    number(part) / number(whole).max(1.0)
}

/// xorshift64* (Vigna 2016): enough to shuffle with, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn shuffle(&mut self, items: &mut [usize]) {
        for end in (1..items.len()).rev() {
            let other = usize::try_from(self.next() >> 1).unwrap_or(0) % (end + 1);
            items.swap(end, other);
        }
    }
}
