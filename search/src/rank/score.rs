//! How well a candidate answers a question.

use crate::rank::features::Features;
use crate::rank::reading::Reading;
use crate::rank::{Candidate, Question, Statistics};

/// The weights. They were chosen from the middle of the range in which the measures hardly change, over four sets of
/// questions, not from the best point on any of them.
const TITLE: f32 = 3.0;
const BODY: f32 = 0.75;
const NEIGHBOURS: f32 = 3.0;
/// A text that is called what the question speaks of is about it, however short it is.
const NAMED: f32 = 2.0;
/// A text that has one word of the question, and nothing else, keeps so much of its score.
const UNCOVERED: f32 = 0.5;
/// A title that asks the same is better than one that asks nothing in particular, and that one better than a title
/// that asks something else.
const SAME_INTENT: f32 = 0.5;
const GENERAL: f32 = 0.2;
/// A text must say something: a heading alone answers nobody.
const SUBSTANCE: f32 = 0.75;

pub(super) struct Scorer<'a> {
    question: &'a Question,
    statistics: &'a dyn Statistics,
}

impl<'a> Scorer<'a> {
    pub(super) fn new(question: &'a Question, statistics: &'a dyn Statistics) -> Self {
        Self { question, statistics }
    }

    pub(super) fn score(&self, candidate: &Candidate) -> f32 {
        let seen = Features::of(self.question, &Reading::of(candidate), self.statistics);
        let words = TITLE * seen.title + seen.alias + BODY * seen.body + NEIGHBOURS * seen.neighbours;
        words
            * (1.0 + NAMED * seen.named)
            * (UNCOVERED + seen.covered)
            * (1.0 + SAME_INTENT * seen.same_intent + GENERAL * seen.general)
            * (1.0 + SUBSTANCE * seen.substance)
    }
}
