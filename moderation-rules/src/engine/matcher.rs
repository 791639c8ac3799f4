//! Runs the programs of phrases against the words of one sentence.

use super::Engine;
use super::code::Part;
use crate::budget::{Meter, OverBudget};
use crate::fold::{Folded, Sentence};
use crate::language::{Cue, CueBook, Look, Op, Pc, SetId, Symbol};
use crate::narrow::wide;

/// The words of a text and what they are to the rules.
pub(crate) struct Words<'a> {
    pub folded: &'a Folded,
    pub symbols: Vec<Symbol>,
    /// What each word looks like from afar, and one more that looks like nothing.
    looks: Vec<Look>,
    engine: &'a Engine,
    pub meter: &'a Meter,
}

impl<'a> Words<'a> {
    pub(crate) fn new(folded: &'a Folded, engine: &'a Engine, meter: &'a Meter) -> Self {
        let symbols: Vec<Symbol> = folded.tokens.iter().map(|t| t.symbol).collect();
        let looks = symbols.iter().map(|symbol| Look::of(*symbol)).chain([Look::default()]).collect();
        Self { folded, symbols, looks, engine, meter }
    }

    /// Whether a part of a phrase can stand in a sentence at all: a word that it needs is there.
    pub(crate) fn may_stand(&self, part: &Part, sentence: Sentence) -> bool {
        self.has_any(part.key, sentence)
    }

    /// Whether a word of a set is in a sentence.
    pub(crate) fn has_any(&self, set: SetId, sentence: Sentence) -> bool {
        (sentence.first..sentence.end).any(|at| self.is_in(set, at, sentence.end))
    }

    /// Where the first match of a part of a phrase that begins at token `at` ends (exclusive), staying before `end`.
    pub(crate) fn part_at(&self, part: &Part, at: usize, end: usize) -> Result<Option<usize>, OverBudget> {
        let looks = self.looks.get(at..at + 2).unwrap_or_default();
        let ((first, first_set), (second, second_set)) = (part.first, part.second);
        if !matches!(looks, [a, b] if first.may_have(*a) && second.may_have(*b))
            || !self.may_be(second_set, at + 1, end)
            || !self.is_in(first_set, at, end)
        {
            return Ok(None);
        }
        self.match_at(part.pc, at, end)
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

    /// Whether what begins with one of a set of words can begin at a place.
    fn may_be(&self, set: SetId, at: usize, end: usize) -> bool {
        set == SetId::ANY || self.is_in(set, at, end)
    }

    /// Whether a set holds the word at a place before `end`.
    fn is_in(&self, set: SetId, at: usize, end: usize) -> bool {
        match (self.symbols.get(at), self.looks.get(at)) {
            (Some(symbol), Some(look)) if at < end => self.engine.code.sets.has(set, *symbol, *look),
            _ => false,
        }
    }

    fn run(&self, mut pc: Pc, mut at: usize, end: usize) -> Result<Option<usize>, OverBudget> {
        self.meter.step()?;
        let programs = &self.engine.code.programs;
        loop {
            match programs.ops.get(wide(pc)) {
                Some(Op::One(symbol)) if at < end && self.symbols.get(at) == Some(symbol) => at += 1,
                Some(Op::Word(set)) if self.is_in(*set, at, end) => at += 1,
                Some(Op::Start) if self.begins_clause(at) => {}
                Some(Op::Gap { least, most, next }) => {
                    for skipped in at + wide(*least)..=(at + wide(*most)).min(end) {
                        if self.may_be(*next, skipped, end)
                            && let Some(stop) = self.run(pc + 1, skipped, end)?
                        {
                            return Ok(Some(stop));
                        }
                    }
                    return Ok(None);
                }
                Some(Op::Split { union, from, to }) => {
                    if !self.may_be(*union, at, end) {
                        return Ok(None);
                    }
                    let ways = programs.ways.get(wide(*from)..wide(*to)).unwrap_or_default();
                    let Some((last, ways)) = ways.split_last() else { return Ok(None) };
                    for way in ways {
                        if self.may_be(way.first, at, end)
                            && let Some(stop) = self.run(way.pc, at, end)?
                        {
                            return Ok(Some(stop));
                        }
                    }
                    if !self.may_be(last.first, at, end) {
                        return Ok(None);
                    }
                    pc = last.pc;
                    continue;
                }
                Some(Op::Switch { from, to, otherwise }) => {
                    let cases = programs.cases.get(wide(*from)..wide(*to)).unwrap_or_default();
                    if let Some(symbol) = self.symbols.get(at).filter(|_| at < end) {
                        let first = cases.partition_point(|(word, _)| word < symbol);
                        for (_, way) in cases.iter().skip(first).take_while(|(word, _)| word == symbol) {
                            if let Some(stop) = self.run(*way, at, end)? {
                                return Ok(Some(stop));
                            }
                        }
                    }
                    pc = *otherwise;
                    continue;
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
                Some(Op::One(_) | Op::Word(_) | Op::Start) | None => return Ok(None),
            }
            pc += 1;
        }
    }
}
