//! Cuts the plain copy into words, clauses and sentences.

use std::ops::Range;

use unicode_security::{MixedScript, confusable_detection::skeleton};

use super::{Folded, Folding, Plain, Sentence, Token, disguise::is_odd, quotes::quoted};
use crate::budget::{Meter, OverBudget};
use crate::language::{Lexicon, Spelling, UNKNOWN};
use crate::narrow::{narrow, wide};

/// Words after which a full stop does not end the sentence.
const ABBREVIATIONS: [&str; 12] =
    ["dr", "mr", "mrs", "ms", "prof", "st", "eg", "ie", "approx", "vs", "no", "tel"];

/// Signs that people put between the letters of one word, or in place of them.
const JOINING: &str = "@$!*|+_-.#";

/// How much is read between two looks at the time.
const BYTES_A_STEP: usize = 64;
const WORDS_A_STEP: usize = 16;

pub(crate) fn scan(plain: &Plain<'_>, lexicon: &Lexicon, meter: &Meter) -> Result<Folded, OverBudget> {
    let text: &str = &plain.text;
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        marks: false,
        out: Folded {
            tokens: Vec::with_capacity(text.len() / 4),
            sentences: Vec::with_capacity(1 + text.len() / 32),
            suspects: Vec::new(),
            buffer: text.to_ascii_lowercase(),
        },
        clause: 0,
        joined: false,
    };
    scanner.out.sentences.push(Sentence { first: 0, end: 0, asked: false });
    let mut at = 0;
    let mut step = 0;
    while let Some(byte) = scanner.bytes.get(at) {
        if at >= step {
            meter.step()?;
            step = at + BYTES_A_STEP;
        }
        at = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => scanner.ascii_word(at),
            b' ' => {
                scanner.joined = false;
                at + 1
            }
            _ => match scanner.char_at(at) {
                Some(c) if c.is_alphanumeric() => scanner.word(at, c),
                Some(c) => scanner.separator(at, c),
                None => break,
            },
        };
    }
    let tokens = scanner.out.tokens.len();
    if let Some(last) = scanner.out.sentences.last_mut() {
        last.end = tokens;
    }
    if scanner.marks {
        mark_quoted(&mut scanner.out.tokens, &quoted(text));
    }
    look_up(&mut scanner.out, text.as_bytes(), lexicon, meter)?;
    Ok(scanner.out)
}

/// Tells what each word is to the rules, and which look disguised. Done for all words after one another: the processor
/// then waits for several places of the lexicon at once.
fn look_up(out: &mut Folded, plain: &[u8], lexicon: &Lexicon, meter: &Meter) -> Result<(), OverBudget> {
    let buffer = out.buffer.as_bytes();
    for words in out.tokens.chunks_mut(WORDS_A_STEP) {
        meter.step()?;
        for token in words {
            let spelling = Spelling::within(buffer, wide(token.word.0), wide(token.word.1));
            token.symbol = lexicon.symbol(&spelling);
        }
    }
    for at in 0..out.tokens.len() {
        suspect(out, at, plain, lexicon);
    }
    Ok(())
}

/// Notes a word that looks disguised, or makes those before it look so. Asked of every word, so it must be cheap.
fn suspect(out: &mut Folded, at: usize, plain: &[u8], lexicon: &Lexicon) {
    let Some((token, before)) = out.tokens.get(..=at).and_then(<[Token]>::split_last) else { return };
    let spaced = matches!(before, [.., a, b] if token.length() == 1 && a.length() == 1 && b.length() == 1);
    let glued = token.glued && !before.is_empty();
    out.suspects
        .extend([(spaced, 2), (glued, 1)].into_iter().filter(|(looks, _)| *looks).map(|(_, back)| at - back));
    let sign = |at: usize| plain.get(at).is_some_and(|b| matches!(b, b'$' | b'@' | b'*'));
    let range = token.plain();
    if sign(range.end)
        || range.start.checked_sub(1).is_some_and(sign)
        || !lexicon.is_whole(token.symbol) && is_odd(out.word(token), lexicon.is_worth(token.symbol))
    {
        out.suspects.push(at);
    }
}

