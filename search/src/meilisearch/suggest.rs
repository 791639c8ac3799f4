//! Finding candidates for a whole post; the shared ranking puts them in order.
//!
//! Meilisearch reads ten words of a question and ranks by rules that know no rarity. So it is not asked the question but
//! many small ones, one to three telling words each, all in one request; what those find is gathered by how much of
//! the question it says, and the best of it is scored like the embedded engine's candidates.

use std::collections::HashMap;

use serde::Deserialize;

use super::ask::{Ask, Scope, ask_all, list};
use super::counts::{Snapshot, everything};
use super::failure::failed;
use super::filter::{Field, Filter};
use super::page::kind;
use super::settings::MOST_HITS;
use super::{Inner, off_the_runtime};
use crate::alike::{alike, telling_stems};
use crate::engine::SearchError;
use crate::hits::{Hit, Hits, Total};
use crate::query::{MAX_SUGGESTIONS, SuggestQuery};
use crate::rank::{Candidate, Question, Statistics, Telling, is_noise, name_stems, rank, read_part};
use crate::text::{analyse, is_stop_word};

/// Candidates that are read and scored for the few that are shown.
const CANDIDATES: usize = 200;
/// Candidates whose names' words are counted, for the final order.
const HEAD: usize = 60;
/// Terms that candidates are looked for by: alone, in pairs, in threes.
const ALONE: usize = 10;
const IN_PAIRS: usize = 5;
const IN_THREES: usize = 4;
/// A term counts so much more in a title or alias than in a body, as in the embedded engine.
const NAMED: f32 = 3.0;

#[derive(Deserialize)]
struct Key {
    key: String,
}

#[derive(Deserialize)]
struct Stored {
    id: String,
    kind: String,
    title: String,
    aliases: Vec<String>,
    body: String,
}

impl Inner {
    /// The documents that best answer a text.
    pub(super) async fn suggest(&self, query: SuggestQuery) -> Result<Hits, SearchError> {
        let top = query.top.min(MAX_SUGGESTIONS);
        let snapshot = self.snapshot(&query.text).await?;
        let question = Question::read(&query.text, &snapshot);
        // Words that no document has lead to none.
        let known = question.telling(usize::MAX).iter().filter(|term| snapshot.containing(&term.stem) > 0);
        let known: Vec<&Telling> = known.take(ALONE).collect();
        let candidates = self.candidates(&query, &known, CANDIDATES.max(top)).await?;
        let (mut snapshot, question, head) = off_the_runtime(move || {
            let ranked = rank(&question, &snapshot, candidates);
            let head = ranked.into_iter().take(HEAD.max(top)).map(|ranked| ranked.candidate);
            let head: Vec<Candidate> = head.collect();
            Ok((snapshot, question, head))
        })
        .await?;
        let names = head.iter().flat_map(name_stems).map(|stem| (Scope::Stems, stem));
        snapshot.tally.extend(self.count(names.collect::<Vec<_>>()).await?);
        let hits: Vec<Hit> = off_the_runtime(move || {
            let ranked = rank(&question, &snapshot, head).into_iter().take(top);
            Ok(ranked.map(|ranked| ranked.into_hit(&question)).collect())
        })
        .await?;
        Ok(Hits { total: Total::of(hits.len()), hits, ..Hits::default() })
    }

    /// What the index knows of a text's words.
    async fn snapshot(&self, text: &str) -> Result<Snapshot, SearchError> {
        let words = analyse(read_part(text));
        let names = alike(&words).into_iter().flat_map(|alike| alike.names).flat_map(telling_stems);
        let names: Vec<_> = names.map(|stem| (Scope::Stems, stem.to_owned())).collect();
        let words: Vec<_> =
            words.into_iter().filter(|word| !is_stop_word(&word.text) && !is_noise(&word.text)).collect();
        let both = words
            .iter()
            .flat_map(|word| [(Scope::Stems, word.stem.clone()), (Scope::Words, word.text.clone())]);
        let mut tally = self.count(both.chain(names).chain([everything()]).collect::<Vec<_>>()).await?;
        let respelled = self.respelled(words.into_iter().map(|word| word.text), &tally).await?;
        let meant = respelled.values().flatten().map(|stem| (Scope::Stems, stem.clone()));
        tally.extend(self.count(meant.collect::<Vec<_>>()).await?);
        Ok(Snapshot { tally, respelled })
    }

