//! What a regular expression cannot do without, so that it is run only on texts that have it.

use regex::Regex;
use regex_syntax::hir::literal::{Extractor, Literal, Seq};
use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

use crate::fold::DIGITS;
use crate::language::share_of_words;

/// Some part of every match begins with one of `texts`, in whatever case of letters, and goes on as `from_there` says.
#[derive(Debug)]
pub(crate) struct Needed {
    pub texts: Vec<Text>,
    /// They stand where a word begins.
    pub word_start: bool,
    pub from_there: Regex,
}

/// A beginning that is looked for.
#[derive(Debug)]
pub(crate) struct Text {
    pub found: String,
    /// How it goes on, as far as that is known: in one of these ways.
    on: Vec<String>,
    /// It is a word to its end.
    word: bool,
}

impl Text {
    /// Whether what was found is followed as it must be. Most are not, and that is seen faster than an expression is run.
    fn goes_on(&self, rest: &[u8]) -> bool {
        let same = |on: &String| rest.get(..on.len()).is_some_and(|b| b.eq_ignore_ascii_case(on.as_bytes()));
        !(self.word && rest.first().is_some_and(in_word)) && self.on.iter().any(same)
    }
}

fn in_word(b: &u8) -> bool {
    b.is_ascii_alphanumeric() || *b == b'_'
}

impl Needed {
    /// Whether what it needs stands where one of its texts was found.
    pub(crate) fn stands(&self, text: &str, start: usize, found: &Text) -> bool {
        let bytes = text.as_bytes();
        let before = start.checked_sub(1).and_then(|before| bytes.get(before));
        if self.word_start && before.is_some_and(in_word) {
            return false;
        }
        let after = bytes.get(start + found.found.len()..).unwrap_or_default();
        found.goes_on(after) && text.get(start..).is_some_and(|rest| self.from_there.is_match(rest))
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
    // What begins the expression proves a match where it is found; what stands further on proves little.
    let first = parts.iter().take_while(|part| matches!(part.kind(), HirKind::Look(_))).count();
    let cost =
        |texts: &[String], at: usize| if at == first { chance(texts) } else { FURTHER_ON * chance(texts) };
    let (whole, at, tail) = known.min_by(|(a, i, _), (b, j, _)| cost(a, *i).total_cmp(&cost(b, *j)))?;
    let from_there = Regex::new(&format!("\\A(?:{tail})")).ok()?;
    let word_start = parts.get(..at).is_some_and(end_a_word)
        && whole.iter().all(|text| text.starts_with(char::is_alphanumeric));
    let words = parts.get(at..).map(whole_words).unwrap_or_default();
    let text = |found: String| Text {
        on: whole.iter().filter_map(|whole| whole.strip_prefix(&found)).map(str::to_owned).collect(),
        word: words.contains(&found),
        found,
    };
    Some(Needed { texts: looked_for(&whole).into_iter().map(text).collect(), word_start, from_there })
}

/// The short words with which these parts of an expression can begin, where a word must end after them.
fn whole_words(parts: &[Hir]) -> Vec<String> {
    let [first, next, ..] = parts else { return Vec::new() };
    if !matches!(next.kind(), HirKind::Look(Look::WordUnicode | Look::WordAscii)) {
        return Vec::new();
    }
    let found = extracted(first);
    let all = found.literals().filter(|texts| texts.iter().all(Literal::is_exact)).unwrap_or_default();
    let texts = all.iter().filter_map(|text| String::from_utf8(text.as_bytes().to_vec()).ok());
    // Longer ones are cut where they are looked for, and may then stand for others too.
    texts.filter(|text| text.len() < LOOKED_FOR && text.chars().all(char::is_alphanumeric)).collect()
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
    let found = extracted(hir);
    let texts = found.literals()?.iter().map(|text| String::from_utf8(text.as_bytes().to_vec()).ok());
    let mut texts: Vec<String> = texts.collect::<Option<_>>()?;
    texts.sort();
    texts.dedup();
    let fit = !texts.is_empty() && texts.len() <= MOST && texts.iter().all(|text| text.len() >= SHORTEST);
    fit.then_some(texts)
}

/// Running an expression over a whole text costs so many times as much as seeing that it begins nowhere.
const FURTHER_ON: f64 = 4.0;

/// What is looked for of texts that are in order.
fn looked_for(texts: &[String]) -> Vec<String> {
    let mut texts: Vec<String> = texts.iter().map(|text| text.chars().take(LOOKED_FOR).collect()).collect();
    texts.dedup();
    texts
}

fn extracted(hir: &Hir) -> Seq {
    Extractor::new().limit_class(WIDEST).limit_total(MOST).extract(&small(hir))
}

/// How often they are likely to be found: long ones seldom, many of them often, and those that begin a common word.
fn chance(texts: &[String]) -> f64 {
    let by_letters = |text: &String| text.chars().zip(after(text)).map(share).product::<f64>();
    looked_for(texts).iter().map(|text| by_letters(text).max(share_of_words(text.trim_start()))).sum()
}

/// For each character the one before it.
fn after(text: &str) -> impl Iterator<Item = char> {
    std::iter::once(' ').chain(text.chars())
}

/// How much of English text a character is, from the commonest on; digits seldom stand alone.
fn share((c, before): (char, char)) -> f64 {
    if c.is_ascii_digit() && before.is_ascii_digit() {
        return NEXT_DIGIT;
    }
    let (share, _) = SHARES.iter().find(|(_, chars)| chars.contains(c)).unwrap_or(&RARE);
    *share
}

const SHARES: [(f64, &str); 6] =
    [(0.18, " "), (0.1, "e"), (0.06, "taoinshr"), (0.025, "dlcumwfgypb"), (0.008, "vk"), (0.01, ".,'")];
/// Rare letters, digits, other signs.
const RARE: (f64, &str) = (0.002, "");
const NEXT_DIGIT: f64 = 0.03;

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
            let chars = class.iter().flat_map(|range| range.start()..=range.end());
            let mut few: Vec<char> = chars.take(4 * WIDEST).map(lower).collect();
            if few.len() == 4 * WIDEST {
                return hir.clone();
            }
            few.sort_unstable();
            few.dedup();
            match few.as_slice() {
                [only] => Hir::literal(only.to_string().into_bytes()),
                few => {
                    let each = few.iter().map(|c| ClassUnicodeRange::new(*c, *c));
                    Hir::class(Class::Unicode(ClassUnicode::new(each)))
                }
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
        let found = needed(&parsed(pattern));
        assert_eq!(found.as_ref().map(looked_for_by).unwrap_or_default(), texts, "{pattern}");
    }

