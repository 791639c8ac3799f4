//! Phrases as small programs over symbols: what is run against a text.

use std::collections::HashMap;

use super::phrase::first;
use super::{Lexicon, Measure, Node, Symbol, WordId, WordSet};

/// The place of a step in a program.
pub(crate) type Pc = usize;
/// The number of a set of symbols.
pub(crate) type SetId = usize;

/// One step of a program.
#[derive(Debug)]
pub(crate) enum Op {
    /// The next word is one of these.
    Word(SetId),
    /// The beginning of a sentence or clause.
    Start,
    /// Any words, at least and at most so many.
    Gap(usize, usize),
    /// One of these ways, tried in turn; none if the next word is not in the set, where there is one.
    Split {
        union: Option<SetId>,
        from: usize,
        to: usize,
    },
    Jump(Pc),
    /// A number, perhaps with a unit.
    Number(Measure),
    End,
}

/// A way on from a split. Where the next word is not in `first`, it leads nowhere.
#[derive(Debug)]
pub(crate) struct Way {
    pub first: Option<SetId>,
    pub pc: Pc,
}

/// All programs, with the sets they ask about.
#[derive(Debug)]
pub(crate) struct Programs {
    pub ops: Vec<Op>,
    pub ways: Vec<Way>,
    sets: Vec<Set>,
    /// The symbols of all small sets, sorted within each.
    members: Vec<Symbol>,
    /// The large sets, a bit for each symbol.
    bits: Vec<u64>,
    /// How many of `bits` a large set takes.
    row: usize,
    known: HashMap<Vec<WordId>, SetId>,
    /// For each word or stem, the symbols that are it.
    symbols_of: Vec<Vec<Symbol>>,
}

/// A set of symbols. Most words are in none, and `hint` says so at once.
#[derive(Debug)]
struct Set {
    hint: u64,
    /// A range of `members` or, for a large set, the first of its row in `bits`.
    from: usize,
    to: Option<usize>,
}

/// Larger sets are kept as bits.
const LARGEST_LISTED: usize = 16;

/// A word by which context is told: a single word, or a program tried where its first word stands.
#[derive(Debug)]
pub(crate) struct Cue {
    pub singles: SetId,
    pub first: Option<SetId>,
    pub pc: Pc,
}

impl Programs {
    pub(crate) fn new(lexicon: &Lexicon, words: usize) -> Self {
        let mut symbols_of = vec![Vec::new(); words];
        for symbol in lexicon.symbols() {
            for id in lexicon.ids(symbol) {
                symbols_of[*id].push(symbol);
            }
        }
        Self {
            ops: Vec::new(),
            ways: Vec::new(),
            sets: Vec::new(),
            members: Vec::new(),
            bits: Vec::new(),
            row: lexicon.len().div_ceil(64),
            known: HashMap::new(),
            symbols_of,
        }
    }

    /// Whether a symbol is in a set.
    pub(crate) fn has(&self, set: SetId, symbol: Symbol) -> bool {
        let Some(set) = self.sets.get(set) else { return false };
        if set.hint & hint(symbol) == 0 {
            return false;
        }
        match set.to {
            Some(to) => self.members.get(set.from..to).is_some_and(|members| members.contains(&symbol)),
            None => {
                let word = usize::try_from(symbol / 64).ok().and_then(|word| self.bits.get(set.from + word));
                word.is_some_and(|word| word & hint(symbol) != 0)
            }
        }
    }

    /// The number of a set of words; equal sets share one.
    pub(crate) fn set(&mut self, words: &WordSet) -> SetId {
        let ids: Vec<WordId> = words.iter().collect();
        if let Some(set) = self.known.get(&ids) {
            return *set;
        }
        let mut symbols: Vec<Symbol> = self.symbols(words).collect();
        symbols.sort_unstable();
        symbols.dedup();
        let hints = symbols.iter().fold(0, |all, symbol| all | hint(*symbol));
        let set = if symbols.len() <= LARGEST_LISTED {
            let from = self.members.len();
            self.members.extend(symbols);
            Set { hint: hints, from, to: Some(self.members.len()) }
        } else {
            let from = self.bits.len();
            self.bits.resize(from + self.row, 0);
            for symbol in symbols {
                if let Some(word) =
                    usize::try_from(symbol / 64).ok().and_then(|w| self.bits.get_mut(from + w))
                {
                    *word |= hint(symbol);
                }
            }
            Set { hint: hints, from, to: None }
        };
        self.sets.push(set);
        self.known.insert(ids, self.sets.len() - 1);
        self.sets.len() - 1
    }

    /// The symbols that are any of these words; some twice.
    pub(crate) fn symbols(&self, words: &WordSet) -> impl Iterator<Item = Symbol> {
        words.iter().filter_map(|id| self.symbols_of.get(id)).flatten().copied()
    }

    /// Writes the program of a phrase.
    pub(crate) fn write(&mut self, nodes: &[Node]) -> Pc {
        let start = self.ops.len();
        self.sequence(nodes);
        self.ops.push(Op::End);
        start
    }

    fn sequence(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Words(words) => {
                    let set = self.set(words);
                    self.ops.push(Op::Word(set));
                }
                Node::Start => self.ops.push(Op::Start),
                Node::Gap(least, most) => self.ops.push(Op::Gap(*least, *most)),
                Node::Number(measure) => self.ops.push(Op::Number(*measure)),
                Node::Either { ways, optional } => self.split(ways, *optional),
            }
        }
    }

    /// The ways stand one after the other, each with a jump to what follows them all.
    fn split(&mut self, sequences: &[Vec<Node>], optional: bool) {
        let split = self.ops.len();
        self.ops.push(Op::End);
        let mut ways = Vec::new();
        let mut jumps = Vec::new();
        let mut union = Some(WordSet::default());
        for sequence in sequences {
            let begins = first(sequence);
            union = union.zip(begins.as_ref()).map(|(union, begins)| union.with(begins));
            let first = begins.map(|words| self.set(&words));
            ways.push(Way { first, pc: self.ops.len() });
            self.sequence(sequence);
            jumps.push(self.ops.len());
            self.ops.push(Op::Jump(0));
        }
        let after = self.ops.len();
        for jump in jumps {
            self.ops[jump] = Op::Jump(after);
        }
        if optional {
            ways.push(Way { first: None, pc: after });
        }
        let union = union.filter(|_| !optional && ways.len() > 2).map(|words| self.set(&words));
        let from = self.ways.len();
        self.ways.extend(ways);
        self.ops[split] = Op::Split { union, from, to: self.ways.len() };
    }

    /// Compiles a step whose single words are told apart from its longer ways.
    pub(crate) fn cue(&mut self, node: &Node) -> Cue {
        let ways = match node {
            Node::Either { ways, .. } => ways.as_slice(),
            _ => &[],
        };
        let single = |way: &[Node]| match way {
            [Node::Words(words)] => Some(words.clone()),
            _ => None,
        };
        let singles = match node {
            Node::Words(words) => words.clone(),
            _ => {
                ways.iter().filter_map(|way| single(way)).fold(WordSet::default(), |all, one| all.with(&one))
            }
        };
        let longer: Vec<Vec<Node>> = ways.iter().filter(|way| single(way).is_none()).cloned().collect();
        let begins = first(&[Node::Either { ways: longer.clone(), optional: false }]);
        Cue {
            singles: self.set(&singles),
            first: begins.map(|words| self.set(&words)),
            pc: self.write(&[Node::Either { ways: longer, optional: false }]),
        }
    }
}

fn hint(symbol: Symbol) -> u64 {
    1 << (symbol % 64)
}
