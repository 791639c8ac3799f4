//! `/desk/guidance/new` and `/desk/guidance/{id}/edit`: writing guidance.

use askama::Template;

use crate::content::SanitizedHtml;
use crate::parts::{Chrome, ErrorSummary, FormField, FormState, Icon};

/// How many rows for sources the form has.
pub const SOURCES: usize = 5;

/// The fields of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuidanceField {
    Title,
    OtherNames,
    Body,
    ReviewDue,
}

impl FormField for GuidanceField {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Title, "title", "Title"),
        (Self::OtherNames, "other_names", "What else people call it"),
        (Self::Body, "body", "Text"),
        (Self::ReviewDue, "review_due", "Review due on"),
    ];
}

/// The fields of one source, posted as `source_1_title` and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceField {
    Title,
    Publisher,
    Url,
    Date,
}

impl FormField for SourceField {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Title, "title", "Title of the source"),
        (Self::Publisher, "publisher", "Publisher"),
        (Self::Url, "url", "Address"),
        (Self::Date, "date", "Its date"),
    ];
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/guidance_edit.html")]
pub struct GuidanceEdit {
    pub chrome: Chrome,
    /// Set when an article is edited: the edit is a new version and needs new signatures.
    pub id: Option<String>,
    /// A word of the glossary is explained.
    pub is_word: bool,
    pub form: FormState<GuidanceField>,
    /// As many as [`SOURCES`]; make them with [`GuidanceEdit::source_rows`].
    pub sources: Vec<FormState<SourceField>>,
    pub preview: Option<SanitizedHtml>,
}

impl GuidanceEdit {
    /// Empty rows with their names.
    pub fn source_rows(csrf: &str) -> Vec<FormState<SourceField>> {
        (1..=SOURCES).map(|row| FormState::new(csrf).with_prefix(format!("source_{row}_"))).collect()
    }

    fn action(&self) -> String {
        self.id
            .as_ref()
            .map_or_else(|| "/desk/guidance/new".to_owned(), |id| format!("/desk/guidance/{id}/edit"))
    }

    fn summary(&self) -> ErrorSummary {
        self.sources.iter().fold(self.form.summary(), |all, source| all.and(source.summary()))
    }

    pub fn sample() -> Self {
        let mut sources = Self::source_rows("sample-csrf");
        if let Some(first) = sources.first_mut() {
            first.set(SourceField::Title, "High blood pressure");
            first.set(SourceField::Publisher, "NHS");
            first.fail("source_1_url", "Please give the whole address, starting with https://");
        }
        Self {
            chrome: Chrome::sample_clinician("/desk/guidance/new"),
            id: None,
            is_word: false,
            form: FormState::new("sample-csrf")
                .with_nonce("sample-nonce")
                .with(GuidanceField::Title, "Feeling dizzy on blood pressure tablets")
                .with(GuidanceField::Body, "Get up slowly. Sit on the edge of the bed for a minute first.")
                .with(GuidanceField::ReviewDue, "2027-05-01"),
            sources,
            preview: None,
        }
    }

    pub fn sample_word() -> Self {
        let form = FormState::new("sample-csrf")
            .with_nonce("sample-nonce")
            .with(GuidanceField::Title, "Anticoagulant")
            .with(GuidanceField::OtherNames, "blood thinner, blood-thinning tablet")
            .with(GuidanceField::Body, "A medicine that makes blood clots less likely.");
        Self { is_word: true, form, sources: Self::source_rows("sample-csrf"), ..Self::sample() }
    }
}
