//! Comparing index and database both ways, page by page: what differs is put into the outbox, and what the database does not know is
//! taken out of the index. So a lost or foreign entry does not last.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use aftercare_search::{Change, SearchEngine, Versioned, VersionsPage};

use super::store::documents::{self, Entry, Place};
use crate::app::App;
use crate::platform::db::{Database, off_the_runtime};
use crate::platform::refusal::Refusal;
use crate::screening;

const ROWS: usize = 1000;

/// Where index and database do not agree.
#[derive(Clone, Debug)]
pub enum Difference {
    /// The outbox's key of a row whose version is not the one in the index.
    Stale(String),
    /// An entry without a row.
    Foreign(Versioned),
}

/// Asks for every document whose version in the index is not the row's, and removes every entry without a row. Answers how many
/// differed.
pub async fn reconcile(app: &Arc<App>) -> Result<usize, Refusal> {
    let mut comparison = Comparison::new(app.database.clone());
    let mut differed = 0;
    while let Some(found) = comparison.next(&*app.search).await? {
        differed += found.len();
        let (stale, foreign) = sorted(found);
        remove(&*app.search, foreign).await?;
        let database = app.database.clone();
        off_the_runtime(move || ask_for(&database, &stale)).await?;
    }
    Ok(differed)
}

fn ask_for(database: &Database, stale: &[String]) -> Result<(), Refusal> {
    if stale.is_empty() {
        return Ok(());
    }
    database.write(|tx| {
        // A version that no act uses, so that the job is new even if one for the row's version was done.
        let version = -tx.now.micros();
        stale.iter().try_for_each(|key| screening::reindex(tx, key, version))
    })
}

/// Keys of stale rows, and foreign entries.
pub(super) fn sorted(found: Vec<Difference>) -> (Vec<String>, Vec<Versioned>) {
    let (mut stale, mut foreign) = (Vec::new(), Vec::new());
    for difference in found {
        match difference {
            Difference::Stale(key) => stale.push(key),
            Difference::Foreign(entry) => foreign.push(entry),
        }
    }
    (stale, foreign)
}

/// Takes entries out of an index. At equal versions a removal wins.
pub(super) async fn remove(engine: &dyn SearchEngine, foreign: Vec<Versioned>) -> Result<(), Refusal> {
    let removed = |entry: Versioned| Change::Remove { id: entry.id, version: entry.held.version };
    let changes: Vec<Change> = foreign.into_iter().map(removed).collect();
    if changes.is_empty() {
        return Ok(());
    }
    engine.apply(changes).await.map_err(Refusal::internal)
}

/// Two listings in the same order, of which no more than a page each is in memory.
pub struct Comparison {
    database: Database,
    rows: VecDeque<Entry>,
    place: Option<Place>,
    entries: VecDeque<Versioned>,
    after: Option<String>,
    ended: bool,
}

impl Comparison {
    pub fn new(database: Database) -> Self {
        Self {
            database,
            rows: VecDeque::new(),
            place: Some(Place::START),
            entries: VecDeque::new(),
            after: None,
            ended: false,
        }
    }

    /// What differs on the next stretch; none at the end.
    pub async fn next(&mut self, engine: &dyn SearchEngine) -> Result<Option<Vec<Difference>>, Refusal> {
        // The index first: what it holds came out of the database, so a row that is read later is not missing by chance.
        self.more_entries(engine).await?;
        self.more_rows().await?;
        if self.entries.is_empty() && self.rows.is_empty() {
            return Ok(None);
        }
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        loop {
            // Where one listing has run dry for the moment, more of it has to be read before the other can go on.
            let (row, entry) = match (self.rows.front(), self.entries.front()) {
                (None, _) if self.place.is_some() => break,
                (_, None) if !self.ended => break,
                (None, None) => break,
                (Some(row), Some(entry)) if row.name == entry.id => {
                    (self.rows.pop_front(), self.entries.pop_front())
                }
                (Some(row), Some(entry)) if entry.id < row.name => (None, self.entries.pop_front()),
                (Some(_), _) => (self.rows.pop_front(), None),
                (None, Some(_)) => (None, self.entries.pop_front()),
            };
            match (row, entry) {
                (Some(row), held) => {
                    let version = held.as_ref().map(|entry| entry.held.version);
                    if version != Some(row.version) && (row.wanted || held.is_some()) {
                        found.push(Difference::Stale(row.key));
                    }
                }
                (None, Some(entry)) if !entry.held.removed => unknown.push(entry),
                (None, _) => {}
            }
        }
        found.extend(self.foreign(unknown).await?);
        Ok(Some(found))
    }

    async fn more_entries(&mut self, engine: &dyn SearchEngine) -> Result<(), Refusal> {
        if !self.entries.is_empty() || self.ended {
            return Ok(());
        }
        let page = VersionsPage { after: self.after.take(), limit: ROWS };
        self.entries = engine.versions(page).await.map_err(Refusal::internal)?.into();
        self.after = self.entries.back().map(|entry| entry.id.clone());
        self.ended = self.entries.len() < ROWS;
        Ok(())
    }

    async fn more_rows(&mut self) -> Result<(), Refusal> {
        while let (true, Some(place)) = (self.rows.is_empty(), self.place) {
            let (rows, next) = page_after(self.database.clone(), place, ROWS).await?;
            self.rows = rows.into();
            self.place = next;
        }
        Ok(())
    }

    /// Of entries without a row, the ones that have none even now: a row may have come while the listings were read.
    async fn foreign(&self, unknown: Vec<Versioned>) -> Result<Vec<Difference>, Refusal> {
        if unknown.is_empty() {
            return Ok(Vec::new());
        }
        let (database, names) =
            (self.database.clone(), unknown.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>());
        let known: HashSet<String> =
            off_the_runtime(move || database.read(|db| Ok(documents::known(db, &names)?))).await?;
        Ok(unknown.into_iter().filter(|entry| !known.contains(&entry.id)).map(Difference::Foreign).collect())
    }
}

/// The rows after a place.
pub(super) async fn page_after(
    database: Database,
    place: Place,
    rows: usize,
) -> Result<(Vec<Entry>, Option<Place>), Refusal> {
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    off_the_runtime(move || database.read(|db| Ok(documents::after(db, place, rows)?))).await
}
