//! Searching by a reader's words.

use std::collections::HashMap;

use meilisearch_sdk::search::{
    FederationOptions, MatchingStrategies, MergeFacets, MultiSearchQuery, SearchQuery, Selectors,
};
use serde::Deserialize;

use super::failure::{failed, unavailable};
use super::filter::{Field, Filter};
use super::page::page;
use super::settings::{MOST_HELPFUL_FIRST, MOST_VALUES, NEWEST_FIRST};
use super::terms::{Plan, enough_of, expected, plan};
use super::{Inner, off_the_runtime};
use crate::engine::SearchError;
use crate::hits::{EXACT_UP_TO, Hits};
use crate::parse::parse;
use crate::query::{MAX_LIMIT, MAX_OFFSET, Query, Sort};

/// Naming all documents costs a request of its own least where no more than this many are found at a guess.
const EXPECTED_FEW: u64 = 1_000;

/// A hit of the page.
#[derive(Debug, Deserialize)]
pub(super) struct Listed {
    pub id: String,
    /// See `record.rs`.
    pub place: String,
    pub title: String,
    pub body: String,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub total: usize,
    pub kinds: HashMap<String, usize>,
    /// By key.
    pub boards: HashMap<String, usize>,
    /// The page, with scores.
    pub page: Vec<(Listed, f32)>,
    /// Places of all matches, if they are few.
    pub places: Vec<String>,
}

type Counted = HashMap<String, HashMap<String, usize>>;

/// What is wanted of all that a plan finds.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    offset: usize,
    limit: usize,
    sort: Sort,
    counts: &'a [Field],
}

impl Inner {
    /// Finds a page of hits. If no document has (nearly) all words, those that have some are found.
    pub(super) async fn search(&self, query: Query) -> Result<Hits, SearchError> {
        let parsed = parse(&query.text);
        if parsed.is_empty() {
            return Ok(Hits { cut: parsed.cut, ..Hits::default() });
        }
        let terms = self.terms(&parsed).await?;
        let enough = enough_of(terms.words.len());
        let mut collected =
            self.collect(&query, &plan(&terms, &parsed, enough), expected(&terms, enough)).await?;
        let did_you_mean = self.did_you_mean(&query, &parsed, collected.total).await?;
        let partial = collected.kinds.is_empty() && collected.boards.is_empty() && terms.words.len() > 1;
        if partial {
            collected = self.collect(&query, &plan(&terms, &parsed, 1), expected(&terms, 1)).await?;
        }
        off_the_runtime(move || {
            let partial = partial && collected.total > 0;
            Ok(Hits { partial, did_you_mean, ..page(collected, &terms, &parsed)? })
        })
        .await
    }

