//! Rows of the queue, claims and decisions.

mod decisions;
mod items;

pub use decisions::*;
pub use items::*;
