//! A document that may answer, and its score.

use crate::document::Kind;
use crate::hits::Hit;
use crate::rank::Question;
use crate::rank::sentence::best_sentence;
use crate::snippet::mark;

/// What the ranking reads of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: String,
    pub kind: Kind,
    pub title: String,
    pub aliases: Vec<String>,
    pub body: String,
}

/// A candidate in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    pub score: f32,
    pub candidate: Candidate,
}

impl Ranked {
    /// The hit to show, with the sentence that speaks most to the question.
    pub fn into_hit(self, question: &Question) -> Hit {
        let stems = question.stems();
        let snippet = mark(best_sentence(&self.candidate.body, question), &stems);
        let Candidate { id, kind, title, .. } = self.candidate;
        Hit { id, kind, score: self.score, title, snippet }
    }
}
