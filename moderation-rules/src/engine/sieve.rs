//! One pass over a text for the literals without which no check and no regular expression can match.

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, BuildError, MatchError, MatchKind, PatternID};

use super::literals::Needed;
use crate::personal::{Hints, LITERALS, Where};

/// What a literal lets in.
#[derive(Debug)]
enum Opens {
    Check(Hints, Where),
    /// A regular expression, by its number and that of the text it needs.
    Expression(usize, usize),
}

/// In so many places a text is read at once.
const LANES: usize = 4;

#[derive(Debug)]
pub(crate) struct Sieve {
    automaton: DFA,
    literals: Vec<(String, Opens)>,
    /// So long is the longest literal. Each part of a text is read from so far before it on.
    longest: usize,
    /// For each regular expression, what it needs; where that is not known, it must be run on every text.
    expressions: Vec<Option<Needed>>,
}

/// What a text lets in.
pub(crate) struct Sifted {
    pub hints: Hints,
    /// For each regular expression, whether it can match.
    pub expressions: Vec<bool>,
}

impl Sieve {
    /// For regular expressions with these needs, where they are known.
    pub(crate) fn new(expressions: Vec<Option<Needed>>) -> Result<Self, BuildError> {
        let mut literals = Vec::new();
        for (hints, place, texts) in LITERALS {
            literals.extend(texts.iter().map(|text| ((*text).to_owned(), Opens::Check(hints, place))));
        }
        for (number, need) in expressions.iter().enumerate() {
            let texts = need.iter().flat_map(|need| &need.texts).enumerate();
            literals.extend(texts.map(|(text, t)| (t.found.clone(), Opens::Expression(number, text))));
        }
        let automaton = DFA::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .prefilter(false)
            .build(literals.iter().map(|(text, _)| text))?;
        let longest = literals.iter().map(|(text, _)| text.len()).max().unwrap_or_default();
        Ok(Self { automaton, literals, longest, expressions })
    }

    pub(crate) fn sift(&self, text: &str) -> Result<Sifted, MatchError> {
        let expressions = self.expressions.iter().map(Option::is_none).collect();
        let mut sifted = Sifted { hints: Hints::of(text), expressions };
        // Each step waits for the one before it, so the text is read in four places at once, in each from so far back
        // that no literal is cut.
        let bytes = text.as_bytes();
        let part = bytes.len().div_ceil(LANES);
        let begins: [usize; LANES] = std::array::from_fn(|lane| (lane * part).saturating_sub(self.longest));
        let ends: [usize; LANES] = std::array::from_fn(|lane| ((lane + 1) * part).min(bytes.len()));
        let lanes = begins.map(|begin| bytes.get(begin..).unwrap_or_default());
        let lengths: [usize; LANES] = std::array::from_fn(|lane| ends[lane].saturating_sub(begins[lane]));
        let together = lengths.iter().copied().min().unwrap_or_default();
        let mut states = [self.automaton.start_state(Anchored::No)?; LANES];
        for step in 0..together {
            for lane in 0..LANES {
                let Some(byte) = lanes[lane].get(step) else { continue };
                states[lane] = self.automaton.next_state(Anchored::No, states[lane], *byte);
                if self.automaton.is_special(states[lane]) {
                    self.open_all(text, states[lane], begins[lane] + step + 1, &mut sifted);
                }
            }
        }
        for lane in 0..LANES {
            let rest = lanes[lane].get(together..lengths[lane]).unwrap_or_default();
            let mut state = states[lane];
            for (at, byte) in (begins[lane] + together..).zip(rest) {
                state = self.automaton.next_state(Anchored::No, state, *byte);
                if self.automaton.is_special(state) {
                    self.open_all(text, state, at + 1, &mut sifted);
                }
            }
        }
        Ok(sifted)
    }

    /// Some literals may end at `end`.
    fn open_all(&self, text: &str, state: StateID, end: usize, sifted: &mut Sifted) {
        if self.automaton.is_match(state) {
            for index in 0..self.automaton.match_len(state) {
                self.open(text, self.automaton.match_pattern(state, index), end, sifted);
            }
        }
    }

    /// A literal ends at `end`.
    fn open(&self, text: &str, pattern: PatternID, end: usize, sifted: &mut Sifted) {
        let start = end.saturating_sub(self.automaton.pattern_len(pattern));
        match self.literals.get(pattern.as_usize()) {
            Some((literal, Opens::Check(hints, place)))
                if !sifted.hints.has(*hints) && place.holds(text, start, end, literal) =>
            {
                sifted.hints.add(*hints);
            }
            Some((_, Opens::Expression(number, found))) => {
                if let Some(open) = sifted.expressions.get_mut(*number).filter(|open| !**open) {
                    let need = self.expressions.get(*number).and_then(Option::as_ref);
                    let found = need.and_then(|need| Some((need, need.texts.get(*found)?)));
                    *open = found.is_none_or(|(need, found)| need.stands(text, start, found));
                }
            }
            Some((_, Opens::Check(..))) | None => {}
        }
    }
}
