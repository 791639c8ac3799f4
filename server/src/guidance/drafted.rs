//! The text of a version on its way in: rendered, screened and hashed before any transaction.

use aftercare_frontend::content::{self, RENDERER_VERSION, Rendered};
use chrono::NaiveDate;
use moderation_rules::Verdict;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::platform::fields::Fields;
use crate::platform::limits::{self, EXPLANATION_CHARS, OTHER_NAME_CHARS, OTHER_NAMES};
use crate::platform::refusal::Refusal;
use crate::screening::{self, Screening};
use crate::threads::Title;

/// Where a statement comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub title: String,
    pub publisher: String,
    pub url: String,
    /// As the publisher gives it; may be empty.
    pub published: String,
}

/// A version's text, ready to be kept.
#[derive(Clone, Debug)]
pub struct Drafted {
    pub title: Title,
    pub source: String,
    /// Set for a word of the glossary: what else it is called.
    pub other_names: Option<Vec<String>>,
    pub sources: Vec<Source>,
    pub review_due: NaiveDate,
    pub rendered: Rendered,
    pub renderer: i32,
    pub verdict: Verdict,
    pub hash: String,
}

impl Drafted {
    /// Reads `title`, `body`, `review_due`, and `sources` (JSON: objects) or `source_title`, `source_publisher`, `source_url`,
    /// `source_date` (forms: one each a row). `other_names` (with commas between them), be it empty,
    /// says that this explains a word.
    pub fn parse(app: &App, mut fields: Fields) -> Result<Self, Refusal> {
        let title = Title::take(&mut fields, "title");
        let source = fields.text("body");
        let other_names = take_other_names(&mut fields);
        let review_due = take_day(&mut fields, app.database.clock().now().date());
        let sources = take_sources(&mut fields);
        let rendered = match content::render(&source) {
            Ok(rendered) if other_names.is_some() && rendered.text.chars().count() > EXPLANATION_CHARS => {
                let message = format!("Please explain the word in at most {EXPLANATION_CHARS} characters.");
                fields.fault("body", "too_long", message);
                None
            }
            Ok(rendered) => Some(rendered),
            Err(error) => {
                fields.fault("body", error.code.as_str(), error.message);
                None
            }
        };
        let value = title.zip(rendered).zip(review_due).zip(sources);
        fields.finish(value.map(|(((title, rendered), review_due), sources)| {
            Self::new(&app.screening, title, (source, other_names), rendered, sources, review_due)
        }))
    }

    /// From parts that are known to be fine.
    pub fn new(
        screening: &Screening,
        title: Title,
        (source, other_names): (String, Option<Vec<String>>),
        rendered: Rendered,
        sources: Vec<Source>,
        review_due: NaiveDate,
    ) -> Self {
        let mut read = screening::screened_text(Some(title.as_str()), &rendered.text);
        for name in other_names.iter().flatten() {
            read.push_str(&format!("\n\n{name}"));
        }
        for source in &sources {
            read.push_str(&format!("\n\n{}, {}, {}", source.title, source.publisher, source.url));
        }
        let verdict = screening.evaluate(&read);
        let hash = hash((title.as_str(), &source, other_names.as_deref()), review_due, &sources);
        Self {
            title,
            source,
            other_names,
            sources,
            review_due,
            rendered,
            renderer: RENDERER_VERSION,
            verdict,
            hash,
        }
    }
}

/// SHA-256 over everything that a signature covers, each part with its length before it.
pub fn hash(
    (title, source, other_names): (&str, &str, Option<&[String]>),
    review_due: NaiveDate,
    sources: &[Source],
) -> String {
    let (day, names) = (review_due.to_string(), other_names.map(|names| names.join("\n")));
    // An article has neither of the two before its title.
    let mut parts: Vec<&str> = names.iter().flat_map(|names| ["word", names.as_str()]).collect();
    parts.extend([title, source, &day]);
    for source in sources {
        parts.extend([source.title.as_str(), &source.publisher, &source.url, &source.published]);
    }
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or_default().to_be_bytes());
        hash.update(part.as_bytes());
    }
    hex::encode(hash.finalize())
}

