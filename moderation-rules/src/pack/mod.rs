//! Packs: files of rules, how they are read, and what is said when one is wrong.

mod context;
mod error;
mod file;
mod info;
mod read;
mod shipped;
mod validate;

pub(crate) use context::{About, Context, Polarity, Tense};
pub use error::PackError;
pub(crate) use file::{Examples, PackFile, Phrase, RuleFile, Scope};
pub use info::{RuleInfo, RuleState, Stage};
pub(crate) use read::{line_of, read};
pub(crate) use shipped::shipped;
pub(crate) use validate::validate;

/// The text of one pack and the name to call it by in messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackSource {
    pub name: String,
    pub text: String,
}

impl PackSource {
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}
