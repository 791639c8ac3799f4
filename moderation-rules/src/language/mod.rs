//! The language of phrases: what a clinician writes between quotation marks in a pack, and what it compiles to.

mod cues;
mod lexicon;
mod lists;
mod measure;
mod parse;
mod phrase;
mod program;
mod sets;
mod spelling;
mod vocabulary;

pub(crate) use cues::{Cue, CueBook, CueNodes};
pub(crate) use lexicon::{Lexicon, Symbol};
pub(crate) use lists::Lists;
pub(crate) use measure::{Measure, Unit, number_in};
pub(crate) use parse::parse;
pub(crate) use phrase::{Key, Node, Pattern, Sequence, WordSet, is_common, key};
pub(crate) use program::{Op, Pc, Programs};
pub(crate) use sets::{SetId, Sets};
pub(crate) use spelling::Spelling;
pub(crate) use vocabulary::{NUMBER, Vocabulary, WordId};
