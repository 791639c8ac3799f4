//! What a phrase compiles to.

use super::{Measure, NUMBER, WordId};

/// A set of words, any of which will do.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WordSet(Vec<WordId>);

impl WordSet {
    pub(crate) fn one(word: WordId) -> Self {
        Self(vec![word])
    }

    pub(crate) fn of(mut words: Vec<WordId>) -> Self {
        words.sort_unstable();
        words.dedup();
        Self(words)
    }

    pub(crate) fn join(&mut self, other: &Self) {
        self.0.extend(&other.0);
        self.0.sort_unstable();
        self.0.dedup();
    }

    pub(crate) fn with(mut self, other: &Self) -> Self {
        self.join(other);
        self
    }

    pub(crate) fn ids(&self) -> &[WordId] {
        &self.0
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = WordId> {
        self.0.iter().copied()
    }
}

/// One step of a phrase.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// One of these words.
    Words(WordSet),
    /// The beginning of a sentence or clause, where a command stands.
    Start,
    /// Any words, at least and at most so many.
    Gap(usize, usize),
    /// One of several ways to go on; with `optional`, or none.
    Either { ways: Vec<Sequence>, optional: bool },
    /// A number, perhaps with a unit.
    Number(Measure),
}

/// Steps that follow one another.
pub(crate) type Sequence = Vec<Node>;

/// A whole phrase: one sequence, or several that stand close together in any order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pattern {
    pub parts: Vec<Sequence>,
    /// At most so many words between neighbouring parts.
    pub apart: usize,
}

/// The words that a sequence can begin with; `None` if it can begin with any.
pub(super) fn first(sequence: &[Node]) -> Option<WordSet> {
    let mut words = WordSet::default();
    for node in sequence {
        match node {
            Node::Start => {}
            Node::Gap(..) => return None,
            Node::Number(_) => {
                words.join(&WordSet::one(NUMBER));
                return Some(words);
            }
            Node::Words(set) => {
                words.join(set);
                return Some(words);
            }
            Node::Either { ways, optional } => {
                // A way that is only `^` takes no word: what comes after it begins the phrase.
                let empty = |way: &Sequence| way.iter().all(|node| *node == Node::Start);
                for way in ways.iter().filter(|way| !empty(way)) {
                    words.join(&first(way)?);
                }
                if !optional && !ways.iter().any(empty) {
                    return Some(words);
                }
            }
        }
    }
    // Everything was optional.
    None
}
