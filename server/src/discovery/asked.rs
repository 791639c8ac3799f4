//! What somebody may ask for, read from the names and values of an address. The search page and the API send the same ones.

use aftercare_search::{Kind, Sort};
use chrono::{Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use crate::platform::clock::UtcTime;
use crate::platform::fields::Fields;
use crate::threads::ThreadId;

/// The names that may stand in the address of a search.
pub(super) const NAMES: [&str; 11] =
    ["q", "board", "kind", "author", "when", "from", "to", "verified", "guidance", "sort", "thread"];
/// Characters of a name that is looked for; no member's is longer.
const AUTHOR_CHARS: usize = 60;

/// What somebody asks for.
#[derive(Clone, Debug, Default)]
pub struct Asking {
    pub text: String,
    /// A board's slug.
    pub board: Option<String>,
    pub kind: Option<Kind>,
    /// A member's name.
    pub author: Option<String>,
    /// Published at or after this moment …
    pub from: Option<UtcTime>,
    /// … and before this one.
    pub to: Option<UtcTime>,
    pub verified: bool,
    pub guidance: bool,
    pub thread: Option<ThreadId>,
    pub sort: Sort,
    pub offset: usize,
    pub limit: usize,
}

impl Asking {
    /// Reads what was sent. Every fault is noted beside its field; then there is nothing to look for.
    pub fn take(fields: &mut Fields, zone: Tz, now: UtcTime) -> Self {
        let mut asking = Self {
            text: fields.text("q").trim().to_owned(),
            board: Some(fields.text("board")).filter(|slug| !slug.is_empty()),
            kind: choice(fields, "kind", Kind::from_name),
            author: Some(fields.words("author", AUTHOR_CHARS)).filter(|name| !name.is_empty()),
            verified: fields.flag("verified"),
            guidance: fields.flag("guidance"),
            thread: choice(fields, "thread", ThreadId::parse),
            sort: choice(fields, "sort", sort).unwrap_or_default(),
            ..Self::default()
        };
        let days = choice(fields, "when", days);
        let (from, to) = (day(fields, "from"), day(fields, "to"));
        if days.is_some() && (from.is_some() || to.is_some()) {
            fields.fault("when", "not_both", "Please choose a time from the list or say the days, not both.");
        }
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            fields.fault("to", "too_early", "This day lies before the first one.");
        }
        asking.from = days.map(|days| now.plus(-Duration::days(days))).or(from.map(|day| begins(zone, day)));
        asking.to = to.and_then(|day| day.succ_opt()).map(|day| begins(zone, day));
        asking
    }
}

/// A word that may be missing and must otherwise be one of those offered.
fn choice<T>(fields: &mut Fields, field: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
    let word = fields.text(field);
    let chosen = parse(&word);
    if chosen.is_none() && !word.is_empty() {
        fields.fault(
            field,
            "not_a_choice",
            match field {
                "kind" => "Kinds are thread, post, guidance and glossary.",
                "thread" => "There is no such thread here.",
                _ => "Please choose one of the answers offered.",
            },
        );
    }
    chosen
}

fn sort(word: &str) -> Option<Sort> {
    match word {
        "relevance" => Some(Sort::Relevance),
        "newest" => Some(Sort::Newest),
        "helpful" => Some(Sort::MostHelpful),
        _ => None,
    }
}

/// How many days back.
fn days(word: &str) -> Option<i64> {
    match word {
        "week" => Some(7),
        "month" => Some(31),
        "year" => Some(366),
        _ => None,
    }
}

fn day(fields: &mut Fields, field: &str) -> Option<NaiveDate> {
    let text = fields.text(field);
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    // Other years are no days that anything was written on, and one of the databases could not keep them.
    let day = day.filter(|day| (1970..=9998).contains(&chrono::Datelike::year(day)));
    if day.is_none() {
        fields.fault(field, "not_a_day", "Please write a day of the calendar, such as 2026-05-31.");
    }
    day
}

/// When a day begins where this community lives. Where clocks skip midnight, its UTC midnight is near enough.
fn begins(zone: Tz, day: NaiveDate) -> UtcTime {
    let midnight = day.and_time(NaiveTime::MIN);
    let local = zone.from_local_datetime(&midnight).earliest().map(|at| at.with_timezone(&Utc));
    UtcTime::from(local.unwrap_or_else(|| midnight.and_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(pairs: &[(&str, &str)]) -> (Asking, Vec<String>) {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut fields = Fields::from_pairs(pairs);
        let asking = Asking::take(&mut fields, chrono_tz::Europe::Berlin, UtcTime::MIN);
        let faults = fields.finish(Some(())).err().map(|refusal| refusal.fields).unwrap_or_default();
        (asking, faults.into_iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect())
    }

    #[test]
    fn days_begin_where_the_community_lives_and_the_last_one_counts() {
        let (asking, faults) = taken(&[("from", "2026-07-01"), ("to", "2026-07-01")]);
        assert!(faults.is_empty());
        assert_eq!(asking.from.map(UtcTime::rfc3339).as_deref(), Some("2026-06-30T22:00:00.000000Z"));
        assert_eq!(asking.to.map(UtcTime::rfc3339).as_deref(), Some("2026-07-01T22:00:00.000000Z"));
    }

    #[test]
    fn every_wrong_value_is_named() {
        let wrong = [
            ("kind", "article"),
            ("thread", "x"),
            ("sort", "worst"),
            ("when", "week"),
            ("from", "2026-02-31"),
            ("to", "soon"),
            ("verified", "perhaps"),
        ];
        let (_, faults) = taken(&wrong);
        let expected = [
            "kind not_a_choice",
            "verified wrong_type",
            "thread not_a_choice",
            "sort not_a_choice",
            "from not_a_day",
            "to not_a_day",
        ];
        assert_eq!(faults, expected);
        assert_eq!(taken(&[("from", "2026-07-02"), ("to", "2026-07-01")]).1, ["to too_early"]);
        assert_eq!(taken(&[("when", "week"), ("to", "2026-07-01")]).1, ["when not_both"]);
        assert_eq!(taken(&[("to", "9999-12-31")]).1, ["to not_a_day"]);
        assert!(taken(&[("q", "x"), ("kind", ""), ("from", " "), ("when", "")]).1.is_empty());
    }
}
