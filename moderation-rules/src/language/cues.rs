//! The words of a language by which context is told. They live in a file of their own (`en.toml`), so that another
//! language is another file.

use serde::Deserialize;

use super::{Cue, Lists, Node, Programs, Vocabulary, WordSet, parse};

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

/// The same as steps of phrases.
pub(crate) struct CueNodes(Vec<Node>);

/// The same, compiled. Each is tried at a word of a sentence in which a rule matched.
#[derive(Debug)]
pub(crate) struct CueBook {
    pub negators: Cue,
    pub list_negators: Cue,
    pub turns: Cue,
    pub undo: Cue,
    pub me: Cue,
    pub my: Cue,
    pub reader: Cue,
    pub others: Cue,
    pub past: Cue,
    pub present: Cue,
    pub openers: Cue,
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
    pub(crate) fn of(nodes: &CueNodes, programs: &mut Programs) -> Self {
        let mut nodes = nodes.0.iter();
        let nothing = Node::Words(WordSet::default());
        // In the order in which they are read above.
        let mut next = || programs.cue(nodes.next().unwrap_or(&nothing));
        Self {
            negators: next(),
            list_negators: next(),
            turns: next(),
            undo: next(),
            me: next(),
            my: next(),
            reader: next(),
            others: next(),
            past: next(),
            present: next(),
            openers: next(),
        }
    }
}
