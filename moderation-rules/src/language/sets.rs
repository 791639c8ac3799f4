//! Sets of words, asked about more often than anything else.

use std::collections::HashMap;

use super::{Lexicon, Symbol, UNKNOWN, WordId, WordSet};
use crate::narrow::{narrow, wide};

/// The number of a set of symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SetId(u32);

impl SetId {
    /// Holds every word.
    pub(crate) const ANY: Self = Self(0);
}

/// All sets that some phrase asks about. Equal ones are kept once.
#[derive(Debug)]
pub(crate) struct Sets {
    sets: Vec<Set>,
    /// The symbols of all small sets.
    members: Vec<Symbol>,
    /// The large sets, a bit for each symbol.
    bits: Vec<u64>,
    /// How many of `bits` a large set takes.
    row: usize,
    known: HashMap<Vec<WordId>, SetId>,
    /// For each word or stem, the symbols that are it.
    symbols_of: Vec<Vec<Symbol>>,
}

/// Most words are in no set, and its look says so at once.
#[derive(Clone, Copy, Debug)]
struct Set {
    look: Look,
    /// A range of `members` or, for a large set, the first of its row in `bits` and nothing.
    from: u32,
    to: u32,
}

/// What symbols look like from afar: two bits for each. A set that lacks one of a symbol's bits lacks the symbol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look(u64);

impl Look {
    /// What any symbol looks like.
    pub(crate) const ANY: Self = Self(u64::MAX);

    pub(crate) fn of(symbol: Symbol) -> Self {
        Self(bit(symbol) | 1 << (symbol.wrapping_mul(0x9e37_79b1) >> 26))
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether a set that looks so can hold a symbol that looks like `other`.
    pub(crate) fn may_have(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// A word of a text, as sets are asked about it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub symbol: Symbol,
    pub look: Look,
}

impl Seen {
    /// Stands behind the last word: it looks like nothing.
    pub(crate) const NOTHING: Self = Self { symbol: UNKNOWN, look: Look(0) };

    pub(crate) fn of(symbol: Symbol) -> Self {
        Self { symbol, look: Look::of(symbol) }
    }
}

/// Larger sets are kept as bits.
const LARGEST_LISTED: usize = 16;

impl Sets {
    pub(crate) fn new(lexicon: &Lexicon, words: usize) -> Self {
        let mut symbols_of = vec![Vec::new(); words];
        for symbol in lexicon.symbols() {
            for id in lexicon.ids(symbol) {
                symbols_of[*id].push(symbol);
            }
        }
        let row = lexicon.len().div_ceil(64);
        let any = Set { look: Look::ANY, from: 0, to: 0 };
        Self {
            sets: vec![any],
            members: Vec::new(),
            bits: vec![u64::MAX; row],
            row,
            known: HashMap::new(),
            symbols_of,
        }
    }

    /// Whether a word is in a set.
    pub(crate) fn has(&self, set: SetId, seen: Seen) -> bool {
        let set = self.sets.get(wide(set.0));
        set.is_some_and(|set| set.look.may_have(seen.look) && self.holds(set, seen.symbol))
    }

    fn holds(&self, set: &Set, symbol: Symbol) -> bool {
        if set.to == 0 {
            let word = self.bits.get(wide(set.from) + wide(symbol / 64));
            return word.is_some_and(|word| word & bit(symbol) != 0);
        }
        self.members.get(wide(set.from)..wide(set.to)).is_some_and(|members| members.contains(&symbol))
    }

    /// What the symbols of these words look like; like any where there are none.
    pub(crate) fn look(&self, words: Option<&WordSet>) -> Look {
        let Some(words) = words else { return Look::ANY };
        let mut look = Look::default();
        self.symbols(words).for_each(|symbol| look.add(Look::of(symbol)));
        look
    }

    /// The one symbol that these words are.
    pub(crate) fn only(&self, words: &WordSet) -> Option<Symbol> {
        let mut symbols = self.symbols(words);
        let only = symbols.next()?;
        symbols.all(|symbol| symbol == only).then_some(only)
    }

    pub(crate) fn number_or_any(&mut self, words: Option<&WordSet>) -> SetId {
        words.map_or(SetId::ANY, |words| self.number(words))
    }

    /// The number of a set of words.
    pub(crate) fn number(&mut self, words: &WordSet) -> SetId {
        if let Some(set) = self.known.get(words.ids()) {
            return *set;
        }
        let mut symbols: Vec<Symbol> = self.symbols(words).collect();
        symbols.sort_unstable();
        symbols.dedup();
        let look = self.look(Some(words));
        let set = if symbols.len() > LARGEST_LISTED { self.row(&symbols) } else { self.list(&symbols) };
        let number = SetId(narrow(self.sets.len()));
        self.sets.push(Set { look, ..set });
        self.known.insert(words.ids().to_vec(), number);
        number
    }

    fn list(&mut self, symbols: &[Symbol]) -> Set {
        let from = narrow(self.members.len());
        self.members.extend(symbols);
        Set { look: Look::default(), from, to: narrow(self.members.len()) }
    }

    fn row(&mut self, symbols: &[Symbol]) -> Set {
        let from = self.bits.len();
        self.bits.resize(from + self.row, 0);
        for symbol in symbols {
            if let Some(word) = self.bits.get_mut(from + wide(symbol / 64)) {
                *word |= bit(*symbol);
            }
        }
        Set { look: Look::default(), from: narrow(from), to: 0 }
    }

    /// The symbols that are any of these words; some twice.
    pub(crate) fn symbols(&self, words: &WordSet) -> impl Iterator<Item = Symbol> {
        words.iter().filter_map(|id| self.symbols_of.get(id)).flatten().copied()
    }
}

fn bit(symbol: Symbol) -> u64 {
    1 << (symbol % 64)
}
