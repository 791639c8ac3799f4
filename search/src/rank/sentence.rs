//! Which sentence of a long text speaks to the question.

use std::collections::HashSet;

use crate::rank::Question;
use crate::text::analyse;

/// Sentences are looked at up to here.
const LOOKED_AT_BYTES: usize = 40_000;
/// Longer "sentences" (lists, tables) are cut.
const LONGEST_BYTES: usize = 400;

/// The sentences of a text: up to `.`, `?`, `!` before a blank, or to the end of a line.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (sentence, tail) = rest.split_at_checked(sentence_end(rest)).unwrap_or((rest, ""));
        rest = tail;
        Some(sentence)
    })
    .map(str::trim)
    .filter(|sentence| !sentence.is_empty())
}

fn sentence_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let before_blank = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if c == '\n' || (matches!(c, '.' | '?' | '!') && before_blank) {
            return end;
        }
    }
    text.len()
}

/// The sentence with the most weight of the question's terms; the first one when none has any.
pub(super) fn best_sentence<'a>(text: &'a str, question: &Question) -> &'a str {
    let mut best = ("", 0.0);
    let mut looked_at = 0;
    for sentence in sentences(text) {
        looked_at += sentence.len();
        if looked_at > LOOKED_AT_BYTES {
            break;
        }
        let sentence = shortened(sentence);
        let words = analyse(sentence);
        let stems: HashSet<&str> = words.iter().map(|word| word.stem.as_str()).collect();
        let weight: f32 = stems.iter().map(|stem| question.weight(stem)).sum();
        if best.0.is_empty() || weight > best.1 {
            best = (sentence, weight);
        }
    }
    best.0
}

fn shortened(sentence: &str) -> &str {
    let end = (0..=LONGEST_BYTES.min(sentence.len())).rev().find(|end| sentence.is_char_boundary(*end));
    end.and_then(|end| sentence.get(..end)).unwrap_or(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_before_blanks_and_at_lines() {
        let found: Vec<&str> = sentences("Take 2.5 mg. Rest!\nWhat then?").collect();
        assert_eq!(found, ["Take 2.5 mg.", "Rest!", "What then?"]);
    }
}
