//! What a phrase compiles to.

use super::{Measure, NUMBER, WordId};

/// A set of words, any of which will do.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WordSet(Vec<WordId>);

impl WordSet {
    pub(crate) fn one(word: WordId) -> Self {
        Self(vec![word])
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

/// Words so common that looking for a phrase by them would find it everywhere.
const COMMON: &str = "i im ive id ill my me myself you your yourself u he she it its they them his her we our a an the \
    to of in on at for with from and or but if so is are was were be been being am do does did dont doesnt didnt \
    have has had havent can could cant cannot will would wont not no this that these those there what when how why \
    who just all any some as by up out get got go going like about know think want need take taking feel feeling \
    please really very more one now then than because into over off after before day days time";

/// How to find a sequence in a text without trying it everywhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct Key {
    /// One of these words must be there: the rarest set that the sequence has.
    pub words: WordSet,
    /// The sequence begins at least and at most so many words before that word.
    pub least: usize,
    pub most: usize,
    /// The words it can begin with; `None` if with any.
    pub first: Option<WordSet>,
}

pub(crate) fn key(sequence: &[Node], common: &dyn Fn(WordId) -> bool) -> Option<Key> {
    let mut best: Option<(usize, Key)> = None;
    let (mut least, mut most) = (0, 0);
    for node in sequence {
        let (shortest, longest) = length(node);
        if let Some((weight, words)) = telling(node, common)
            && best.as_ref().is_none_or(|(lightest, _)| weight < *lightest)
        {
            best = Some((weight, Key { words, least, most: most + longest.saturating_sub(1), first: None }));
        }
        (least, most) = (least + shortest, most + longest);
    }
    best.map(|(_, key)| Key { first: first(sequence), ..key })
}

/// A set of words of which one must be there for the step to match, with a weight for how common they are.
fn telling(node: &Node, common: &dyn Fn(WordId) -> bool) -> Option<(usize, WordSet)> {
    match node {
        Node::Words(words) => {
            let weight = words.iter().map(|w| if common(w) { 100 } else { 1 }).sum();
            Some((weight, words.clone()))
        }
        Node::Either { ways, optional: false } => {
            let mut all = (0, WordSet::default());
            for way in ways {
                let rarest =
                    way.iter().filter_map(|node| telling(node, common)).min_by_key(|(weight, _)| *weight);
                let (weight, words) = rarest?;
                all.0 += weight;
                all.1.join(&words);
            }
            Some(all)
        }
        Node::Number(_) => Some((50, WordSet::one(NUMBER))),
        Node::Either { .. } | Node::Gap(..) | Node::Start => None,
    }
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

pub(crate) fn is_common(word: &str) -> bool {
    COMMON.split_ascii_whitespace().any(|c| c == word)
}

/// The fewest and the most words that a step can cover.
fn length(node: &Node) -> (usize, usize) {
    match node {
        Node::Words(_) => (1, 1),
        Node::Gap(least, most) => (*least, *most),
        Node::Start => (0, 0),
        Node::Either { ways, optional } => {
            let lengths = ways
                .iter()
                .map(|way| way.iter().map(length).fold((0, 0), |sum, next| (sum.0 + next.0, sum.1 + next.1)));
            let (mut least, mut most) = (usize::MAX, 0);
            for (shortest, longest) in lengths {
                (least, most) = (least.min(shortest), most.max(longest));
            }
            (if *optional || ways.is_empty() { 0 } else { least }, most)
        }
        Node::Number(_) => (1, 3),
    }
}
