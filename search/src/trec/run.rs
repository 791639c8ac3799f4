//! Indexing the documents and answering the queries.

use std::io::{self, BufRead, Write};

use serde::Deserialize;

use super::lines::{Id, Identified, Problem, Source, next};
use crate::document::{Audience, Change, Document, Kind};
use crate::engine::{SearchEngine, SearchError};
use crate::hits::Hit;
use crate::query::{MAX_LIMIT, MAX_OFFSET, Query, SuggestQuery};

/// Documents that are applied at once.
const BATCH: usize = 5_000;

/// How queries are put.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// As whole posts, to [`SearchEngine::suggest`].
    #[default]
    Suggest,
    /// As typed into the search box, to [`SearchEngine::search`].
    Search,
}

/// What a run is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Lines for each query at most.
    pub top: usize,
    pub mode: Mode,
    /// The last column of each line.
    pub tag: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { top: 10, mode: Mode::default(), tag: "aftercare".to_owned() }
    }
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub documents: usize,
    pub queries: usize,
    /// Ids of queries that found nothing: a run file has no line for them.
    pub unanswered: Vec<String>,
    pub problems: usize,
}

/// Why a run stopped.
#[derive(Debug, thiserror::Error)]
pub enum TrecError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Search(#[from] SearchError),
}

#[derive(Deserialize)]
struct Doc {
    id: Id,
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    aliases: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Ask {
    id: Id,
    text: String,
}

impl Identified for Doc {
    fn id(&self) -> &Id {
        &self.id
    }
}

impl Identified for Ask {
    fn id(&self) -> &Id {
        &self.id
    }
}

/// Empties the engine, indexes the documents as public guidance, answers the queries in their order and writes
/// `qid Q0 docid rank score tag` lines. Lines that cannot be used go to `report`, and the run goes on. When an id
/// comes twice, the later document counts.
pub async fn run<W: Write + Send>(
    engine: &dyn SearchEngine,
    documents: &mut (dyn BufRead + Send),
    queries: &mut (dyn BufRead + Send),
    options: &Options,
    out: &mut W,
    report: &mut (dyn FnMut(Problem) + Send),
) -> Result<Summary, TrecError> {
    let mut summary = Summary::default();
    engine.reset().await?;
    index(engine, documents, &mut summary, report).await?;
    let mut line = 0;
    while let Some(row) = next::<Ask>(queries, Source::Queries, &mut line)? {
        let ask = match row {
            Ok(ask) => ask,
            Err(problem) => {
                summary.problems += 1;
                report(problem);
                continue;
            }
        };
        summary.queries += 1;
        let id = ask.id.to_string();
        let hits = answer(engine, ask.text, options).await?;
        for (at, hit) in hits.iter().enumerate() {
            writeln!(out, "{id} Q0 {} {} {:.6} {}", hit.id, at + 1, hit.score, options.tag)?;
        }
        if hits.is_empty() {
            summary.unanswered.push(id);
        }
    }
    out.flush()?;
    Ok(summary)
}

async fn index(
    engine: &dyn SearchEngine,
    documents: &mut (dyn BufRead + Send),
    summary: &mut Summary,
    report: &mut (dyn FnMut(Problem) + Send),
) -> Result<(), TrecError> {
    let mut line = 0;
    let mut batch = Vec::new();
    while let Some(row) = next::<Doc>(documents, Source::Documents, &mut line)? {
        match row {
            Ok(doc) => batch.push(Change::Put(document(doc, line))),
            Err(problem) => {
                summary.problems += 1;
                report(problem);
            }
        }
        if batch.len() == BATCH {
            summary.documents += batch.len();
            engine.apply(std::mem::take(&mut batch)).await?;
        }
    }
    summary.documents += batch.len();
    engine.apply(batch).await?;
    Ok(())
}

fn document(doc: Doc, line: usize) -> Document {
    Document {
        id: doc.id.to_string(),
        kind: Kind::Guidance,
        board: None,
        audience: Audience::Public,
        thread: None,
        author: None,
        title: doc.title,
        aliases: doc.aliases.unwrap_or_default(),
        body: doc.body,
        verified: false,
        has_guidance: false,
        helpful: 0,
        published_at: 0,
        version: i64::try_from(line).unwrap_or(i64::MAX),
    }
}

async fn answer(engine: &dyn SearchEngine, text: String, options: &Options) -> Result<Vec<Hit>, SearchError> {
    match options.mode {
        Mode::Suggest => {
            let query = SuggestQuery { text, top: options.top, ..SuggestQuery::default() };
            Ok(engine.suggest(query).await?.hits)
        }
        Mode::Search => {
            let mut hits = Vec::new();
            while hits.len() < options.top.min(MAX_OFFSET + MAX_LIMIT) {
                let limit = MAX_LIMIT.min(options.top - hits.len());
                let page = Query { offset: hits.len(), limit, ..Query::new(text.clone()) };
                let page = engine.search(page).await?.hits;
                let last = page.len() < limit;
                hits.extend(page);
                if last {
                    break;
                }
            }
            Ok(hits)
        }
    }
}
