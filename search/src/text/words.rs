//! Splitting and folding.

use tantivy::tokenizer::{Token as IndexToken, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;

/// Longer words are cut here: nobody searches for them, and the index would pay for each.
const MAX_WORD_CHARS: usize = 40;

/// A word and where it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Lower case, without accents and inner apostrophes.
    pub(crate) text: String,
    /// Byte offsets into the original text.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The words of a text. Letters and digits make words; an apostrophe inside a word does not end it; every
/// Chinese, Japanese or Korean character is a word, since those scripts do not put blanks between them.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let ideograph = is_ideograph(c);
        let inside = !ideograph && (is_word_char(c) || (is_apostrophe(c) && next.is_some_and(is_word_char)));
        match (start, inside) {
            (None, true) if is_word_char(c) => start = Some(at),
            (Some(from), false) => {
                push(&mut found, text, from, at);
                start = None;
            }
            _ => {}
        }
        if ideograph {
            push(&mut found, text, at, at + c.len_utf8());
        }
    }
    if let Some(from) = start {
        push(&mut found, text, from, text.len());
    }
    found
}

fn push(found: &mut Vec<Token>, text: &str, start: usize, end: usize) {
    let folded = fold(text.get(start..end).unwrap_or_default());
    if !folded.is_empty() {
        found.push(Token { text: folded, start, end });
    }
}

/// One spelling for all: compatibility forms, case, accents, possessive and inner apostrophes.
fn fold(word: &str) -> String {
    let mut folded = if word.is_ascii() {
        word.chars().take(MAX_WORD_CHARS).map(|c| c.to_ascii_lowercase()).collect::<String>()
    } else {
        word.nfkd()
            // Some single characters stand for several words; they stay one.
            .filter(|c| !is_joiner(*c) && !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .filter(|c| !is_accent(*c))
            .take(MAX_WORD_CHARS)
            .collect::<String>()
    };
    if folded.contains(is_apostrophe) {
        folded = folded.replace('\u{2019}', "'");
        let stem = folded.strip_suffix("'s").unwrap_or(&folded);
        folded = stem.replace(is_apostrophe, "");
    }
    folded
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_accent(c) || is_joiner(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02BC}')
}

/// Accents of Latin, Greek and Cyrillic. Vowel signs of other scripts carry meaning and stay.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

/// Invisible characters that must not split a word or make two spellings of it.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}')
}

/// [`tokens`] for the index.
#[derive(Clone, Default)]
pub(crate) struct WordTokenizer;

/// The stream that the index reads.
pub(crate) struct WordStream {
    tokens: std::vec::IntoIter<Token>,
    current: IndexToken,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        WordStream { tokens: tokens(text).into_iter(), current: IndexToken::default() }
    }
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some(token) = self.tokens.next() else { return false };
        self.current.position = self.current.position.wrapping_add(1);
        self.current.text = token.text;
        self.current.offset_from = token.start;
        self.current.offset_to = token.end;
        true
    }

    fn token(&self) -> &IndexToken {
        &self.current
    }

    fn token_mut(&mut self) -> &mut IndexToken {
        &mut self.current
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn folds_case_accents_and_apostrophes() {
        assert_eq!(words("Ménière’s don't COVID-19, 2.5mg"), ["meniere", "dont", "covid", "19", "2", "5mg"]);
        assert_eq!(words("'quoted' rock'n'roll"), ["quoted", "rocknroll"]);
        assert_eq!(words("zero\u{200B}width ﬁbre"), ["zerowidth", "fibre"]);
        assert_eq!(words("\u{FDFA}").len(), 1);
    }

    #[test]
    fn other_scripts_have_words_too() {
        assert_eq!(
            words("ألم الركبة"),
            ["ألم".nfkd().filter(|c| !is_accent(*c)).collect::<String>(), "الركبة".into()]
        );
        assert_eq!(words("膝痛 knee"), ["膝", "痛", "knee"]);
        assert!(words("🙂🙂 — …").is_empty());
    }

    #[test]
    fn offsets_point_into_the_original() {
        let text = "Après l’opération";
        for token in tokens(text) {
            assert!(text.get(token.start..token.end).is_some_and(|word| !word.is_empty()));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_words_in_order_within_it(text in "\\PC{0,60}|[a-zA-Z'’\u{200B}\u{0301} -]{0,60}") {
            let mut end = 0;
            for token in tokens(&text) {
                assert!(token.start >= end && token.end > token.start);
                assert!(text.get(token.start..token.end).is_some());
                assert!(!token.text.is_empty() && !token.text.contains(char::is_whitespace));
                end = token.end;
            }
        }
    }
}
