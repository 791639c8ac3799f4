//! What "did you mean" is for every engine: when it is made, of which words, and how it is written.

use std::collections::HashMap;

use crate::parse::Parsed;
use crate::query::MAX_QUERY_CHARS;
use crate::text::{Word, analyse, cut_at_word};

/// A query that finds this many needs no help.
pub(crate) const ENOUGH: usize = 3;
/// A word that stands somewhere is a misspelling only if another one is this many times as frequent.
pub(crate) const FAR_MORE_FREQUENT: u64 = 50;
/// More texts than this make a word no better known.
pub(crate) const COUNTED: u64 = 1_000;
/// Words of a query that are looked at.
const MOST_WORDS: usize = 12;

/// The words of a query that found so many documents which may be misspelt.
pub(crate) fn doubtful(parsed: &Parsed, found: usize) -> impl Iterator<Item = &Word> {
    let plain = parsed.words.len();
    let words = parsed.words.iter().chain(parsed.phrases.iter().flatten()).take(MOST_WORDS);
    // What was found begins with a word that is still being typed: it need not be one yet.
    let begins = move |at: usize| parsed.unfinished && at + 1 == plain && found > 0;
    // A word with other names is one that is known.
    let named = move |at: usize| at < plain && parsed.alike.iter().any(|alike| alike.at.contains(&at));
    words.enumerate().filter(move |(at, _)| !begins(*at) && !named(*at)).map(|(_, word)| word)
}

/// How far an offered word may be from what was typed: further than what is forgiven without asking, for the reader decides.
pub(crate) fn offered_edits(word: &str) -> u8 {
    if word.chars().any(|c| c.is_ascii_digit()) {
        return 0;
    }
    match word.chars().count() {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    }
}

/// The text that is searched for, with these words in place of others and everything between them as it was.
pub(crate) fn with_words_replaced(text: &str, replaced: &HashMap<&str, String>) -> String {
    let (text, _) = cut_at_word(text, MAX_QUERY_CHARS);
    let mut written = String::with_capacity(text.len());
    let mut end = 0;
    for word in analyse(text) {
        let Some(better) = replaced.get(word.text.as_str()) else { continue };
        written.push_str(text.get(end..word.start).unwrap_or_default());
        written.push_str(better);
        end = word.end;
    }
    written.push_str(text.get(end..).unwrap_or_default());
    written
}
