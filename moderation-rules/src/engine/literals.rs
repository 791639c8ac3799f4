//! What a regular expression cannot do without, so that it is run only on texts that have it.

use regex::Regex;
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

use crate::fold::DIGITS;

/// Some part of every match begins with one of `texts`, in whatever case of letters, and goes on as `from_there` says.
#[derive(Debug)]
pub(crate) struct Needed {
    pub texts: Vec<String>,
    /// They stand where a word begins.
    pub word_start: bool,
    pub from_there: Regex,
}

impl Needed {
    /// Whether what it needs stands where one of its texts was found.
    pub(crate) fn stands(&self, text: &str, start: usize) -> bool {
        let (before, rest) = text.split_at_checked(start).unwrap_or_default();
        let goes_on = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
        !(self.word_start && before.as_bytes().last().is_some_and(goes_on)) && self.from_there.is_match(rest)
    }
}

/// Shorter texts are found everywhere.
const SHORTEST: usize = 2;
/// More of them cost more than they spare.
const MOST: usize = 200;
/// So much of a text is looked for: the automaton for whole ones would not fit into the nearest memory.
const LOOKED_FOR: usize = 4;
/// Of a class of more characters, no texts are made.
const WIDEST: usize = 32;

/// `None` where there are no texts worth looking for.
pub(crate) fn needed(hir: &Hir) -> Option<Needed> {
    let mut parts = Vec::new();
    unroll(hir, &mut parts);
    let tails = (0..parts.len()).filter_map(|at| Some((at, Hir::concat(parts.get(at..)?.to_vec()))));
    // Where a tail looks back, its beginning does not tell.
    let tails = tails.filter(|(_, tail)| tail.properties().look_set_prefix_any().is_empty());
    let known = tails.flat_map(|(at, tail)| {
        // Where what follows has too many forms, its first part tells enough.
        let texts = [beginnings(&tail), parts.get(at).and_then(beginnings)];
        texts.into_iter().flatten().map(move |texts| (texts, at, tail.clone())).collect::<Vec<_>>()
    });
    let (texts, at, tail) = known.min_by(|(a, ..), (b, ..)| chance(a).total_cmp(&chance(b)))?;
    let from_there = Regex::new(&format!("\\A(?:{tail})")).ok()?;
    let word_start = parts.get(..at).is_some_and(end_a_word)
        && texts.iter().all(|text| text.starts_with(char::is_alphanumeric));
    Some(Needed { texts, word_start, from_there })
}

/// Whether no word goes on after these parts of an expression.
fn end_a_word(parts: &[Hir]) -> bool {
    let Some((last, before)) = parts.split_last() else { return false };
    match last.kind() {
        HirKind::Look(look) => matches!(look, Look::WordUnicode | Look::WordAscii),
        HirKind::Literal(literal) => literal.0.ends_with(b" "),
        HirKind::Concat(inner) => end_a_word(inner),
        HirKind::Capture(capture) => end_a_word(std::slice::from_ref(&capture.sub)),
        HirKind::Repetition(repetition) => {
            end_a_word(std::slice::from_ref(&repetition.sub)) && (repetition.min > 0 || end_a_word(before))
        }
        _ => false,
    }
}

/// The parts of an expression one after the other; of what is repeated, the first time and the others.
fn unroll(hir: &Hir, parts: &mut Vec<Hir>) {
    match hir.kind() {
        HirKind::Concat(inner) => inner.iter().for_each(|part| unroll(part, parts)),
        HirKind::Repetition(repetition) if repetition.min > 0 => {
            unroll(&repetition.sub, parts);
            let max = repetition.max.map(|max| max - 1);
            parts.push(Hir::repetition(Repetition { min: repetition.min - 1, max, ..repetition.clone() }));
        }
        _ => parts.push(hir.clone()),
    }
}

/// What every match begins with, in small letters.
fn beginnings(hir: &Hir) -> Option<Vec<String>> {
    let found = Extractor::new().limit_class(WIDEST).limit_total(MOST).extract(&small(hir));
    let texts = found.literals()?.iter().map(|text| String::from_utf8(text.as_bytes().to_vec()).ok());
    let texts: Vec<String> = texts.collect::<Option<_>>()?;
    let mut texts: Vec<String> = texts.iter().map(|text| text.chars().take(LOOKED_FOR).collect()).collect();
    texts.sort();
    texts.dedup();
    let fit = !texts.is_empty() && texts.len() <= MOST && texts.iter().all(|text| text.len() >= SHORTEST);
    fit.then_some(texts)
}

/// How often they are likely to be found: long ones seldom, many of them often.
fn chance(texts: &[String]) -> f64 {
    texts.iter().map(|text| text.chars().map(share).product::<f64>()).sum()
}

/// How much of English text a character is, from the commonest on.
fn share(c: char) -> f64 {
    let (share, _) = SHARES.iter().find(|(_, chars)| chars.contains(c)).unwrap_or(&RARE);
    *share
}

const SHARES: [(f64, &str); 6] =
    [(0.18, " "), (0.1, "e"), (0.06, "taoinshr"), (0.025, "dlcumwfgypb"), (0.008, "vk"), (0.01, ".,'")];
/// Rare letters, digits, other signs.
const RARE: (f64, &str) = (0.002, "");

