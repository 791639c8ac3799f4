//! When staff are here. Every promise about time on a page is computed from this, and no page promises more.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;

use super::clock::UtcTime;
use super::config::{ConfigError, Hours};

/// The weekly hours, with days off.
#[derive(Clone, Debug)]
pub struct Schedule {
    zone: Tz,
    /// Monday first.
    days: [Option<(NaiveTime, NaiveTime)>; 7],
    holidays: Vec<NaiveDate>,
    usual_wait_hours: u32,
}

/// What can honestly be said about waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Staff are here; waiting posts are usually read within so many hours.
    Staffed { within_hours: u32, until: UtcTime },
    /// Nobody reads until then.
    ClosedUntil(UtcTime),
    /// No hours are set: nothing can be promised.
    Unknown,
}

const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Schedule {
    /// Reads the configured hours; a day or time that cannot be read is an error that names it.
    pub fn new(hours: &Hours, zone: Tz) -> Result<Self, ConfigError> {
        let mut days = [None; 7];
        for (day, span) in &hours.weekly {
            let place = WEEK.iter().position(|name| name == day);
            let slot = place.and_then(|place| days.get_mut(place));
            let slot =
                slot.ok_or_else(|| ConfigError(format!("hours.weekly: {day:?} is no day; use mon … sun")))?;
            *slot = Some(parse_span(span).ok_or_else(|| {
                ConfigError(format!("hours.weekly.{day}: {span:?} is no span; one is \"09:00-21:00\""))
            })?);
        }
        let holidays = hours
            .holidays
            .iter()
            .map(|day| {
                NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_| {
                    ConfigError(format!("hours.holidays: {day:?} is no day; one is \"2026-12-25\""))
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { zone, days, holidays, usual_wait_hours: hours.usual_wait_hours })
    }

    /// The zone in which this community lives.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// What can be said now.
    pub fn wait(&self, now: UtcTime) -> Wait {
        let today = now.utc().with_timezone(&self.zone).date_naive();
        for ahead in 0..=400 {
            let Some(day) = today.checked_add_days(Days::new(ahead)) else { break };
            let Some((open, close)) = self.span(day) else { continue };
            if now < open {
                return Wait::ClosedUntil(open);
            }
            if now < close {
                return Wait::Staffed { within_hours: self.usual_wait_hours, until: close };
            }
        }
        Wait::Unknown
    }

    fn span(&self, day: NaiveDate) -> Option<(UtcTime, UtcTime)> {
        if self.holidays.contains(&day) {
            return None;
        }
        let index = usize::try_from(day.weekday().num_days_from_monday()).ok()?;
        let (open, close) = (*self.days.get(index)?)?;
        // A time that a change of the clocks skips or repeats: the later reading promises less.
        let at = |time: NaiveTime| self.zone.from_local_datetime(&day.and_time(time)).latest();
        Some((at(open)?.to_utc().into(), at(close)?.to_utc().into()))
    }

    /// The moment on a wall clock here, such as `Monday 09:00`.
    pub fn weekday_and_time(&self, moment: UtcTime) -> String {
        moment.utc().with_timezone(&self.zone).format("%A %H:%M").to_string()
    }

    /// The moment as a date and time here, such as `24 November 2026, 09:05`.
    pub fn date_and_time(&self, moment: UtcTime) -> String {
        moment.utc().with_timezone(&self.zone).format("%-d %B %Y, %H:%M").to_string()
    }

    /// Honest words for somebody whose post waits.
    pub fn words(&self, now: UtcTime) -> String {
        match self.wait(now) {
            Wait::Staffed { within_hours, until } => format!(
                "Somebody from our team is here until {}. Waiting posts are usually read within {} {}.",
                self.weekday_and_time(until),
                within_hours,
                if within_hours == 1 { "hour" } else { "hours" }
            ),
            Wait::ClosedUntil(open) => {
                format!(
                    "Nobody from our team reads here until {}. Your post is read after that.",
                    self.weekday_and_time(open)
                )
            }
            Wait::Unknown => "We cannot say when somebody from our team will read this.".to_owned(),
        }
    }

    /// What every page says while nobody is here; nothing while somebody is.
    pub fn notice(&self, now: UtcTime) -> Option<String> {
        match self.wait(now) {
            Wait::Staffed { .. } => None,
            Wait::ClosedUntil(open) => {
                Some(format!("Nobody from our team reads here until {}.", self.weekday_and_time(open)))
            }
            Wait::Unknown => Some("Nobody from our team may be reading here at the moment.".to_owned()),
        }
    }
}

fn parse_span(span: &str) -> Option<(NaiveTime, NaiveTime)> {
    let (open, close) = span.split_once('-')?;
    let open = NaiveTime::parse_from_str(open.trim(), "%H:%M").ok()?;
    let close = NaiveTime::parse_from_str(close.trim(), "%H:%M").ok()?;
    (open < close).then_some((open, close))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(now: &str, words: &str) {
        let hours = Hours { holidays: vec!["2026-12-25".into()], ..Hours::default() };
        let schedule = Schedule::new(&hours, chrono_tz::Europe::London).unwrap();
        assert_eq!(schedule.words(UtcTime::parse(now).unwrap()), words);
    }

    #[test]
    fn the_words_promise_what_the_schedule_keeps() {
        let here = "Somebody from our team is here until Tuesday 21:00. Waiting posts are usually read within 2 hours.";
        check("2026-11-24T10:00:00Z", here);
        check(
            "2026-11-24T08:59:59Z",
            "Nobody from our team reads here until Tuesday 09:00. Your post is read after that.",
        );
        check(
            "2026-11-24T21:00:00Z",
            "Nobody from our team reads here until Wednesday 09:00. Your post is read after that.",
        );
        // Friday is a holiday, then a weekend.
        check(
            "2026-12-24T22:00:00Z",
            "Nobody from our team reads here until Monday 09:00. Your post is read after that.",
        );
        // In summer the wall clock is an hour ahead.
        check(
            "2026-07-01T20:30:00Z",
            "Nobody from our team reads here until Thursday 09:00. Your post is read after that.",
        );
    }

    #[test]
    fn a_setting_that_cannot_be_read_is_named() {
        let hours = |day: &str, span: &str| Hours {
            weekly: [(day.to_owned(), span.to_owned())].into(),
            ..Hours::default()
        };
        let error = Schedule::new(&hours("montag", "09:00-17:00"), chrono_tz::UTC).unwrap_err();
        assert!(error.to_string().contains("montag"));
        let error = Schedule::new(&hours("mon", "17:00-09:00"), chrono_tz::UTC).unwrap_err();
        assert!(error.to_string().contains("hours.weekly.mon"));
    }
}
