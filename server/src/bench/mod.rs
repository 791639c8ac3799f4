//! What `tests/load/bench` drives: a large community to read from, and posting against the bare inserts. Ratios within one run, never
//! absolute promises.

pub mod posting;
pub mod reading;
mod store;
