//! Where people decide: the queue, claims, decisions, and the second list of public posts that nobody of staff has read yet.

pub mod api;
pub mod claim;
pub mod decide;
mod masked;
mod model;
pub mod pages;
pub mod queue;
pub mod read;
pub mod store;

pub use crate::screening::{Cause, ItemId, ItemState};
pub use model::{Choice, DecisionId, QueueCursor};
