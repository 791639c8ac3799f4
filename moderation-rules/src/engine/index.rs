//! By which words of a text the phrases are looked for.

use super::code::Part;
use super::present::NeedId;
use crate::language::{Lexicon, Sets, Symbol, WordSet};
use crate::narrow::{narrow, wide};
use crate::pack::RuleState;

/// For whom a phrase is looked for: a set of states of rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted(u8);

impl Wanted {
    pub(crate) const EVERY: Self = Self(u8::MAX);

    pub(crate) fn of(state: RuleState) -> Self {
        match state {
            RuleState::Live => Self(1),
            RuleState::Shadow => Self(2),
            RuleState::Draft | RuleState::Retired => Self(4),
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A phrase, as it stands under each word that it is looked for by.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub phrase: u32,
    /// The part begins at least and at most so many words before the word it is looked for by.
    pub least: u16,
    pub most: u16,
    pub part: Part,
    /// The part is the whole phrase; otherwise the rest is looked for where the part was found.
    pub whole: bool,
    pub wanted: Wanted,
}

/// For each symbol, the phrases that are looked for by it.
#[derive(Debug)]
pub(crate) struct Index {
    /// Where each symbol's entries begin.
    begins: Vec<u32>,
    /// What else must be in the sentence for each entry. Most are passed over for want of it, so it lies apart.
    needs: Vec<Others>,
    entries: Vec<Entry>,
}

/// The words that must be in the sentence beside the one that a phrase is looked for by: one of each set.
pub(crate) type Others = [NeedId; 3];

impl Index {
    pub(crate) fn new(sought: Vec<(&WordSet, Others, Entry)>, lexicon: &Lexicon, sets: &Sets) -> Self {
        let mut entries: Vec<(Symbol, Others, Entry)> = Vec::new();
        for (words, needs, entry) in sought {
            entries.extend(sets.symbols(words).map(|symbol| (symbol, needs, entry.clone())));
        }
        entries.sort_by_key(|(symbol, _, entry)| (*symbol, entry.phrase));
        entries.dedup_by_key(|(symbol, _, entry)| (*symbol, entry.phrase));
        let begins = lexicon.symbols().chain([narrow(lexicon.len())]);
        let begins = begins.map(|symbol| narrow(entries.partition_point(|(s, ..)| *s < symbol))).collect();
        let (needs, entries) = entries.into_iter().map(|(_, needs, entry)| (needs, entry)).unzip();
        Self { begins, needs, entries }
    }

    pub(crate) fn of(&self, symbol: Symbol) -> impl Iterator<Item = (&Others, &Entry)> {
        let at = wide(symbol);
        let range = match (self.begins.get(at), self.begins.get(at + 1)) {
            (Some(from), Some(to)) => wide(*from)..wide(*to),
            _ => 0..0,
        };
        let needs = self.needs.get(range.clone()).unwrap_or_default();
        needs.iter().zip(self.entries.get(range).unwrap_or_default())
    }
}
