//! Cuts the plain copy into words, clauses and sentences.

use unicode_security::{MixedScript, confusable_detection::skeleton};

use super::{Folded, Folding, Plain, Sentence, Token, quotes::quoted};
use crate::budget::{Meter, OverBudget};

/// Words after which a full stop does not end the sentence.
const ABBREVIATIONS: [&str; 12] =
    ["dr", "mr", "mrs", "ms", "prof", "st", "eg", "ie", "approx", "vs", "no", "tel"];

/// Signs that people put between the letters of one word, or in place of them.
const JOINING: &str = "@$!*|+_-.#";

pub(crate) fn scan(text: &str, plain: &Plain<'_>, meter: &Meter) -> Result<Folded, OverBudget> {
    let mut scanner = Scanner {
        text,
        plain,
        quotes: quoted(&plain.text),
        quote: 0,
        out: Folded {
            tokens: Vec::new(),
            sentences: vec![Sentence { first: 0, end: 0, asked: false }],
            line: String::with_capacity(plain.text.len() + 2),
            starts: Vec::new(),
            buffer: String::with_capacity(plain.text.len()),
        },
        clause: 0,
        joined: false,
    };
    let mut at = 0;
    while let Some(c) = scanner.char_at(at) {
        meter.step()?;
        at = if c.is_alphanumeric() { scanner.word(at, c) } else { scanner.separator(at, c) };
    }
    Ok(scanner.out)
}

struct Scanner<'a, 't> {
    text: &'t str,
    plain: &'a Plain<'t>,
    quotes: Vec<std::ops::Range<usize>>,
    quote: usize,
    out: Folded,
    clause: usize,
    /// Only joining signs have been seen since the last word.
    joined: bool,
}

