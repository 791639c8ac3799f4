//! Tells for each word of a text which words and stems of the vocabulary it is: one look-up a word.

use super::measure::SPELLED;
use super::spelling::Spelling;
use super::{NUMBER, Vocabulary, WordId};
use crate::narrow::{narrow, wide};

/// What a word of a text is to the rules: one number for all the words and stems that it is at once. Whoever is
/// `stopping` is also `stop*`, and two words that are the same to every rule need not be told apart.
pub(crate) type Symbol = u32;

/// The word is nothing to any rule.
pub(crate) const UNKNOWN: Symbol = 0;
/// A number that no rule names by its digits.
const ANY_NUMBER: Symbol = 1;

/// A stem shorter than this would recognise disguises in half of all words.
const SHORTEST_DISGUISED_STEM: usize = 4;

/// What is known of a symbol.
#[derive(Clone, Debug, Default)]
struct Known {
    spelling: String,
    /// The words and stems that it is.
    ids: Vec<WordId>,
    /// Uncovering it makes it worth taking off a disguise.
    worth: bool,
    /// The same symbol where the word is a number as well.
    numbered: Option<Symbol>,
}

#[derive(Debug)]
pub(crate) struct Lexicon {
    known: Vec<Known>,
    /// The words that some rule names whole, not only as a beginning, have this symbol and those after it.
    first_whole: Symbol,
    /// Open addressing by hash; a slot without a symbol is free.
    slots: Vec<Slot>,
    /// The stems by their first two letters, longest first.
    stems: Vec<Vec<Stem>>,
    /// The whole words of each length, in the order of the alphabet.
    by_length: Vec<Vec<Symbol>>,
}

/// Short words are told by their first letters and their length alone, without a look at their spelling.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    front: u64,
    length: u32,
    symbol: Symbol,
}

#[derive(Clone, Debug)]
struct Stem {
    front: u64,
    mask: u64,
    length: usize,
    symbol: Symbol,
}

const BUCKETS: usize = 1024;

/// Where stems with these first letters are kept. Different letters may share a place.
fn bucket(first: u8, second: u8) -> usize {
    usize::from(first & 31) * 32 + usize::from(second & 31)
}

impl Lexicon {
    pub(crate) fn of(vocabulary: &Vocabulary) -> Self {
        let number = Known { ids: vec![NUMBER], ..Known::default() };
        let mut lexicon = Self {
            known: vec![Known::default(), number],
            first_whole: Symbol::MAX,
            slots: Vec::new(),
            stems: vec![Vec::new(); BUCKETS],
            by_length: Vec::new(),
        };
        lexicon.add_stems(vocabulary);
        lexicon.add_words(vocabulary);
        lexicon
    }

    fn add(&mut self, known: Known) -> Symbol {
        self.known.push(known);
        Symbol::try_from(self.known.len() - 1).unwrap_or(UNKNOWN)
    }

    /// Shorter stems first, so that each finds those it begins with.
    fn add_stems(&mut self, vocabulary: &Vocabulary) {
        let mut stems: Vec<(WordId, &str)> =
            vocabulary.entries().filter(|(_, e)| e.stem).map(|(id, e)| (id, e.spelling.as_str())).collect();
        stems.sort_by_key(|(_, spelling)| spelling.len());
        for (id, spelling) in stems {
            let mut ids = self.stem_ids(spelling);
            ids.push(id);
            let worth = self.worth(&ids, vocabulary);
            let mut known = Known { spelling: spelling.to_owned(), ids, worth, ..Known::default() };
            if spelling.starts_with(|c: char| c.is_ascii_digit()) {
                let ids = known.ids.iter().copied().chain([NUMBER]).collect();
                known.numbered = Some(self.add(Known { ids, ..known.clone() }));
            }
            let symbol = self.add(known);
            let word = Spelling::of(spelling.as_bytes());
            let stem = Stem { front: word.front(), mask: word.mask(), length: spelling.len(), symbol };
            for place in Self::places(spelling.as_bytes()) {
                if let Some(stems) = self.stems.get_mut(place) {
                    stems.insert(0, stem.clone());
                }
            }
        }
    }

    /// A stem of one letter stands wherever words with that letter are looked for.
    fn places(stem: &[u8]) -> Vec<usize> {
        match stem {
            [] => Vec::new(),
            [only] => (0..32).map(|second| bucket(*only, second)).collect(),
            [first, second, ..] => vec![bucket(*first, *second)],
        }
    }

    fn add_words(&mut self, vocabulary: &Vocabulary) {
        let named =
            vocabulary.entries().filter(|(_, e)| !e.stem).map(|(id, e)| (Some(id), e.spelling.as_str()));
        let numbers = SPELLED.iter().map(|(word, _)| *word).filter(|word| !vocabulary.has_word(word));
        let words: Vec<(Option<WordId>, &str)> = numbers.map(|word| (None, word)).chain(named).collect();
        self.first_whole = Symbol::try_from(self.known.len()).unwrap_or(Symbol::MAX);
        self.slots = vec![Slot::default(); (words.len() * 2).next_power_of_two()];
        for (id, spelling) in words {
            let mut ids = self.stem_ids(spelling);
            let worth = id.is_some() || self.worth(&ids, vocabulary);
            ids.extend(id);
            if super::number_in(spelling).is_some() {
                ids.push(NUMBER);
            }
            let symbol = self.add(Known { spelling: spelling.to_owned(), ids, worth, numbered: None });
            self.fill_slot(&Spelling::of(spelling.as_bytes()), symbol);
            if id.is_none() {
                self.first_whole = symbol + 1;
            } else {
                if self.by_length.len() <= spelling.len() {
                    self.by_length.resize(spelling.len() + 1, Vec::new());
                }
                self.by_length[spelling.len()].push(symbol);
            }
        }
        let known = &self.known;
        let spelled =
            |symbol: &Symbol| usize::try_from(*symbol).ok().and_then(|s| known.get(s)).map(|k| &k.spelling);
        for words in &mut self.by_length {
            words.sort_by_key(spelled);
        }
    }

