//! A copy in which every typographic sign is one byte. Regular expressions read plain ASCII many times faster, and
//! most posts that are not ASCII are so only for a dash, a quotation mark or a smiling face.

use std::borrow::Cow;

/// What stands for a sign: a character that is no letter, no digit and no space, and that nobody types.
const SIGN: char = '\u{1a}';

/// The copy and the way back.
#[derive(Debug)]
pub(crate) struct Signs<'a> {
    pub text: Cow<'a, str>,
    /// For each sign, where it ends in the copy and in the text.
    ends: Vec<(usize, usize)>,
}

impl Signs<'_> {
    /// The place in the text of a place in the copy.
    pub(crate) fn place(&self, at: usize) -> usize {
        let after = self.ends.partition_point(|(copy, _)| *copy <= at);
        match after.checked_sub(1).and_then(|last| self.ends.get(last)) {
            Some((copy, text)) => text + (at - copy),
            None => at,
        }
    }
}

/// The text itself where letters of other scripts stand in it: they may not become one.
pub(crate) fn signs(text: &str) -> Signs<'_> {
    let as_it_is = Signs { text: Cow::Borrowed(text), ends: Vec::new() };
    if text.is_ascii() {
        return as_it_is;
    }
    let mut copy = String::with_capacity(text.len());
    let mut ends = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            _ if c.is_ascii() => copy.push(c),
            '£' | '€' | '¥' => copy.push('$'),
            _ if c.is_alphanumeric() || c.is_whitespace() || is_connector(c) => return as_it_is,
            _ => copy.push(SIGN),
        }
        if !c.is_ascii() {
            ends.push((copy.len(), at + c.len_utf8()));
        }
    }
    Signs { text: Cow::Owned(copy), ends }
}

/// Signs that count as part of a word.
fn is_connector(c: char) -> bool {
    matches!(
        c,
        '\u{203f}' | '\u{2040}' | '\u{2054}' | '\u{fe33}' | '\u{fe34}' | '\u{fe4d}'..='\u{fe4f}' | '\u{ff3f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_text() {
        let text = "a “b” – £5 😀 z";
        let signs = signs(text);
        assert_eq!(signs.text, "a \u{1a}b\u{1a} \u{1a} $5 \u{1a} z");
        for (at, _) in signs.text.char_indices() {
            let place = signs.place(at);
            assert!(text.is_char_boundary(place), "{at}");
            let (copied, own) = (signs.text.get(at..).unwrap(), text.get(place..).unwrap());
            assert_eq!(copied.chars().count(), own.chars().count());
        }
        assert_eq!(signs.place(signs.text.len()), text.len());
    }

    #[test]
    fn other_scripts_stay() {
        assert_eq!(signs("“żona”").text, "“żona”");
    }
}
