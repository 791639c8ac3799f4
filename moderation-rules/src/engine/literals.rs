//! Which literals a regular expression cannot do without.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Texts of which every match holds at least one, in whatever case of letters; `None` where there are none worth
/// looking for.
pub(crate) fn required(pattern: &str) -> Option<Vec<String>> {
    let hir = regex_syntax::ParserBuilder::new().case_insensitive(true).build().parse(pattern).ok()?;
    needed(&hir).filter(|texts| texts.iter().all(|text| text.len() >= SHORTEST))
}

/// A shorter literal is found everywhere.
const SHORTEST: usize = 2;
/// More of them would cost more than they spare.
const MOST: usize = 64;

fn needed(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Capture(capture) => needed(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => needed(&repetition.sub),
        HirKind::Alternation(ways) => {
            let mut all = Vec::new();
            for way in ways {
                all.extend(needed(way)?);
            }
            all.sort();
            all.dedup();
            (all.len() <= MOST).then_some(all)
        }
        HirKind::Concat(parts) => in_row(parts),
        _ => letters(hir).map(|text| vec![text]),
    }
}

/// The most telling need of parts that follow one another: a run of single letters, or what one part needs.
fn in_row(parts: &[Hir]) -> Option<Vec<String>> {
    let mut best: Option<Vec<String>> = None;
    let mut run = String::new();
    let mut offer = |texts: Option<Vec<String>>| {
        let rarer = |best: &Vec<String>| texts.as_ref().is_some_and(|texts| weight(texts) < weight(best));
        if best.as_ref().is_none_or(rarer) && texts.is_some() {
            best.clone_from(&texts);
        }
    };
    for part in parts {
        if let Some(letters) = letters(part) {
            run.push_str(&letters);
            continue;
        }
        if matches!(part.kind(), HirKind::Look(_)) {
            continue;
        }
        offer(Some(std::mem::take(&mut run)).filter(|run| !run.is_empty()).map(|run| vec![run]));
        offer(needed(part));
    }
    offer(Some(run).filter(|run| !run.is_empty()).map(|run| vec![run]));
    best
}

/// How much of a text they are likely to let through: long ones little, many of them much.
fn weight(texts: &[String]) -> f64 {
    texts.iter().map(|text| text.chars().fold(1.0, |chance, _| chance / 8.0)).sum()
}

/// The letters that a part is, in small; a class is one where it holds the cases of one ASCII letter alone.
fn letters(part: &Hir) -> Option<String> {
    match part.kind() {
        HirKind::Literal(literal) => {
            std::str::from_utf8(&literal.0).ok().map(str::to_ascii_lowercase).filter(|text| text.is_ascii())
        }
        HirKind::Class(Class::Unicode(class)) => {
            // What looks like another case of a letter by itself is that letter in the plain copy.
            let chars: Vec<char> =
                class.iter().flat_map(|range| range.start()..=range.end()).take(5).collect();
            let small = |c: &char| match c {
                '\u{17f}' => 's',
                '\u{212a}' => 'k',
                c => c.to_ascii_lowercase(),
            };
            let first = chars.first().map(small)?;
            (first.is_ascii() && chars.len() < 5 && chars.iter().all(|c| small(c) == first))
                .then(|| first.to_string())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, texts: Option<&[&str]>) {
        let found = required(pattern);
        let found: Option<Vec<&str>> = found.as_ref().map(|texts| texts.iter().map(String::as_str).collect());
        assert_eq!(found.as_deref(), texts, "{pattern}");
    }

    #[test]
    fn every_match_holds_one_of_them() {
        check(r"\bthe (?:quick|slow) fox\b", Some(&[" fox"]));
        check(r"\b(?:nurse|dr|ward)\.? \p{Lu}+", Some(&["dr", "nurse", "ward"]));
        check(r"\b0(?:9\d{2}|87\d)", None);
        check(r"(?:kiss)?\d", None);
        check(r"(?:kiss){2}|\d", None);
        check(r"(?:kiss)+ \d", Some(&["kiss"]));
        check(r"[a-z]+", None);
        check("", None);
    }
}
