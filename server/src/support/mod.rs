//! Reaching a person: help lines, and the panels shown to somebody who wrote something hard.

pub mod care;
pub mod pages;
