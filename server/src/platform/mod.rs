//! What every feature stands on: settings, time and chance, the database, the audit chain, the outbox, HTTP.

pub mod address;
pub mod audit;
pub mod clock;
pub mod config;
pub mod db;
pub mod fields;
pub mod hours;
pub mod http;
pub mod ids;
pub mod limits;
pub mod log;
pub mod outbox;
pub mod parallel;
pub mod refusal;
pub mod secrets;
pub mod submissions;
pub mod text;
