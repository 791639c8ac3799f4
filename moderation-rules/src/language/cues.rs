//! The words of a language by which context is told. They live in a file of their own (`en.toml`), so that another
//! language is another file.

use serde::Deserialize;

use super::phrase::first;
use super::{Lexicon, Lists, Node, Pc, Programs, Sets, Symbol, Vocabulary, WordSet, parse};
use crate::narrow::wide;

/// The cue words as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CueText {
    negators: Vec<String>,
    list_negators: Vec<String>,
    turns: Vec<String>,
    undo: Vec<String>,
    me: Vec<String>,
    my: Vec<String>,
    reader: Vec<String>,
    others: Vec<String>,
    past: Vec<String>,
    present: Vec<String>,
    openers: Vec<String>,
}

/// A kind of cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cue(usize);

impl Cue {
    pub(crate) const NEGATOR: Self = Self(0);
    pub(crate) const LIST_NEGATOR: Self = Self(1);
    pub(crate) const TURN: Self = Self(2);
    pub(crate) const UNDO: Self = Self(3);
    pub(crate) const ME: Self = Self(4);
    pub(crate) const MY: Self = Self(5);
    pub(crate) const READER: Self = Self(6);
    pub(crate) const OTHER: Self = Self(7);
    pub(crate) const PAST: Self = Self(8);
    pub(crate) const PRESENT: Self = Self(9);
    pub(crate) const OPENER: Self = Self(10);

    /// Where the word alone is the cue.
    const fn alone(self) -> u32 {
        1 << self.0
    }

    /// Where the word begins a cue of several words.
    const fn begins(self) -> u32 {
        1 << (self.0 + 16)
    }

    /// Bits of a word that is or begins any of these cues.
    pub(crate) const fn any(cues: &[Self]) -> u32 {
        let (mut bits, mut at) = (0, 0);
        while at < cues.len() {
            bits |= cues[at].alone() | cues[at].begins();
            at += 1;
        }
        bits
    }
}

/// The cues as steps of phrases, in the order of their numbers.
pub(crate) struct CueNodes(Vec<Node>);

/// The same, compiled.
#[derive(Debug)]
pub(crate) struct CueBook {
    /// For each symbol, the cues that it is and that it begins.
    bits: Vec<u32>,
    /// For each cue, its ways of several words.
    longer: Vec<Pc>,
}

impl CueNodes {
    pub(crate) fn english(vocabulary: &mut Vocabulary) -> Result<Self, String> {
        let text: CueText = toml::from_str(include_str!("en.toml")).map_err(|e| e.to_string())?;
        let mut step = |words: &Vec<String>| -> Result<Node, String> {
            let pattern = parse(&format!("({})", words.join("|")), &Lists::default(), vocabulary)?;
            pattern.parts.into_iter().flatten().next().ok_or_else(|| "an empty list of cues".to_owned())
        };
        let CueText { negators, list_negators, turns, undo, me, my, reader, others, past, present, openers } =
            &text;
        let all = [negators, list_negators, turns, undo, me, my, reader, others, past, present, openers];
        all.into_iter().map(&mut step).collect::<Result<_, _>>().map(Self)
    }
}

impl CueBook {
    pub(crate) fn of(cues: &CueNodes, lexicon: &Lexicon, programs: &mut Programs, sets: &mut Sets) -> Self {
        let mut book = Self { bits: vec![0; lexicon.len()], longer: Vec::new() };
        for (number, node) in cues.0.iter().enumerate() {
            let (singles, longer) = parted(node);
            book.mark(Cue(number).alone(), sets.symbols(&singles));
            match first(std::slice::from_ref(&longer)) {
                Some(words) => book.mark(Cue(number).begins(), sets.symbols(&words)),
                None => book.mark(Cue(number).begins(), lexicon.symbols()),
            }
            book.longer.push(programs.write(&[longer], sets));
        }
        book
    }

    fn mark(&mut self, bits: u32, symbols: impl Iterator<Item = Symbol>) {
        for symbol in symbols {
            self.bits[wide(symbol)] |= bits;
        }
    }

    /// The cues that a word is and that it begins.
    pub(crate) fn bits(&self, symbol: Symbol) -> u32 {
        self.bits.get(wide(symbol)).copied().unwrap_or_default()
    }

    /// The program of a cue's longer ways, if the word can begin one.
    pub(crate) fn longer(&self, cue: Cue, bits: u32) -> Option<Pc> {
        if bits & cue.begins() == 0 { None } else { self.longer.get(cue.0).copied() }
    }

    /// Whether the word alone is the cue.
    pub(crate) fn is_alone(cue: Cue, bits: u32) -> bool {
        bits & cue.alone() != 0
    }
}

/// The single words of a step and its ways of several words.
fn parted(node: &Node) -> (WordSet, Node) {
    let mut singles = WordSet::default();
    let mut longer = Vec::new();
    match node {
        Node::Words(words) => singles.join(words),
        Node::Either { ways, .. } => {
            for way in ways {
                match way.as_slice() {
                    [Node::Words(words)] => singles.join(words),
                    _ => longer.push(way.clone()),
                }
            }
        }
        other => longer.push(vec![other.clone()]),
    }
    (singles, Node::Either { ways: longer, optional: false })
}
