//! Rows of articles, versions, signatures, stops, cards and verified statements.

mod articles;
mod cards;
mod desk;
mod marks;
mod signatures;
mod statements;

pub use articles::*;
pub use cards::*;
pub use desk::*;
pub use marks::*;
pub use signatures::*;
pub use statements::*;
