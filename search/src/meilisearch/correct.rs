//! "Did you mean": a query that finds next to nothing, with its misspelt words replaced by words that the viewer can find.
//!
//! Meilisearch is asked which words there are and how many documents have them, always among what the viewer may find. What
//! it forgives by itself would not do: that it looks up among all words, hidden ones too.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use futures_util::future::try_join_all;
use meilisearch_sdk::search::FacetSearchQuery;
use serde::de::IgnoredAny;

use super::ask::{Ask, Scope, ask_all, total};
use super::failure::failed;
use super::filter::{Field, Filter};
use super::terms::{Term, Terms, plan, rarest};
use super::{Inner, off_the_runtime};
use crate::correct::{COUNTED, ENOUGH, FAR_MORE_FREQUENT, doubtful, offered_edits, with_words_replaced};
use crate::engine::SearchError;
use crate::parse::{Parsed, parse};
use crate::query::Query;
use crate::text::{Word, edits_between};

/// The part of the time for an answer that this may take. A hint that comes late is left out.
const SHARE_OF_TIME: u32 = 3;
/// Words that are asked about at once.
const MOST_ASKED: usize = 6;

/// A word that may be a misspelling of one that stands in at least so many documents.
#[derive(Debug)]
struct Doubtful {
    text: String,
    enough: u64,
}

impl Inner {
    /// The query in other words, if those find more than the `found` documents of the words as they were typed.
    pub(super) async fn did_you_mean(
        &self,
        query: &Query,
        parsed: &Parsed,
        found: usize,
    ) -> Result<Option<String>, SearchError> {
        if found >= ENOUGH {
            return Ok(None);
        }
        let corrected = self.corrected(query, parsed, found);
        tokio::time::timeout(self.answer_within / SHARE_OF_TIME, corrected).await.unwrap_or(Ok(None))
    }

    async fn corrected(
        &self,
        query: &Query,
        parsed: &Parsed,
        found: usize,
    ) -> Result<Option<String>, SearchError> {
        let visible = Filter::visible(&query.viewer).text();
        let words = doubtful(parsed, found).filter(|word| offered_edits(&word.text) > 0).take(MOST_ASKED);
        let words = self.rare(&words.collect::<Vec<_>>(), &visible).await?;
        let mut better = self.better(&words, beginnings(&words), &visible).await?;
        let strange = words.into_iter().filter(|word| !better.contains_key(&word.text));
        let strange: Vec<Doubtful> = strange.collect();
        if !strange.is_empty() {
            // Perhaps the first letter is wrong. Counting every word takes longer, and tells only the most frequent ones.
            better.extend(self.better(&strange, BTreeSet::from([String::new()]), &visible).await?);
        }
        if better.is_empty() {
            return Ok(None);
        }
        let replaced = better.iter().map(|(word, better)| (word.as_str(), better.clone())).collect();
        let text = with_words_replaced(&query.text, &replaced);
        let corrected = parse(&text);
        // Of many words the new ones are looked for first.
        let new = |word: &Word| better.values().any(|better| *better == word.text);
        let term = |word: &Word| Term::exact(word.clone(), if new(word) { 1.0 } else { 0.0 });
        let terms = Terms { words: rarest(corrected.words.iter().map(term).collect()), names: Vec::new() };
        let now = self.total(query, &plan(&terms, &corrected, terms.words.len())).await?;
        Ok((now > found).then_some(text))
    }

    /// Those of the words that are rare enough to be misspellings.
    async fn rare(&self, words: &[&Word], visible: &str) -> Result<Vec<Doubtful>, SearchError> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let both = |word: &&Word| {
            [(&word.text, Scope::Words), (&word.stem, Scope::Stems)]
                .map(|(text, scope)| Ask::exact([text.as_str()], scope, 0))
        };
        let asks: Vec<Ask> = words.iter().flat_map(both).collect();
        let answered = ask_all::<IgnoredAny>(&self.search, &asks, Some(visible), &["key"]).await?;
        let seen = answered.iter().map(total).collect::<Result<Vec<_>, _>>()?;
        let doubtful = words.iter().zip(seen.chunks(2)).map(|(word, seen)| {
            let seen = seen.iter().max().map_or(0, |seen| u64::try_from(*seen).unwrap_or(u64::MAX));
            Doubtful { text: word.text.clone(), enough: seen.saturating_mul(FAR_MORE_FREQUENT).max(1) }
        });
        Ok(doubtful.filter(|word| word.enough <= COUNTED).collect())
    }

    /// What the words are most probably misspellings of, among all words that begin in one of these ways.
    async fn better(
        &self,
        words: &[Doubtful],
        beginnings: BTreeSet<String>,
        visible: &str,
    ) -> Result<HashMap<String, String>, SearchError> {
        let all = beginnings.iter().map(|beginning| async move {
            let mut query = FacetSearchQuery::new(&self.search, Field::Words.name());
            query.with_filter(visible).with_facet_query(beginning);
            self.search.execute_facet_query(&query).await
        });
        let all = try_join_all(all).await.map_err(failed)?;
        let words: Vec<(String, u64)> = words.iter().map(|word| (word.text.clone(), word.enough)).collect();
        off_the_runtime(move || {
            let there: HashMap<String, u64> = all
                .into_iter()
                .flat_map(|there| there.facet_hits)
                .map(|hit| (hit.value, u64::try_from(hit.count).unwrap_or(u64::MAX)))
                .collect();
            let better = words.into_iter().filter_map(|(word, enough)| {
                let better = nearest(&word, enough, &there)?;
                Some((word, better))
            });
            Ok(better.collect())
        })
        .await
    }
}

/// The ways in which words begin that are near these: with the same letters, or the first of them left out or swapped.
fn beginnings(words: &[Doubtful]) -> BTreeSet<String> {
    let each = words.iter().flat_map(|word| {
        let first = |many: usize| word.text.chars().take(many).collect::<String>();
        [first(1), first(2), word.text.chars().skip(1).take(1).collect()]
    });
    each.collect()
}

/// The nearest word, then the most frequent one.
fn nearest(word: &str, enough: u64, there: &HashMap<String, u64>) -> Option<String> {
    let most = usize::from(offered_edits(word));
    let long = word.chars().count();
    let near = there.iter().filter(|(other, count)| {
        **count >= enough && other.chars().count().abs_diff(long) <= most && *other != word
    });
    let near = near.map(|(other, count)| (edits_between(word, other), Reverse(*count), other));
    near.filter(|(edits, ..)| *edits <= most).min().map(|(.., other)| other.clone())
}
