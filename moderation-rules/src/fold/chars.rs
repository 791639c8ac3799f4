//! The plain copy: compatibility forms resolved, invisible characters and combining marks gone, letter case kept.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The plain copy and the way back to the author's text.
#[derive(Debug)]
pub(crate) struct Plain<'a> {
    pub text: Cow<'a, str>,
    /// Where the stretches of `text` came from, in order; empty where nothing was changed.
    origin: Vec<Stretch>,
}

/// A part of the plain copy that begins at `plain`, up to the next one.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    plain: usize,
    /// Where it came from in the author's text.
    from: usize,
    to: usize,
    /// Copied byte by byte; otherwise all of it came from all of `from..to`.
    copied: bool,
}

impl Plain<'_> {
    /// The range of the author's text that `start..end` of the plain copy came from.
    pub(crate) fn original(&self, start: usize, end: usize) -> (usize, usize) {
        if self.origin.is_empty() {
            return (start, end);
        }
        let from = self.character(start).0;
        let to = end.checked_sub(1).map_or(from, |last| self.character(last).1);
        (from, to.max(from))
    }

    /// The character of the author's text that a byte of the plain copy came from.
    fn character(&self, at: usize) -> (usize, usize) {
        let after = self.origin.partition_point(|stretch| stretch.plain <= at);
        match after.checked_sub(1).and_then(|index| self.origin.get(index)) {
            Some(stretch) if stretch.copied => {
                let from = stretch.from + (at - stretch.plain);
                (from, from + 1)
            }
            Some(stretch) => (stretch.from, stretch.to),
            None => (0, 0),
        }
    }
}

pub(crate) fn plain(text: &str) -> Plain<'_> {
    if text.is_ascii() {
        return Plain { text: Cow::Borrowed(text), origin: Vec::new() };
    }
    let mut copy = Copy { text: String::with_capacity(text.len()), origin: Vec::new() };
    let mut rest = text;
    while !rest.is_empty() {
        let at = text.len() - rest.len();
        let (ascii, others) = rest.split_at(ascii_length(rest.as_bytes()));
        copy.ascii(ascii, at);
        let mut chars = others.chars();
        if let Some(c) = chars.next() {
            copy.character(c, at + ascii.len());
        }
        rest = chars.as_str();
    }
    Plain { text: Cow::Owned(copy.text), origin: copy.origin }
}

/// How many bytes at the beginning are ASCII.
fn ascii_length(bytes: &[u8]) -> usize {
    let whole = bytes.chunks_exact(16).take_while(|chunk| chunk.is_ascii()).count() * 16;
    let rest = bytes.iter().skip(whole).take_while(|b| b.is_ascii()).count();
    whole + rest
}

/// The decimal digits of all scripts, as `\d` has them: rows of ten, from nought to nine.
pub(crate) static DIGITS: LazyLock<ClassUnicode> =
    LazyLock::new(|| match regex_syntax::parse(r"\d").map(Hir::into_kind) {
        Ok(HirKind::Class(Class::Unicode(digits))) => digits,
        _ => ClassUnicode::empty(),
    });

/// The ASCII digit that a decimal digit of any script stands for.
fn digit(c: char) -> Option<char> {
    if !c.is_numeric() {
        return None;
    }
    let rows = DIGITS.ranges();
    let after = rows.partition_point(|row| row.start() <= c);
    let row = rows.get(after.checked_sub(1)?).filter(|row| c <= row.end())?;
    char::from_digit((u32::from(c) - u32::from(row.start())) % 10, 10)
}

struct Copy {
    text: String,
    origin: Vec<Stretch>,
}

impl Copy {
    fn ascii(&mut self, text: &str, at: usize) {
        if !text.is_empty() {
            let plain = self.text.len();
            self.origin.push(Stretch { plain, from: at, to: at + text.len(), copied: true });
            self.text.push_str(text);
        }
    }

    fn character(&mut self, c: char, at: usize) {
        let plain = self.text.len();
        match (c, digit(c)) {
            // Phone numbers are phone numbers in the digits of any script.
            (_, Some(digit)) => self.text.push(digit),
            // The acute accent standing alone is typed for an apostrophe; NFKC would make a space of it.
            ('\u{b4}' | '\u{2018}' | '\u{2019}' | '\u{2bc}', _) => self.text.push('\''),
            _ if is_default_ignorable(c) => {}
            _ => decompose_compatible(c, |part| {
                if !is_combining_mark(part) {
                    self.text.push(part);
                }
            }),
        }
        let end = at + c.len_utf8();
        if self.text.len() > plain {
            self.origin.push(Stretch { plain, from: at, to: end, copied: false });
        } else if is_combining_mark(c) {
            self.stretch_last(end);
        }
    }

    /// A mark belongs to the letter before it, so a hit on that letter covers the mark too.
    fn stretch_last(&mut self, end: usize) {
        let Some(last) = self.origin.last_mut() else { return };
        if !last.copied {
            last.to = end;
            return;
        }
        let (plain, from) = (self.text.len() - 1, last.to - 1);
        last.to = from;
        if last.plain == plain {
            self.origin.pop();
        }
        self.origin.push(Stretch { plain, from, to: end, copied: false });
    }
}

/// Characters that show nothing (Unicode property `Default_Ignorable_Code_Point`).
fn is_default_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_the_plain_copy_leads_back_to_whole_characters() {
        for text in ["plain", "zäh̷́e ﬁ ㎎ x", "\u{200b}a\u{301}\u{302}\u{303}b", "ﷺ"] {
            let plain = plain(text);
            for start in 0..plain.text.len() {
                let (from, to) = plain.original(start, start + 1);
                assert!(text.get(from..to).is_some_and(|s| !s.is_empty()), "{text:?} at {start}");
            }
        }
    }

    #[test]
    fn marks_belong_to_their_letter() {
        let plain = plain("a\u{301}b");
        assert_eq!(plain.text, "ab");
        assert_eq!(plain.original(0, 1), (0, 3));
    }
}
