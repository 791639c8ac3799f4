//! The folded copy that rules are matched on. It exists for matching only: nothing folded is ever stored or shown.

mod chars;
mod disguise;
mod quotes;
mod scan;
mod signs;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub(crate) use chars::{DIGITS, Plain, plain};
pub(crate) use signs::{Signs, signs};

use crate::budget::{Meter, OverBudget};
use crate::language::{Lexicon, Symbol};
use crate::narrow::wide;

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

/// A word of the text in its folded spelling, with its place in the text. There are many: it is kept small.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// The folded spelling, in [`Folded::buffer`].
    word: (u32, u32),
    /// Its place in the plain copy.
    plain: (u32, u32),
    /// What it is to the rules.
    pub symbol: Symbol,
    pub sentence: u32,
    pub clause: u32,
    pub quoted: bool,
    /// Nothing but joining signs stands between this word and the one before it.
    pub glued: bool,
    /// The disguise that was taken off, other than compatibility forms.
    pub folding: Option<Folding>,
}

impl Token {
    /// Its place in the plain copy.
    pub(crate) fn plain(&self) -> Range<usize> {
        wide(self.plain.0)..wide(self.plain.1)
    }

    fn length(&self) -> usize {
        wide(self.word.1 - self.word.0)
    }
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
    /// The words at which something looks disguised, in order.
    suspects: Vec<usize>,
    /// The plain copy in lower case and, behind it, the words that are spelled otherwise there.
    pub buffer: String,
}

pub(crate) fn fold(plain: &Plain<'_>, lexicon: &Lexicon, meter: &Meter) -> Result<Folded, OverBudget> {
    let mut folded = scan::scan(plain, lexicon, meter)?;
    disguise::uncover(&mut folded, plain, lexicon, meter)?;
    Ok(folded)
}

impl Folded {
    pub(crate) fn word(&self, token: &Token) -> &str {
        self.buffer.get(wide(token.word.0)..wide(token.word.1)).unwrap_or_default()
    }

    /// A sentence by its number; an empty one where there is none.
    pub(crate) fn sentence(&self, number: usize) -> Sentence {
        self.sentences.get(number).copied().unwrap_or(Sentence { first: 0, end: 0, asked: false })
    }

    /// Finds the sentences' tokens again after some have been joined or cut.
    fn lay_out(&mut self) {
        for sentence in &mut self.sentences {
            (sentence.first, sentence.end) = (0, 0);
        }
        for (at, token) in self.tokens.iter().enumerate() {
            let sentence = &mut self.sentences[wide(token.sentence)];
            if sentence.end == 0 {
                sentence.first = at;
            }
            sentence.end = at + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Budget;
    use crate::language::Vocabulary;

    fn check(text: &str, line: &str) {
        let mut vocabulary = Vocabulary::default();
        for word in ["kill", "yourself", "suicide", "hate", "threat", "trans", "my", "mg", "not"] {
            vocabulary.word(word);
        }
        let plain = plain(text);
        let folded = fold(&plain, &Lexicon::of(&vocabulary), &Budget::default().start()).unwrap();
        let words: Vec<&str> = folded.tokens.iter().map(|token| folded.word(token)).collect();
        assert_eq!(words.join(" "), line, "{text:?}");
        for token in &folded.tokens {
            let (start, end) = plain.original(token.plain().start, token.plain().end);
            assert!(text.get(start..end).is_some_and(|s| !s.is_empty()), "{text:?} {token:?}");
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