fn take_other_names(fields: &mut Fields) -> Option<Vec<String>> {
    let typed = fields.optional_text("other_names")?;
    let mut names = Vec::new();
    for name in typed.split([',', '\n']).filter(|name| !name.trim().is_empty()) {
        match content::line(name, OTHER_NAME_CHARS) {
            Ok(name) if names.contains(&name) => {}
            Ok(name) => names.push(name),
            Err(error) => fields.fault("other_names", error.code.as_str(), error.message),
        }
    }
    if names.len() > OTHER_NAMES {
        fields.fault("other_names", "too_many", format!("Please name at most {OTHER_NAMES} other words."));
    }
    Some(names)
}

fn take_day(fields: &mut Fields, today: NaiveDate) -> Option<NaiveDate> {
    let text = fields.text("review_due");
    match NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d") {
        Ok(day) if day > today => Some(day),
        Ok(_) => {
            fields.fault("review_due", "in_the_past", "The next review must lie ahead.");
            None
        }
        Err(_) => {
            let code = if text.is_empty() { "required" } else { "invalid" };
            fields.fault("review_due", code, "Please give the day of the next review as YYYY-MM-DD.");
            None
        }
    }
}

fn take_sources(fields: &mut Fields) -> Option<Vec<Source>> {
    let mut sources = Vec::new();
    let mut fine = true;
    let rows = match fields.has("sources") {
        true => fields.objects("sources"),
        false => form_rows(fields),
    };
    for (index, mut row) in rows.into_iter().enumerate() {
        let source = take_source(&mut row);
        fine &= source.is_some();
        sources.extend(source);
        fields.adopt(&format!("sources[{index}]"), row);
    }
    if sources.is_empty() && fine {
        fields.fault(
            "sources",
            "required",
            "Please name at least one source: readers must be able to check.",
        );
    }
    if sources.len() > limits::SOURCES {
        fields.fault("sources", "too_many", "Please name at most ten sources.");
    }
    (fine && !sources.is_empty()).then_some(sources)
}

/// The rows of the form; a row left empty is no source.
fn form_rows(fields: &mut Fields) -> Vec<Fields> {
    let columns =
        ["source_title", "source_publisher", "source_url", "source_date"].map(|name| fields.list(name));
    let count = columns.iter().map(Vec::len).max().unwrap_or(0);
    (0..count)
        .map(|row| columns.each_ref().map(|column| column.get(row).cloned().unwrap_or_default()))
        .filter(|row| row.iter().any(|text| !text.trim().is_empty()))
        .map(|row| {
            let names = ["title", "publisher", "url", "date"];
            Fields::from_pairs(names.iter().map(|name| (*name).to_owned()).zip(row))
        })
        .collect()
}

fn take_source(row: &mut Fields) -> Option<Source> {
    let mut line = |field: &str, needed: bool| {
        let text = row.text(field);
        match content::line(text.trim(), limits::SOURCE_CHARS) {
            Ok(line) if line.is_empty() && needed => {
                row.fault(field, "required", "Please fill this in.");
                None
            }
            Ok(line) => Some(line),
            Err(_) if text.trim().is_empty() && !needed => Some(String::new()),
            Err(error) => {
                row.fault(field, error.code.as_str(), error.message);
                None
            }
        }
    };
    let (title, publisher, url, published) =
        (line("title", true), line("publisher", true), line("url", true), line("date", false));
    if let Some(url) = &url
        && !(url.starts_with("https://") || url.starts_with("http://"))
    {
        row.fault("url", "invalid", "Please give the full address, starting with https://.");
        return None;
    }
    Some(Source { title: title?, publisher: publisher?, url: url?, published: published? })
}
