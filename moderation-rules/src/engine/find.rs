//! Finds phrases: those by which rules are tried everywhere, by the rarest of their words; others where they are
//! asked for.

use super::Engine;
use super::code::{Part, Phrase};
use super::index::Wanted;
use super::matcher::Words;
use super::present::Present;
use crate::budget::{Meter, OverBudget};
use crate::fold::Folded;
use crate::narrow::wide;

/// Tokens `first..end`, all in one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub first: usize,
    pub end: usize,
    pub sentence: usize,
}

/// Where the phrases stand in a text: phrase number and place, each phrase's in the order of the text.
pub(crate) struct Found<'a> {
    pub words: Words<'a>,
    pub spans: Vec<(u32, Span)>,
}

/// Most texts have no more finds.
const A_FEW: usize = 32;
/// No phrase reaches so many words; one that did might be reported twice.
const FURTHEST: usize = 256;

pub(crate) fn find<'a>(
    engine: &'a Engine,
    folded: &'a Folded,
    wanted: Wanted,
    meter: &'a Meter,
) -> Result<Found<'a>, OverBudget> {
    let words = Words::new(folded, engine, meter);
    let mut spans: Vec<(u32, Span)> = Vec::with_capacity(A_FEW);
    // Phrases of several parts, one of which was found in this sentence.
    let mut begun: Vec<(u32, Span)> = Vec::new();
    let mut present = Present::new(&engine.code.needs);
    for (number, sentence) in folded.sentences.iter().enumerate() {
        let seen = words.of(*sentence);
        present.note(seen);
        for (at, seen) in (sentence.first..).zip(seen) {
            meter.step()?;
            for (needs, entry) in engine.code.index.of(seen.symbol) {
                if !needs.iter().all(|need| present.has(*need)) || !entry.wanted.any(wanted) {
                    continue;
                }
                let Some(latest) = at.checked_sub(usize::from(entry.least)) else { continue };
                let earliest = sentence.first.max(at.saturating_sub(usize::from(entry.most)));
                for start in earliest..=latest {
                    let Some(end) = words.part_at(&entry.part, start, sentence.end)? else { continue };
                    let span = Span { first: start, end, sentence: number };
                    let found = if entry.whole { &mut spans } else { &mut begun };
                    if !covered(found, entry.phrase, span) {
                        found.push((entry.phrase, span));
                    }
                }
            }
        }
    }
    begun.dedup_by_key(|(phrase, span)| (*phrase, span.sentence));
    for (number, span) in begun {
        if let Some(phrase) = engine.code.phrases.get(wide(number)) {
            places(&words, phrase, span.sentence, |span| spans.push((number, span)))?;
        }
    }
    Ok(Found { words, spans })
}

/// Whether a match lies inside an earlier one of the same phrase.
fn covered(found: &[(u32, Span)], phrase: u32, span: Span) -> bool {
    let near = found.iter().rev().take_while(|(_, other)| other.end + FURTHEST > span.first);
    near.filter(|(number, _)| *number == phrase).any(|(_, other)| other.end >= span.end)
}

/// Whether a phrase stands in a sentence.
pub(crate) fn stands(words: &Words<'_>, phrase: &Phrase, sentence: usize) -> Result<bool, OverBudget> {
    let place = words.folded.sentence(sentence);
    if let [part] = phrase.parts.as_slice() {
        if !words.may_stand(part, place) {
            return Ok(false);
        }
        for start in place.first..place.end {
            if words.part_at(part, start, place.end)?.is_some() {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    let mut found = false;
    places(words, phrase, sentence, |_| found = true)?;
    Ok(found)
}

/// All places of a phrase in a sentence, in the order of the text.
pub(crate) fn places(
    words: &Words<'_>,
    phrase: &Phrase,
    sentence: usize,
    mut each: impl FnMut(Span),
) -> Result<(), OverBudget> {
    match phrase.parts.as_slice() {
        [part] => matches(words, part, sentence, each),
        parts => {
            let mut found: Vec<Vec<Span>> = Vec::new();
            for part in parts {
                let mut spans = Vec::new();
                matches(words, part, sentence, |span| spans.push(span))?;
                if spans.is_empty() {
                    return Ok(());
                }
                found.push(spans);
            }
            together(&found, phrase.apart, words.meter, &mut each)
        }
    }
}

/// The matches of one part in a sentence, but none that lies inside an earlier one.
fn matches(
    words: &Words<'_>,
    part: &Part,
    sentence: usize,
    mut each: impl FnMut(Span),
) -> Result<(), OverBudget> {
    let place = words.folded.sentence(sentence);
    if !words.may_stand(part, place) {
        return Ok(());
    }
    let mut covered = 0;
    for first in place.first..place.end {
        if let Some(end) = words.part_at(part, first, place.end)?.filter(|end| *end > covered) {
            covered = end;
            each(Span { first, end, sentence });
        }
    }
    Ok(())
}

/// The places where all parts of a phrase stand close together, in any order, without overlapping.
fn together(
    parts: &[Vec<Span>],
    apart: usize,
    meter: &Meter,
    each: &mut impl FnMut(Span),
) -> Result<(), OverBudget> {
    let Some((anchors, others)) = parts.split_first() else { return Ok(()) };
    for anchor in anchors {
        let mut span = *anchor;
        let mut taken = vec![*anchor];
        for spans in others {
            let mut nearest: Option<(usize, Span)> = None;
            for other in spans {
                meter.step()?;
                let overlaps = taken.iter().any(|t| t.first < other.end && other.first < t.end);
                // A part may stand between the others: then it is no way off at all.
                let distance = other.first.saturating_sub(span.end).max(span.first.saturating_sub(other.end));
                if !overlaps && distance <= apart && nearest.is_none_or(|(d, _)| distance < d) {
                    nearest = Some((distance, *other));
                }
            }
            let Some((_, other)) = nearest else { break };
            span.first = span.first.min(other.first);
            span.end = span.end.max(other.end);
            taken.push(other);
        }
        if taken.len() == parts.len() {
            each(span);
        }
    }
    Ok(())
}