    fn looked_for_by(needed: &Needed) -> Vec<&str> {
        needed.texts.iter().map(|text| text.found.as_str()).collect()
    }

    fn stands(needed: &Needed, text: &str, start: usize, found: &str) -> bool {
        needed.stands(text, start, needed.texts.iter().find(|text| text.found == found).unwrap())
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
        // Both cases of a letter are one.
        check(r"\b[1-3][a-c][a-z]\d{9}", &["1a", "1b", "1c", "2a", "2b", "2c", "3a", "3b", "3c"]);
    }

    #[test]
    fn the_rest_of_the_expression_must_follow() {
        let named = needed(&parsed(r"\b(?:my|the) (?:\w+ )?(?:nurse|doctor) (?-i:\p{Lu}\p{Ll}+)\b")).unwrap();
        assert_eq!(looked_for_by(&named), ["doct", "nurs"]);
        assert!(named.word_start);
        assert!(
            stands(&named, "my Nurse Oduya came", 3, "nurs")
                && !stands(&named, "my unNurse Oduya came", 5, "nurs")
        );
        assert!(named.from_there.is_match("Nurse Oduya came"));
        assert!(!named.from_there.is_match("nurse came"));
        let repeated = needed(&parsed(r"(?:\b(?:kiss|hug)\b\W*){3}")).unwrap();
        assert!(repeated.from_there.is_match("hug kiss,kiss "));
        assert!(!repeated.from_there.is_match("hug kiss,or two"));
    }

    #[test]
    fn short_words_end_where_the_expression_says_so() {
        let street = needed(&parsed(r"\b(?:st|street|ave|way|ways)\b.?\d")).unwrap();
        assert_eq!(looked_for_by(&street), ["ave", "st", "stre", "way", "ways"]);
        let stands = |text: &str, found: &str| stands(&street, text, 0, found);
        assert!(stands("St 5", "st") && stands("street 5", "stre") && stands("ways 5", "ways"));
        assert!(!stands("street 5", "st") && !stands("ways 5", "way"));
    }

    #[test]
    fn signs_look_alike_to_an_expression_that_names_none() {
        assert!(is_blind_to_signs(&parsed(r"\b\w+\W{1,3}[^\s<>]{3,}\p{Lu}.")));
        for sees in ["£\\d", r"[“”]", r"\p{Pd}", r"\$\d", r"[£€]\d"] {
            assert!(!is_blind_to_signs(&parsed(sees)), "{sees}");
        }
    }
}
