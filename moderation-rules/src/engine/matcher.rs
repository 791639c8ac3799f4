//! Runs the programs of phrases against the words of one sentence.

use super::Engine;
use super::code::Part;
use crate::budget::{Meter, OverBudget};
use crate::fold::Folded;
use crate::language::{Cue, CueBook, Hints, Op, Pc, SetId, Symbol};
use crate::narrow::wide;

/// The words of a text and what they are to the rules.
pub(crate) struct Words<'a> {
    pub folded: &'a Folded,
    pub symbols: Vec<Symbol>,
    /// For each sentence, what its words look like from afar.
    hints: Vec<Hints>,
    engine: &'a Engine,
    pub meter: &'a Meter,
}

impl<'a> Words<'a> {
    pub(crate) fn new(folded: &'a Folded, engine: &'a Engine, meter: &'a Meter) -> Self {
        let symbols = folded.tokens.iter().map(|t| t.symbol).collect();
        let mut hints = vec![Hints::default(); folded.sentences.len()];
        for token in &folded.tokens {
            if let Some(hints) = hints.get_mut(wide(token.sentence)) {
                hints.add(Hints::of(token.symbol));
            }
        }
        Self { folded, symbols, hints, engine, meter }
    }

    /// Whether a part of a phrase can stand in a sentence at all.
    pub(crate) fn may_stand(&self, part: &Part, sentence: usize) -> bool {
        let sets = &self.engine.code.sets;
        self.hints.get(sentence).is_some_and(|hints| {
            sets.may_have(part.key, *hints)
                && sets.may_have(part.first, *hints)
                && sets.may_have(part.second, *hints)
        })
    }

    /// Whether the word at a place is in a set.
    pub(crate) fn is_in(&self, at: usize, set: SetId) -> bool {
        self.symbols.get(at).is_some_and(|symbol| self.engine.code.sets.has(set, *symbol))
    }

    /// Where the first match of a part of a phrase that begins at token `at` ends (exclusive), staying before `end`.
    pub(crate) fn part_at(&self, part: &Part, at: usize, end: usize) -> Result<Option<usize>, OverBudget> {
        let second = part.second == SetId::ANY || self.is_in(at + 1, part.second);
        if second && self.is_in(at, part.first) { self.match_at(part.pc, at, end) } else { Ok(None) }
    }

    /// Where the first match of a program that begins at token `at` ends.
    fn match_at(&self, pc: Pc, at: usize, end: usize) -> Result<Option<usize>, OverBudget> {
        Ok(self.run(pc, at, end)?.filter(|stop| *stop > at))
    }

    /// The cues that the word at a place is or begins.
    pub(crate) fn cues(&self, at: usize) -> u32 {
        self.symbols.get(at).map_or(0, |symbol| self.engine.code.cues.bits(*symbol))
    }

    /// Where a cue that begins at token `at` ends.
    pub(crate) fn cue_at(&self, cue: Cue, at: usize, end: usize) -> Result<Option<usize>, OverBudget> {
        if at >= end {
            return Ok(None);
        }
        let bits = self.cues(at);
        if let Some(pc) = self.engine.code.cues.longer(cue, bits)
            && let Some(stop) = self.match_at(pc, at, end)?
        {
            return Ok(Some(stop));
        }
        Ok(CueBook::is_alone(cue, bits).then_some(at + 1))
    }

    fn begins_clause(&self, at: usize) -> bool {
        let clause = |token: usize| self.folded.tokens.get(token).map(|t| t.clause);
        at.checked_sub(1).is_none_or(|before| clause(before) != clause(at))
    }

    fn run(&self, mut pc: Pc, mut at: usize, end: usize) -> Result<Option<usize>, OverBudget> {
        self.meter.step()?;
        let programs = &self.engine.code.programs;
        loop {
            match programs.ops.get(wide(pc)) {
                Some(Op::Word(set)) if at < end && self.is_in(at, *set) => at += 1,
                Some(Op::Start) if self.begins_clause(at) => {}
                Some(Op::Gap(least, most)) => {
                    for skipped in at + wide(*least)..=(at + wide(*most)).min(end) {
                        if let Some(stop) = self.run(pc + 1, skipped, end)? {
                            return Ok(Some(stop));
                        }
                    }
                    return Ok(None);
                }
                Some(Op::Split { union, from, to }) => {
                    if *union != SetId::ANY && !(at < end && self.is_in(at, *union)) {
                        return Ok(None);
                    }
                    for way in programs.ways.get(wide(*from)..wide(*to)).unwrap_or_default() {
                        if (way.first == SetId::ANY || at < end && self.is_in(at, way.first))
                            && let Some(stop) = self.run(way.pc, at, end)?
                        {
                            return Ok(Some(stop));
                        }
                    }
                    return Ok(None);
                }
                Some(Op::Jump(to)) => {
                    pc = *to;
                    continue;
                }
                Some(Op::Number(measure)) => {
                    let tokens = self.folded.tokens.get(at..end).unwrap_or_default();
                    let words = tokens.iter().map(|t| self.folded.word(t));
                    match programs.measures.get(wide(*measure)).and_then(|measure| measure.matches(words)) {
                        Some(taken) => at += taken,
                        None => return Ok(None),
                    }
                }
                Some(Op::End) => return Ok(Some(at)),
                Some(Op::Word(_) | Op::Start) | None => return Ok(None),
            }
            pc += 1;
        }
    }
}
