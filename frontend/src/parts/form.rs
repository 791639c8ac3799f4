//! Forms that lose nothing: what the person typed, and what is wrong with it, beside the field it is about.

use askama::Template;

use super::Control;

/// The fields of one form. Each form has its own enum, so that a template cannot name a field that does not exist.
pub trait FormField: Copy + Eq + 'static {
    /// Every field with the name it is posted under and the words that stand above it, in the order of the page.
    const ALL: &'static [(Self, &'static str, &'static str)];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(field, ..)| *field == self).map_or("", |(_, name, _)| name)
    }

    fn label(self) -> &'static str {
        Self::ALL.iter().find(|(field, ..)| *field == self).map_or("", |(.., label)| label)
    }

    /// The field that is posted as `name`.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == name).map(|(field, ..)| *field)
    }
}

/// A form as it stands: empty, filled from a row, or coming back with what was typed and what to change.
#[derive(Debug, Clone)]
pub struct FormState<F> {
    pub csrf: String,
    /// Set on forms that create something: a second press of the button is recognised by it.
    pub nonce: Option<String>,
    /// What is wrong with the form as a whole.
    pub message: Option<String>,
    prefix: String,
    values: Vec<(F, String)>,
    errors: Vec<(F, String)>,
}

impl<F: FormField> FormState<F> {
    pub fn new(csrf: impl Into<String>) -> Self {
        Self {
            csrf: csrf.into(),
            nonce: None,
            message: None,
            prefix: String::new(),
            values: vec![],
            errors: vec![],
        }
    }

    pub fn with_nonce(mut self, nonce: impl Into<String>) -> Self {
        self.nonce = Some(nonce.into());
        self
    }

    /// Puts `prefix` before the names and ids, for rows of equal fields such as `source_1_title`.
    pub fn with_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Keeps what was typed.
    pub fn with(mut self, field: F, value: impl Into<String>) -> Self {
        self.set(field, value);
        self
    }

    /// Says what is wrong beside the field.
    pub fn with_error(mut self, field: F, message: impl Into<String>) -> Self {
        self.errors.push((field, message.into()));
        self
    }

    pub fn set(&mut self, field: F, value: impl Into<String>) {
        self.values.retain(|(known, _)| *known != field);
        self.values.push((field, value.into()));
    }

    /// An error by the name of its field, as acts report them; one that is no field of this form is said at the top.
    pub fn fail(&mut self, name: &str, message: impl Into<String>) {
        let name = name.strip_prefix(self.prefix.as_str()).unwrap_or(name);
        match F::from_name(name) {
            Some(field) => self.errors.push((field, message.into())),
            None => self.message = Some(message.into()),
        }
    }

    pub fn value(&self, field: F) -> &str {
        self.values.iter().find(|(known, _)| *known == field).map_or("", |(_, value)| value)
    }

    pub fn error(&self, field: F) -> Option<&str> {
        self.errors.iter().find(|(known, _)| *known == field).map(|(_, message)| message.as_str())
    }

    pub fn has_errors(&self) -> bool {
        self.message.is_some() || !self.errors.is_empty()
    }

    /// The name that the field is posted under.
    pub fn name(&self, field: F) -> String {
        format!("{}{}", self.prefix, field.name())
    }

    /// The field as it is drawn; templates choose its kind: `form.at(AskField::Body).area(8)`.
    pub fn at(&self, field: F) -> Control {
        Control::new(self.name(field), field.label(), self.value(field), self.error(field))
    }

    /// `csrf` and `nonce`.
    pub fn hidden(&self) -> HiddenFields {
        HiddenFields { csrf: self.csrf.clone(), nonce: self.nonce.clone() }
    }

    /// The list of errors that stands above the form; prints nothing where there are none.
    pub fn summary(&self) -> ErrorSummary {
        let item = |(field, message): &(F, String)| (self.name(*field), message.clone());
        ErrorSummary {
            message: self.message.clone(),
            items: self.errors.iter().map(item).collect(),
            forgets_password: F::from_name("password").is_some(),
        }
    }
}

/// The hidden fields of a form.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/hidden.html")]
pub struct HiddenFields {
    pub csrf: String,
    pub nonce: Option<String>,
}

impl askama::filters::HtmlSafe for HiddenFields {}

/// What to change, each with a link to its field.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/errors.html")]
pub struct ErrorSummary {
    pub message: Option<String>,
    /// The id of the field, and the message.
    pub items: Vec<(String, String)>,
    /// A password is never sent back to a page.
    pub forgets_password: bool,
}

impl ErrorSummary {
    fn is_empty(&self) -> bool {
        self.message.is_none() && self.items.is_empty()
    }

    /// Errors of several forms that are posted together.
    pub fn and(mut self, other: Self) -> Self {
        self.message = self.message.or(other.message);
        self.items.extend(other.items);
        self
    }
}

impl askama::filters::HtmlSafe for ErrorSummary {}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Letter {
        To,
        Words,
    }

    impl FormField for Letter {
        const ALL: &'static [(Self, &'static str, &'static str)] =
            &[(Self::To, "to", "To whom?"), (Self::Words, "words", "Your words")];
    }

    #[test]
    fn what_was_typed_comes_back_with_the_message_beside_it() {
        let mut form = FormState::new("t").with(Letter::To, "<Ann>");
        form.fail("words", "Please write something first.");
        form.fail("elsewhere", "Please try again.");
        let to = form.at(Letter::To).to_string();
        assert!(to.contains("value=\"&#60;Ann&#62;\"") && !to.contains("aria-invalid"), "{to}");
        let words = form.at(Letter::Words).area(4).to_string();
        assert!(
            words.contains("aria-describedby=\"words-error\"") && words.contains("id=\"words-error\""),
            "{words}"
        );
        let summary = form.summary().to_string();
        assert!(summary.contains("href=\"#words\"") && summary.contains("Please try again."), "{summary}");
    }

    #[test]
    fn a_form_without_errors_has_no_summary() {
        assert_eq!(FormState::<Letter>::new("t").summary().to_string().trim(), "");
    }

    #[test]
    fn rows_of_equal_fields_have_their_own_names() {
        let mut form = FormState::<Letter>::new("t").with_prefix("row_2_");
        form.fail("row_2_to", "Who?");
        assert!(form.at(Letter::To).to_string().contains("name=\"row_2_to\""));
        assert_eq!(form.error(Letter::To), Some("Who?"));
    }
}