    /// Kinds are counted whatever kinds are wanted, and boards likewise; where nothing of the sort is wanted, the
    /// search itself counts them, and names all documents if few are expected.
    async fn collect(&self, query: &Query, plan: &Plan, expected: u64) -> Result<Collected, SearchError> {
        let filters = &query.filters;
        let common = Filter::visible(&query.viewer).narrowed(filters);
        let of_kinds = common.clone().kinds(&filters.kinds);
        let of_boards = common.boards(&filters.boards);
        let both = of_boards.clone().kinds(&filters.kinds);
        let page = Wanted {
            offset: query.offset.min(MAX_OFFSET),
            limit: if query.offset > MAX_OFFSET { 0 } else { query.limit.min(MAX_LIMIT) },
            sort: query.sort,
            counts: match expected {
                0..=EXPECTED_FEW => &[Field::Kind, Field::Board, Field::Place],
                _ => &[Field::Kind, Field::Board],
            },
        };
        let counted = |wanted: bool, filter: Filter, field: &'static [Field]| async move {
            if wanted { self.counted(plan, &filter, field).await.map(Some) } else { Ok(None) }
        };
        let (found, kinds, boards) = tokio::try_join!(
            self.found(plan, &both, page),
            counted(!filters.kinds.is_empty(), of_boards, &[Field::Kind]),
            counted(!filters.boards.is_empty(), of_kinds, &[Field::Board]),
        )?;
        let (page, mut total, mut facets) = found;
        let mut facet = |mut instead: Option<Counted>, field: Field| {
            instead.as_mut().unwrap_or(&mut facets).remove(field.name()).unwrap_or_default()
        };
        let (kinds, boards) = (facet(kinds, Field::Kind), facet(boards, Field::Board));
        let places: Vec<String> = if page.len() == total {
            page.iter().map(|(listed, _)| listed.place.clone()).collect()
        } else if total <= EXACT_UP_TO {
            let mut counted = match facets.contains_key(Field::Place.name()) {
                true => facets,
                false => self.counted(plan, &both, &[Field::Place]).await?,
            };
            counted.remove(Field::Place.name()).unwrap_or_default().into_keys().collect()
        } else {
            Vec::new()
        };
        if total <= EXACT_UP_TO {
            // Counted a moment later, and the one that can be checked.
            total = places.len();
        }
        Ok(Collected { total, kinds, boards, page, places })
    }

    /// How many documents a plan finds.
    pub(super) async fn total(&self, query: &Query, plan: &Plan) -> Result<usize, SearchError> {
        let filters = &query.filters;
        let filter =
            Filter::visible(&query.viewer).narrowed(filters).kinds(&filters.kinds).boards(&filters.boards);
        let wanted = Wanted { offset: 0, limit: 0, sort: Sort::Relevance, counts: &[] };
        Ok(self.found(plan, &filter, wanted).await?.1)
    }

    /// Only how many documents have which values.
    async fn counted(&self, plan: &Plan, filter: &Filter, counts: &[Field]) -> Result<Counted, SearchError> {
        let wanted = Wanted { offset: 0, limit: 0, sort: Sort::Relevance, counts };
        Ok(self.found(plan, filter, wanted).await?.2)
    }

    /// The best documents that any question of the plan finds, how many there are, and how many have which values.
    async fn found(
        &self,
        plan: &Plan,
        filter: &Filter,
        wanted: Wanted<'_>,
    ) -> Result<(Vec<(Listed, f32)>, usize, Counted), SearchError> {
        let index = &self.search;
        let filter = filter.text();
        let mut all = MultiSearchQuery::new(&index.client);
        for (text, weight) in plan {
            let mut one = SearchQuery::new(index);
            one.with_query(text)
                .with_filter(&filter)
                .with_matching_strategy(MatchingStrategies::ALL)
                .with_attributes_to_retrieve(Selectors::Some(&["id", "place", "title", "body"]));
            match wanted.sort {
                Sort::Relevance => {}
                Sort::Newest => _ = one.with_sort(&[NEWEST_FIRST]),
                Sort::MostHelpful => _ = one.with_sort(&[MOST_HELPFUL_FIRST]),
            }
            all.with_search_query_and_weight(one, *weight);
        }
        let fields = wanted.counts.iter().map(|field| field.name().to_owned()).collect();
        let answered = all
            .with_federation(FederationOptions {
                offset: Some(wanted.offset),
                limit: Some(wanted.limit),
                facets_by_index: Some(HashMap::from([(index.uid.clone(), fields)])),
                merge_facets: Some(MergeFacets { max_values_per_facet: Some(MOST_VALUES) }),
                ..FederationOptions::default()
            })
            .execute::<Listed>()
            .await
            .map_err(failed)?;
        let page = answered.hits.into_iter().map(|hit| {
            let score = hit.federation.map(|federation| federation.weighted_ranking_score);
            Ok((hit.result, score.ok_or_else(|| unavailable("Meilisearch answers without a score"))?))
        });
        let counted = answered.facet_distribution.unwrap_or_default();
        Ok((page.collect::<Result<_, SearchError>>()?, answered.estimated_total_hits, counted))
    }
}
