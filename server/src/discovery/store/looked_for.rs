use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::platform::db::schema::{looked_for, looked_for_counts, looked_for_weeks};
use crate::platform::db::{Db, Tx};

/// A week's Monday, a pair of words, and how many people.
type Counted = (NaiveDate, String, i64);

/// The key of a week, made when it is first needed.
pub(in crate::discovery) fn key(tx: &mut Tx, week: NaiveDate) -> QueryResult<String> {
    let known = looked_for_weeks::table.find(week).select(looked_for_weeks::key).first(&mut **tx);
    if let Some(key) = known.optional()? {
        return Ok(key);
    }
    let key = tx.ids.secret();
    diesel::insert_into(looked_for_weeks::table)
        .values((looked_for_weeks::week.eq(week), looked_for_weeks::key.eq(&key)))
        .execute(&mut **tx)?;
    Ok(key)
}

/// Notes a token; one that is there already changes nothing.
pub(in crate::discovery) fn note(tx: &mut Tx, week: NaiveDate, words: &str, token: &str) -> QueryResult<()> {
    let row = (week, words.to_owned(), token.to_owned());
    let known: i64 = looked_for::table.find(row).count().get_result(&mut **tx)?;
    if known == 0 {
        diesel::insert_into(looked_for::table)
            .values((looked_for::week.eq(week), looked_for::words.eq(words), looked_for::token.eq(token)))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// How many people looked for each pair, in weeks that are not counted yet.
pub(in crate::discovery) fn people(db: &mut Db) -> QueryResult<Vec<Counted>> {
    looked_for::table
        .group_by((looked_for::week, looked_for::words))
        .select((looked_for::week, looked_for::words, count_star()))
        .load(db)
}

/// The same for weeks before this one.
pub(in crate::discovery) fn people_before(tx: &mut Tx, week: NaiveDate) -> QueryResult<Vec<Counted>> {
    let mut all = people(tx)?;
    all.retain(|(of, ..)| *of < week);
    Ok(all)
}

pub(in crate::discovery) fn insert_count(
    tx: &mut Tx,
    week: NaiveDate,
    words: &str,
    people: i64,
) -> QueryResult<usize> {
    // A clock that was set back may count a week again.
    diesel::delete(looked_for_counts::table.find((week, words.to_owned()))).execute(&mut **tx)?;
    diesel::insert_into(looked_for_counts::table)
        .values((
            looked_for_counts::week.eq(week),
            looked_for_counts::words.eq(words),
            looked_for_counts::people.eq(people),
        ))
        .execute(&mut **tx)
}

/// Throws away tokens and keys of weeks before this one.
pub(in crate::discovery) fn forget_tokens_before(tx: &mut Tx, week: NaiveDate) -> QueryResult<()> {
    diesel::delete(looked_for::table.filter(looked_for::week.lt(week))).execute(&mut **tx)?;
    diesel::delete(looked_for_weeks::table.filter(looked_for_weeks::week.lt(week))).execute(&mut **tx)?;
    Ok(())
}

pub(in crate::discovery) fn forget_counts_before(tx: &mut Tx, day: NaiveDate) -> QueryResult<usize> {
    diesel::delete(looked_for_counts::table.filter(looked_for_counts::week.lt(day))).execute(&mut **tx)
}

pub(in crate::discovery) fn counts_since(db: &mut Db, day: NaiveDate) -> QueryResult<Vec<Counted>> {
    looked_for_counts::table
        .filter(looked_for_counts::week.ge(day))
        .select((looked_for_counts::week, looked_for_counts::words, looked_for_counts::people))
        .load(db)
}
