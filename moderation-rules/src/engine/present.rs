//! Which of the words that phrases need are in a sentence. Noting that costs little, and most phrases need not be
//! tried because of it.

use std::collections::HashMap;

use crate::language::{Lexicon, Seen, Sets, Symbol, WordId, WordSet};
use crate::narrow::{narrow, wide};

/// The number of a set of words of which a phrase needs one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NeedId(u32);

impl NeedId {
    /// Nothing is needed.
    pub(crate) const NOTHING: Self = Self(0);
}

/// All such sets.
#[derive(Debug, Default)]
pub(crate) struct Needs {
    /// Where the needs that each symbol meets begin.
    begins: Vec<u32>,
    met: Vec<NeedId>,
    count: usize,
}

/// Gathers the sets before they are asked about.
#[derive(Default)]
pub(crate) struct NeedBook {
    known: HashMap<Vec<WordId>, NeedId>,
    pairs: Vec<(Symbol, u32)>,
}

impl NeedBook {
    /// The number of a set of words.
    pub(crate) fn number(&mut self, words: &WordSet, sets: &Sets) -> NeedId {
        if let Some(need) = self.known.get(words.ids()) {
            return *need;
        }
        let number = narrow(self.known.len() + 1);
        self.known.insert(words.ids().to_vec(), NeedId(number));
        self.pairs.extend(sets.symbols(words).map(|symbol| (symbol, number)));
        NeedId(number)
    }

    pub(crate) fn finish(mut self, lexicon: &Lexicon) -> Needs {
        self.pairs.sort_unstable();
        self.pairs.dedup();
        let begins = lexicon.symbols().chain([narrow(lexicon.len())]);
        Needs {
            begins: begins.map(|symbol| narrow(self.pairs.partition_point(|(s, _)| *s < symbol))).collect(),
            met: self.pairs.iter().map(|(_, need)| NeedId(*need)).collect(),
            count: self.known.len() + 1,
        }
    }
}

/// The needs that one sentence meets.
pub(crate) struct Present<'a> {
    needs: &'a Needs,
    bits: Vec<u64>,
}

impl<'a> Present<'a> {
    pub(crate) fn new(needs: &'a Needs) -> Self {
        Self { needs, bits: vec![0; needs.count.div_ceil(64)] }
    }

    /// Notes what these words meet, and nothing else.
    pub(crate) fn note(&mut self, words: &[Seen]) {
        self.bits.fill(0);
        self.set(NeedId::NOTHING);
        for Seen { symbol, .. } in words {
            let at = wide(*symbol);
            if let [from, to] = self.needs.begins.get(at..at + 2).unwrap_or_default() {
                for need in self.needs.met.get(wide(*from)..wide(*to)).unwrap_or_default() {
                    self.set(*need);
                }
            }
        }
    }

    fn set(&mut self, need: NeedId) {
        if let Some(word) = self.bits.get_mut(wide(need.0 / 64)) {
            *word |= 1 << (need.0 % 64);
        }
    }

    pub(crate) fn has(&self, need: NeedId) -> bool {
        self.bits.get(wide(need.0 / 64)).is_some_and(|word| word >> (need.0 % 64) & 1 == 1)
    }
}
