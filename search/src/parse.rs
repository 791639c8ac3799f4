//! Reading what somebody typed into a search box. Nothing is a syntax error.

use crate::alike::{Alike, alike};
use crate::query::MAX_QUERY_CHARS;
use crate::text::{Word, analyse, cut_at_word, is_stop_word};

/// A query as the engines look for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parsed {
    /// Words that documents should contain; stop words only if there is nothing else.
    pub words: Vec<Word>,
    /// What some of the words have other names for.
    pub alike: Vec<Alike>,
    /// The last word may be unfinished: the text ends right behind it.
    pub unfinished: bool,
    /// Words that must stand together, in this order.
    pub phrases: Vec<Vec<Word>>,
    /// Words or phrases that must not occur.
    pub excluded: Vec<Vec<Word>>,
    /// The text was longer than [`MAX_QUERY_CHARS`].
    pub cut: bool,
}

impl Parsed {
    /// Nothing to look for, whatever is excluded.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty()
    }
}

/// Reads a query.
pub(crate) fn parse(text: &str) -> Parsed {
    let (text, cut) = cut_at_word(text, MAX_QUERY_CHARS);
    let mut parsed = Parsed { cut, ..Parsed::default() };
    let mut rest = text;
    // Where plain words begin that stand next to each other.
    let mut side_by_side = 0;
    while let Some(piece) = next_piece(&mut rest) {
        let words = analyse(piece.text);
        if piece.excluded || piece.quoted {
            find_alike(&mut parsed, side_by_side);
            side_by_side = parsed.words.len();
        }
        match piece {
            _ if words.is_empty() => {}
            Piece { excluded: true, .. } => parsed.excluded.push(words),
            Piece { quoted: true, .. } => parsed.phrases.push(words),
            _ => parsed.words.extend(words),
        }
    }
    find_alike(&mut parsed, side_by_side);
    let ends_in_word = text.chars().next_back().is_some_and(char::is_alphanumeric);
    parsed.unfinished = ends_in_word && !cut && last_is_plain(text) && !parsed.words.is_empty();
    drop_stop_words(&mut parsed);
    parsed
}

/// Other names of what the words from here on say. Quotations and what must not occur are meant as they are written.
fn find_alike(parsed: &mut Parsed, from: usize) {
    let found = alike(parsed.words.get(from..).unwrap_or_default()).into_iter();
    parsed.alike.extend(found.map(|Alike { at, names }| Alike { at: at.start + from..at.end + from, names }));
}

/// A stretch of the query that is read in one way.
struct Piece<'a> {
    text: &'a str,
    quoted: bool,
    excluded: bool,
}

/// Takes the next stretch off `rest`: a quotation, or what stands up to the next blank.
fn next_piece<'a>(rest: &mut &'a str) -> Option<Piece<'a>> {
    let text = rest.trim_start();
    let first = text.chars().next()?;
    let after_minus = text.strip_prefix(['-', '\u{2212}']);
    let excluded =
        after_minus.and_then(|tail| tail.chars().next()).is_some_and(|c| c.is_alphanumeric() || is_quote(c));
    let body = if excluded { after_minus.unwrap_or(text) } else { text };
    let opens = if excluded { body.chars().next().unwrap_or(first) } else { first };
    if is_quote(opens) {
        let inner = body.get(opens.len_utf8()..).unwrap_or_default();
        if let Some((quoted, tail)) = inner.split_once(is_quote) {
            *rest = tail;
            return Some(Piece { text: quoted, quoted: true, excluded });
        }
        // A quotation that does not end is no quotation.
        *rest = inner;
        return Some(Piece { text: "", quoted: false, excluded: false });
    }
    let end = body.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(body.len());
    let (word, tail) = body.split_at_checked(end).unwrap_or((body, ""));
    *rest = tail;
    Some(Piece { text: word, quoted: false, excluded })
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{00AB}' | '\u{00BB}')
}

