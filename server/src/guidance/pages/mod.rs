//! Guidance in pages: what readers see, and where staff write, sign and stop it.

pub(crate) mod card;
pub(crate) mod desk;
pub(crate) mod glossary;
pub(crate) mod reader;
