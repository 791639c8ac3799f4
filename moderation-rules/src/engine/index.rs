//! By which words of a text the phrases are looked for.

use crate::language::{Key, Lexicon, Pc, SetId, Sets, Symbol};
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

/// One part of a phrase, as it stands under each word that it is looked for by.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub part: u32,
    pub phrase: u32,
    /// Which part of its phrase it is, where that has several.
    pub place: Option<u32>,
    pub pc: Pc,
    /// The words it can begin with.
    pub first: SetId,
    /// It begins at least and at most so many words before the word it is looked for by.
    pub least: u32,
    pub most: u32,
    pub wanted: Wanted,
}

/// For each symbol, the parts that are looked for by it.
#[derive(Debug)]
pub(crate) struct Index {
    /// Where each symbol's entries begin.
    begins: Vec<u32>,
    entries: Vec<Entry>,
    pub parts: usize,
}

impl Index {
    pub(crate) fn new(parts: Vec<(Key, Entry)>, lexicon: &Lexicon, sets: &Sets) -> Self {
        let mut pairs: Vec<(Symbol, u32)> = Vec::new();
        for ((key, _), number) in parts.iter().zip(0..) {
            pairs.extend(sets.symbols(&key.words).map(|symbol| (symbol, number)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let begins = lexicon.symbols().chain([narrow(lexicon.len())]);
        let begins = begins.map(|symbol| narrow(pairs.partition_point(|(s, _)| *s < symbol))).collect();
        let entry = |(_, number): &(Symbol, u32)| {
            parts.get(wide(*number)).map(|(_, entry)| Entry { part: *number, ..entry.clone() })
        };
        Self { begins, entries: pairs.iter().filter_map(entry).collect(), parts: parts.len() }
    }

    pub(crate) fn of(&self, symbol: Symbol) -> &[Entry] {
        let at = wide(symbol);
        match (self.begins.get(at), self.begins.get(at + 1)) {
            (Some(from), Some(to)) => self.entries.get(wide(*from)..wide(*to)).unwrap_or_default(),
            _ => &[],
        }
    }
}
