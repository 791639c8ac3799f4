//! How common words are. Meilisearch keeps no such statistics to ask for, but it counts what a search finds: one word
//! that is searched for alone is found as often as there are documents with it. Counts are remembered for a while.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::de::IgnoredAny;

use super::Inner;
use super::ask::{Ask, Scope, ask_all, total};
use crate::engine::SearchError;
use crate::rank::Statistics;

/// How long a count is good enough, and how long a word that nobody used stays unknown.
pub(super) const GOOD_FOR: Duration = Duration::from_secs(300);
const UNKNOWN_FOR: Duration = Duration::from_secs(5);
/// Words that are remembered before all are forgotten.
const MOST: usize = 100_000;
/// Counts that are asked for at once.
const AT_ONCE: usize = 200;

/// A word and where it stands. No word at all, wherever, is in every document.
pub(super) type Counted = (Scope, String);

/// What stands for all documents.
pub(super) fn everything() -> Counted {
    (Scope::Words, String::new())
}

/// The words that were counted lately, and what misspelt ones were taken for.
#[derive(Default)]
pub(super) struct Counts {
    counted: Mutex<HashMap<Counted, (Instant, u64)>>,
    pub(super) respelled: Mutex<HashMap<String, (Instant, Vec<String>)>>,
}

impl Counts {
    /// The index is another one now.
    pub(super) fn forget(&self) {
        locked(&self.counted).clear();
        locked(&self.respelled).clear();
    }

    /// There are new texts, and perhaps new words in them.
    pub(super) fn forget_unknown(&self) {
        locked(&self.counted).retain(|_, (_, count)| *count > 0);
        locked(&self.respelled).clear();
    }

    fn lately(&self, wanted: &HashSet<Counted>) -> Tally {
        let counted = locked(&self.counted);
        let fresh =
            |(at, count): &(Instant, u64)| at.elapsed() < if *count == 0 { UNKNOWN_FOR } else { GOOD_FOR };
        let known = wanted.iter().filter_map(|wanted| {
            let count = counted.get(wanted).filter(|count| fresh(count))?.1;
            Some((wanted.clone(), count))
        });
        Tally(known.collect())
    }

    fn remember(&self, counts: &[(Counted, u64)]) {
        let mut counted = locked(&self.counted);
        if counted.len() > MOST {
            counted.clear();
        }
        let now = Instant::now();
        counted.extend(counts.iter().map(|(wanted, count)| (wanted.clone(), (now, *count))));
    }
}

/// Nothing behind these locks is left half done by a panic.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Counts that were asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally(HashMap<Counted, u64>);

impl Tally {
    pub(super) fn of(&self, scope: Scope, word: &str) -> Option<u64> {
        self.0.get(&(scope, word.to_owned())).copied()
    }

    pub(super) fn documents(&self) -> u64 {
        self.0.get(&everything()).copied().unwrap_or(0)
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

impl Inner {
    /// Counts words, as far as that was not done lately.
    pub(super) async fn count(
        &self,
        wanted: impl IntoIterator<Item = Counted> + Send,
    ) -> Result<Tally, SearchError> {
        let wanted: HashSet<Counted> = wanted.into_iter().collect();
        let mut tally = self.counts.lately(&wanted);
        let missing: Vec<Counted> =
            wanted.into_iter().filter(|wanted| !tally.0.contains_key(wanted)).collect();
        for part in missing.chunks(AT_ONCE) {
            let asks: Vec<Ask> = part.iter().map(ask).collect();
            let answered = ask_all::<IgnoredAny>(&self.search, &asks, None, &["key"]).await?;
            let totals = answered.iter().map(total).collect::<Result<Vec<_>, _>>()?;
            let counts = totals.into_iter().map(|count| u64::try_from(count).unwrap_or(u64::MAX));
            let counted: Vec<(Counted, u64)> = part.iter().cloned().zip(counts).collect();
            self.counts.remember(&counted);
            tally.0.extend(counted);
        }
        Ok(tally)
    }
}

fn ask((scope, word): &Counted) -> Ask {
    let words = (!word.is_empty()).then_some(word.as_str());
    Ask::exact(words, *scope, 0)
}

/// What the shared ranking asks of an index, gathered beforehand.
#[derive(Default)]
pub(super) struct Snapshot {
    pub tally: Tally,
    pub respelled: HashMap<String, Vec<String>>,
}

/// A word that was not counted is taken for one that one document in so many has.
const NOT_COUNTED: u64 = 1_000;

impl Statistics for Snapshot {
    fn documents(&self) -> u64 {
        self.tally.documents()
    }

    fn containing(&self, stem: &str) -> u64 {
        self.tally.of(Scope::Stems, stem).unwrap_or(self.documents() / NOT_COUNTED)
    }

    fn spelled_like(&self, word: &str) -> Vec<String> {
        self.respelled.get(word).cloned().unwrap_or_default()
    }
}
