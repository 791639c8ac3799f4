//! Why a text was not accepted: a stable code for programs, a sentence for people.

use std::fmt;

use super::MAX_BYTES;

/// Stable codes; they are part of the API and are never renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContentCode {
    /// Nothing that a reader could see.
    Empty,
    /// More bytes or characters than allowed.
    TooLong,
    /// A zero byte, which databases refuse.
    Nul,
    /// An invisible control character.
    ControlCharacter,
    /// More than twenty links.
    TooManyLinks,
    /// Lists or quotations inside one another, too many levels deep.
    TooDeep,
    /// A shape that would take a machine too long to draw.
    TooComplex,
    /// The sanitizer did not agree with itself; nothing is shown rather than something doubtful.
    NotStable,
}

impl ContentCode {
    /// The code as the API spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::Nul => "nul",
            Self::ControlCharacter => "control_character",
            Self::TooManyLinks => "too_many_links",
            Self::TooDeep => "too_deep",
            Self::TooComplex => "too_complex",
            Self::NotStable => "not_stable",
        }
    }

    fn sentence(self) -> String {
        match self {
            Self::Empty => "Please write something first.".to_owned(),
            Self::TooLong => format!("This is too long. Please keep it under {MAX_BYTES} characters."),
            Self::Nul | Self::ControlCharacter => {
                "There is an invisible character in this text that we cannot keep. Try typing it again instead of pasting it."
                    .to_owned()
            }
            Self::TooManyLinks => format!("Please use no more than {} links.", super::prescan::MAX_LINKS),
            Self::TooDeep => {
                "Lists or quotations are inside one another too many times. Please use fewer levels.".to_owned()
            }
            Self::TooComplex => {
                "There is too much formatting for us to draw. Please use fewer tables, brackets or lists.".to_owned()
            }
            Self::NotStable => {
                "We could not show this formatting safely. Please try it with less formatting.".to_owned()
            }
        }
    }
}

impl fmt::Display for ContentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A refusal with its code and a sentence that can stand beside the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ContentError {
    pub code: ContentCode,
    pub message: String,
}

impl ContentError {
    pub(super) fn new(code: ContentCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl From<ContentCode> for ContentError {
    fn from(code: ContentCode) -> Self {
        Self::new(code, code.sentence())
    }
}
