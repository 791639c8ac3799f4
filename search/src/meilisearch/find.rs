//! Searching by a reader's words.

use std::collections::HashMap;

use meilisearch_sdk::search::{
    FederationOptions, MatchingStrategies, MergeFacets, MultiSearchQuery, SearchQuery, Selectors,
};
use serde::Deserialize;

use super::Inner;
use super::failure::{failed, unavailable};
use super::filter::{Field, Filter};
use super::settings::{MOST_VALUES, NEWEST_FIRST};
use super::terms::{Plan, enough_of, plan};
use crate::engine::SearchError;
use crate::hits::{EXACT_UP_TO, Hits};
use crate::parse::{Parsed, parse};
use crate::query::{MAX_LIMIT, MAX_OFFSET, Query, Sort};

/// What is read of a match, whatever page it is on.
#[derive(Debug, Deserialize)]
pub(super) struct Listed {
    pub key: String,
    pub id: String,
    pub kind: String,
    pub board: Option<String>,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub total: usize,
    pub kinds: HashMap<String, usize>,
    /// By key.
    pub boards: HashMap<String, usize>,
    pub best: Vec<(Listed, f32)>,
}

type Counted = HashMap<String, HashMap<String, usize>>;

impl Inner {
    /// Finds a page of hits. If no document has (nearly) all words, those that have some are found.
    pub(super) async fn search(&self, query: Query) -> Result<Hits, SearchError> {
        let parsed = parse(&query.text);
        if parsed.is_empty() {
            return Ok(Hits { cut: parsed.cut, ..Hits::default() });
        }
        let terms = self.terms(&parsed).await?;
        let mut collected = self.collect(&query, &plan(&terms, &parsed, enough_of(terms.len()))).await?;
        if collected.kinds.is_empty() && collected.boards.is_empty() && terms.len() > 1 {
            collected = self.collect(&query, &plan(&terms, &parsed, 1)).await?;
        }
        let Parsed { cut, .. } = parsed;
        let hits = self.page(&query, collected, &terms, &parsed).await?;
        Ok(Hits { cut, ..hits })
    }

    /// Kinds are counted whatever kinds are wanted, and boards likewise; where nothing of the sort is wanted, the
    /// search itself counts them.
    async fn collect(&self, query: &Query, plan: &Plan) -> Result<Collected, SearchError> {
        let filters = &query.filters;
        let common = Filter::visible(&query.viewer).narrowed(filters);
        let of_kinds = common.clone().kinds(&filters.kinds);
        let of_boards = common.boards(&filters.boards);
        let both = of_boards.clone().kinds(&filters.kinds);
        let keep = (query.offset.min(MAX_OFFSET) + query.limit.min(MAX_LIMIT)).max(EXACT_UP_TO);
        let newest = query.sort == Sort::Newest;
        let counted = |wanted: bool, filter: Filter| async move {
            if wanted { self.found(plan, &filter, 0, false).await.map(Some) } else { Ok(None) }
        };
        let (found, kinds, boards) = tokio::try_join!(
            self.found(plan, &both, keep, newest),
            counted(!filters.kinds.is_empty(), of_boards),
            counted(!filters.boards.is_empty(), of_kinds),
        )?;
        let (best, total, mut facets) = found;
        let mut facet = |instead: Option<(_, _, Counted)>, field: Field| {
            instead.map_or_else(
                || facets.remove(field.name()),
                |(_, _, mut counted)| counted.remove(field.name()),
            )
        };
        Ok(Collected {
            total,
            best,
            kinds: facet(kinds, Field::Kind).unwrap_or_default(),
            boards: facet(boards, Field::Board).unwrap_or_default(),
        })
    }

    /// The best documents that any question of the plan finds, how many there are, and of which kinds and boards.
    async fn found(
        &self,
        plan: &Plan,
        filter: &Filter,
        limit: usize,
        newest: bool,
    ) -> Result<(Vec<(Listed, f32)>, usize, Counted), SearchError> {
        let index = &self.search;
        let filter = filter.text();
        let mut all = MultiSearchQuery::new(&index.client);
        for (text, weight) in plan {
            let mut one = SearchQuery::new(index);
            one.with_query(text)
                .with_filter(&filter)
                .with_matching_strategy(MatchingStrategies::ALL)
                .with_attributes_to_retrieve(Selectors::Some(&["key", "id", "kind", "board"]));
            if newest {
                one.with_sort(&[NEWEST_FIRST]);
            }
            all.with_search_query_and_weight(one, *weight);
        }
        let facets = [Field::Kind, Field::Board].map(|field| field.name().to_owned());
        let answered = all
            .with_federation(FederationOptions {
                limit: Some(limit),
                facets_by_index: Some(HashMap::from([(index.uid.clone(), facets.into())])),
                merge_facets: Some(MergeFacets { max_values_per_facet: Some(MOST_VALUES) }),
                ..FederationOptions::default()
            })
            .execute::<Listed>()
            .await
            .map_err(failed)?;
        let best = answered.hits.into_iter().map(|hit| {
            let score = hit.federation.map(|federation| federation.weighted_ranking_score);
            Ok((hit.result, score.ok_or_else(|| unavailable("Meilisearch answers without a score"))?))
        });
        let counted = answered.facet_distribution.unwrap_or_default();
        Ok((best.collect::<Result<_, SearchError>>()?, answered.estimated_total_hits, counted))
    }
}
