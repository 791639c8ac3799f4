//! A community that looks alive, for looking around in. Its words are in `server/demo/community.toml`; they are seeded through
//! the very acts that people use, at the times they tell of, so that rules, audit chain and outbox have all seen them.

mod acts;
mod people;
mod seed;
mod timeline;
mod words;

pub use people::Account;
pub use seed::{SeedError, Seeded, seed};
