//! A document as Meilisearch holds it.
//!
//! Meilisearch knows no stems, so it is given ours: what readers see is stored and not searched, what is searched is
//! made from it by the same rules as for the embedded engine.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::failure::setup;
use super::filter::{audience_key, key_of, name_of};
use crate::document::{Change, Document, Held, Kind};
use crate::engine::SearchError;
use crate::hits::Found;
use crate::text::analyse;

/// Longer names make keys and places that Meilisearch would cut.
const LONGEST_NAME: usize = 100;

/// What is written.
#[derive(Debug, Serialize)]
pub(super) struct Record {
    key: String,
    id: String,
    version: i64,
    /// False for a tombstone, which has nothing but the fields up to here.
    live: bool,
    #[serde(flatten)]
    text: Option<Text>,
}

#[derive(Debug, Serialize)]
struct Text {
    kind: &'static str,
    place: String,
    board_key: Option<String>,
    audience: String,
    thread_key: Option<String>,
    author_key: Option<String>,
    verified: bool,
    has_guidance: bool,
    helped: u64,
    published_at: i64,
    title: String,
    aliases: Vec<String>,
    body: String,
    title_stems: String,
    alias_stems: Vec<String>,
    body_stems: String,
    /// Every word as it is written, once: for beginnings, typing errors and corrections.
    words: Vec<String>,
}

/// What is read to find a version.
#[derive(Debug, Deserialize)]
pub(super) struct Version {
    pub id: String,
    version: i64,
    live: bool,
}

impl Version {
    pub(super) const FIELDS: [&str; 3] = ["id", "version", "live"];

    pub(super) fn held(&self) -> Held {
        Held { version: self.version, removed: !self.live }
    }
}

impl Record {
    pub(super) fn of(change: Change) -> Result<Self, SearchError> {
        let (version, live) = (change.version(), matches!(change, Change::Put(_)));
        let (id, text) = match change {
            Change::Remove { id, .. } => (id, None),
            Change::Put(document) => (document.id.clone(), Some(Text::of(document)?)),
        };
        Ok(Self { key: key_of(short(&id)?), id, version, live, text })
    }
}

impl Text {
    fn of(document: Document) -> Result<Self, SearchError> {
        let named = |name: &Option<String>| name.as_deref().map(|name| short(name).map(key_of)).transpose();
        Ok(Self {
            kind: document.kind.name(),
            place: place(&document),
            board_key: named(&document.board)?,
            audience: audience_key(&document.audience),
            thread_key: named(&document.thread)?,
            author_key: named(&document.author)?,
            verified: document.verified,
            has_guidance: document.has_guidance,
            helped: helped(&document),
            published_at: document.published_at,
            title_stems: stems(&document.title),
            alias_stems: document.aliases.iter().map(|alias| stems(alias)).collect(),
            body_stems: stems(&document.body),
            words: words(&document),
            title: document.title,
            aliases: document.aliases,
            body: document.body,
        })
    }
}

/// What a document is, in one value. Meilisearch counts the values of a field without reading the documents, so this
/// tells two hundred documents for the price of ten.
fn place(document: &Document) -> String {
    let board = document.board.as_deref().map(key_of).unwrap_or_default();
    format!("{}.{}.{board}", key_of(&document.id), document.kind.name())
}

/// What helped more is a greater number: anything verified, then by how many readers say so.
fn helped(document: &Document) -> u64 {
    (u64::from(document.verified) << u32::BITS) + u64::from(document.helpful)
}

/// What a [`place`] says.
pub(super) fn found_at(place: &str) -> Option<Found> {
    let mut parts = place.split('.');
    let id = name_of(parts.next()?)?;
    let kind = Kind::from_name(parts.next()?)?;
    let board = match parts.next()? {
        "" => None,
        key => Some(name_of(key)?),
    };
    Some(Found { id, kind, board })
}

fn short(name: &str) -> Result<&str, SearchError> {
    if name.len() > LONGEST_NAME {
        return Err(setup("an id or a board's name is longer than 100 bytes"));
    }
    Ok(name)
}

fn stems(text: &str) -> String {
    analyse(text).into_iter().map(|word| word.stem).collect::<Vec<_>>().join(" ")
}

/// A value of its own for each: no quotation matches across two that never stood together.
fn words(document: &Document) -> Vec<String> {
    let texts = [&document.title, &document.body].into_iter().chain(&document.aliases);
    let mut seen = HashSet::new();
    let all = texts.flat_map(|text| analyse(text)).map(|word| word.text);
    all.filter(|word| seen.insert(word.clone())).collect()
}
