//! Finding: what is indexed (published text only), how it is asked for, and the re-check of every hit before it is shown.

pub mod alike;
pub mod answered;
pub mod api;
mod asked;
pub mod breaker;
pub mod builds;
pub mod find;
pub mod index;
pub mod looked_for;
pub mod pages;
pub mod rebuild;
mod recheck;
pub mod reconcile;
pub mod related;
pub mod saved;
mod store;
mod suggest;
