//! The words of a language by which context is told. They live in a file of their own (`en.toml`), so that another
//! language is another file.

use serde::Deserialize;

use super::{Lists, Node, Vocabulary, parse};

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

/// The same, compiled. Each is one step of a phrase, tried at a word of a sentence in which a rule matched.
#[derive(Debug)]
pub(crate) struct CueBook {
    pub negators: Node,
    pub list_negators: Node,
    pub turns: Node,
    pub undo: Node,
    pub me: Node,
    pub my: Node,
    pub reader: Node,
    pub others: Node,
    pub past: Node,
    pub present: Node,
    pub openers: Node,
}

impl CueBook {
    pub(crate) fn english(vocabulary: &mut Vocabulary) -> Result<Self, String> {
        let text: CueText = toml::from_str(include_str!("en.toml")).map_err(|e| e.to_string())?;
        let mut step = |words: &[String]| -> Result<Node, String> {
            let pattern = parse(&format!("({})", words.join("|")), &Lists::default(), vocabulary)?;
            pattern.parts.into_iter().flatten().next().ok_or_else(|| "an empty list of cues".to_owned())
        };
        Ok(Self {
            negators: step(&text.negators)?,
            list_negators: step(&text.list_negators)?,
            turns: step(&text.turns)?,
            undo: step(&text.undo)?,
            me: step(&text.me)?,
            my: step(&text.my)?,
            reader: step(&text.reader)?,
            others: step(&text.others)?,
            past: step(&text.past)?,
            present: step(&text.present)?,
            openers: step(&text.openers)?,
        })
    }
}
