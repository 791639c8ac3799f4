//! The answer 409 at the desk: somebody was faster, or the text has changed. What was typed is kept.

use askama::Template;

use crate::parts::{Chrome, Diff, Icon, Moment};

/// Something the moderator had typed.
#[derive(Debug, Clone)]
pub struct Kept {
    pub label: String,
    pub text: String,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/desk_conflict.html")]
pub struct DeskConflict {
    pub chrome: Chrome,
    pub item: String,
    /// Such as `Jonas was a moment faster` or `The author has changed the text`.
    pub heading: String,
    /// What that means, in a sentence.
    pub explanation: String,
    /// Who holds the item and since when.
    pub holder: Option<(String, Moment)>,
    pub diff: Option<Diff>,
    pub kept: Vec<Kept>,
    /// The same as fields, by name and value, `csrf` too, where the viewer can take what waits now and go on with them. They go as a
    /// form: what is written to an author must not end in an address.
    pub carried: Vec<(String, String)>,
}

impl DeskConflict {
    pub fn sample() -> Self {
        let reason = "Please say that you asked your doctor first.";
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        Self {
            chrome: Chrome::sample_moderator("/desk/items/0HITEM0000003"),
            item: "0HITEM0000003".to_owned(),
            heading: "The author has changed the text".to_owned(),
            explanation: "Your decision was about the earlier version, so it was not carried out. Nothing was published.".to_owned(),
            holder: None,
            diff: Some(Diff::sample()),
            kept: vec![Kept {
                label: "What you wrote to the author".to_owned(),
                text: reason.to_owned(),
            }],
            carried: vec![
                field("csrf", "sample-csrf"),
                field("choice", "ask_changes"),
                field("reason", reason),
            ],
        }
    }

    pub fn sample_claimed() -> Self {
        Self {
            heading: "Jonas was a moment faster".to_owned(),
            explanation: "Only one person works on an item at a time.".to_owned(),
            holder: Some(("Jonas".to_owned(), Moment::sample())),
            diff: None,
            kept: vec![],
            carried: vec![],
            ..Self::sample()
        }
    }
}
