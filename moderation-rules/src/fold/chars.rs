//! The plain copy: compatibility forms resolved, invisible characters and combining marks gone, letter case kept.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The plain copy and the way back to the author's text.
#[derive(Debug)]
pub(crate) struct Plain<'a> {
    pub text: Cow<'a, str>,
    /// For each byte of `text`, the range of the character it came from; `None` where nothing was changed.
    origin: Option<Vec<(usize, usize)>>,
}

impl Plain<'_> {
    /// The range of the author's text that `start..end` of the plain copy came from.
    pub(crate) fn original(&self, start: usize, end: usize) -> (usize, usize) {
        let Some(origin) = &self.origin else { return (start, end) };
        let from = origin.get(start).map_or(0, |o| o.0);
        let to = end.checked_sub(1).and_then(|last| origin.get(last)).map_or(from, |o| o.1);
        (from, to.max(from))
    }
}

pub(crate) fn plain(text: &str) -> Plain<'_> {
    if text.is_ascii() {
        return Plain { text: Cow::Borrowed(text), origin: None };
    }
    let mut folded = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match c {
            _ if c.is_ascii() => folded.push(c),
            // The acute accent standing alone is typed for an apostrophe; NFKC would make a space of it.
            '\u{b4}' | '\u{2018}' | '\u{2019}' | '\u{2bc}' => folded.push('\''),
            _ if is_default_ignorable(c) => {}
            _ => folded.extend(std::iter::once(c).nfkd().filter(|d| !is_combining_mark(*d))),
        }
        if folded.len() == origin.len() && is_combining_mark(c) {
            stretch_last(&mut origin, end);
        }
        origin.resize(folded.len(), (at, end));
    }
    Plain { text: Cow::Owned(folded), origin: Some(origin) }
}

/// A mark belongs to the letter before it, so a hit on that letter covers the mark too.
fn stretch_last(origin: &mut [(usize, usize)], end: usize) {
    let Some(&(last, _)) = origin.last() else { return };
    for entry in origin.iter_mut().rev().take_while(|entry| entry.0 == last) {
        entry.1 = end;
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
