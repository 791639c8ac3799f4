//! Finds phrases: those by which rules are tried everywhere, by the rarest of their words; others where they are
//! asked for.

use super::Engine;
use super::code::{Part, Phrase};
use super::index::Wanted;
use super::matcher::Words;
use crate::budget::{Meter, OverBudget};
use crate::fold::Folded;
use crate::narrow::{narrow, wide};

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

/// How far a phrase has been looked for.
#[derive(Clone, Copy, Default)]
struct Progress {
    /// The first token at which it has not been tried yet.
    untried: u32,
    /// Where the match that reaches furthest ends.
    covered: u32,
}

pub(crate) fn find<'a>(
    engine: &'a Engine,
    folded: &'a Folded,
    wanted: Wanted,
    meter: &'a Meter,
) -> Result<Found<'a>, OverBudget> {
    let words = Words::new(folded, engine, meter);
    let mut spans: Vec<(u32, Span)> = Vec::new();
    // Phrases of several parts, one of which was found in this sentence.
    let mut begun: Vec<(u32, usize)> = Vec::new();
    let mut progress = vec![Progress::default(); engine.code.phrases.len()];
    for (at, token) in folded.tokens.iter().enumerate() {
        for entry in engine.code.index.of(token.symbol) {
            let Some(progress) = progress.get_mut(wide(entry.phrase)).filter(|_| entry.wanted.any(wanted))
            else {
                continue;
            };
            let sentence = folded.sentence(wide(token.sentence));
            let earliest =
                sentence.first.max(at.saturating_sub(wide(entry.most))).max(wide(progress.untried));
            let latest = at.saturating_sub(wide(entry.least));
            progress.untried = progress.untried.max(narrow(latest + 1));
            for start in earliest..=latest {
                let Some(end) = words.part_at(&entry.part, start, sentence.end)? else { continue };
                if !entry.whole {
                    begun.push((entry.phrase, wide(token.sentence)));
                    progress.untried = narrow(sentence.end);
                    break;
                }
                if end > wide(progress.covered) {
                    progress.covered = narrow(end);
                    spans.push((entry.phrase, Span { first: start, end, sentence: wide(token.sentence) }));
                }
            }
        }
    }
    for (number, sentence) in begun {
        if let Some(phrase) = engine.code.phrases.get(wide(number)) {
            places(&words, phrase, sentence, |span| spans.push((number, span)))?;
        }
    }
    Ok(Found { words, spans })
}

/// Whether a phrase stands in a sentence.
pub(crate) fn stands(words: &Words<'_>, phrase: &Phrase, sentence: usize) -> Result<bool, OverBudget> {
    let place = words.folded.sentence(sentence);
    if let [part] = phrase.parts.as_slice() {
        if !words.may_stand(part, sentence) {
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
    if !words.may_stand(part, sentence) {
        return Ok(());
    }
    let place = words.folded.sentence(sentence);
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
