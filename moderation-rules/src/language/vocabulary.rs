//! All the words that some phrase names, gathered while packs are compiled.

use std::collections::HashMap;

/// The number of a word or of a beginning of words.
pub(crate) type WordId = usize;

/// The word that stands for every number.
pub(crate) const NUMBER: WordId = 0;

/// The words and stems of all packs. A `Lexicon` made of it finds them in texts.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    entries: Vec<Entry>,
    words: HashMap<String, WordId>,
    stems: HashMap<String, WordId>,
}

#[derive(Debug)]
pub(crate) struct Entry {
    pub spelling: String,
    /// Every word that begins so, not only this word.
    pub stem: bool,
}

impl Default for Vocabulary {
    fn default() -> Self {
        // Numbers are told by their digits, not by a spelling.
        let number = Entry { spelling: String::new(), stem: false };
        Self { entries: vec![number], words: HashMap::new(), stems: HashMap::new() }
    }
}

impl Vocabulary {
    pub(crate) fn word(&mut self, word: &str) -> WordId {
        Self::number(&mut self.words, &mut self.entries, word, false)
    }

    pub(crate) fn stem(&mut self, stem: &str) -> WordId {
        Self::number(&mut self.stems, &mut self.entries, stem, true)
    }

    fn number(
        known: &mut HashMap<String, WordId>,
        entries: &mut Vec<Entry>,
        spelling: &str,
        stem: bool,
    ) -> WordId {
        if let Some(id) = known.get(spelling) {
            return *id;
        }
        entries.push(Entry { spelling: spelling.to_owned(), stem });
        known.insert(spelling.to_owned(), entries.len() - 1);
        entries.len() - 1
    }

    /// The spelling of a word, for weighing how common it is.
    pub(crate) fn spelling(&self, id: WordId) -> &str {
        self.entries.get(id).map_or("", |entry| &entry.spelling)
    }

    /// All entries but the one for numbers, with their ids.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (WordId, &Entry)> {
        self.entries.iter().enumerate().skip(1)
    }

    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}
