//! What somebody sent, whether by form or as JSON: named values that are taken out one by one. All faults are collected,
//! so that a person hears of every field at once, and a name that nobody took is a fault too.

use std::collections::BTreeMap;

use serde_json::Value;

use super::refusal::{FieldError, Refusal};

/// Named values, with the faults found so far.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    values: BTreeMap<String, Vec<Value>>,
    faults: Vec<FieldError>,
}

impl Fields {
    /// From the pairs of a form. A name may come more than once only where [`Fields::list`] takes it.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut values: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (name, value) in pairs {
            values.entry(name).or_default().push(Value::String(value));
        }
        Self { values, faults: Vec::new() }
    }

    /// From a JSON object.
    pub fn from_json(object: serde_json::Map<String, Value>) -> Self {
        // A null says the same as leaving the name out.
        let values = object
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, vec![value]))
            .collect();
        Self { values, faults: Vec::new() }
    }

    /// Adds a text that came beside the fields (a header, a path).
    pub fn put(&mut self, field: &str, text: impl Into<String>) {
        self.values.insert(field.to_owned(), vec![Value::String(text.into())]);
    }

    /// Gives fields of a form the names that the act knows them by: pairs of the form's name and the act's.
    pub fn rename(&mut self, names: &[(&str, &str)]) {
        for (ours, theirs) in names {
            let text = self.text(ours);
            self.put(theirs, text);
        }
    }

    /// Notes a fault in a field.
    pub fn fault(&mut self, field: &str, code: &'static str, message: impl Into<String>) {
        self.faults.push(FieldError { field: field.to_owned(), code, message: message.into() });
    }

    /// Takes a text; missing counts as empty. Line ends become `\n`.
    pub fn text(&mut self, field: &str) -> String {
        self.optional_text(field).unwrap_or_default()
    }

    /// Takes a text that may be missing or null.
    pub fn optional_text(&mut self, field: &str) -> Option<String> {
        match self.single(field)? {
            Value::String(text) => Some(text.replace("\r\n", "\n")),
            Value::Null => None,
            _ => {
                self.fault(field, "wrong_type", "This must be text.");
                None
            }
        }
    }

    /// Takes a text of at most so many characters, without the space around it.
    pub fn words(&mut self, field: &str, most: usize) -> String {
        let text = self.text(field).trim().to_owned();
        if text.chars().count() > most {
            self.fault(field, "too_long", format!("Please use at most {most} characters."));
        }
        if text.contains('\0') {
            self.fault(field, "nul", "There is an invisible character in this text that we cannot keep.");
        }
        text
    }

    /// Takes a yes or no; a form's checkbox says `on`, and a missing one says no.
    pub fn flag(&mut self, field: &str) -> bool {
        match self.single(field) {
            Some(Value::Bool(flag)) => flag,
            Some(Value::String(word)) if matches!(word.as_str(), "on" | "true" | "yes") => true,
            Some(Value::String(word)) if matches!(word.as_str(), "" | "false" | "no") => false,
            None | Some(Value::Null) => false,
            Some(_) => {
                self.fault(field, "wrong_type", "This must be true or false.");
                false
            }
        }
    }

    /// Takes a whole number.
    pub fn number(&mut self, field: &str) -> Option<i64> {
        let number = match self.single(field)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.fault(field, "wrong_type", "This must be a whole number.");
        }
        number
    }

    /// Takes a word that must be one of an enum's; `parse` knows them.
    pub fn choice<T>(&mut self, field: &str, parse: fn(&str) -> Option<T>) -> Option<T> {
        let word = self.text(field);
        let choice = parse(&word);
        if choice.is_none() {
            let code = if word.is_empty() { "required" } else { "not_a_choice" };
            self.fault(field, code, "Please choose one of the answers offered.");
        }
        choice
    }

    /// Takes every text that was sent under this name (in JSON: an array of texts).
    pub fn list(&mut self, field: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for value in self.values.remove(field).unwrap_or_default() {
            match value {
                Value::String(text) => texts.push(text.replace("\r\n", "\n")),
                Value::Array(items) if items.iter().all(Value::is_string) => {
                    texts.extend(items.iter().filter_map(Value::as_str).map(str::to_owned));
                }
                _ => self.fault(field, "wrong_type", "This must be a list of texts."),
            }
        }
        texts
    }

    /// Takes an array of objects (JSON only); each becomes fields of its own.
    pub fn objects(&mut self, field: &str) -> Vec<Fields> {
        match self.single(field) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) if items.iter().all(Value::is_object) => items
                .into_iter()
                .filter_map(|item| match item {
                    Value::Object(object) => Some(Fields::from_json(object)),
                    _ => None,
                })
                .collect(),
            Some(_) => {
                self.fault(field, "wrong_type", "This must be a list of objects.");
                Vec::new()
            }
        }
    }

    /// Whether this name was sent.
    pub fn has(&self, field: &str) -> bool {
        self.values.contains_key(field)
    }

    /// Takes over the faults of an inner object, its fields named `outer[index].inner`.
    pub fn adopt(&mut self, prefix: &str, inner: Fields) {
        for name in inner.values.into_keys() {
            self.fault(&format!("{prefix}.{name}"), "unknown_field", "This field is not known here.");
        }
        for fault in inner.faults {
            self.faults.push(FieldError { field: format!("{prefix}.{}", fault.field), ..fault });
        }
    }

    /// The value of a check made elsewhere; its faults become faults of this form.
    pub fn settle<T>(&mut self, checked: Result<T, Refusal>) -> Option<T> {
        match checked {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.faults.extend(refusal.fields);
                None
            }
        }
    }

    /// Ends the reading: a value if every field was fine and none was left over, otherwise all faults at once.
    pub fn finish<T>(mut self, value: Option<T>) -> Result<T, Refusal> {
        let left: Vec<String> = self.values.keys().cloned().collect();
        for name in left {
            self.fault(&name, "unknown_field", "This field is not known here.");
        }
        match value {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => Err(Refusal::fields(self.faults)),
        }
    }

    fn single(&mut self, field: &str) -> Option<Value> {
        let mut values = self.values.remove(field)?;
        if values.len() > 1 {
            self.fault(field, "repeated", "This was sent more than once.");
        }
        values.pop()
    }
}
