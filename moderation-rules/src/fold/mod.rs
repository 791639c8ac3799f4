//! The folded copy that rules are matched on. It exists for matching only: nothing folded is ever stored or shown.

mod chars;
mod disguise;
mod quotes;
mod scan;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub(crate) use chars::{Plain, plain};

use crate::budget::{Meter, OverBudget};

/// The disguise that was taken off a word before it matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Folding {
    /// Compatibility forms, combining marks or invisible characters.
    Unicode,
    /// Letters of another script that look like Latin ones, inside a word that mixes scripts.
    Confusable,
    /// Letters repeated three times or more.
    Stretched,
    /// Letters set apart by spaces, dots or hyphens.
    Spaced,
    /// Two words run together.
    Joined,
    /// Digits, signs or stars in place of letters.
    Leet,
}

/// A word of the text in its folded spelling, with its place in the text as written.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// The folded spelling, as a range of [`Folded::buffer`].
    pub word: Range<usize>,
    /// Its place in the author's text, in bytes.
    pub start: usize,
    pub end: usize,
    /// Its place in the plain copy.
    pub plain: Range<usize>,
    pub sentence: usize,
    pub clause: usize,
    pub quoted: bool,
    /// Nothing but joining signs stands between this word and the one before it.
    pub glued: bool,
    pub folding: Option<Folding>,
}

/// Tokens `first..end`, and whether a question mark closed them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sentence {
    pub first: usize,
    pub end: usize,
    pub asked: bool,
}

/// The whole text, folded.
#[derive(Debug)]
pub(crate) struct Folded {
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    /// All folded words with one space before, between and after them: the haystack of the single pass.
    pub line: String,
    /// For each token, where its word begins in `line`.
    pub starts: Vec<usize>,
    pub buffer: String,
}

impl Folded {
    pub(crate) fn word(&self, token: &Token) -> &str {
        self.buffer.get(token.word.clone()).unwrap_or_default()
    }
}

/// Whether some rule cares about a word. Disguises are only taken off where that uncovers such a word, so that
/// ordinary text with odd spellings stays as it is.
pub(crate) trait Known {
    fn knows(&self, word: &str) -> bool;
    /// Whether it is named whole, not only as a beginning.
    fn has_word(&self, word: &str) -> bool;
    /// A known word that fits a spelling in which `*` hides one letter.
    fn unmask(&self, masked: &str) -> Option<String>;
}

pub(crate) fn fold(
    text: &str,
    plain: &Plain<'_>,
    known: &dyn Known,
    meter: &Meter,
) -> Result<Folded, OverBudget> {
    let scanned = scan::scan(text, plain, meter)?;
    let mut folded = disguise::uncover(scanned, plain, known, meter)?;
    folded.lay_out();
    Ok(folded)
}

impl Folded {
    /// Writes the words into one line and finds the sentences' tokens.
    fn lay_out(&mut self) {
        self.line.push(' ');
        for token in &self.tokens {
            self.starts.push(self.line.len());
            self.line.push_str(self.buffer.get(token.word.clone()).unwrap_or_default());
            self.line.push(' ');
        }
        for sentence in &mut self.sentences {
            (sentence.first, sentence.end) = (usize::MAX, 0);
        }
        for (at, token) in self.tokens.iter().enumerate() {
            let sentence = &mut self.sentences[token.sentence];
            sentence.first = sentence.first.min(at);
            sentence.end = at + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Budget;

    struct Words(&'static [&'static str]);

    impl Known for Words {
        fn knows(&self, word: &str) -> bool {
            self.0.contains(&word)
        }
        fn has_word(&self, word: &str) -> bool {
            self.knows(word)
        }
        fn unmask(&self, masked: &str) -> Option<String> {
            let fits = |w: &&&str| {
                w.len() == masked.len() && w.chars().zip(masked.chars()).all(|(a, b)| a == b || b == '*')
            };
            self.0.iter().find(fits).map(|w| (*w).to_owned())
        }
    }

    fn check(text: &str, line: &str) {
        let words = Words(&["kill", "yourself", "suicide", "hate", "threat", "trans", "my", "mg", "not"]);
        let plain = plain(text);
        let folded = fold(text, &plain, &words, &Budget::default().start()).unwrap();
        assert_eq!(folded.line.trim(), line, "{text:?}");
        for token in &folded.tokens {
            assert!(text.get(token.start..token.end).is_some_and(|s| !s.is_empty()), "{text:?} {token:?}");
        }
    }

    #[test]
    fn plain_words_are_lower_case_without_apostrophes() {
        check("Don't STOP, it’s fine.", "dont stop its fine");
        check("20mg at 38.5°C", "20 mg at 38.5 c");
        check("1,000 steps", "1000 steps");
    }

    #[test]
    fn disguises_are_taken_off_where_they_hide_a_known_word() {
        check("k i l l yourself", "kill yourself");
        check("k.i.l.l y-o-u-r-s-e-l-f", "kill yourself");
        check("a t h r e a t to us", "a threat to us");
        check("su1c1de and h@te, $uicide", "suicide and hate suicide");
        check("s**cide", "suicide");
        check("kiiiilll", "kill");
        check("sui\u{200b}ci\u{ad}de", "suicide");
        check("ｋｉｌｌ 𝐤𝐢𝐥𝐥 k\u{301}i\u{302}ll", "kill kill kill");
        check("ѕuісіdе", "suicide");
        check("Ihate threathate", "i hate threat hate");
    }

    #[test]
    fn ordinary_oddities_stay_as_they_are() {
        check("soooo tired, h2o, a b c", "soooo tired h 2 o a b c");
        check("кит", "кит");
        check("2nd f*** off", "2 nd f off");
    }

    #[test]
    fn empty_and_odd_texts_fold_to_nothing() {
        check("", "");
        check("\u{200b}\u{feff}", "");
        check("?!... \u{0} — 💊", "");
    }
}
