//! One pass over a text for the literals without which no check and no regular expression can match.

use aho_corasick::automaton::Automaton;
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, BuildError, MatchError, MatchKind, PatternID};

use regex::Regex;

use super::literals::Needed;
use crate::personal::{Hints, LITERALS, Where};

/// What a literal lets in.
#[derive(Debug)]
enum Opens {
    Check(Hints, Where),
    /// A regular expression, by its number.
    Expression(usize),
}

#[derive(Debug)]
pub(crate) struct Sieve {
    automaton: DFA,
    literals: Vec<(String, Opens)>,
    /// For each regular expression, what has to follow a literal; without any, it must be run on every text.
    expressions: Vec<Option<Regex>>,
}

/// What a text lets in.
pub(crate) struct Sifted {
    pub hints: Hints,
    /// For each regular expression, whether it can match.
    pub expressions: Vec<bool>,
}

impl Sieve {
    /// For regular expressions with these needs, where they are known.
    pub(crate) fn new(needs: Vec<Option<Needed>>) -> Result<Self, BuildError> {
        let mut literals = Vec::new();
        for (hints, place, texts) in LITERALS {
            literals.extend(texts.iter().map(|text| ((*text).to_owned(), Opens::Check(hints, place))));
        }
        let mut expressions = Vec::new();
        for (number, need) in needs.into_iter().enumerate() {
            let (texts, from_there) = need.map(|need| (need.texts, need.from_there)).unzip();
            literals.extend(texts.into_iter().flatten().map(|text| (text, Opens::Expression(number))));
            expressions.push(from_there);
        }
        let automaton = DFA::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .prefilter(false)
            .build(literals.iter().map(|(text, _)| text))?;
        Ok(Self { automaton, literals, expressions })
    }

    pub(crate) fn sift(&self, text: &str) -> Result<Sifted, MatchError> {
        let expressions = self.expressions.iter().map(Option::is_none).collect();
        let mut sifted = Sifted { hints: Hints::of(text), expressions };
        // Step by step, because this is the one thing done with every byte of every text.
        let mut state = self.automaton.start_state(Anchored::No)?;
        for (at, byte) in text.bytes().enumerate() {
            state = self.automaton.next_state(Anchored::No, state, byte);
            if self.automaton.is_special(state) && self.automaton.is_match(state) {
                for index in 0..self.automaton.match_len(state) {
                    self.open(text, self.automaton.match_pattern(state, index), at + 1, &mut sifted);
                }
            }
        }
        Ok(sifted)
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
            Some((_, Opens::Expression(number))) => {
                if let Some(open) = sifted.expressions.get_mut(*number).filter(|open| !**open) {
                    let rest = text.get(start..).unwrap_or_default();
                    *open = self.expressions.get(*number).is_some_and(|expression| {
                        expression.as_ref().is_none_or(|from_there| from_there.is_match(rest))
                    });
                }
            }
            Some((_, Opens::Check(..))) | None => {}
        }
    }
}
