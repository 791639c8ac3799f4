//! Proof for those who answer for the place: the audit chain as a list, and `doctor`, which checks every invariant.

pub mod api;
pub mod dead_letters;
pub mod doctor;
pub mod metrics;
pub mod pages;
mod store;
