//! `/guidance`: everything that clinicians have signed.

use askama::Template;

use crate::parts::{Chrome, Icon, Moment};

/// An article in the library.
#[derive(Debug, Clone)]
pub struct LibraryRow {
    pub id: String,
    pub title: String,
    /// The first sentences.
    pub lead: String,
    /// Such as `Dr Asha Nair and Tomasz Zielinski`.
    pub signed_by: String,
    pub review_due: Moment,
    pub is_stopped: bool,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/guidance_library.html")]
pub struct GuidanceLibrary {
    pub chrome: Chrome,
    pub rows: Vec<LibraryRow>,
    pub older: Option<String>,
}

impl GuidanceLibrary {
    pub fn sample() -> Self {
        let row = |id: &str, title: &str, lead: &str, is_stopped| LibraryRow {
            id: id.to_owned(),
            title: title.to_owned(),
            lead: lead.to_owned(),
            signed_by: "Dr Asha Nair and Tomasz Zielinski".to_owned(),
            review_due: Moment::sample_date(),
            is_stopped,
        };
        Self {
            chrome: Chrome { path: "/guidance".to_owned(), ..Chrome::sample() },
            rows: vec![
                row(
                    "0HGSWELLING01",
                    "Swelling after a hip replacement",
                    "Swelling is common and can last for some months.",
                    false,
                ),
                row(
                    "0HGMISSED0001",
                    "If you forget a dose",
                    "Look at the leaflet first. Never take two at once unless it says so.",
                    false,
                ),
                row("0HGBATHING002", "Bathing with a new scar", "", true),
            ],
            older: None,
        }
    }
}
