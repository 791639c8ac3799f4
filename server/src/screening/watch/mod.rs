//! Rules under watch: how often each matches, whether moderators agree, and what an admin should look at. Counted in the act that
//! stores a verdict or a decision, so that looking costs a few sums.

mod store;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use moderation_rules::{Hit, RuleId, RuleInfo, RuleSet, RuleState, Verdict};

use super::Screened;
use crate::accounts::MemberId;
use crate::platform::clock::UtcTime;
use crate::platform::db::{Database, Db, Tx};
use crate::platform::outbox::{self, Topic};
use crate::platform::refusal::Refusal;

use store::{Counts, Seen};

/// The stretch whose hits are shown, and the one before it.
const DAYS: u64 = 28;
/// A rule without a hit in so many days is unused; decisions are told of as many.
const LONG: u64 = 90;
/// Fewer hits say nothing about a rate.
const TELLING: i64 = 10;

/// Counts one wording: once for each rule that matched it, however often.
pub(super) fn count(tx: &mut Tx, screened: Screened) -> Result<(), Refusal> {
    let day = screened.at.date();
    for (rule, version) in matched(&screened.verdict.hits) {
        store::add(tx, (rule.as_str(), version, day), Counts { hits: 1, ..Counts::default() })?;
    }
    for (rule, version) in matched(screened.shadow) {
        store::add(tx, (rule.as_str(), version, day), Counts { shadow_hits: 1, ..Counts::default() })?;
    }
    Ok(())
}

/// Counts a decision for every rule that had matched the text: whether it, or what was marked in it, was kept back.
pub fn decided(tx: &mut Tx, verdict: &Verdict, kept_back: bool) -> Result<(), Refusal> {
    let day = tx.now.date();
    let counts = match kept_back {
        true => Counts { agreed: 1, ..Counts::default() },
        false => Counts { disagreed: 1, ..Counts::default() },
    };
    for (rule, version) in matched(&verdict.hits) {
        store::add(tx, (rule.as_str(), version, day), counts)?;
    }
    Ok(())
}

/// Notes which versions of rules are in force, and in which state, for the first time. `by` is nobody at a start.
pub fn note(tx: &mut Tx, rules: &RuleSet, by: Option<MemberId>) -> Result<(), Refusal> {
    let known: BTreeSet<(String, i64, String)> =
        store::states(tx)?.into_iter().map(|seen| (seen.rule, seen.version, seen.state)).collect();
    let states =
        rules.rules().iter().filter(|rule| watched(rule)).map(|rule| {
            (rule.id.as_str().to_owned(), i64::from(rule.version), rule.state.as_str().to_owned())
        });
    let fresh: Vec<_> = states.filter(|state| !known.contains(state)).collect();
    Ok(store::note(tx, &fresh, by)?)
}

/// Since when this version of a rule has been in shadow, and who read it in; nobody, where it was there at a start.
pub(super) fn first_in_shadow(
    tx: &mut Tx,
    rule: &RuleInfo,
) -> Result<Option<(UtcTime, Option<MemberId>)>, Refusal> {
    let shadow = RuleState::Shadow.as_str();
    Ok(store::first(tx, (rule.id.as_str(), i64::from(rule.version), shadow))?)
}

/// What an admin should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The day by which somebody had to look at it again has gone by.
    ReviewPast,
    /// At least twice as many hits as in the days before, and at least ten.
    Doubled,
    /// In force for ninety days, and not one hit in them.
    Unused,
}

impl Mark {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReviewPast => "review_past",
            Self::Doubled => "doubled",
            Self::Unused => "unused",
        }
    }
}

/// A rule in force, with what is known of it.
#[derive(Clone, Debug)]
pub struct Watched {
    pub rule: RuleInfo,
    /// In the last 28 days; of a rule in shadow, what it would have matched.
    pub hits: i64,
    /// In the 28 days before.
    pub before: i64,
    /// Decisions of the last 90 days about texts that it matched: refused, sent back or published without what was marked, and published as they were.
    pub kept_back: i64,
    pub published: i64,
    pub marks: Vec<Mark>,
}

/// Every live rule and every rule in shadow; those to look at first.
pub fn rules(db: &mut Db, rules: &RuleSet, today: NaiveDate) -> Result<Vec<Watched>, Refusal> {
    let back = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let sums = [
        store::sums(db, back(DAYS - 1), today)?,
        store::sums(db, back(2 * DAYS - 1), back(DAYS))?,
        store::sums(db, back(LONG - 1), today)?,
    ];
    let mut since: BTreeMap<String, NaiveDate> = BTreeMap::new();
    for Seen { rule, first_at, .. } in store::states(db)? {
        let day = since.entry(rule).or_insert(first_at.date());
        *day = (*day).min(first_at.date());
    }
    let watch = |rule: &RuleInfo| {
        let [now, before, long] =
            sums.each_ref().map(|sums| sums.get(rule.id.as_str()).copied().unwrap_or_default());
        let hits = |counts: store::Sums| match rule.state {
            RuleState::Shadow => counts.shadow_hits,
            _ => counts.hits,
        };
        let old = |days: u64| since.get(rule.id.as_str()).is_some_and(|since| *since <= back(days));
        let marks = [
            (Mark::ReviewPast, rule.review < today.to_string()),
            (Mark::Doubled, old(2 * DAYS - 1) && hits(now) >= TELLING.max(2 * hits(before))),
            (Mark::Unused, old(LONG) && hits(long) == 0),
        ];
        Watched {
            hits: hits(now),
            before: hits(before),
            kept_back: long.agreed,
            published: long.disagreed,
            marks: marks.into_iter().filter(|(_, holds)| *holds).map(|(mark, _)| mark).collect(),
            rule: rule.clone(),
        }
    };
    let mut all: Vec<Watched> = rules.rules().iter().filter(|rule| watched(rule)).map(watch).collect();
    all.sort_by_key(|watched| (watched.marks.is_empty(), watched.rule.category, watched.rule.id.clone()));
    Ok(all)
}

/// Tells the admins of every rule that matched today and does so at least twice as often as before: once for each rule and day.
pub fn alarm(database: &Database, in_force: &RuleSet) -> Result<(), Refusal> {
    let today = database.clock().now().date();
    let doubled: Vec<RuleInfo> = database.read(|db| {
        let met = store::sums(db, today, today)?;
        let loud = rules(db, in_force, today)?.into_iter().filter(|watched| {
            watched.marks.contains(&Mark::Doubled)
                && met.get(watched.rule.id.as_str()).is_some_and(|sums| sums.hits + sums.shadow_hits > 0)
        });
        Ok(loud.map(|watched| watched.rule).collect())
    })?;
    if doubled.is_empty() {
        return Ok(());
    }
    database.write(|tx| {
        doubled.iter().try_for_each(|rule| {
            let title = serde_json::Value::from(rule.title.as_str());
            outbox::push(tx, Topic::Notice, &format!("rule:{}:{today}", rule.id), 0, &title)
        })
    })
}

fn watched(rule: &RuleInfo) -> bool {
    matches!(rule.state, RuleState::Live | RuleState::Shadow)
}

fn matched(hits: &[Hit]) -> BTreeSet<(&RuleId, i64)> {
    hits.iter().map(|hit| (&hit.rule, i64::from(hit.version))).collect()
}