struct Scanner<'a> {
    /// The plain copy.
    text: &'a str,
    bytes: &'a [u8],
    /// Something has been seen that may begin a quotation.
    marks: bool,
    out: Folded,
    clause: u32,
    /// Only joining signs have been seen since the last word.
    joined: bool,
}

impl Scanner<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        match self.bytes.get(at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.text.get(at..)?.chars().next(),
        }
    }

    /// Reads a word that begins with an ASCII letter; nearly all are ASCII to their end and stand in lower case in
    /// the buffer already.
    fn ascii_word(&mut self, start: usize) -> usize {
        let letters = |from: usize| {
            let rest = self.bytes.get(from..).unwrap_or_default();
            from + rest.iter().take_while(|b| b.is_ascii_alphabetic()).count()
        };
        let end = letters(start);
        match self.bytes.get(end) {
            Some(b'\'') | Some(0x80..) => self.word(start, 'a'),
            _ => {
                self.push(start, end, start..end, None);
                end
            }
        }
    }

    /// Reads any word or number and returns where it ends.
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
        let spelling = from..self.out.buffer.len();
        self.push(start, at, spelling, confused.then_some(Folding::Confusable));
        at
    }

    /// A comma between digits groups thousands when exactly three digits follow it.
    fn groups_thousands(&self, comma: usize) -> bool {
        let digit = |n: usize| self.char_at(comma + n).is_some_and(|c| c.is_ascii_digit());
        digit(1) && digit(2) && digit(3) && !digit(4)
    }

    /// Look-alike letters are folded only in a word that mixes scripts: whole words of another script are words.
    fn fold_confusables(&mut self, start: usize, end: usize, from: usize) -> bool {
        let Some(word) = self.text.get(start..end) else { return false };
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

    fn push(&mut self, start: usize, end: usize, word: Range<usize>, folding: Option<Folding>) {
        self.out.tokens.push(Token {
            word: (narrow(word.start), narrow(word.end)),
            plain: (narrow(start), narrow(end)),
            symbol: UNKNOWN,
            sentence: narrow(self.out.sentences.len() - 1),
            clause: self.clause,
            quoted: false,
            glued: self.joined,
            folding,
        });
        self.joined = true;
    }

    /// Reads one sign between words and returns where it ends.
    fn separator(&mut self, at: usize, c: char) -> usize {
        let end = at + c.len_utf8();
        let next = self.char_at(end);
        let between_letters = self.joined && next.is_some_and(char::is_alphanumeric);
        match c {
            '"' | '>' | '\u{201c}' | '\u{201e}' | '\u{ab}' => self.marks = true,
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
        let tokens = self.out.tokens.len();
        let empty = self.out.tokens.last().is_none_or(|t| wide(t.sentence) != current);
        if empty {
            // "Really?!" ends once; the question mark counts wherever it stands.
            if let (true, Some(last)) = (asked, self.out.tokens.last().map(|t| wide(t.sentence))) {
                self.out.sentences[last].asked = true;
            }
            return;
        }
        let sentence = &mut self.out.sentences[current];
        (sentence.end, sentence.asked) = (tokens, asked);
        self.out.sentences.push(Sentence { first: tokens, end: tokens, asked: false });
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

fn mark_quoted(tokens: &mut [Token], quotes: &[Range<usize>]) {
    let mut quotes = quotes.iter().peekable();
    for token in tokens {
        let at = token.plain().start;
        while quotes.next_if(|range| range.end <= at).is_some() {}
        token.quoted = quotes.peek().is_some_and(|range| range.contains(&at));
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
    use crate::language::Vocabulary;
    use crate::{Budget, fold::plain};

    fn sentences(text: &str) -> Vec<(String, bool)> {
        let plain = plain(text);
        let lexicon = Lexicon::of(&Vocabulary::default());
        let folded = scan(&plain, &lexicon, &Budget::default().start()).unwrap();
        let words = |s: &Sentence| {
            let tokens = folded.tokens.get(s.first..s.end).unwrap_or_default();
            tokens.iter().map(|t| folded.word(t)).collect::<Vec<_>>().join(" ")
        };
        folded.sentences.iter().filter(|s| s.end > s.first).map(|s| (words(s), s.asked)).collect()
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
