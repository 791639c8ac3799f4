//! What Meilisearch is told about the index.

use std::collections::{BTreeMap, HashMap};

use meilisearch_sdk::settings::{
    FacetSortValue, FacetingSettings, FilterFeatureModes, FilterFeatures, FilterableAttribute,
    FilterableAttributesSettings, MinWordSizeForTypos, PaginationSetting, Settings, TypoToleranceSettings,
};

use super::filter::Field;
use crate::text::{ONE_EDIT_FROM, TWO_EDITS_FROM};

/// Ends the index's name. Raise it when fields or the way of making words change: the reconciler then fills
/// the new one, and the next index that is built anew throws the old one away.
pub(super) const FORMAT: &str = "v2";
/// Formats that came before.
pub(super) const OLDER_FORMATS: [&str; 1] = ["v1"];

/// The fields that are searched, weightiest first.
pub(super) const TITLE: &str = "title_stems";
pub(super) const ALIASES: &str = "alias_stems";
pub(super) const BODY: &str = "body_stems";
pub(super) const WORDS: &str = "words";

/// The most hits of one request.
pub(super) const MOST_HITS: usize = 2_000;
/// The most values of a field that are counted: boards, places of documents, or words with one beginning, the most frequent ones.
pub(super) const MOST_VALUES: usize = 1_000;

pub(super) const NEWEST_FIRST: &str = "published_at:desc";
pub(super) const MOST_HELPFUL_FIRST: &str = "helped:desc";
pub(super) const BY_KEY: &str = "key:asc";

/// Every setting that matters here, so that none depends on a version's default.
pub(super) fn settings() -> Settings {
    Settings {
        searchable_attributes: names(&[TITLE, ALIASES, BODY, WORDS]),
        displayed_attributes: names(&[
            "key", "id", "version", "live", "kind", "place", "title", "aliases", "body", WORDS,
        ]),
        filterable_attributes: Some(Field::ALL.into_iter().map(filterable).collect()),
        sortable_attributes: names(&["published_at", "helped", "key"]),
        // An order that was asked for goes over everything; without one that rule does nothing.
        ranking_rules: names(&["sort", "words", "typo", "proximity", "attribute", "exactness", NEWEST_FIRST]),
        // Stop words and words that mean the same are the parser's business, the same for both engines.
        stop_words: Some(Vec::new()),
        synonyms: Some(HashMap::new()),
        distinct_attribute: Some(None),
        typo_tolerance: Some(TypoToleranceSettings {
            enabled: Some(true),
            disable_on_attributes: Some(Vec::new()),
            disable_on_words: Some(Vec::new()),
            min_word_size_for_typos: Some(MinWordSizeForTypos {
                one_typo: Some(ONE_EDIT_FROM),
                two_typos: Some(TWO_EDITS_FROM),
            }),
            disable_on_numbers: Some(true),
        }),
        pagination: Some(PaginationSetting { max_total_hits: MOST_HITS }),
        faceting: Some(FacetingSettings {
            max_values_per_facet: MOST_VALUES,
            sort_facet_values_by: Some(BTreeMap::from([
                ("*".to_owned(), FacetSortValue::Alpha),
                (WORDS.to_owned(), FacetSortValue::Count),
            ])),
        }),
        proximity_precision: Some("byWord".to_owned()),
        ..Settings::default()
    }
}

fn names(names: &[&str]) -> Option<Vec<String>> {
    Some(names.iter().map(|name| (*name).to_owned()).collect())
}

fn filterable(field: Field) -> FilterableAttribute {
    let counted = field == Field::Words;
    let compared = matches!(field, Field::Key | Field::PublishedAt);
    let filter = FilterFeatureModes { equality: !counted, comparison: compared };
    FilterableAttribute::Settings(FilterableAttributesSettings {
        attribute_patterns: vec![field.name().to_owned()],
        features: FilterFeatures { facet_search: counted, filter },
    })
}
