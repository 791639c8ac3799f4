//! One pass over a text for the literals without which no check and no regular expression can match.

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, MatchKind};

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
    automaton: AhoCorasick,
    literals: Vec<(String, Opens)>,
    /// For each regular expression, whether it must be run on every text, for want of a literal.
    always: Vec<bool>,
}

/// What a text lets in.
pub(crate) struct Sifted {
    pub hints: Hints,
    /// For each regular expression, whether it can match.
    pub expressions: Vec<bool>,
}

impl Sieve {
    /// For regular expressions with these literals, one of which must be there; none where it is not known.
    pub(crate) fn new(expressions: Vec<Option<Vec<String>>>) -> Result<Self, BuildError> {
        let mut literals = Vec::new();
        for (hints, place, texts) in LITERALS {
            literals.extend(texts.iter().map(|text| ((*text).to_owned(), Opens::Check(hints, place))));
        }
        let always = expressions.iter().map(Option::is_none).collect();
        for (number, texts) in expressions.into_iter().enumerate() {
            let texts = texts.unwrap_or_default();
            literals.extend(texts.into_iter().map(|text| (text, Opens::Expression(number))));
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .ascii_case_insensitive(true)
            .build(literals.iter().map(|(text, _)| text))?;
        Ok(Self { automaton, literals, always })
    }

    pub(crate) fn sift(&self, text: &str) -> Sifted {
        let mut sifted = Sifted { hints: Hints::of(text), expressions: self.always.clone() };
        for found in self.automaton.find_overlapping_iter(text) {
            match self.literals.get(found.pattern().as_usize()) {
                Some((literal, Opens::Check(hints, place))) => {
                    if !sifted.hints.has(*hints) && place.holds(text, found.start(), found.end(), literal) {
                        sifted.hints.add(*hints);
                    }
                }
                Some((_, Opens::Expression(number))) => {
                    if let Some(open) = sifted.expressions.get_mut(*number) {
                        *open = true;
                    }
                }
                None => {}
            }
        }
        sifted
    }
}
