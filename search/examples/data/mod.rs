//! Reading data sets, and putting documents into an engine.

use std::io::BufRead;
use std::path::Path;

use aftercare_search::{Audience, Change, Document, Kind, SearchEngine, trec};
use serde::de::DeserializeOwned;

pub(crate) type Failure = Box<dyn std::error::Error>;

/// Puts documents into an engine.
pub(crate) async fn fill(engine: &dyn SearchEngine, documents: Vec<Document>) -> Result<(), Failure> {
    let mut changes = documents.into_iter().map(Change::Put).peekable();
    while changes.peek().is_some() {
        engine.apply(changes.by_ref().take(5_000).collect()).await?;
    }
    Ok(())
}

/// The rows of a JSONL file, gzipped or not.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Failure> {
    let mut rows = Vec::new();
    for line in trec::open(path)?.lines() {
        rows.push(serde_json::from_str(&line?)?);
    }
    Ok(rows)
}

/// A piece of guidance for everybody.
pub(crate) fn document(id: String, title: String, aliases: Vec<String>, body: String) -> Document {
    Document {
        id,
        kind: Kind::Guidance,
        board: None,
        author: None,
        audience: Audience::Public,
        thread: None,
        title,
        aliases,
        body,
        verified: false,
        has_guidance: false,
        helpful: 0,
        published_at: 0,
        version: 1,
    }
}
