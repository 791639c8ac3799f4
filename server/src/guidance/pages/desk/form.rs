//! The form of an article: five rows for sources on the page, one list of sources in the act.

use aftercare_frontend::pages::{GuidanceEdit, GuidanceField, SourceField};
use aftercare_frontend::parts::{FormField, FormState};

use crate::guidance::Source;
use crate::guidance::store::VersionRow;
use crate::platform::fields::Fields;
use crate::platform::limits;
use crate::platform::refusal::Refusal;

/// What was typed, or what stands in the version to change.
#[derive(Clone, Default)]
pub(super) struct Typed {
    pub title: String,
    /// Set where a word is explained: other names with commas between them.
    pub other_names: Option<String>,
    pub body: String,
    pub review_due: String,
    /// Title, publisher, address and date of each row, empty rows too.
    pub sources: Vec<[String; 4]>,
    pub nonce: Option<String>,
    pub wants_preview: bool,
}

const COLUMNS: [SourceField; 4] =
    [SourceField::Title, SourceField::Publisher, SourceField::Url, SourceField::Date];

impl Typed {
    /// Takes everything that the page can send; anything else is a fault.
    pub fn take(mut fields: Fields) -> Result<Self, Refusal> {
        let typed = Self {
            title: fields.text("title"),
            other_names: fields.optional_text("other_names"),
            body: fields.text("body"),
            review_due: fields.text("review_due"),
            sources: (1..=limits::SOURCES)
                .map(|row| COLUMNS.map(|column| fields.text(&format!("{}{}", prefix(row), column.name()))))
                .collect(),
            nonce: fields.optional_text("nonce"),
            wants_preview: match fields.text("action").as_str() {
                "preview" => true,
                "" | "save" => false,
                _ => {
                    fields.fault("action", "not_a_choice", "This button is not known here.");
                    false
                }
            },
        };
        fields.finish(Some(typed))
    }

    /// An existing version, to write the next one from.
    pub fn of(version: VersionRow, sources: Vec<Source>) -> Self {
        let row = |source: Source| [source.title, source.publisher, source.url, source.published];
        Self {
            other_names: version.other_names().map(|names| names.join(", ")),
            title: version.title,
            body: version.source,
            review_due: version.review_due.to_string(),
            sources: sources.into_iter().map(row).collect(),
            ..Self::default()
        }
    }

    /// The fields as the act reads them, without the rows left empty.
    pub fn for_the_act(&self) -> Fields {
        let names = ["source_title", "source_publisher", "source_url", "source_date"];
        let rows = self.filled().into_iter().filter_map(|row| self.sources.get(row));
        let columns = rows.flat_map(|row| names.iter().map(|name| (*name).to_owned()).zip(row.clone()));
        let texts = [("title", &self.title), ("body", &self.body), ("review_due", &self.review_due)];
        let names = self.other_names.clone().map(|names| ("other_names".to_owned(), names));
        let texts = texts.map(|(name, text)| (name.to_owned(), text.clone()));
        Fields::from_pairs(texts.into_iter().chain(names).chain(columns))
    }

    /// Everything, for recognising the same form sent twice.
    pub fn parts(&self) -> Vec<&str> {
        let texts = [&self.title, &self.body, &self.review_due];
        let all = texts.into_iter().chain(&self.other_names).chain(self.sources.iter().flatten());
        all.map(String::as_str).collect()
    }

    /// Places of the rows with anything in them, counted from 0.
    fn filled(&self) -> Vec<usize> {
        let filled = |row: &[String; 4]| row.iter().any(|text| !text.trim().is_empty());
        self.sources.iter().enumerate().filter(|(_, row)| filled(row)).map(|(place, _)| place).collect()
    }

    /// The form with these words, and what is wrong with them beside its field.
    pub fn forms(
        &self,
        csrf: &str,
        refusal: Option<&Refusal>,
    ) -> (FormState<GuidanceField>, Vec<FormState<SourceField>>) {
        let mut form = FormState::new(csrf)
            .with(GuidanceField::Title, self.title.as_str())
            .with(GuidanceField::OtherNames, self.other_names.as_deref().unwrap_or_default())
            .with(GuidanceField::Body, self.body.as_str())
            .with(GuidanceField::ReviewDue, self.review_due.as_str());
        let filled = self.filled();
        let mut rows = GuidanceEdit::source_rows(csrf);
        // An article from the API may have more sources than the page has rows.
        let needed = filled.last().map_or(0, |last| last + 1);
        rows.extend((rows.len() + 1..=needed).map(|row| FormState::new(csrf).with_prefix(prefix(row))));
        for (row, texts) in rows.iter_mut().zip(&self.sources) {
            COLUMNS.iter().zip(texts).for_each(|(column, text)| row.set(*column, text.as_str()));
        }
        for fault in refusal.iter().flat_map(|refusal| &refusal.fields) {
            match source_fault(&fault.field, &filled).and_then(|(row, name)| Some((rows.get_mut(row)?, name)))
            {
                Some((row, name)) => row.fail(name, fault.message.as_str()),
                None => form.fail(&fault.field, fault.message.as_str()),
            }
        }
        if let Some(refusal) = refusal.filter(|refusal| refusal.fields.is_empty()) {
            form.message = Some(refusal.detail.clone());
        }
        (form, rows)
    }
}

fn prefix(row: usize) -> String {
    format!("source_{row}_")
}

/// The row on the page and the column of a fault such as `sources[1].url`, where the act counts only filled rows.
fn source_fault<'a>(field: &'a str, filled: &[usize]) -> Option<(usize, &'a str)> {
    if field == "sources" {
        return Some((0, SourceField::Title.name()));
    }
    let (place, name) = field.strip_prefix("sources[")?.split_once("].")?;
    Some((*filled.get(place.parse::<usize>().ok()?)?, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Typed {
        let pairs = pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        Typed::take(Fields::from_pairs(pairs)).unwrap()
    }

    #[test]
    fn a_fault_in_a_source_stands_beside_the_row_that_was_typed_in() {
        let typed = sent(&[
            ("source_3_title", "Hip replacement"),
            ("source_3_url", "nhs.uk"),
            ("source_1_title", " "),
        ]);
        let refusal = Refusal::field("sources[0].url", "invalid", "Please give the full address.");
        let (form, rows) = typed.forms("t", Some(&refusal));
        assert_eq!(rows[2].error(SourceField::Url), Some("Please give the full address."));
        assert_eq!(rows[2].value(SourceField::Title), "Hip replacement");
        assert!(!form.has_errors() && rows.len() == 5);
    }

    #[test]
    fn no_source_is_a_fault_of_the_first_row() {
        let (_, rows) =
            sent(&[]).forms("t", Some(&Refusal::field("sources", "required", "Please name one.")));
        assert_eq!(rows[0].error(SourceField::Title), Some("Please name one."));
    }

    #[test]
    fn an_article_with_more_sources_than_rows_keeps_them() {
        let source = ["T".to_owned(), "P".to_owned(), "https://example.org".to_owned(), String::new()];
        let typed = Typed { sources: vec![source; 7], ..Typed::default() };
        assert_eq!(typed.forms("t", None).1.len(), 7);
        assert_eq!(typed.for_the_act().list("source_url").len(), 7);
    }

    #[test]
    fn what_the_page_does_not_send_is_refused() {
        let fields = Fields::from_pairs([("colour".to_owned(), "red".to_owned())]);
        assert_eq!(Typed::take(fields).err().unwrap().fields[0].code, "unknown_field");
    }
}
