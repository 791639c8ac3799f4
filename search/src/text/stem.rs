//! Words with their English stems.

use tantivy::tokenizer::{Language, Stemmer, TextAnalyzer};

use super::words::{WordTokenizer, tokens};

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

/// The words of a text with their stems. Words of other languages keep whatever the English rules leave of them,
/// the same in the index and in the query, so they still find each other.
pub(crate) fn analyse(text: &str) -> Vec<Word> {
    let mut analyzer = analyzer();
    let mut stems = analyzer.token_stream(text);
    let mut words = Vec::new();
    for token in tokens(text) {
        let stem = if stems.advance() { stems.token().text.clone() } else { token.text.clone() };
        words.push(Word { text: token.text, stem, start: token.start, end: token.end });
    }
    words
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
    }
}
