//! Phrases as small programs over symbols: what is run against a text.

use super::phrase::first;
use super::sets::{SetId, Sets};
use super::{Measure, Node, Symbol, WordSet};
use crate::narrow::narrow;

/// The place of a step in a program.
pub(crate) type Pc = u32;

/// One step of a program.
#[derive(Debug)]
pub(crate) enum Op {
    /// The next word is this one.
    One(Symbol),
    /// The next word is one of these.
    Word(SetId),
    /// The beginning of a sentence or clause.
    Start,
    /// Any words, at least and at most so many, up to one of this set.
    Gap {
        least: u32,
        most: u32,
        next: SetId,
    },
    /// One of the ways `from..to`, tried in turn; none if the next word is not in the set.
    Split {
        union: SetId,
        from: u32,
        to: u32,
    },
    /// One of many ways: those that the next word allows, in turn, the cases `from..to`. Then, perhaps, another: one
    /// that does not tell by which words it begins, or none.
    Switch {
        from: u32,
        to: u32,
        otherwise: Pc,
    },
    Jump(Pc),
    /// A number, perhaps with a unit.
    Number(u32),
    End,
}

/// A way on from a split. Where the next word is not in `first`, it leads nowhere.
#[derive(Debug)]
pub(crate) struct Way {
    pub first: SetId,
    pub pc: Pc,
}

/// Fewer ways are sooner tried than looked up; too many words would take too much room.
const FEWEST_CASES: usize = 4;
const MOST_CASES: usize = 2_000;

/// All programs.
#[derive(Debug, Default)]
pub(crate) struct Programs {
    pub ops: Vec<Op>,
    pub ways: Vec<Way>,
    /// The ways of switches by the word they begin with, in order within each switch.
    pub cases: Vec<(Symbol, Pc)>,
    pub measures: Vec<Measure>,
}

impl Programs {
    /// Writes the program of a phrase.
    pub(crate) fn write(&mut self, nodes: &[Node], sets: &mut Sets) -> Pc {
        let start = narrow(self.ops.len());
        self.sequence(nodes, sets);
        self.ops.push(Op::End);
        start
    }

    fn sequence(&mut self, nodes: &[Node], sets: &mut Sets) {
        for (at, node) in nodes.iter().enumerate() {
            match node {
                Node::Words(words) => self.ops.push(match sets.only(words) {
                    Some(symbol) => Op::One(symbol),
                    None => Op::Word(sets.number(words)),
                }),
                Node::Start => self.ops.push(Op::Start),
                Node::Gap(least, most) => {
                    let next = nodes.get(at + 1..).and_then(first);
                    self.ops.push(Op::Gap {
                        least: narrow(*least),
                        most: narrow(*most),
                        next: sets.number_or_any(next.as_ref()),
                    });
                }
                Node::Number(measure) => {
                    self.ops.push(Op::Number(narrow(self.measures.len())));
                    self.measures.push(*measure);
                }
                Node::Either { ways, optional } => self.split(ways, *optional, sets),
            }
        }
    }

    /// The ways stand one after the other, each with a jump to what follows them all.
    fn split(&mut self, sequences: &[Vec<Node>], optional: bool, sets: &mut Sets) {
        let split = self.ops.len();
        self.ops.push(Op::End);
        let mut ways = Vec::new();
        let mut jumps = Vec::new();
        for sequence in sequences {
            ways.push((first(sequence), narrow(self.ops.len())));
            self.sequence(sequence, sets);
            jumps.push(self.ops.len());
            self.ops.push(Op::End);
        }
        let otherwise = self.ops.len();
        self.ops.push(Op::End);
        let after = narrow(self.ops.len());
        for jump in jumps {
            self.ops[jump] = Op::Jump(after);
        }
        let none = optional.then_some(after);
        (self.ops[split], self.ops[otherwise]) = match cases(&ways, sets) {
            Some(cases) => {
                ways.retain(|(begins, _)| begins.is_none());
                (self.switch(cases, narrow(otherwise)), self.ways(ways, none, sets))
            }
            None => (self.ways(ways, none, sets), Op::End),
        };
    }

    fn switch(&mut self, cases: Vec<(Symbol, Pc)>, otherwise: Pc) -> Op {
        let from = narrow(self.cases.len());
        self.cases.extend(cases);
        Op::Switch { from, to: narrow(self.cases.len()), otherwise }
    }

    fn ways(&mut self, ways: Vec<(Option<WordSet>, Pc)>, otherwise: Option<Pc>, sets: &mut Sets) -> Op {
        let mut union = Some(WordSet::default()).filter(|_| otherwise.is_none() && ways.len() > 2);
        let from = narrow(self.ways.len());
        for (begins, pc) in ways {
            union = union.zip(begins.as_ref()).map(|(union, begins)| union.with(begins));
            self.ways.push(Way { first: sets.number_or_any(begins.as_ref()), pc });
        }
        self.ways.extend(otherwise.map(|pc| Way { first: SetId::ANY, pc }));
        Op::Split { union: sets.number_or_any(union.as_ref()), from, to: narrow(self.ways.len()) }
    }
}

/// By the word that they begin with, the ways that tell by which; if there are many of them.
fn cases(ways: &[(Option<WordSet>, Pc)], sets: &Sets) -> Option<Vec<(Symbol, Pc)>> {
    let told = ways.iter().filter_map(|(begins, pc)| Some((begins.as_ref()?, *pc)));
    if told.clone().count() < FEWEST_CASES {
        return None;
    }
    let mut cases: Vec<(Symbol, Pc)> =
        told.flat_map(|(begins, pc)| sets.symbols(begins).map(move |symbol| (symbol, pc))).collect();
    // The later a way stands, the larger its place.
    cases.sort_unstable();
    cases.dedup();
    (cases.len() <= MOST_CASES).then_some(cases)
}
