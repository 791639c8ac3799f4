//! Making the answer out of what was found.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::Inner;
use super::ask::list;
use super::failure::{failed, unavailable};
use super::filter::{Field, Filter, name_of};
use super::find::{Collected, Listed};
use super::terms::{Reading, Term};
use crate::document::Kind;
use crate::engine::SearchError;
use crate::hits::{EXACT_UP_TO, Facet, Found, Hit, Hits, Total};
use crate::parse::Parsed;
use crate::query::{MAX_LIMIT, MAX_OFFSET, Query};
use crate::snippet::snippet;
use crate::text::{analyse, edits_between, tolerated_edits};

/// What is shown of a document.
#[derive(Debug, Deserialize)]
struct Shown {
    key: String,
    title: String,
    body: String,
}

impl Inner {
    /// The page of hits that the query asks for, with totals and facets.
    pub(super) async fn page(
        &self,
        query: &Query,
        collected: Collected,
        terms: &[Term],
        parsed: &Parsed,
    ) -> Result<Hits, SearchError> {
        let limit = if query.offset > MAX_OFFSET { 0 } else { query.limit.min(MAX_LIMIT) };
        let wanted: Vec<&(Listed, f32)> = collected.best.iter().skip(query.offset).take(limit).collect();
        let mut shown =
            self.shown(&query.viewer, wanted.iter().map(|(listed, _)| listed.key.clone())).await?;
        let mut hits = Vec::with_capacity(wanted.len());
        for (listed, score) in wanted {
            // A text that was taken away a moment ago is not shown any more.
            let Some(Shown { title, body, .. }) = shown.remove(&listed.key) else { continue };
            let snippet = snippet(&body, &marked(&body, terms, parsed));
            hits.push(Hit {
                id: listed.id.clone(),
                kind: kind(&listed.kind)?,
                score: *score,
                title,
                snippet,
            });
        }
        let found = if collected.total <= EXACT_UP_TO {
            collected.best.into_iter().map(|(listed, _)| found(listed)).collect::<Result<_, _>>()?
        } else {
            Vec::new()
        };
        let kinds = Kind::ALL.into_iter().filter_map(|kind| Some((kind, *collected.kinds.get(kind.name())?)));
        let mut boards: Vec<(String, usize)> = collected
            .boards
            .iter()
            .map(|(key, count)| Some((name_of(key)?, *count)))
            .collect::<Option<_>>()
            .ok_or_else(|| unavailable("Meilisearch names a board that cannot be"))?;
        boards.sort_unstable();
        Ok(Hits {
            hits,
            total: Total::of(collected.total),
            kinds: kinds.map(|(value, count)| Facet { value, total: Total::of(count) }).collect(),
            boards: boards
                .into_iter()
                .map(|(value, count)| Facet { value, total: Total::of(count) })
                .collect(),
            found,
            cut: false,
        })
    }

    async fn shown(
        &self,
        viewer: &crate::query::ViewerScope,
        keys: impl Iterator<Item = String>,
    ) -> Result<HashMap<String, Shown>, SearchError> {
        let keys: Vec<String> = keys.collect();
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let (most, filter) = (keys.len(), Filter::visible(viewer).any_of(Field::Key, keys).text());
        let shown: Vec<Shown> =
            list(&self.search, &filter, &[], most, &["key", "title", "body"]).await.map_err(failed)?;
        Ok(shown.into_iter().map(|shown| (shown.key.clone(), shown)).collect())
    }
}

/// The kind with this name; an index of ours holds no other.
pub(super) fn kind(name: &str) -> Result<Kind, SearchError> {
    Kind::from_name(name).ok_or_else(|| unavailable("Meilisearch answers a kind that there is not"))
}

fn found(listed: Listed) -> Result<Found, SearchError> {
    Ok(Found { id: listed.id, kind: kind(&listed.kind)?, board: listed.board })
}

/// The stems of a text that were searched for: the words themselves, what they begin and what they misspell.
fn marked(body: &str, terms: &[Term], parsed: &Parsed) -> HashSet<String> {
    let phrases = parsed.phrases.iter().flatten().map(|word| word.stem.clone());
    let mut stems: HashSet<String> = terms.iter().map(|term| term.word.stem.clone()).chain(phrases).collect();
    let loose: Vec<&Term> = terms.iter().filter(|term| term.reading != Reading::Exact).collect();
    if loose.is_empty() {
        return stems;
    }
    for word in analyse(body) {
        let near = |term: &&Term| {
            let typed = &term.word.text;
            let begun = matches!(term.reading, Reading::Beginning { .. }) && word.text.starts_with(typed);
            begun || edits_between(typed, &word.text) <= usize::from(tolerated_edits(typed))
        };
        if loose.iter().any(near) {
            stems.insert(word.stem);
        }
    }
    stems
}
