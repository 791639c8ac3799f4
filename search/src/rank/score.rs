//! How well a candidate answers a question.

use crate::rank::features::Features;
use crate::rank::reading::Reading;
use crate::rank::{Candidate, Question, Statistics};

/// The weights. Picked by hand after moving one at a time on the development halves of LiveQA and MEDIQA, as round
/// numbers where the measures change little. Figures on those halves are therefore a little too good.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Kind;
    use crate::rank::{Ranked, rank};

    /// An index of a thousand documents in which every word is equally rare and nothing is misspelt.
    struct Flat;

    impl Statistics for Flat {
        fn documents(&self) -> u64 {
            1_000
        }

        fn containing(&self, _: &str) -> u64 {
            10
        }

        fn spelled_like(&self, _: &str) -> Vec<String> {
            Vec::new()
        }
    }

    fn candidate(id: &str, title: &str, aliases: &[&str], body: &str) -> Candidate {
        let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
        Candidate { id: id.into(), kind: Kind::Guidance, title: title.into(), aliases, body: body.into() }
    }

    fn check(question: &str, candidates: Vec<Candidate>, expected: &[&str]) {
        let ranked = rank(&Question::read(question, &Flat), &Flat, candidates);
        let ids: Vec<&str> = ranked.iter().map(|Ranked { candidate, .. }| candidate.id.as_str()).collect();
        assert_eq!(ids, expected, "{question}");
    }

    #[test]
    fn the_title_that_asks_the_same_comes_first_in_whatever_words() {
        let body = "Gout comes in attacks.";
        let titles = [("a", "Diagnosing gout"), ("b", "Gout"), ("c", "Prevention of gout")];
        let candidates = titles.map(|(id, title)| candidate(id, title, &[], body)).to_vec();
        check("how can I avoid gout", candidates, &["c", "b", "a"]);
    }

    #[test]
    fn a_text_whose_name_is_spoken_of_comes_before_one_that_mentions_it() {
        let named = candidate("b", "After a fall on the (hip replacement) side", &[], "Rest.");
        let mentioned = candidate("a", "After a fall on the hip replacement side", &[], "Rest.");
        check("hip replacement", vec![mentioned, named], &["b", "a"]);
    }

    #[test]
    fn neighbours_and_substance_tell_apart_what_words_do_not() {
        let together = candidate("b", "", &[], "night sweats and sore skin");
        let apart = candidate("a", "", &[], "skin sweats and sore night");
        check("night sweats", vec![apart, together], &["b", "a"]);
        let heading = candidate("a", "Night sweats", &[], "");
        let text = candidate("b", "Night sweats", &[], "Wear cotton and keep the room cool.");
        check("night sweats", vec![heading, text], &["b", "a"]);
    }

    #[test]
    fn equal_scores_stand_in_order_of_id() {
        let twin = |id| candidate(id, "Gout", &[], "It hurts.");
        check("gout", vec![twin("b"), twin("a"), twin("c")], &["a", "b", "c"]);
    }
}
