//! Guidance from elsewhere arrives as drafts: nobody has signed it here, so no reader sees it.

use aftercare_frontend::content;
use chrono::Days;
use serde::Deserialize;
use serde_json::Value;

use super::batches::Kind;
use super::threads::word;
use super::{Importer, Tally, fit, plain, store};
use crate::accounts::{Email, MemberId, Pseudonym, join};
use crate::guidance::{Drafted, Source, write};
use crate::platform::db::Tx;
use crate::platform::refusal::Refusal;

/// Rows {id, question, answer, focus?, source?, url?}.
pub struct Guidance;

#[derive(Deserialize)]
pub struct Row {
    id: Value,
    #[serde(default)]
    question: Option<String>,
    #[serde(default)]
    answer: Option<String>,
    #[serde(default)]
    focus: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    url: Option<String>,
}

pub struct Ready {
    key: String,
    drafted: Drafted,
    note: Option<String>,
}

impl Kind for Guidance {
    type Row = Row;
    type Ready = Ready;

    fn weight(_: &Row) -> usize {
        1
    }

    fn prepare(importer: &Importer, row: &Row) -> Result<Ready, String> {
        let id = word(&row.id).ok_or("the id is neither text nor a number")?;
        let text = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
        let (answer, publisher) = (text(&row.answer), text(&row.source));
        if answer.is_empty() {
            return Err("there is no answer in it".into());
        }
        let (title, body) = fit::titled(&text(&row.question), &answer).ok_or("there is no text in it")?;
        let url = text(&row.url);
        let linked = url.starts_with("https://") || url.starts_with("http://");
        let mut markdown = plain::as_markdown(&body);
        if !linked && !publisher.is_empty() {
            markdown = format!("{markdown}\n\n{}", plain::as_markdown(&format!("Source: {publisher}")));
        }
        let (markdown, note) = fit::body(&markdown);
        let rendered = content::render(&markdown).map_err(|error| error.to_string())?;
        let line = |text: &str| content::line(&fit::cut_at_word(text, 300), 300).ok();
        let source = line(&url).filter(|_| linked).map(|url| Source {
            title: line(&text(&row.focus)).unwrap_or_else(|| title.as_str().to_owned()),
            publisher: line(&publisher).unwrap_or_default(),
            url,
            published: String::new(),
        });
        let review_due = importer.now.date().checked_add_days(Days::new(365)).unwrap_or(importer.now.date());
        let drafted = Drafted::new(
            &importer.screening,
            title,
            (markdown, None),
            rendered,
            source.into_iter().collect(),
            review_due,
        );
        Ok(Ready {
            key: format!("article:{}:{id}", row.source.as_deref().unwrap_or_default()),
            drafted,
            note,
        })
    }

    fn keep(importer: &Importer, tx: &mut Tx, ready: &Ready) -> Result<Tally, Refusal> {
        if store::imported(tx, &ready.key)?.is_some() {
            return Ok(Tally { known: 1, ..Tally::default() });
        }
        let changed = u64::from(ready.note.is_some());
        let mut tally =
            Tally { articles: 1, changed, notes: ready.note.iter().cloned().collect(), ..Tally::default() };
        let author = librarian(importer, tx, &mut tally)?;
        let (article, _) = write::create_by_operator(tx, &importer.operator, author, &ready.drafted)?;
        store::remember(tx, &ready.key, ("article", article.0))?;
        Ok(tally)
    }
}

/// The member in whose name drafts arrive. They are no clinician, so two clinicians must sign.
fn librarian(importer: &Importer, tx: &mut Tx, tally: &mut Tally) -> Result<MemberId, Refusal> {
    let email = Email::new("guidance@imported.invalid")
        .ok_or_else(|| Refusal::internal("no address for the librarian"))?;
    if let Some(member) = store::imported_member(tx, &email)? {
        return Ok(member);
    }
    let name =
        Pseudonym::new("Imported guidance").map_err(|(code, words)| Refusal::field("name", code, words))?;
    tally.members += 1;
    join::imported(tx, &importer.operator, &name, &email, &importer.region)
}
