//! All the words that some phrase names. They are looked for in one pass over the folded text.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::fold::{Folded, Known};

pub(crate) type WordId = usize;

/// The word that stands for every number.
pub(crate) const NUMBER: WordId = 0;

/// A stem shorter than this would recognise disguises in half of all words.
const SHORTEST_DISGUISED_STEM: usize = 4;

/// The words and stems of all packs. Once it is sealed, it finds them all in one pass.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    /// The search pattern of each word: `" word "` for a whole word, `" stem"` for a beginning.
    patterns: Vec<String>,
    words: HashMap<String, WordId>,
    stems: HashMap<String, WordId>,
    automaton: Option<AhoCorasick>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        // Holds a place that no text can match: numbers are told by their digits, not by a spelling.
        Self {
            patterns: vec![" \u{0}number ".into()],
            words: HashMap::new(),
            stems: HashMap::new(),
            automaton: None,
        }
    }
}

impl Vocabulary {
    pub(crate) fn word(&mut self, word: &str) -> WordId {
        *self.words.entry(word.to_owned()).or_insert_with(|| {
            self.patterns.push(format!(" {word} "));
            self.patterns.len() - 1
        })
    }

    pub(crate) fn stem(&mut self, stem: &str) -> WordId {
        *self.stems.entry(stem.to_owned()).or_insert_with(|| {
            self.patterns.push(format!(" {stem}"));
            self.patterns.len() - 1
        })
    }

    /// The spelling of a word, for telling two phrases apart and for weighing how common a word is.
    pub(crate) fn spelling(&self, id: WordId) -> &str {
        self.patterns.get(id).map_or("", |p| p.trim())
    }

    pub(crate) fn spellings(&self) -> impl Iterator<Item = &str> {
        self.patterns.iter().skip(1).map(|pattern| pattern.trim())
    }

    pub(crate) fn len(&self) -> usize {
        self.patterns.len()
    }

    pub(crate) fn seal(&mut self) -> Result<(), aho_corasick::BuildError> {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&self.patterns)?;
        self.automaton = Some(automaton);
        Ok(())
    }

    /// For each token the known words it is, in one pass; `each` is called in the order of the text.
    pub(crate) fn scan(&self, folded: &Folded, mut each: impl FnMut(usize, WordId)) {
        let Some(automaton) = &self.automaton else { return };
        let mut token = 0;
        for found in automaton.find_overlapping_iter(folded.line.as_str()) {
            let start = found.start() + 1;
            while folded.starts.get(token + 1).is_some_and(|next| *next <= start) {
                token += 1;
            }
            // A whole word is reported at the space after it, when the next token's stems have not begun.
            each(token, found.pattern().as_usize());
        }
    }
}

impl Known for Vocabulary {
    fn knows(&self, word: &str) -> bool {
        let stem = |end| word.get(..end).is_some_and(|stem| self.stems.contains_key(stem));
        self.has_word(word) || (SHORTEST_DISGUISED_STEM..=word.len()).any(stem)
    }

    fn has_word(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    fn unmask(&self, masked: &str) -> Option<String> {
        let fits = |word: &str| {
            word.len() == masked.len() && word.chars().zip(masked.chars()).all(|(w, m)| w == m || m == '*')
        };
        let whole = self.patterns.iter().filter(|p| p.ends_with(' ')).map(|p| p.trim());
        whole.filter(|word| fits(word)).min().map(str::to_owned)
    }
}
