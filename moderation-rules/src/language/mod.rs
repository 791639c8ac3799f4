//! The language of phrases: what a clinician writes between quotation marks in a pack, and what it compiles to.

mod cues;
mod lists;
mod measure;
mod parse;
mod phrase;
mod vocabulary;

pub(crate) use cues::CueBook;
pub(crate) use lists::Lists;
pub(crate) use measure::{Measure, Unit, number_in};
pub(crate) use parse::parse;
pub(crate) use phrase::{Key, Node, Pattern, Sequence, WordSet, is_common, key};
pub(crate) use vocabulary::{NUMBER, Vocabulary, WordId};