    fn stem_ids(&self, spelling: &str) -> Vec<WordId> {
        let longest = self.stem_of(&Spelling::of(spelling.as_bytes()));
        self.ids(longest).to_vec()
    }

    fn worth(&self, ids: &[WordId], vocabulary: &Vocabulary) -> bool {
        ids.iter().any(|id| vocabulary.spelling(*id).len() >= SHORTEST_DISGUISED_STEM)
    }

    fn fill_slot(&mut self, word: &Spelling<'_>, symbol: Symbol) {
        let mut at = self.slot(word.hash());
        while self.slots.get(at).is_some_and(|slot| slot.symbol != UNKNOWN) {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = Slot { front: word.front(), length: narrow(word.length()), symbol };
    }

    fn slot(&self, hash: u64) -> usize {
        usize::try_from(hash >> 32).unwrap_or_default() & (self.slots.len() - 1)
    }

    fn get(&self, symbol: Symbol) -> Option<&Known> {
        self.known.get(wide(symbol))
    }

    /// The words and stems that a symbol is.
    pub(crate) fn ids(&self, symbol: Symbol) -> &[WordId] {
        self.get(symbol).map_or(&[], |known| &known.ids)
    }

    pub(crate) fn symbols(&self) -> impl Iterator<Item = Symbol> {
        (0..self.known.len()).filter_map(|symbol| Symbol::try_from(symbol).ok())
    }

    /// How many symbols there are.
    pub(crate) fn len(&self) -> usize {
        self.known.len()
    }

    pub(crate) fn spellings(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|known| known.spelling.as_str()).filter(|spelling| !spelling.is_empty())
    }

    /// What a word is.
    pub(crate) fn symbol(&self, word: &Spelling<'_>) -> Symbol {
        match self.whole(word) {
            UNKNOWN if word.is_number() => match self.stem_of(word) {
                UNKNOWN => ANY_NUMBER,
                stem => self.get(stem).and_then(|known| known.numbered).unwrap_or(stem),
            },
            UNKNOWN => self.stem_of(word),
            symbol => symbol,
        }
    }

    fn whole(&self, word: &Spelling<'_>) -> Symbol {
        let (front, length) = (word.front(), narrow(word.length()));
        let mut at = self.slot(word.hash_from(front));
        while let Some(slot) = self.slots.get(at)
            && slot.symbol != UNKNOWN
        {
            let same = |known: &Known| known.spelling.as_bytes() == word.bytes();
            if slot.front == front
                && slot.length == length
                && (length <= 8 || self.get(slot.symbol).is_some_and(same))
            {
                return slot.symbol;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        UNKNOWN
    }

    /// The longest stem that a word begins with; it knows the shorter ones.
    fn stem_of(&self, word: &Spelling<'_>) -> Symbol {
        let bytes = word.bytes();
        let (Some(first), second) = (bytes.first(), bytes.get(1)) else { return UNKNOWN };
        let Some(stems) = self.stems.get(bucket(*first, second.copied().unwrap_or_default())) else {
            return UNKNOWN;
        };
        let front = word.front();
        let begins = |stem: &&Stem| {
            front & stem.mask == stem.front
                && (stem.length <= 8
                    || self.get(stem.symbol).is_some_and(|k| bytes.starts_with(k.spelling.as_bytes())))
        };
        stems.iter().find(begins).map_or(UNKNOWN, |stem| stem.symbol)
    }

    /// Whether some rule names the word whole.
    pub(crate) fn is_whole(&self, symbol: Symbol) -> bool {
        symbol >= self.first_whole
    }

    /// Whether some rule cares about the word. Disguises are only taken off where that uncovers such a word, so
    /// that ordinary text with odd spellings stays as it is.
    pub(crate) fn is_worth(&self, symbol: Symbol) -> bool {
        self.get(symbol).is_some_and(|known| known.worth)
    }

    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.is_whole(self.whole(&Spelling::of(word.as_bytes())))
    }

    pub(crate) fn knows(&self, word: &str) -> bool {
        self.is_worth(self.symbol(&Spelling::of(word.as_bytes())))
    }

    /// The first known word that fits a spelling in which `*` hides one letter.
    pub(crate) fn unmask(&self, masked: &str) -> Option<&str> {
        let fits = |word: &&str| word.chars().zip(masked.chars()).all(|(w, m)| w == m || m == '*');
        let words = self.by_length.get(masked.len())?.iter();
        words.filter_map(|symbol| self.get(*symbol)).map(|known| known.spelling.as_str()).find(fits)
    }
}
