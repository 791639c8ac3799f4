//! Matches the steps of a phrase against the words of one sentence.

use crate::budget::{Meter, OverBudget};
use crate::fold::Folded;
use crate::language::{Node, WordId};

/// The words of a text with the ids they are known by.
pub(crate) struct Words<'a> {
    pub folded: &'a Folded,
    /// For each token, its range in `ids`.
    pub ranges: Vec<(usize, usize)>,
    pub ids: Vec<WordId>,
    pub meter: &'a Meter,
}

/// What to do with the place where a sequence ended: whether it is good enough.
type Then<'k> = &'k mut dyn FnMut(usize) -> Result<bool, OverBudget>;

impl Words<'_> {
    pub(crate) fn of(&self, token: usize) -> &[WordId] {
        let (from, to) = self.ranges.get(token).copied().unwrap_or_default();
        self.ids.get(from..to).unwrap_or_default()
    }

    /// Where the shortest match of `nodes` that begins at token `at` ends (exclusive), staying before `end`.
    pub(crate) fn match_at(
        &self,
        nodes: &[Node],
        at: usize,
        end: usize,
    ) -> Result<Option<usize>, OverBudget> {
        let mut ended = None;
        self.run(nodes, at, end, &mut |stop| {
            ended = Some(stop);
            Ok(true)
        })?;
        Ok(ended.filter(|stop| *stop > at))
    }

    fn begins_clause(&self, at: usize) -> bool {
        let clause = |token: usize| self.folded.tokens.get(token).map(|t| t.clause);
        at.checked_sub(1).is_none_or(|before| clause(before) != clause(at))
    }

    fn run(&self, nodes: &[Node], at: usize, end: usize, then: Then<'_>) -> Result<bool, OverBudget> {
        self.meter.step()?;
        let Some((node, rest)) = nodes.split_first() else { return then(at) };
        match node {
            Node::Words(set) => {
                if at < end && set.has_any(self.of(at)) {
                    return self.run(rest, at + 1, end, then);
                }
                Ok(false)
            }
            Node::Start => {
                if self.begins_clause(at) {
                    return self.run(rest, at, end, then);
                }
                Ok(false)
            }
            Node::Gap(least, most) => {
                for skipped in *least..=*most {
                    if at + skipped > end || self.run(rest, at + skipped, end, then)? {
                        return Ok(at + skipped <= end);
                    }
                }
                Ok(false)
            }
            Node::Either { ways, optional } => {
                for way in ways {
                    if self.run(way, at, end, &mut |stop| self.run(rest, stop, end, then))? {
                        return Ok(true);
                    }
                }
                if *optional { self.run(rest, at, end, then) } else { Ok(false) }
            }
            Node::Number(measure) => {
                let tokens = self.folded.tokens.get(at..end).unwrap_or_default();
                match measure.matches(tokens.iter().map(|t| self.folded.word(t))) {
                    Some(taken) => self.run(rest, at + taken, end, then),
                    None => Ok(false),
                }
            }
        }
    }
}
