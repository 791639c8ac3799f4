//! By which of its words a phrase is looked for.

use super::phrase::first;
use super::{NUMBER, Node, WordId, WordSet};

/// How to find a sequence in a text without trying it everywhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct Key {
    /// One of these words must be there: of all such sets that the sequence has, the one that costs least.
    pub words: WordSet,
    /// The sequence begins at least and at most so many words before that word.
    pub least: usize,
    pub most: usize,
    /// The words it can begin with; `None` if with any.
    pub first: Option<WordSet>,
    /// The words that can come second, where that is known.
    pub second: Option<WordSet>,
    /// What looking for it costs.
    pub cost: u64,
    /// All sets of which one word must be there, with how common they are.
    pub needs: Vec<(u64, WordSet)>,
}

impl Key {
    /// Weights say how common each word is.
    pub(crate) fn of(sequence: &[Node], weights: &[u32]) -> Self {
        let mut best: Option<Self> = None;
        let mut needs = Vec::new();
        let (mut least, mut most) = (0, 0);
        for node in sequence {
            let (shortest, longest) = length(node);
            if let Some((weight, words)) = telling(node, weights) {
                let most = most + longest.saturating_sub(1);
                let starts = u64::try_from(most - least).unwrap_or(u64::MAX).saturating_add(12);
                let cost = weight.saturating_mul(starts);
                if best.as_ref().is_none_or(|best| cost < best.cost) {
                    best = Some(Self { words: words.clone(), least, most, cost, ..Self::default() });
                }
                needs.push((weight, words));
            }
            (least, most) = (least + shortest, most + longest);
        }
        let second = match sequence {
            [Node::Words(_), rest @ ..] => first(rest),
            _ => None,
        };
        Self { first: first(sequence), second, needs, ..best.unwrap_or_default() }
    }
}

/// A set of words of which one must be there for the step to match, with a weight for how common they are.
fn telling(node: &Node, weights: &[u32]) -> Option<(u64, WordSet)> {
    let weight = |word: WordId| u64::from(weights.get(word).copied().unwrap_or(1));
    match node {
        Node::Words(words) => Some((words.iter().map(weight).sum(), words.clone())),
        Node::Either { ways, optional: false } => {
            let mut all = (0, Vec::new());
            for way in ways {
                let rarest =
                    way.iter().filter_map(|node| telling(node, weights)).min_by_key(|(weight, _)| *weight);
                let (weight, words) = rarest?;
                all.0 += weight;
                all.1.extend(words.iter());
            }
            Some((all.0, WordSet::of(all.1)))
        }
        Node::Number(_) => Some((weight(NUMBER), WordSet::one(NUMBER))),
        Node::Either { .. } | Node::Gap(..) | Node::Start => None,
    }
}

/// The fewest and the most words that a step can cover.
fn length(node: &Node) -> (usize, usize) {
    match node {
        Node::Words(_) => (1, 1),
        Node::Gap(least, most) => (*least, *most),
        Node::Start => (0, 0),
        Node::Either { ways, optional } => {
            let (mut least, mut most) = (usize::MAX, 0);
            for way in ways {
                let lengths = way.iter().map(length);
                let (shortest, longest) = lengths.fold((0, 0), |sum, next| (sum.0 + next.0, sum.1 + next.1));
                (least, most) = (least.min(shortest), most.max(longest));
            }
            (if *optional || ways.is_empty() { 0 } else { least }, most)
        }
        Node::Number(_) => (1, 3),
    }
}
