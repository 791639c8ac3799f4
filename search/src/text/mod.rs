//! How text becomes words: the same way when it is indexed, searched for, ranked and marked.

mod cut;
mod edits;
mod stem;
mod stop;
mod words;

pub(crate) use cut::cut_at_word;
pub(crate) use edits::{ONE_EDIT_FROM, TWO_EDITS_FROM, edits_between, tolerated_edits};
pub(crate) use stem::{Word, analyse, analyzer, stem};
pub(crate) use stop::is_stop_word;
pub(crate) use words::{WordTokenizer, tokens};
