//! Measuring an engine with files: documents and queries in, a run in TREC form out.

mod lines;
mod run;

pub use lines::{Problem, Source, open};
pub use run::{Mode, Options, Summary, TrecError, run};
