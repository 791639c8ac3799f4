//! Just enough of HTML to fill in a form as a browser does: the forms of a page, with their fields as they stand.

/// A form, as it stands on a page.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub fields: Vec<Field>,
}

/// One field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub kind: Kind,
    pub value: String,
    /// The page says that it must be filled in.
    pub required: bool,
    /// The page says that something is wrong with it.
    pub wrong: bool,
}

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Typed,
    Secret,
    Hidden,
    Tick,
    /// One of these values.
    Chosen(Vec<String>),
    /// One of several buttons.
    Button,
}

impl Form {
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Every form that is posted from this page.
pub fn forms(page: &str) -> Vec<Form> {
    page.split("<form ").skip(1).filter_map(form).collect()
}

fn form(from_here: &str) -> Option<Form> {
    let (head, rest) = from_here.split_once('>')?;
    let body = rest.split("</form>").next()?;
    if attribute(head, "method").as_deref() != Some("post") {
        return None;
    }
    let mut fields: Vec<Field> = Vec::new();
    for tag in body.split('<').skip(1) {
        let (tag, text) = tag.split_once('>')?;
        let (what, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if what == "option" {
            let select = fields.last_mut()?;
            let value = attribute(attributes, "value").unwrap_or_default();
            if let Kind::Chosen(values) = &mut select.kind {
                if values.is_empty() || has(attributes, "selected") {
                    select.value.clone_from(&value);
                }
                values.push(value);
            }
            continue;
        }
        let Some(name) = attribute(attributes, "name") else { continue };
        let value = attribute(attributes, "value").unwrap_or_default();
        let kind = match (what, attribute(attributes, "type").as_deref()) {
            ("textarea", _) => Kind::Typed,
            ("select", _) => Kind::Chosen(Vec::new()),
            ("button", _) => Kind::Button,
            (_, Some("radio")) => Kind::Chosen(vec![value.clone()]),
            (_, Some("checkbox")) => Kind::Tick,
            (_, Some("hidden")) => Kind::Hidden,
            (_, Some("password")) => Kind::Secret,
            _ => Kind::Typed,
        };
        let value = match (what, &kind) {
            // The line end after the tag is none of the text.
            ("textarea", _) => unescape(text.strip_prefix('\n').unwrap_or(text)),
            (_, Kind::Tick) if !has(attributes, "checked") => String::new(),
            (_, Kind::Chosen(_)) if !has(attributes, "checked") => String::new(),
            _ => value,
        };
        match fields.iter_mut().find(|field| field.name == name) {
            // Another button of the same name, or another choice.
            Some(known) => {
                if let (Kind::Chosen(values), Kind::Chosen(more)) = (&mut known.kind, kind) {
                    values.extend(more);
                    if !value.is_empty() {
                        known.value = value;
                    }
                }
            }
            None => fields.push(Field {
                name,
                kind,
                value,
                required: has(attributes, "required"),
                wrong: attribute(attributes, "aria-invalid").as_deref() == Some("true"),
            }),
        }
    }
    Some(Form { action: attribute(head, "action")?, fields })
}

fn has(attributes: &str, name: &str) -> bool {
    attributes.split(' ').any(|attribute| attribute == name)
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let (_, rest) = format!(" {attributes}")
        .split_once(&format!(" {name}=\""))
        .map(|(a, b)| (a.to_owned(), b.to_owned()))?;
    rest.split('"').next().map(unescape)
}

fn unescape(text: &str) -> String {
    let marks = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    marks.iter().fold(text.to_owned(), |text, (mark, plain)| text.replace(mark, plain))
}
