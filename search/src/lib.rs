#![doc = include_str!("../README.md")]

mod alike;
mod correct;
mod document;
mod embedded;
mod engine;
mod hits;
mod meilisearch;
mod parse;
mod query;
pub mod rank;
mod snippet;
mod text;
pub mod trec;
mod words;

pub use document::{Audience, Change, Document, Held, Kind};
pub use embedded::EmbeddedEngine;
pub use engine::{Answer, Beside, SearchEngine, SearchError, Versioned, VersionsPage};
pub use hits::{EXACT_UP_TO, Facet, Found, Hit, Hits, SnippetPart, Total};
pub use meilisearch::{MeilisearchEngine, MeilisearchOptions, ScopedKeys, scoped_keys};
pub use query::{
    Filters, MAX_LIMIT, MAX_OFFSET, MAX_QUERY_CHARS, MAX_SUGGESTIONS, Query, Sort, SuggestQuery, ViewerScope,
};
pub use words::{corrections_quoted, telling_words};