    async fn candidates(
        &self,
        query: &SuggestQuery,
        terms: &[&Telling],
        most: usize,
    ) -> Result<Vec<Candidate>, SearchError> {
        let visible = Filter::visible(&query.viewer).kinds(&query.kinds);
        let probes = probes(terms, most);
        if probes.is_empty() {
            return Ok(Vec::new());
        }
        let asks: Vec<Ask> = probes.iter().map(Probe::ask).collect();
        let answered = ask_all::<Key>(&self.search, &asks, Some(&visible.text()), &["key"]).await?;
        let mut said: HashMap<String, HashMap<&str, f32>> = HashMap::new();
        for (probe, found) in probes.iter().zip(answered) {
            for hit in found.hits {
                let said = said.entry(hit.result.key).or_default();
                for term in &probe.terms {
                    let best = said.entry(&term.stem).or_default();
                    *best = best.max(probe.counts * term.weight);
                }
            }
        }
        let mut best: Vec<(f32, String)> =
            said.into_iter().map(|(key, said)| (said.values().sum(), key)).collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        best.truncate(most);
        let keys: Vec<String> = best.into_iter().map(|(_, key)| key).collect();
        self.stored(&visible, &keys).await
    }

    async fn stored(&self, visible: &Filter, keys: &[String]) -> Result<Vec<Candidate>, SearchError> {
        let mut candidates = Vec::with_capacity(keys.len());
        for part in keys.chunks(MOST_HITS / 4) {
            let filter = visible.clone().any_of(Field::Key, part.iter().cloned()).text();
            let fields = &["id", "kind", "title", "aliases", "body"];
            let stored: Vec<Stored> =
                list(&self.search, &filter, &[], part.len(), fields).await.map_err(failed)?;
            for Stored { id, kind: name, title, aliases, body } in stored {
                candidates.push(Candidate { id, kind: kind(&name)?, title, aliases, body });
            }
        }
        Ok(candidates)
    }
}

/// A few terms that must all be there.
struct Probe<'a> {
    terms: Vec<&'a Telling>,
    scope: Scope,
    limit: usize,
    counts: f32,
}

impl Probe<'_> {
    fn ask(&self) -> Ask {
        Ask::exact(self.terms.iter().map(|term| term.stem.as_str()), self.scope, self.limit)
    }
}

fn probes<'a>(terms: &[&'a Telling], most: usize) -> Vec<Probe<'a>> {
    // Who wants many suggestions gets them from longer lists.
    let longer = most.saturating_sub(CANDIDATES);
    let named =
        |terms, limit: usize| Probe { terms, scope: Scope::Names, limit: limit + longer, counts: NAMED };
    let anywhere =
        |terms, limit: usize| Probe { terms, scope: Scope::Stems, limit: limit + longer, counts: 1.0 };
    let mut probes = Vec::new();
    for (at, first) in terms.iter().copied().enumerate() {
        probes.extend([named(vec![first], 200), anywhere(vec![first], 100)]);
        for (then, second) in terms.iter().copied().enumerate().take(IN_PAIRS).skip(at + 1) {
            probes.extend([named(vec![first, second], 100), anywhere(vec![first, second], 100)]);
            let thirds = terms.iter().copied().take(IN_THREES).skip(then + 1);
            probes.extend(thirds.map(|third| anywhere(vec![first, second, third], 60)));
        }
    }
    probes
}
