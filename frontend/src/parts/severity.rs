//! How urgent a post is for staff: a word, a colour and a shape, as colour alone says nothing to many people.

use std::fmt;

use super::Icon;

/// Four steps, the names of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Green,
    Amber,
    Red,
    Crisis,
}

impl Severity {
    pub const ALL: [Self; 4] = [Self::Green, Self::Amber, Self::Red, Self::Crisis];

    /// The value in forms and in the API, and the class in the style sheet.
    pub fn value(&self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
            Self::Crisis => "crisis",
        }
    }

    pub fn label(&self) -> &'static str {
        match self {
            Self::Green => "Green",
            Self::Amber => "Amber",
            Self::Red => "Red",
            Self::Crisis => "Crisis",
        }
    }

    fn icon(&self) -> Icon {
        match self {
            Self::Green => Icon::Circle,
            Self::Amber => Icon::Triangle,
            Self::Red => Icon::Diamond,
            Self::Crisis => Icon::Alert,
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, r#"<span class="severity {}">{}{}</span>"#, self.value(), self.icon(), self.label())
    }
}

impl askama::filters::HtmlSafe for Severity {}
