//! Counts by rule and day, and since when a rule is in force.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::sum;
use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::accounts::MemberId;
use crate::each_backend;
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::{rule_days, rule_states};
use crate::platform::db::{Db, Tx};

/// What is added to a day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub hits: i32,
    pub shadow_hits: i32,
    pub agreed: i32,
    pub disagreed: i32,
}

/// What some days come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub hits: i64,
    pub shadow_hits: i64,
    pub agreed: i64,
    pub disagreed: i64,
}

pub(super) fn add(
    tx: &mut Tx,
    (rule, version, day): (&str, i64, NaiveDate),
    counts: Counts,
) -> QueryResult<()> {
    let row = (
        rule_days::rule.eq(rule),
        rule_days::version.eq(version),
        rule_days::day.eq(day),
        rule_days::hits.eq(counts.hits),
        rule_days::shadow_hits.eq(counts.shadow_hits),
        rule_days::agreed.eq(counts.agreed),
        rule_days::disagreed.eq(counts.disagreed),
    );
    let more = (
        rule_days::hits.eq(rule_days::hits + excluded(rule_days::hits)),
        rule_days::shadow_hits.eq(rule_days::shadow_hits + excluded(rule_days::shadow_hits)),
        rule_days::agreed.eq(rule_days::agreed + excluded(rule_days::agreed)),
        rule_days::disagreed.eq(rule_days::disagreed + excluded(rule_days::disagreed)),
    );
    let key = (rule_days::rule, rule_days::version, rule_days::day);
    each_backend!(&mut **tx, c => diesel::insert_into(rule_days::table).values(row).on_conflict(key).do_update().set(more).execute(c))?;
    Ok(())
}

type Summed = (String, Option<i64>, Option<i64>, Option<i64>, Option<i64>);

/// By rule, over all its versions, from one day to another.
pub(super) fn sums(db: &mut Db, from: NaiveDate, to: NaiveDate) -> QueryResult<HashMap<String, Sums>> {
    let rows: Vec<Summed> = rule_days::table
        .filter(rule_days::day.ge(from))
        .filter(rule_days::day.le(to))
        .group_by(rule_days::rule)
        .select((
            rule_days::rule,
            sum(rule_days::hits),
            sum(rule_days::shadow_hits),
            sum(rule_days::agreed),
            sum(rule_days::disagreed),
        ))
        .load(db)?;
    let sums = |(rule, hits, shadow_hits, agreed, disagreed): Summed| {
        let [hits, shadow_hits, agreed, disagreed] =
            [hits, shadow_hits, agreed, disagreed].map(Option::unwrap_or_default);
        (rule, Sums { hits, shadow_hits, agreed, disagreed })
    };
    Ok(rows.into_iter().map(sums).collect())
}

/// A version of a rule in a state, and since when.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = rule_states)]
pub(super) struct Seen {
    pub rule: String,
    pub version: i64,
    pub state: String,
    pub first_at: UtcTime,
}

pub(super) fn states(db: &mut Db) -> QueryResult<Vec<Seen>> {
    rule_states::table.select(Seen::as_select()).load(db)
}

pub(super) fn first(
    tx: &mut Tx,
    state: (&str, i64, &str),
) -> QueryResult<Option<(UtcTime, Option<MemberId>)>> {
    rule_states::table
        .find(state)
        .select((rule_states::first_at, rule_states::first_by))
        .first(&mut **tx)
        .optional()
}

pub(super) fn note(tx: &mut Tx, fresh: &[(String, i64, String)], by: Option<MemberId>) -> QueryResult<()> {
    let now = tx.now;
    let rows: Vec<_> = fresh
        .iter()
        .map(|(rule, version, state)| {
            (
                rule_states::rule.eq(rule),
                rule_states::version.eq(version),
                rule_states::state.eq(state),
                rule_states::first_at.eq(now),
                rule_states::first_by.eq(by),
            )
        })
        .collect();
    each_backend!(&mut **tx, c => diesel::insert_into(rule_states::table).values(rows).execute(c))?;
    Ok(())
}
