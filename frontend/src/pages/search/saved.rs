//! Searches that a member keeps under a name.

use crate::parts::{FormField, FormState};

/// Posted to `/search/saved`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepField {
    Name,
}

impl FormField for KeepField {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Name, "name", "A name for this search")];
}

/// The form that keeps the search on the page.
#[derive(Debug, Clone)]
pub struct KeepSearch {
    pub form: FormState<KeepField>,
    /// What stands behind the question mark of its address.
    pub query: String,
}

/// A search that is kept.
#[derive(Debug, Clone)]
pub struct SavedSearch {
    pub id: String,
    pub name: String,
    pub url: String,
}

/// What the member keeps.
#[derive(Debug, Clone)]
pub struct SavedSearches {
    pub csrf: String,
    pub rows: Vec<SavedSearch>,
    /// Set where something is searched for.
    pub keep: Option<KeepSearch>,
}

impl SavedSearches {
    pub(super) fn sample() -> Self {
        let row = |id: &str, name: &str| SavedSearch {
            id: id.to_owned(),
            name: name.to_owned(),
            url: "/search?q=swollen%20leg&kind=thread".to_owned(),
        };
        Self {
            csrf: "sample-csrf".to_owned(),
            rows: vec![row("0HVSWOLLEN001", "My leg"), row("0HVSTAIRS0001", "Stairs, for Mum")],
            keep: Some(KeepSearch {
                form: FormState::new("sample-csrf").with_error(KeepField::Name, "Please write something."),
                query: "q=swollen%20leg".to_owned(),
            }),
        }
    }
}
