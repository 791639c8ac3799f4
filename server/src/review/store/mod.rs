//! Rows of the queue, claims and decisions.

mod author;
mod decisions;
mod items;

pub use author::*;
pub use decisions::*;
pub use items::*;
