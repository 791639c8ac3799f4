//! Runs the programs of phrases against the words of one sentence.

use crate::budget::{Meter, OverBudget};
use crate::fold::Folded;
use crate::language::{Cue, Op, Pc, Programs, SetId, Symbol};

/// The words of a text and what they are to the rules.
pub(crate) struct Words<'a> {
    pub folded: &'a Folded,
    pub symbols: Vec<Symbol>,
    pub programs: &'a Programs,
    pub meter: &'a Meter,
}

impl<'a> Words<'a> {
    pub(crate) fn new(folded: &'a Folded, programs: &'a Programs, meter: &'a Meter) -> Self {
        Self { folded, symbols: folded.tokens.iter().map(|t| t.symbol).collect(), programs, meter }
    }

    /// Whether the word at a place is in a set; no set holds any word.
    pub(crate) fn is_in(&self, at: usize, set: Option<SetId>) -> bool {
        match set {
            Some(set) => self.symbols.get(at).is_some_and(|symbol| self.programs.has(set, *symbol)),
            None => true,
        }
    }

    /// Where the first match of a program that begins at token `at` ends (exclusive), staying before `end`.
    pub(crate) fn match_at(&self, pc: Pc, at: usize, end: usize) -> Result<Option<usize>, OverBudget> {
        Ok(self.run(pc, at, end)?.filter(|stop| *stop > at))
    }

    /// Where a cue that begins at token `at` ends.
    pub(crate) fn cue_at(&self, cue: &Cue, at: usize, end: usize) -> Result<Option<usize>, OverBudget> {
        if at >= end {
            return Ok(None);
        }
        if self.is_in(at, cue.first)
            && let Some(stop) = self.match_at(cue.pc, at, end)?
        {
            return Ok(Some(stop));
        }
        Ok(self.is_in(at, Some(cue.singles)).then_some(at + 1))
    }

    fn begins_clause(&self, at: usize) -> bool {
        let clause = |token: usize| self.folded.tokens.get(token).map(|t| t.clause);
        at.checked_sub(1).is_none_or(|before| clause(before) != clause(at))
    }

    fn run(&self, mut pc: Pc, mut at: usize, end: usize) -> Result<Option<usize>, OverBudget> {
        self.meter.step()?;
        loop {
            match self.programs.ops.get(pc) {
                Some(Op::Word(set)) if at < end && self.is_in(at, Some(*set)) => at += 1,
                Some(Op::Start) if self.begins_clause(at) => {}
                Some(Op::Gap(least, most)) => {
                    for skipped in at + least..=(at + most).min(end) {
                        if let Some(stop) = self.run(pc + 1, skipped, end)? {
                            return Ok(Some(stop));
                        }
                    }
                    return Ok(None);
                }
                Some(Op::Split { union, from, to }) => {
                    if union.is_some() && !(at < end && self.is_in(at, *union)) {
                        return Ok(None);
                    }
                    for way in self.programs.ways.get(*from..*to).unwrap_or_default() {
                        if way.first.is_none() || at < end && self.is_in(at, way.first) {
                            if let Some(stop) = self.run(way.pc, at, end)? {
                                return Ok(Some(stop));
                            }
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
                    match measure.matches(tokens.iter().map(|t| self.folded.word(t))) {
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
