//! Several questions in one request.

use meilisearch_sdk::search::{MatchingStrategies, MultiSearchQuery, SearchQuery, SearchResults, Selectors};
use serde::de::DeserializeOwned;

use super::Index;
use super::failure::{failed, unavailable};
use super::settings::{ALIASES, BODY, MOST_HITS, TITLE, WORDS};
use crate::engine::SearchError;

/// Which fields are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    /// Wherever stems are.
    Stems,
    /// Stems of titles and aliases.
    Names,
    /// Words as they are written.
    Words,
}

impl Scope {
    pub(super) fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Stems => &[TITLE, ALIASES, BODY],
            Self::Names => &[TITLE, ALIASES],
            Self::Words => &[WORDS],
        }
    }
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ask {
    pub text: String,
    pub scope: Scope,
    pub limit: usize,
}

impl Ask {
    /// All of these stems, as they are: neither beginnings nor typing errors.
    pub(super) fn exact<'a>(stems: impl IntoIterator<Item = &'a str>, scope: Scope, limit: usize) -> Self {
        let quoted: Vec<String> = stems.into_iter().map(|stem| format!("\"{stem}\"")).collect();
        Self { text: quoted.join(" "), scope, limit: limit.min(MOST_HITS) }
    }
}

/// Puts the questions and answers them in their order. Every document found passes the filter, if there is one.
pub(super) async fn ask_all<T: DeserializeOwned + Send + Sync + 'static>(
    index: &Index,
    asks: &[Ask],
    filter: Option<&str>,
    fields: &'static [&'static str],
) -> Result<Vec<SearchResults<T>>, SearchError> {
    let mut all = MultiSearchQuery::new(&index.client);
    for ask in asks {
        let mut query = SearchQuery::new(index);
        query
            .with_query(&ask.text)
            .with_limit(ask.limit)
            .with_matching_strategy(MatchingStrategies::ALL)
            .with_attributes_to_search_on(ask.scope.fields())
            .with_attributes_to_retrieve(Selectors::Some(fields));
        if let Some(filter) = filter {
            query.with_filter(filter);
        }
        all.with_search_query(query);
    }
    let answered = all.execute::<T>().await.map_err(failed)?.results;
    if answered.len() != asks.len() {
        return Err(unavailable("Meilisearch left a question out"));
    }
    Ok(answered)
}

/// How many documents match, however many of them were fetched.
pub(super) fn total<T>(results: &SearchResults<T>) -> Result<usize, SearchError> {
    results.estimated_total_hits.ok_or_else(|| unavailable("Meilisearch answers without a count"))
}

/// Everything that passes a filter, in an order of its own.
pub(super) async fn list<T: DeserializeOwned + Send + Sync + 'static>(
    index: &Index,
    filter: &str,
    sort: &[&str],
    limit: usize,
    fields: &'static [&'static str],
) -> Result<Vec<T>, meilisearch_sdk::errors::Error> {
    let mut query = SearchQuery::new(index);
    query.with_limit(limit).with_attributes_to_retrieve(Selectors::Some(fields)).with_sort(sort);
    if !filter.is_empty() {
        query.with_filter(filter);
    }
    let answered = index.execute_query::<T>(&query).await?;
    Ok(answered.hits.into_iter().map(|hit| hit.result).collect())
}
