//! Words with their English stems.

use std::cell::RefCell;
use std::collections::HashMap;

use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer};

use super::words::{Token, WordTokenizer, tokens};

/// A word, its stem, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) stem: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The chain that makes stems, for the index.
pub(crate) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(WordTokenizer).filter(Stemmer::new(Language::English)).build()
}

/// Stems that one thread remembers: a few thousand words make up most of all texts.
const REMEMBERED: usize = 4_096;

thread_local! {
    static STEMS: RefCell<HashMap<String, String>> = RefCell::default();
}

/// The words of a text with their stems. Words of other languages keep whatever the English rules leave of them,
/// the same in the index and in the query, so they still find each other.
pub(crate) fn analyse(text: &str) -> Vec<Word> {
    STEMS.with_borrow_mut(|known| {
        let with_stem = |token: Token| Word {
            stem: remembered(known, &token.text),
            text: token.text,
            start: token.start,
            end: token.end,
        };
        tokens(text).into_iter().map(with_stem).collect()
    })
}

fn remembered(known: &mut HashMap<String, String>, word: &str) -> String {
    if let Some(stem) = known.get(word) {
        return stem.clone();
    }
    // Not the analyzer of the index: a word that is folded may hold signs at which that one would split it again ("½").
    let mut analyzer =
        TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(Language::English)).build();
    let mut stems = analyzer.token_stream(word);
    let stem = if stems.advance() { stems.token().text.clone() } else { word.to_owned() };
    if known.len() >= REMEMBERED {
        known.clear();
    }
    known.insert(word.to_owned(), stem.clone());
    stem
}

/// The stem of one word that is folded already.
pub(crate) fn stem(word: &str) -> String {
    analyse(word).into_iter().next().map_or_else(|| word.to_owned(), |word| word.stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let stems: Vec<String> =
            analyse("treating treated Treatments").into_iter().map(|word| word.stem).collect();
        assert_eq!(stems, ["treat", "treat", "treatment"]);
        assert_eq!(stem("thinners"), "thinner");
        // One word to the index, though it holds a sign that ends words.
        assert_eq!(analyse("½")[0].stem, "1\u{2044}2");
    }
}
