//! Time as an argument. Nothing outside this file asks the operating system what time it is (`clippy.toml`).

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Timestamp;
use diesel::{AsExpression, FromSqlRow};
use parking_lot::Mutex;

/// A moment in UTC, in whole microseconds: the precision that both databases keep.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Timestamp)]
pub struct UtcTime(NaiveDateTime);

impl UtcTime {
    /// Before all that happens here.
    pub const MIN: Self = Self(DateTime::UNIX_EPOCH.naive_utc());
    /// After all that happens here; a later year would no longer sort as text, which is how SQLite keeps it.
    pub const MAX: Self = match NaiveDate::from_ymd_opt(9999, 12, 31) {
        Some(day) => Self(day.and_time(NaiveTime::MIN)),
        None => Self::MIN,
    };

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub fn micros(self) -> i64 {
        self.0.and_utc().timestamp_micros()
    }

    /// The moment that many microseconds after 1970; `None` outside the years 1 to 9999, which both databases keep.
    pub fn from_micros(micros: i64) -> Option<Self> {
        if !(-62_135_596_800_000_000..=253_402_300_799_999_999).contains(&micros) {
            return None;
        }
        DateTime::from_timestamp_micros(micros).map(|time| Self(time.naive_utc()))
    }

    /// RFC 3339 in UTC with microseconds, for `<time datetime>` and the API.
    pub fn rfc3339(self) -> String {
        self.0.and_utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
    }

    /// Parses RFC 3339; anything finer than a microsecond is cut.
    pub fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|time| Self::from(time.with_timezone(&Utc)))
    }

    /// The calendar day in UTC.
    pub fn date(self) -> NaiveDate {
        self.0.date()
    }

    /// The moment as chrono's type, for zones and formats.
    pub fn utc(self) -> DateTime<Utc> {
        self.0.and_utc()
    }

    /// How long ago `earlier` was; negative if it lies ahead.
    pub fn since(self, earlier: Self) -> Duration {
        self.0 - earlier.0
    }

    /// This moment and a span later (or, negative, earlier). Stays put at the calendar's ends.
    pub fn plus(self, span: Duration) -> Self {
        self.0.checked_add_signed(span).map_or(self, Self)
    }
}

impl From<DateTime<Utc>> for UtcTime {
    fn from(time: DateTime<Utc>) -> Self {
        Self(time.naive_utc().trunc_subsecs(6))
    }
}

impl fmt::Debug for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

impl<DB: Backend> ToSql<Timestamp, DB> for UtcTime
where
    NaiveDateTime: ToSql<Timestamp, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend> FromSql<Timestamp, DB> for UtcTime
where
    NaiveDateTime: FromSql<Timestamp, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        NaiveDateTime::from_sql(bytes).map(Self)
    }
}

/// Where the time comes from. Cheap to clone.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    System,
    /// Nothing once it has been let go.
    Manual(Arc<Mutex<Option<UtcTime>>>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until it is moved: for tests, demos and simulations.
    pub fn manual(start: UtcTime) -> Self {
        Self(Source::Manual(Arc::new(Mutex::new(Some(start)))))
    }

    /// The present moment.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system clock")]
    pub fn now(&self) -> UtcTime {
        match &self.0 {
            Source::System => Utc::now().into(),
            Source::Manual(time) => time.lock().unwrap_or_else(|| Utc::now().into()),
        }
    }

    /// Moves a manual clock; a clock that runs cannot be moved and stays as it is.
    pub fn advance(&self, span: Duration) {
        if let Source::Manual(time) = &self.0 {
            let mut time = time.lock();
            *time = time.map(|time| time.plus(span));
        }
    }

    /// Sets a manual clock that has not been let go.
    pub fn set(&self, to: UtcTime) {
        if let Source::Manual(time) = &self.0 {
            let mut time = time.lock();
            *time = time.map(|_| to);
        }
    }

    /// Lets a manual clock, and all its clones, run with the machine's from now on: the demo's past is over.
    pub fn let_go(&self) {
        if let Source::Manual(time) = &self.0 {
            *time.lock() = None;
        }
    }
}
