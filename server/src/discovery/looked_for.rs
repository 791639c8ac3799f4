//! What people look for in vain, so that guidance can be written where it is missing.
//!
//! A query can tell everything about a person, so none is kept. What is kept are pairs of words that somebody looked for together and
//! that no text has together, and only:
//!
//! * words that stand in texts which everybody may read: no name, number or misspelling that is somebody's own;
//! * two by two: what else stood in a query, and that two pairs came from the same one, is told by nothing;
//! * with a token in place of the person: an HMAC over member and pair under the key of the week. The same person and pair count
//!   once; different pairs of one person, and the weeks, cannot be told to belong together;
//! * for a week: then each pair's tokens become a number, pairs that fewer than five people looked for are forgotten, and key and
//!   tokens are thrown away. Who holds the database before that could try members against the pairs of the week that runs, no others;
//! * from members: visitors cannot be told apart without keeping something about them;
//! * never beside words that show that somebody may need help.
//!
//! A number that is shown is of different people in one week, so nobody is counted twice.

use std::collections::BTreeMap;
use std::time::Duration;

use aftercare_search::{Query, SearchEngine, SearchError, Total, telling_words};
use chrono::{Datelike, Days, NaiveDate};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::asked::Asking;
use super::recheck::Readable;
use super::store::looked_for as store;
use crate::accounts::{Caller, Member, MemberId, Viewer};
use crate::platform::clock::UtcTime;
use crate::platform::db::{Database, Db};
use crate::platform::refusal::Refusal;

/// People who must have looked for the same thing before anybody hears of it.
const PEOPLE: i64 = 5;
/// How long it is told.
const DAYS: u64 = 90;
/// Words of one query that are looked at.
const MOST_WORDS: usize = 4;
/// How long the engine may take for it: the person who searched is waiting.
const ENGINE: Duration = Duration::from_millis(200);

/// Two words that people looked for together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedFor {
    pub words: String,
    /// The most people in one week.
    pub people: i64,
    /// The Monday of the last week in which at least five did.
    pub week: NaiveDate,
}

/// Whether a search that found nothing is one that guidance could answer: by its words alone, narrowed by nothing.
pub(super) fn counts(asking: &Asking) -> bool {
    let narrowed = asking.author.is_some()
        || asking.thread.is_some()
        || asking.from.is_some()
        || asking.to.is_some()
        || asking.board.is_some()
        || asking.kind.is_some()
        || asking.verified
        || asking.guidance;
    !narrowed && asking.offset == 0
}

/// Counts what this member looked for in vain. A failure is no concern of theirs.
pub(super) async fn count(caller: &Caller<Viewer>, text: String) {
    if let Err(refusal) = try_count(caller, text).await {
        tracing::warn!(%refusal, "what was looked for in vain could not be counted");
    }
}

async fn try_count(caller: &Caller<Viewer>, text: String) -> Result<(), Refusal> {
    if !caller.app.screening.evaluate(&text).needs.is_empty() {
        return Ok(());
    }
    let Some(member) = caller.read(|_, viewer| Ok(viewer.member().map(Member::id))).await? else {
        return Ok(());
    };
    let engine = caller.app.search.as_ref();
    let Ok(proposed) = tokio::time::timeout(ENGINE, pairs(engine, &text)).await else { return Ok(()) };
    let pairs = proposed.map_err(Refusal::internal)?;
    if pairs.is_empty() {
        return Ok(());
    }
    let database = caller.app.database.clone();
    crate::platform::db::off_the_runtime(move || keep(&database, member, pairs)).await
}

/// The pairs of a query's words that stand in texts for everybody, and in none together, with those texts.
async fn pairs(
    engine: &dyn SearchEngine,
    text: &str,
) -> Result<Vec<(String, [aftercare_search::Hits; 2])>, SearchError> {
    let mut known = Vec::new();
    for word in telling_words(text).into_iter().take(MOST_WORDS) {
        let hits = engine.search(Query::new(format!("\"{word}\""))).await?;
        if hits.total != Total::Exact(0) {
            known.push((word, hits));
        }
    }
    known.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut pairs = Vec::new();
    for (at, (first, of_first)) in known.iter().enumerate() {
        for (second, of_second) in known.iter().skip(at + 1) {
            // The blank says that the last word is finished.
            let both = engine.search(Query::new(format!("{first} {second} "))).await?;
            if both.partial || both.total == Total::Exact(0) {
                pairs.push((format!("{first} {second}"), [of_first.clone(), of_second.clone()]));
            }
        }
    }
    Ok(pairs)
}

fn keep(
    database: &Database,
    member: MemberId,
    pairs: Vec<(String, [aftercare_search::Hits; 2])>,
) -> Result<(), Refusal> {
    database.write(|tx| {
        let anybody = Viewer::anonymous();
        let week = week_of(tx.now);
        let key = store::key(tx, week)?;
        for (words, texts) in pairs {
            // The index may be a moment behind: a word counts only while everybody can read a text with it.
            let readable = Readable::of(tx, &anybody, &[&texts[0], &texts[1]])?;
            if texts.iter().all(|hits| hits.hits.iter().any(|hit| readable.has(&hit.id))) {
                store::note(tx, week, &words, &token(&key, member, &words)?)?;
            }
        }
        Ok(())
    })
}

/// Tells people apart who looked for the same pair in the same week, and nothing else.
fn token(key: &str, member: MemberId, words: &str) -> Result<String, Refusal> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).map_err(Refusal::internal)?;
    mac.update(&member.0.to_be_bytes());
    mac.update(words.as_bytes());
    Ok(hex::encode(mac.finalize().into_bytes()))
}

/// The Monday of a moment's week.
fn week_of(moment: UtcTime) -> NaiveDate {
    let day = moment.date();
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

/// Counts the weeks that are over and throws away their tokens and keys.
pub fn close_weeks(database: &Database) -> Result<(), Refusal> {
    database.write(|tx| {
        let week = week_of(tx.now);
        for (week, words, people) in store::people_before(tx, week)? {
            if people >= PEOPLE {
                store::insert_count(tx, week, &words, people)?;
            }
        }
        store::forget_tokens_before(tx, week)?;
        store::forget_counts_before(tx, oldest(tx.now))?;
        Ok(())
    })
}

fn oldest(now: UtcTime) -> NaiveDate {
    now.date().checked_sub_days(Days::new(DAYS)).unwrap_or(NaiveDate::MIN)
}

/// What people looked for in vain in the last 90 days, most people first. For those who write guidance or run the place.
pub fn report(db: &mut Db, member: &Member, now: UtcTime) -> Result<Vec<LookedFor>, Refusal> {
    member.must_be_active()?;
    if !(member.is_clinician() || member.is_admin()) {
        return Err(Refusal::forbidden("This is for clinicians and those who run the place."));
    }
    let mut rows = store::counts_since(db, oldest(now))?;
    rows.extend(store::people(db)?.into_iter().filter(|(_, _, people)| *people >= PEOPLE));
    let mut found: BTreeMap<String, LookedFor> = BTreeMap::new();
    for (week, words, people) in rows {
        let row = found.entry(words.clone()).or_insert(LookedFor { words, people, week });
        (row.people, row.week) = (row.people.max(people), row.week.max(week));
    }
    let mut found: Vec<LookedFor> = found.into_values().collect();
    found.sort_by_key(|row| std::cmp::Reverse(row.people));
    Ok(found)
}
