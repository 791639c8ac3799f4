//! What phrases become once all words are known: programs, the sets they ask about, and an index to try each where
//! its rarest word stands.

use super::index::{Entry, Index, Wanted};
use crate::language::{
    CueBook, CueNodes, Lexicon, Pattern, Pc, Programs, SetId, Sets, Vocabulary, is_common, key,
};
use crate::narrow::{narrow, wide};
use crate::pack::RuleState;

#[derive(Debug)]
pub(crate) struct Code {
    pub lexicon: Lexicon,
    pub sets: Sets,
    pub programs: Programs,
    pub cues: CueBook,
    pub phrases: Vec<Phrase>,
    pub index: Index,
}

/// A phrase, compiled: one program or several whose matches stand close together.
#[derive(Debug)]
pub(crate) struct Phrase {
    pub parts: Vec<Part>,
    /// At most so many words between neighbouring parts.
    pub apart: usize,
    /// The rules that can match because of it.
    pub uses: Vec<Use>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub pc: Pc,
    /// The words it can begin with.
    pub first: SetId,
}

/// A rule that looks for a phrase, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Use {
    pub rule: u32,
    pub group: u32,
    /// Its place among the phrases of the group.
    pub order: u32,
}

impl Code {
    /// Writes the programs of all phrases. Those that only bar a match are not in the index: they are tried where
    /// there is something to bar.
    pub(crate) fn write(
        vocabulary: &Vocabulary,
        cues: &CueNodes,
        patterns: Vec<(Pattern, Vec<Use>)>,
        states: &[RuleState],
    ) -> Self {
        let lexicon = Lexicon::of(vocabulary);
        let mut sets = Sets::new(&lexicon, vocabulary.len());
        let mut programs = Programs::default();
        let cues = CueBook::of(cues, &lexicon, &mut programs, &mut sets);
        let common: Vec<bool> = (0..vocabulary.len()).map(|id| is_common(vocabulary.spelling(id))).collect();
        let common = |id: usize| common.get(id).copied().unwrap_or_default();
        let mut phrases = Vec::new();
        let mut sought = Vec::new();
        for (pattern, uses) in patterns {
            let mut wanted = Wanted::default();
            for state in uses.iter().filter_map(|found| states.get(wide(found.rule))) {
                wanted.add(Wanted::of(*state));
            }
            let several = pattern.parts.len() > 1;
            let mut parts = Vec::new();
            for (place, sequence) in pattern.parts.iter().enumerate() {
                let pc = programs.write(sequence, &mut sets);
                let key = key(sequence, &common).unwrap_or_default();
                let first = sets.number_or_any(key.first.as_ref());
                if !uses.is_empty() {
                    let entry = Entry {
                        part: 0,
                        phrase: narrow(phrases.len()),
                        place: several.then_some(narrow(place)),
                        pc,
                        first,
                        least: narrow(key.least),
                        most: narrow(key.most),
                        wanted,
                    };
                    sought.push((key, entry));
                }
                parts.push(Part { pc, first });
            }
            phrases.push(Phrase { parts, apart: pattern.apart, uses });
        }
        let index = Index::new(sought, &lexicon, &sets);
        Self { lexicon, sets, programs, cues, phrases, index }
    }
}
