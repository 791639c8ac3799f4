//! A moderated patient community in one binary. ARCHITECTURE.md has the map.

pub mod accounts;
pub mod app;
mod bench;
pub mod cli;
mod compressed;
pub mod demo;
pub mod discovery;
pub mod guidance;
pub mod import;
mod layout;
pub mod notices;
pub mod oversight;
pub mod platform;
pub mod review;
pub mod routes;
pub mod screening;
pub mod serve;
pub mod support;
pub mod threads;
