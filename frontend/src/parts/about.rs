//! Whom a post is about.

use super::Choice;

/// Asked with every question, as an answer to a carer or to someone who grieves must sound different.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Me,
    SomeoneICareFor,
    SomeoneWhoDied,
    General,
}

impl About {
    pub const ALL: [Self; 4] = [Self::Me, Self::SomeoneICareFor, Self::SomeoneWhoDied, Self::General];

    /// The value in forms and in the API.
    pub fn value(self) -> &'static str {
        match self {
            Self::Me => "me",
            Self::SomeoneICareFor => "someone_i_care_for",
            Self::SomeoneWhoDied => "someone_who_died",
            Self::General => "general",
        }
    }

    /// How the form asks.
    pub fn label(self) -> &'static str {
        match self {
            Self::Me => "Me",
            Self::SomeoneICareFor => "Someone I care for",
            Self::SomeoneWhoDied => "Someone who died",
            Self::General => "Nobody in particular",
        }
    }

    /// How a post says it, behind the author's name. A person writing about themselves needs no words.
    pub fn note(self) -> Option<&'static str> {
        match self {
            Self::Me | Self::General => None,
            Self::SomeoneICareFor => Some("about someone they care for"),
            Self::SomeoneWhoDied => Some("about someone who died"),
        }
    }

    /// The choices of a form.
    pub fn choices() -> Vec<Choice> {
        Self::ALL.iter().map(|about| Choice::new(about.value(), about.label())).collect()
    }
}
