//! Finding: what is indexed (published text only), how it is asked for, and the re-check of every hit before it is shown.

pub mod api;
pub mod find;
pub mod index;
pub mod pages;
pub mod reconcile;
mod store;