impl Scanner<'_, '_> {
    fn char_at(&self, at: usize) -> Option<char> {
        match self.plain.text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.plain.text.get(at..)?.chars().next(),
        }
    }

    /// Reads one word or number and returns where it ends.
    fn word(&mut self, start: usize, first: char) -> usize {
        let digits = first.is_numeric();
        let from = self.out.buffer.len();
        let mut at = start;
        let mut ascii = false;
        let mut foreign = false;
        while let Some(c) = self.char_at(at) {
            let next = self.char_at(at + c.len_utf8());
            if c.is_alphanumeric() && c.is_numeric() == digits {
                ascii |= c.is_ascii();
                foreign |= !c.is_ascii();
                self.out.buffer.extend(c.to_lowercase());
            } else if digits && c == '.' && next.is_some_and(char::is_numeric) {
                self.out.buffer.push('.');
            } else if !(c == '\'' && !digits && next.is_some_and(char::is_alphabetic)
                || c == ',' && digits && self.groups_thousands(at))
            {
                break;
            }
            at += c.len_utf8();
        }
        let confused = foreign && ascii && self.fold_confusables(start, at, from);
        self.push(start, at, from, confused);
        at
    }

    /// A comma between digits groups thousands when exactly three digits follow it.
    fn groups_thousands(&self, comma: usize) -> bool {
        let digit = |n: usize| self.char_at(comma + n).is_some_and(|c| c.is_ascii_digit());
        digit(1) && digit(2) && digit(3) && !digit(4)
    }

    /// Look-alike letters are folded only in a word that mixes scripts: whole words of another script are words.
    fn fold_confusables(&mut self, start: usize, end: usize, from: usize) -> bool {
        let Some(word) = self.plain.text.get(start..end) else { return false };
        if word.is_single_script() && !word.contains('ı') {
            return false;
        }
        self.out.buffer.truncate(from);
        for c in word.chars().filter(|c| *c != '\'') {
            let looks = if c.is_ascii() { c } else { latin_look_alike(c).unwrap_or(c) };
            self.out.buffer.extend(looks.to_lowercase());
        }
        true
    }

    fn push(&mut self, start: usize, end: usize, from: usize, confused: bool) {
        let (original_start, original_end) = self.plain.original(start, end);
        let written = self.text.get(original_start..original_end);
        let folding = if confused {
            Some(Folding::Confusable)
        } else {
            (written != self.plain.text.get(start..end)).then_some(Folding::Unicode)
        };
        let quoted = self.in_quotes(start);
        let sentence = self.out.sentences.len() - 1;
        self.out.tokens.push(Token {
            word: from..self.out.buffer.len(),
            start: original_start,
            end: original_end,
            plain: start..end,
            sentence,
            clause: self.clause,
            quoted,
            glued: self.joined,
            folding,
        });
        self.joined = true;
    }

    fn in_quotes(&mut self, at: usize) -> bool {
        while self.quotes.get(self.quote).is_some_and(|range| range.end <= at) {
            self.quote += 1;
        }
        self.quotes.get(self.quote).is_some_and(|range| range.contains(&at))
    }

    /// Reads one sign between words and returns where it ends.
    fn separator(&mut self, at: usize, c: char) -> usize {
        let end = at + c.len_utf8();
        let next = self.char_at(end);
        let between_letters = self.joined && next.is_some_and(char::is_alphanumeric);
        match c {
            '?' => self.end_sentence(true),
            '!' if !between_letters => self.end_sentence(false),
            '.' if self.stop_ends_sentence(at, next) => self.end_sentence(false),
            '.' if next == Some('.') => self.clause += 1,
            '\n' if self.line_ends_sentence(end) => self.end_sentence(false),
            '\n' | ',' | ';' | ':' | '(' | ')' | '[' | ']' | '\u{2013}' | '\u{2014}' => self.clause += 1,
            '-' if next.is_some_and(char::is_whitespace) && !self.joined => self.clause += 1,
            _ => {}
        }
        self.joined &= JOINING.contains(c);
        end
    }

    fn end_sentence(&mut self, asked: bool) {
        self.clause += 1;
        let current = self.out.sentences.len() - 1;
        let empty = self.out.tokens.last().is_none_or(|t| t.sentence != current);
        if empty {
            // "Really?!" ends once; the question mark counts wherever it stands.
            if let (true, Some(last)) = (asked, self.out.tokens.last().map(|t| t.sentence)) {
                self.out.sentences[last].asked = true;
            }
            return;
        }
        self.out.sentences[current].asked = asked;
        self.out.sentences.push(Sentence { first: 0, end: 0, asked: false });
    }

    fn stop_ends_sentence(&self, at: usize, next: Option<char>) -> bool {
        let before = at.checked_sub(1).and_then(|b| self.char_at(b));
        let last = self.out.tokens.last().map_or("", |t| self.out.word(t));
        if before == Some('.') || next == Some('.') || ABBREVIATIONS.contains(&last) {
            return false;
        }
        match next {
            None => true,
            // Two sentences run together: "all day.Then it".
            Some(c) if c.is_uppercase() => before.is_some_and(char::is_lowercase) && last.len() > 1,
            Some(c) => c.is_whitespace() || matches!(c, '"' | ')' | '\u{201d}'),
        }
    }

    /// A line break inside running text is a wrapped line; before anything else it ends what was said.
    fn line_ends_sentence(&self, mut at: usize) -> bool {
        while self.char_at(at).is_some_and(|c| c == ' ' || c == '\t' || c == '\r') {
            at += 1;
        }
        !self.char_at(at).is_some_and(char::is_lowercase)
    }
}

fn latin_look_alike(c: char) -> Option<char> {
    let mut buffer = [0; 4];
    let mut look = skeleton(c.encode_utf8(&mut buffer));
    let first = look.next()?;
    (first.is_ascii_alphabetic() && look.next().is_none()).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Budget, fold::plain};

    fn sentences(text: &str) -> Vec<(String, bool)> {
        let plain = plain(text);
        let mut folded = scan(text, &plain, &Budget::default().start()).unwrap();
        folded.lay_out();
        let words = |s: &Sentence| {
            let tokens = folded.tokens.get(s.first..s.end).unwrap_or_default();
            tokens.iter().map(|t| folded.word(t)).collect::<Vec<_>>().join(" ")
        };
        folded.sentences.iter().filter(|s| s.end > 0).map(|s| (words(s), s.asked)).collect()
    }

    fn check(text: &str, expected: &[(&str, bool)]) {
        let expected: Vec<(String, bool)> = expected.iter().map(|(s, a)| ((*s).to_owned(), *a)).collect();
        assert_eq!(sentences(text), expected, "{text:?}");
    }

    #[test]
    fn sentences_end_where_a_reader_would_end_them() {
        check("One. Two? Three!", &[("one", false), ("two", true), ("three", false)]);
        check("Dr. Hall said 3.5 mg.", &[("dr hall said 3.5 mg", false)]);
        check("so tired.I sleep", &[("so tired", false), ("i sleep", false)]);
        check("well... no", &[("well no", false)]);
        check("a title\n\nThe text goes\non here", &[("a title", false), ("the text goes on here", false)]);
        check("really?! Really!?", &[("really", true), ("really", true)]);
    }
}