/// Whether the last blank-separated piece is an ordinary word, so that it may be a beginning.
fn last_is_plain(text: &str) -> bool {
    text.split_whitespace().next_back().is_some_and(|last| !last.starts_with('-') && !last.contains(is_quote))
}

fn drop_stop_words(parsed: &mut Parsed) {
    let last = parsed.words.len().saturating_sub(1);
    let tells = |index: usize, word: &Word| {
        // "the" at the very end may become "therapy" with the next keystroke, so it stays if it is all there is.
        !is_stop_word(&word.text) || (parsed.unfinished && index == last && last == 0)
    };
    let kept: Vec<bool> = parsed.words.iter().enumerate().map(|(index, word)| tells(index, word)).collect();
    let telling: Vec<Word> =
        parsed.words.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(word, _)| word.clone()).collect();
    if telling.is_empty() && parsed.phrases.is_empty() {
        return;
    }
    if parsed.words.last().is_some_and(|word| is_stop_word(&word.text)) {
        parsed.unfinished = parsed.unfinished && last == 0;
    }
    parsed.words = telling;
    let place = |before: usize| kept.iter().take(before).filter(|kept| **kept).count();
    for alike in &mut parsed.alike {
        alike.at = place(alike.at.start)..place(alike.at.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(words: &[Word]) -> Vec<&str> {
        words.iter().map(|word| word.text.as_str()).collect()
    }

    #[test]
    fn quotes_stand_together_and_a_minus_excludes() {
        let parsed = parse("sore \"frozen shoulder\" -surgery -\"night pain\" knee");
        assert_eq!(texts(&parsed.words), ["sore", "knee"]);
        assert_eq!(texts(&parsed.phrases[0]), ["frozen", "shoulder"]);
        assert_eq!(texts(&parsed.excluded[0]), ["surgery"]);
        assert_eq!(texts(&parsed.excluded[1]), ["night", "pain"]);
        assert!(parsed.unfinished);
    }

    #[test]
    fn a_quotation_without_end_is_plain_words() {
        let parsed = parse("\"frozen shoulder");
        assert_eq!(texts(&parsed.words), ["frozen", "shoulder"]);
        assert!(parsed.phrases.is_empty());
    }

    #[test]
    fn stop_words_count_only_when_alone() {
        assert_eq!(texts(&parse("what is the gout?").words), ["gout"]);
        assert_eq!(texts(&parse("what is the ").words), ["what", "is", "the"]);
        assert!(!parse("gout the").unfinished);
    }

    #[test]
    fn a_hyphen_inside_or_alone_excludes_nothing() {
        assert_eq!(texts(&parse("x-ray - knee").words), ["x", "ray", "knee"]);
        assert!(parse("🙂 - \"\" --").is_empty());
    }

    #[test]
    fn other_names_are_known_of_plain_words_alone() {
        let places = |text: &str| parse(text).alike.into_iter().map(|alike| alike.at).collect::<Vec<_>>();
        assert_eq!(places("for the shortness of breath and a DVT"), [0..2, 2..3]);
        for text in ["\"blood thinner\"", "knee -DVT", "blood \"knee\" thinner", "blood -knee thinner"] {
            assert!(places(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn long_text_is_cut_at_a_word() {
        let parsed = parse(&"knee ".repeat(60));
        assert!(parsed.cut && !parsed.unfinished);
        assert_eq!(parsed.words.len(), 40);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_and_loses_only_stop_words(text in "[a-z\"“” -]{0,80}|\\PC{0,80}") {
            let parsed = parse(&text);
            let pieces = parsed.phrases.iter().chain(&parsed.excluded).flatten().chain(&parsed.words);
            let kept: Vec<&str> = pieces.map(|word| word.text.as_str()).collect();
            for word in analyse(&text) {
                assert!(is_stop_word(&word.text) || kept.contains(&word.text.as_str()), "{} of {text}", word.text);
            }
        }
    }
}
