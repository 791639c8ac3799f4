//! The language of phrases: what a clinician writes between quotation marks in a pack, and what it compiles to.

mod common;
mod cues;
mod key;
mod lexicon;
mod lists;
mod measure;
mod parse;
mod phrase;
mod program;
mod sets;
mod spelling;
mod vocabulary;

pub(crate) use common::{share_of_words, weights};
pub(crate) use cues::{Cue, CueBook, CueNodes};
pub(crate) use key::Key;
pub(crate) use lexicon::{Lexicon, Symbol, UNKNOWN};
pub(crate) use lists::Lists;
pub(crate) use measure::{Measure, Unit, number_in};
pub(crate) use parse::parse;
pub(crate) use phrase::{Node, Pattern, Sequence, WordSet};
pub(crate) use program::{Op, Pc, Programs};
pub(crate) use sets::{Look, Seen, SetId, Sets};
pub(crate) use spelling::Spelling;
pub(crate) use vocabulary::{NUMBER, Vocabulary, WordId};
