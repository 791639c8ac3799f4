//! Runs the programs of phrases against the words of one sentence.

use super::Engine;
use super::code::Part;
use crate::budget::{Meter, OverBudget};
use crate::fold::{Folded, Sentence};
use crate::language::{Cue, CueBook, Op, Pc, Seen, SetId};
use crate::narrow::wide;

/// The words of a text and what they are to the rules.
pub(crate) struct Words<'a> {
    pub folded: &'a Folded,
    /// And one more that is nothing.
    seen: Vec<Seen>,
    engine: &'a Engine,
    pub meter: &'a Meter,
}

impl<'a> Words<'a> {
    pub(crate) fn new(folded: &'a Folded, engine: &'a Engine, meter: &'a Meter) -> Self {
        let mut seen = Vec::with_capacity(folded.tokens.len() + 1);
        seen.extend(folded.tokens.iter().map(|token| Seen::of(token.symbol)));
        seen.push(Seen::NOTHING);
        Self { folded, seen, engine, meter }
    }

    /// Whether a part of a phrase can stand in a sentence at all: a word that it needs is there.
    pub(crate) fn may_stand(&self, part: &Part, sentence: Sentence) -> bool {
        self.has_any(part.key, sentence)
    }

    /// The words of a sentence.
    pub(crate) fn of(&self, sentence: Sentence) -> &[Seen] {
        self.seen.get(sentence.first..sentence.end).unwrap_or_default()
    }

    /// The words before a place.
    fn before(&self, end: usize) -> &[Seen] {
        self.seen.get(..end).unwrap_or_default()
    }

    /// Whether a word of a set is in a sentence.
    pub(crate) fn has_any(&self, set: SetId, sentence: Sentence) -> bool {
        self.of(sentence).iter().any(|seen| self.engine.code.sets.has(set, *seen))
    }

    /// Where the first match of a part of a phrase that begins at token `at` ends (exclusive), staying before `end`.
    pub(crate) fn part_at(&self, part: &Part, at: usize, end: usize) -> Result<Option<usize>, OverBudget> {
        let ((first, first_set), (second, second_set)) = (part.first, part.second);
        let pair = self.seen.get(at..at + 2).unwrap_or_default();
        if !matches!(pair, [a, b] if first.may_have(a.look) && second.may_have(b.look)) {
            return Ok(None);
        }
        let words = self.before(end);
        if !self.may_be(second_set, at + 1, words) || !self.is_in(first_set, at, words) {
            return Ok(None);
        }
        self.match_at(part.pc, at, words)
    }

    /// Where the first match of a program that begins at token `at` ends.
    fn match_at(&self, pc: Pc, at: usize, words: &[Seen]) -> Result<Option<usize>, OverBudget> {
        Ok(self.run(pc, at, words)?.filter(|stop| *stop > at))
    }

    /// The cues that the word at a place is or begins.
    pub(crate) fn cues(&self, at: usize) -> u32 {
        self.seen.get(at).map_or(0, |seen| self.engine.code.cues.bits(seen.symbol))
    }

    /// Where a cue that begins at token `at` ends.
    pub(crate) fn cue_at(&self, cue: Cue, at: usize, end: usize) -> Result<Option<usize>, OverBudget> {
        if at >= end {
            return Ok(None);
        }
        let bits = self.cues(at);
        if let Some(pc) = self.engine.code.cues.longer(cue, bits)
            && let Some(stop) = self.match_at(pc, at, self.before(end))?
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
    fn may_be(&self, set: SetId, at: usize, words: &[Seen]) -> bool {
        set == SetId::ANY || self.is_in(set, at, words)
    }

    /// Whether a set holds the word at a place.
    fn is_in(&self, set: SetId, at: usize, words: &[Seen]) -> bool {
        words.get(at).is_some_and(|seen| self.engine.code.sets.has(set, *seen))
    }

    /// Runs a program on the words from `at` on, to the last of `words`.
    fn run(&self, mut pc: Pc, mut at: usize, words: &[Seen]) -> Result<Option<usize>, OverBudget> {
        self.meter.step()?;
        let programs = &self.engine.code.programs;
        loop {
            match programs.ops.get(wide(pc)) {
                Some(Op::One(symbol)) if words.get(at).is_some_and(|seen| seen.symbol == *symbol) => at += 1,
                Some(Op::Word(set)) if self.is_in(*set, at, words) => at += 1,
                Some(Op::Start) if self.begins_clause(at) => {}
                Some(Op::Gap { least, most, next }) => {
                    for skipped in at + wide(*least)..=(at + wide(*most)).min(words.len()) {
                        if self.may_be(*next, skipped, words)
                            && let Some(stop) = self.run(pc + 1, skipped, words)?
                        {
                            return Ok(Some(stop));
                        }
                    }
                    return Ok(None);
                }
                Some(Op::Split { union, from, to }) => {
                    if !self.may_be(*union, at, words) {
                        return Ok(None);
                    }
                    let ways = programs.ways.get(wide(*from)..wide(*to)).unwrap_or_default();
                    let Some((last, ways)) = ways.split_last() else { return Ok(None) };
                    for way in ways {
                        if self.may_be(way.first, at, words)
                            && let Some(stop) = self.run(way.pc, at, words)?
                        {
                            return Ok(Some(stop));
                        }
                    }
                    if !self.may_be(last.first, at, words) {
                        return Ok(None);
                    }
                    pc = last.pc;
                    continue;
                }
                Some(Op::Switch { from, to, otherwise }) => {
                    let cases = programs.cases.get(wide(*from)..wide(*to)).unwrap_or_default();
                    if let Some(Seen { symbol, .. }) = words.get(at) {
                        let first = cases.partition_point(|(word, _)| word < symbol);
                        for (_, way) in cases.iter().skip(first).take_while(|(word, _)| word == symbol) {
                            if let Some(stop) = self.run(*way, at, words)? {
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
                    let tokens = self.folded.tokens.get(at..words.len()).unwrap_or_default();
                    let spelled = tokens.iter().map(|t| self.folded.word(t));
                    match programs.measures.get(wide(*measure)).and_then(|measure| measure.matches(spelled)) {
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
