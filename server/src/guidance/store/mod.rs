//! Rows of articles, versions, signatures, stops, cards and verified statements.

mod articles;
mod cards;
mod signatures;
mod statements;

pub use articles::*;
pub use cards::*;
pub use signatures::*;
pub use statements::*;
