//! Finds every phrase of every rule, by the rarest of its words.

use std::collections::HashMap;

use super::Engine;
use super::matcher::Words;
use crate::budget::{Meter, OverBudget};
use crate::fold::{Folded, Sentence};

/// Tokens `first..end`, all in one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub first: usize,
    pub end: usize,
    pub sentence: usize,
}

/// Where the phrases stand in a text, by phrase number.
pub(crate) struct Found<'a> {
    pub words: Words<'a>,
    pub spans: HashMap<usize, Vec<Span>>,
}

impl Found<'_> {
    pub(crate) fn of(&self, phrase: usize) -> &[Span] {
        self.spans.get(&phrase).map_or(&[], Vec::as_slice)
    }
}

pub(crate) fn find<'a>(
    engine: &'a Engine,
    folded: &'a Folded,
    meter: &'a Meter,
) -> Result<Found<'a>, OverBudget> {
    let words = Words::new(folded, &engine.programs, meter);
    let compiled = &engine.compiled;
    let mut spans: HashMap<usize, Vec<Span>> = HashMap::new();
    // Parts of phrases that have several, until all have been seen.
    let mut pending: HashMap<usize, Vec<(usize, Span)>> = HashMap::new();
    // For each part, the first token at which it has not been tried yet.
    let mut untried = vec![0; compiled.parts.len()];
    for (at, token) in folded.tokens.iter().enumerate() {
        let Some(sentence) = folded.sentences.get(token.sentence) else { continue };
        let parts = usize::try_from(token.symbol).ok().and_then(|symbol| compiled.by_symbol.get(symbol));
        for part in parts.into_iter().flatten() {
            let Some(known) = compiled.parts.get(*part) else { continue };
            let earliest = sentence.first.max(at.saturating_sub(known.before)).max(untried[*part]);
            untried[*part] = at + 1;
            for start in earliest..=at {
                if !words.is_in(start, known.first) {
                    continue;
                }
                let Some(end) = words.match_at(known.pc, start, sentence.end)? else { continue };
                let span = Span { first: start, end, sentence: token.sentence };
                if known.alone {
                    spans.entry(known.phrase).or_default().push(span);
                } else {
                    pending.entry(known.phrase).or_default().push((known.place, span));
                }
                untried[*part] = end.max(at + 1);
                break;
            }
        }
    }
    for (phrase, parts) in pending {
        let (count, apart) = compiled.near.get(&phrase).copied().unwrap_or((2, 0));
        let together = gather(&parts, count, apart, meter)?;
        if !together.is_empty() {
            spans.insert(phrase, together);
        }
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
    let Some(place) = words.folded.sentences.get(sentence) else { return Ok(false) };
    let compiled = &engine.compiled;
    let numbers = compiled.parts_of.get(&phrase).map_or(&[][..], Vec::as_slice);
    let mut found = Vec::new();
    for part in numbers.iter().filter_map(|number| compiled.parts.get(*number)) {
        for start in place.first..place.end {
            if !words.is_in(start, part.first) {
                continue;
            }
            if let Some(end) = words.match_at(part.pc, start, place.end)? {
                if part.alone {
                    return Ok(true);
                }
                found.push((part.place, Span { first: start, end, sentence }));
            }
        }
    }
    let Some((count, apart)) = compiled.near.get(&phrase) else { return Ok(false) };
    Ok(!gather(&found, *count, *apart, words.meter)?.is_empty())
}

/// The places where all parts of a phrase stand close together, in any order, without overlapping.
fn gather(
    parts: &[(usize, Span)],
    count: usize,
    apart: usize,
    meter: &Meter,
) -> Result<Vec<Span>, OverBudget> {
    let mut together = Vec::new();
    for (_, anchor) in parts.iter().filter(|(place, _)| *place == 0) {
        let mut span = *anchor;
        let mut taken = vec![*anchor];
        for place in 1..count {
            let mut nearest: Option<(usize, Span)> = None;
            for (_, other) in parts.iter().filter(|(p, o)| *p == place && o.sentence == span.sentence) {
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
            together.push(span);
        }
    }
    Ok(together)
}

/// The sentence that a span lies in.
pub(crate) fn sentence_of(folded: &Folded, span: Span) -> Sentence {
    folded.sentences.get(span.sentence).copied().unwrap_or(Sentence {
        first: span.first,
        end: span.end,
        asked: false,
    })
}
