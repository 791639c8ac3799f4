//! Which of the words that phrases need are in a sentence. Noting that costs little, and most phrases need not be
//! tried because of it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

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
    /// The needs met, as bits of one number each.
    met: Vec<(u32, u64)>,
    count: usize,
}

/// Gathers the sets before they are asked about.
#[derive(Default)]
pub(crate) struct NeedBook {
    known: HashMap<Vec<WordId>, NeedId>,
    pairs: Vec<(Symbol, u32)>,
}

impl NeedBook {
    /// Gives a set of words its number.
    pub(crate) fn number(&mut self, words: &WordSet, sets: &Sets) {
        let next = narrow(self.known.len() + 1);
        if let Entry::Vacant(place) = self.known.entry(words.ids().to_vec()) {
            place.insert(NeedId(next));
            self.pairs.extend(sets.symbols(words).map(|symbol| (symbol, next)));
        }
    }

    /// The number of a set of words that has one.
    pub(crate) fn of(&self, words: &WordSet) -> NeedId {
        self.known.get(words.ids()).copied().unwrap_or(NeedId::NOTHING)
    }

    pub(crate) fn finish(mut self, lexicon: &Lexicon) -> Needs {
        self.pairs.sort_unstable();
        self.pairs.dedup();
        let together = self.pairs.chunk_by(|(a, one), (b, other)| a == b && one / 64 == other / 64);
        let bits = |pairs: &[(Symbol, u32)]| pairs.iter().fold(0, |bits, (_, need)| bits | 1 << (need % 64));
        let met: Vec<(Symbol, u32, u64)> = together
            .filter_map(|pairs| pairs.first().map(|(symbol, need)| (*symbol, need / 64, bits(pairs))))
            .collect();
        let begins = lexicon.symbols().chain([narrow(lexicon.len())]);
        Needs {
            begins: begins.map(|symbol| narrow(met.partition_point(|(s, ..)| *s < symbol))).collect(),
            met: met.into_iter().map(|(_, at, bits)| (at, bits)).collect(),
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
        if let Some(first) = self.bits.first_mut() {
            *first = 1 << NeedId::NOTHING.0;
        }
        for Seen { symbol, .. } in words {
            let at = wide(*symbol);
            if let [from, to] = self.needs.begins.get(at..at + 2).unwrap_or_default() {
                for (at, met) in self.needs.met.get(wide(*from)..wide(*to)).unwrap_or_default() {
                    if let Some(bits) = self.bits.get_mut(wide(*at)) {
                        *bits |= met;
                    }
                }
            }
        }
    }

    pub(crate) fn has(&self, need: NeedId) -> bool {
        self.bits.get(wide(need.0 / 64)).is_some_and(|word| word >> (need.0 % 64) & 1 == 1)
    }
}
