//! One field of a form, drawn: label, hint, error and the input, tied together for screen readers.

use askama::Template;

/// An option of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// A second line in smaller letters.
    pub hint: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Input(&'static str),
    Area(u32),
    Select(Vec<Choice>),
    Radios(Vec<Choice>),
    Check,
}

/// Made by [`super::FormState::at`] and finished in the template.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/control.html")]
pub struct Control {
    id: String,
    name: String,
    label: String,
    value: String,
    error: Option<String>,
    kind: Kind,
    hint: Option<String>,
    autocomplete: Option<&'static str>,
    max: Option<u32>,
    required: bool,
    says_optional: bool,
}

impl Control {
    pub(super) fn new(name: String, label: &str, value: &str, error: Option<&str>) -> Self {
        Self {
            id: name.clone(),
            name,
            label: label.to_owned(),
            value: value.to_owned(),
            error: error.map(str::to_owned),
            kind: Kind::Input("text"),
            hint: None,
            autocomplete: None,
            max: None,
            required: true,
            says_optional: true,
        }
    }

    /// An input of another kind: `email`, `password`, `date`, `search`, `url`.
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = Kind::Input(kind);
        self
    }

    pub fn area(mut self, rows: u32) -> Self {
        self.kind = Kind::Area(rows);
        self
    }

    pub fn select(mut self, choices: impl AsRef<[Choice]>) -> Self {
        self.kind = Kind::Select(choices.as_ref().to_vec());
        self
    }

    pub fn radios(mut self, choices: impl AsRef<[Choice]>) -> Self {
        self.kind = Kind::Radios(choices.as_ref().to_vec());
        self
    }

    /// A box to tick; the value is `on` where it is ticked.
    pub fn check(mut self) -> Self {
        self.kind = Kind::Check;
        self.required = false;
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = Some(what);
        self
    }

    /// The limit is said in the hint and checked by the server: a browser that stops somebody in the middle of a paste loses text.
    pub fn max(mut self, characters: u32) -> Self {
        self.max = Some(characters);
        self
    }

    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// May stay empty, where the words around the field say so already.
    pub fn not_required(mut self) -> Self {
        self.required = false;
        self.says_optional = false;
        self
    }

    /// An id of its own, where several forms of one kind stand on a page.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// The ids of hint and error, for `aria-describedby`.
    fn described_by(&self) -> Option<String> {
        let hint = self.hint.is_some().then(|| format!("{}-hint", self.id));
        let error = self.error.is_some().then(|| format!("{}-error", self.id));
        let ids: Vec<String> = error.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn is_chosen(&self, choice: &Choice) -> bool {
        self.value == choice.value
    }

    fn is_ticked(&self) -> bool {
        matches!(self.value.as_str(), "on" | "true" | "1" | "yes")
    }
}

impl askama::filters::HtmlSafe for Control {}
