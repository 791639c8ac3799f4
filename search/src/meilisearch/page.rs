//! Making the answer out of what was found.

use std::collections::{BTreeMap, HashSet};

use super::failure::unavailable;
use super::filter::name_of;
use super::find::Collected;
use super::record::found_at;
use super::terms::{Reading, Term, Terms};
use crate::document::Kind;
use crate::engine::SearchError;
use crate::hits::{Facet, Found, Hit, Hits, Total};
use crate::parse::Parsed;
use crate::snippet::snippet;
use crate::text::{edits_between, stem, tokens, tolerated_edits};

/// The answer, with totals and facets.
pub(super) fn page(collected: Collected, terms: &Terms, parsed: &Parsed) -> Result<Hits, SearchError> {
    let kinds = Kind::ALL.into_iter().filter_map(|kind| Some((kind, *collected.kinds.get(kind.name())?)));
    let boards = collected.boards.iter().map(|(key, count)| Some((name_of(key)?, *count)));
    let boards: Option<BTreeMap<String, usize>> = boards.collect();
    let boards = boards.ok_or_else(|| unavailable("Meilisearch names a board that cannot be"))?;
    let hits = collected.page.into_iter().map(|(listed, score)| {
        let snippet = snippet(&listed.body, &marked(&listed.body, terms, parsed));
        let kind = found(&listed.place)?.kind;
        Ok(Hit { id: listed.id, kind, score, title: listed.title, snippet })
    });
    Ok(Hits {
        hits: hits.collect::<Result<_, SearchError>>()?,
        total: Total::of(collected.total),
        kinds: kinds.map(|(value, count)| Facet { value, total: Total::of(count) }).collect(),
        boards: boards.into_iter().map(|(value, count)| Facet { value, total: Total::of(count) }).collect(),
        found: match Total::of(collected.total) {
            Total::Exact(_) => collected.places.iter().map(|place| found(place)).collect::<Result<_, _>>()?,
            Total::MoreThan200 => Vec::new(),
        },
        cut: parsed.cut,
        ..Hits::default()
    })
}

/// The kind with this name; an index of ours holds no other.
pub(super) fn kind(name: &str) -> Result<Kind, SearchError> {
    Kind::from_name(name).ok_or_else(|| unavailable("Meilisearch answers a kind that there is not"))
}

fn found(place: &str) -> Result<Found, SearchError> {
    found_at(place).ok_or_else(|| unavailable("Meilisearch answers what is no document of ours"))
}

/// The stems of a text that were searched for: the words themselves, their other names, what they begin and what they misspell.
fn marked(body: &str, terms: &Terms, parsed: &Parsed) -> HashSet<String> {
    let phrases = parsed.phrases.iter().flatten().map(|word| word.stem.clone());
    let names = terms.names.iter().map(|name| name.name.to_owned());
    let words = terms.words.iter().map(|term| term.word.stem.clone());
    let mut stems: HashSet<String> = words.chain(names).chain(phrases).collect();
    let loose: Vec<&Term> = terms.words.iter().filter(|term| term.reading != Reading::Exact).collect();
    if loose.is_empty() {
        return stems;
    }
    // Stems cost most here, so only what is near gets one.
    let written: HashSet<String> = tokens(body).into_iter().map(|token| token.text).collect();
    let near = written.iter().filter(|word| loose.iter().any(|term| is_near(term, word)));
    stems.extend(near.map(|word| stem(word)));
    stems
}

/// What a term begins, or may be a misspelling of.
fn is_near(term: &Term, word: &str) -> bool {
    let typed = &term.word.text;
    if matches!(term.reading, Reading::Beginning { .. }) && word.starts_with(typed.as_str()) {
        return true;
    }
    let most = usize::from(tolerated_edits(typed));
    most > 0
        && typed.chars().count().abs_diff(word.chars().count()) <= most
        && edits_between(typed, word) <= most
}
