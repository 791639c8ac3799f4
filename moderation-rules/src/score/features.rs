//! What a model sees of a text: hashed words, pairs of words and pieces of words, sentence by sentence.

use std::collections::HashMap;
use std::ops::Range;

/// Weights of one judge.
pub(super) const BUCKETS: usize = 65_536;

/// A sentence longer than this is read in pieces that overlap by half.
const LONGEST: usize = 40;
/// A sentence shorter than this is read together with the one before it.
const SHORTEST: usize = 4;

/// One thing seen, and where.
#[derive(Clone, Debug)]
pub(super) struct Feature {
    pub bucket: usize,
    /// Two things that fall into one bucket cancel out on average.
    pub sign: f32,
    pub span: Range<usize>,
}

/// The words of one sentence, as byte ranges.
type Window = Vec<Range<usize>>;

/// The sentences of a text; a title or a line without a full stop is one too.
pub(super) fn windows(text: &str) -> Vec<Window> {
    let mut sentences: Vec<Window> = vec![Vec::new()];
    let (mut start, mut after_stop) = (None, false);
    let finish = |start: &mut Option<usize>, end: usize, sentences: &mut Vec<Window>| {
        if let (Some(from), Some(last)) = (start.take(), sentences.last_mut()) {
            last.push(from..end);
        }
    };
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() || is_apostrophe(c) {
            start.get_or_insert(at);
            after_stop = false;
            continue;
        }
        finish(&mut start, at, &mut sentences);
        let ends = c == '\n' || (after_stop && c.is_whitespace());
        after_stop = matches!(c, '.' | '!' | '?');
        if ends && sentences.last().is_some_and(|words| words.len() >= SHORTEST) {
            sentences.push(Vec::new());
        }
    }
    finish(&mut start, text.len(), &mut sentences);
    if sentences.len() > 1
        && let Some(short) = sentences.pop_if(|last| last.len() < SHORTEST)
        && let Some(before) = sentences.last_mut()
    {
        before.extend(short);
    }
    sentences.into_iter().filter(|words| !words.is_empty()).flat_map(pieces).collect()
}

fn pieces(words: Window) -> Vec<Window> {
    if words.len() <= LONGEST {
        return vec![words];
    }
    let starts = (0..words.len() - LONGEST / 2).step_by(LONGEST / 2);
    starts.map(|at| words.iter().skip(at).take(LONGEST).cloned().collect()).collect()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// The features of one sentence.
pub(super) fn of(text: &str, window: &[Range<usize>]) -> Vec<Feature> {
    let words: Vec<String> = window
        .iter()
        .map(|span| {
            let word = text.get(span.clone()).unwrap_or_default();
            word.chars().filter(|c| !is_apostrophe(*c)).flat_map(char::to_lowercase).collect()
        })
        .collect();
    let mut features = Vec::with_capacity(words.len() * 12);
    for (at, (word, span)) in words.iter().zip(window).enumerate() {
        features.push(feature(&["w", word], span.clone()));
        for back in 1..=3 {
            let Some(earlier) = at.checked_sub(back) else { break };
            let (Some(before), Some(from)) = (words.get(earlier), window.get(earlier)) else { break };
            // Next to each other in this order, or near each other.
            let kind = if back == 1 { "p" } else { "n" };
            features.push(feature(&[kind, before, word], from.start..span.end));
        }
        let letters: Vec<char> = std::iter::once('^').chain(word.chars()).chain(['$']).collect();
        for size in [3, 4, 5] {
            for piece in letters.windows(size) {
                let piece: String = piece.iter().collect();
                features.push(feature(&["c", &piece], span.clone()));
            }
        }
    }
    features
}

fn feature(parts: &[&str], span: Range<usize>) -> Feature {
    let hash = hash(parts);
    let bucket = usize::try_from(hash).unwrap_or(0) % BUCKETS;
    Feature { bucket, sign: if hash >> 63 == 0 { 1.0 } else { -1.0 }, span }
}

/// FNV-1a, 64 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>. Fixed for ever, as stored weights depend on it.
fn hash(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // The upper bits of a short FNV hash are poor; one round of mixing makes them as good as the lower ones.
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// The features as a vector: bucket and value.
pub(super) fn vector(features: &[Feature]) -> Vec<(usize, f32)> {
    let norm = norm(features);
    let mut values: HashMap<usize, f32> = HashMap::new();
    for feature in features {
        *values.entry(feature.bucket).or_default() += feature.sign / norm;
    }
    let mut vector: Vec<(usize, f32)> = values.into_iter().collect();
    vector.sort_by_key(|(bucket, _)| *bucket);
    vector
}

/// The length that a sentence is measured by, so that a long one says no more than a short one.
pub(super) fn norm(features: &[Feature]) -> f32 {
    let count = u16::try_from(features.len().max(1)).unwrap_or(u16::MAX);
    f32::from(count).sqrt()
}
