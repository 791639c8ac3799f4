//! Finds every phrase of every rule, by the rarest of its words.

use super::Engine;
use super::index::Wanted;
use super::matcher::Words;
use crate::budget::{Meter, OverBudget};
use crate::fold::{Folded, Sentence};
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

pub(crate) fn find<'a>(
    engine: &'a Engine,
    folded: &'a Folded,
    wanted: Wanted,
    meter: &'a Meter,
) -> Result<Found<'a>, OverBudget> {
    let words = Words::new(folded, engine, meter);
    let index = &engine.code.index;
    let mut spans: Vec<(u32, Span)> = Vec::new();
    // Parts of phrases that have several, until all have been seen.
    let mut pending: Vec<(u32, u32, Span)> = Vec::new();
    // For each part, the first token at which it has not been tried yet.
    let mut untried = vec![0_u32; index.parts];
    for (at, token) in folded.tokens.iter().enumerate() {
        for entry in index.of(token.symbol) {
            if !entry.wanted.any(wanted) {
                continue;
            }
            let Some(untried) = untried.get_mut(wide(entry.part)) else { continue };
            let sentence = folded.sentence(token.sentence);
            let earliest = sentence.first.max(at.saturating_sub(wide(entry.most))).max(wide(*untried));
            let latest = at.saturating_sub(wide(entry.least));
            // Inside a match, only what begins behind this word may overlap it.
            *untried = if at < wide(*untried) { narrow(at + 1) } else { narrow(latest + 1).max(*untried) };
            for start in earliest..=latest {
                if !words.is_in(start, entry.first) {
                    continue;
                }
                let Some(end) = words.match_at(entry.pc, start, sentence.end)? else { continue };
                let span = Span { first: start, end, sentence: token.sentence };
                match entry.place {
                    None => spans.push((entry.phrase, span)),
                    Some(place) => pending.push((entry.phrase, place, span)),
                }
                *untried = narrow(end);
                break;
            }
        }
    }
    pending.sort_by_key(|(phrase, ..)| *phrase);
    for parts in pending.chunk_by(|a, b| a.0 == b.0) {
        let Some((phrase, ..)) = parts.first() else { continue };
        let near = engine.code.phrases.get(wide(*phrase)).map_or((2, 0), |p| (p.parts.len(), p.apart));
        gather(parts, near, meter, |span| spans.push((*phrase, span)))?;
    }
    Ok(Found { words, spans })
}

/// Whether a phrase stands in a sentence. For phrases that bar a match, tried only where there is one.
pub(crate) fn stands(
    engine: &Engine,
    words: &Words<'_>,
    phrase: usize,
    sentence: usize,
) -> Result<bool, OverBudget> {
    let place = words.folded.sentence(sentence);
    let Some(phrase) = engine.code.phrases.get(phrase) else { return Ok(false) };
    let mut found = Vec::new();
    for (number, part) in phrase.parts.iter().enumerate() {
        for start in place.first..place.end {
            if !words.is_in(start, part.first) {
                continue;
            }
            if let Some(end) = words.match_at(part.pc, start, place.end)? {
                if phrase.parts.len() == 1 {
                    return Ok(true);
                }
                found.push((0, narrow(number), Span { first: start, end, sentence }));
            }
        }
    }
    let mut together = false;
    if phrase.parts.len() > 1 {
        gather(&found, (phrase.parts.len(), phrase.apart), words.meter, |_| together = true)?;
    }
    Ok(together)
}

/// The places where all parts of a phrase stand close together, in any order, without overlapping.
fn gather(
    parts: &[(u32, u32, Span)],
    (count, apart): (usize, usize),
    meter: &Meter,
    mut each: impl FnMut(Span),
) -> Result<(), OverBudget> {
    for (.., anchor) in parts.iter().filter(|(_, place, _)| *place == 0) {
        let mut span = *anchor;
        let mut taken = vec![*anchor];
        for place in 1..narrow(count) {
            let mut nearest: Option<(usize, Span)> = None;
            for (.., other) in parts.iter().filter(|(_, p, o)| *p == place && o.sentence == span.sentence) {
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
        if taken.len() == count {
            each(span);
        }
    }
    Ok(())
}

/// The sentence that a span lies in.
pub(crate) fn sentence_of(folded: &Folded, span: Span) -> Sentence {
    folded.sentence(span.sentence)
}