/// The same in small letters: both cases of a letter become one.
fn small(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Literal(literal) => Hir::literal(literal.0.to_ascii_lowercase()),
        HirKind::Class(Class::Unicode(class)) => {
            // In the plain copy, digits are those of ASCII.
            if *class == *DIGITS {
                let ascii = ClassUnicode::new([ClassUnicodeRange::new('0', '9')]);
                return Hir::class(Class::Unicode(ascii));
            }
            // What looks like another case of a letter by itself is that letter in the plain copy.
            let lower = |c: char| match c {
                '\u{17f}' => 's',
                '\u{212a}' => 'k',
                c => c.to_ascii_lowercase(),
            };
            let mut chars = class.iter().flat_map(|range| range.start()..=range.end()).take(4).map(lower);
            let first = chars.next();
            match first {
                Some(first) if first.is_ascii() && chars.all(|c| c == first) => {
                    Hir::literal(first.to_string().into_bytes())
                }
                _ => hir.clone(),
            }
        }
        HirKind::Repetition(repetition) => {
            Hir::repetition(Repetition { sub: Box::new(small(&repetition.sub)), ..repetition.clone() })
        }
        HirKind::Capture(capture) => {
            Hir::capture(Capture { sub: Box::new(small(&capture.sub)), ..capture.clone() })
        }
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(small).collect()),
        HirKind::Alternation(ways) => Hir::alternation(ways.iter().map(small).collect()),
        HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => hir.clone(),
    }
}

/// Whether an expression cannot tell one typographic sign from another: it may read a copy in which each is one and
/// the same byte.
pub(crate) fn is_blind_to_signs(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => {
            literal.0.is_ascii() && !literal.0.iter().any(|b| matches!(b, 0x1a | b'$'))
        }
        HirKind::Class(Class::Unicode(class)) => {
            let has = |c: char| class.iter().any(|range| (range.start()..=range.end()).contains(&c));
            let signs = ['“', '”', '–', '—', '…', '•', '°', '«', '¿', '™', '→', '😀', '\u{fffd}', '£', '€'];
            signs.iter().all(|sign| has(*sign) == has('\u{1a}')) && has('$') == has('£')
        }
        HirKind::Class(Class::Bytes(_)) => false,
        HirKind::Repetition(repetition) => is_blind_to_signs(&repetition.sub),
        HirKind::Capture(capture) => is_blind_to_signs(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().all(is_blind_to_signs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(pattern: &str) -> Hir {
        regex_syntax::ParserBuilder::new().case_insensitive(true).build().parse(pattern).unwrap()
    }

    fn check(pattern: &str, texts: &[&str]) {
        let found = needed(&parsed(pattern)).map(|needed| needed.texts).unwrap_or_default();
        assert_eq!(found, texts, "{pattern}");
    }

    #[test]
    fn a_part_of_every_match_begins_with_one_of_the_texts() {
        check(r"\b(?:the|a) (?:quick|slow) fox\b", &[" fox"]);
        check(r"(?:\b(?:kiss|hug)\b\W*){3}", &["hug", "kiss"]);
        check(r"\b(?:nurse|dr|ward)\.? (?-i:\p{Lu}+)", &["dr ", "dr. ", "nurs", "ward"]);
        check(r"\b0(?:9[12]|87)", &["087", "091", "092"]);
        check(r"\d+ (?:Kiss)+ \d", &["kiss"]);
        check(r"(?:kiss)?\d", &[]);
        check(r"[a-z]+", &[]);
        check("", &[]);
    }

    #[test]
    fn where_a_word_begins_is_told_by_what_stands_before() {
        let word_start = |pattern: &str| needed(&parsed(pattern)).unwrap().word_start;
        assert!(word_start(r"\d+ (?:[a-z]+ ){1,3}(?:road|lane)"));
        assert!(word_start(r"\d (?:[a-z]+ ){0,3}(?:road|lane)"));
        assert!(!word_start(r"\d[a-z](?:[a-z]+ ){0,3}(?:road|lane)"));
        assert!(!word_start(r"[a-z]+(?:road|lane)"));
        assert!(!word_start(r"\w+\b, (?:road|lane)"));
    }

    #[test]
    fn digits_of_every_script_are_looked_for_as_those_of_the_plain_copy() {
        check(r"x\d", &["x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9"]);
        // A class of digits and something else is no class of digits.
        check(r"x[\d-]", &[]);
    }

    #[test]
    fn the_rest_of_the_expression_must_follow() {
        let named = needed(&parsed(r"\b(?:my|the) (?:\w+ )?(?:nurse|doctor) (?-i:\p{Lu}\p{Ll}+)\b")).unwrap();
        assert_eq!(named.texts, ["doct", "nurs"]);
        assert!(named.word_start);
        assert!(named.stands("my Nurse Oduya came", 3) && !named.stands("my unNurse Oduya came", 5));
        assert!(named.from_there.is_match("Nurse Oduya came"));
        assert!(!named.from_there.is_match("nurse came"));
        let repeated = needed(&parsed(r"(?:\b(?:kiss|hug)\b\W*){3}")).unwrap();
        assert!(repeated.from_there.is_match("hug kiss,kiss "));
        assert!(!repeated.from_there.is_match("hug kiss,or two"));
    }

    #[test]
    fn signs_look_alike_to_an_expression_that_names_none() {
        assert!(is_blind_to_signs(&parsed(r"\b\w+\W{1,3}[^\s<>]{3,}\p{Lu}.")));
        for sees in ["£\\d", r"[“”]", r"\p{Pd}", r"\$\d", r"[£€]\d"] {
            assert!(!is_blind_to_signs(&parsed(sees)), "{sees}");
        }
    }
}
