//! Every limit of the product in one table, and the counters that keep the ones about time.
//!
//! The numbers are security.md 13 as replaced by design.md 5. Each has a boundary test (the most that is allowed, and one more).

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::DefaultClock;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use super::refusal::Refusal;

/// Bytes of a request's body. Text of 32 KiB may be three times as long in a form's encoding.
pub const BODY_BYTES: usize = 128 * 1024;
/// Bytes of a form up to which the page that refuses it gives its text back.
pub const KEPT_BYTES: usize = 512 * 1024;
/// Bytes of a request's target.
pub const URL_BYTES: usize = 4 * 1024;
/// Bytes of a post's or article's Markdown; the content pipeline checks it.
pub const POST_BYTES: usize = 32 * 1024;
/// Characters of a title.
pub const TITLE_CHARS: usize = 150;
/// Characters of a pseudonym.
pub const NAME_CHARS: std::ops::RangeInclusive<usize> = 3..=20;
/// Characters of a member's password, and the least for staff.
pub const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 10..=256;
/// Characters of an e-mail address.
pub const EMAIL_CHARS: usize = 254;
/// Characters of a reason, a note, a verified passage.
pub const REASON_CHARS: usize = 2000;
/// Characters of a board's name, of the line that says what it is for, and bytes of its address.
pub const BOARD_NAME_CHARS: usize = 60;
pub const BOARD_DESCRIPTION_CHARS: usize = 300;
pub const BOARD_SLUG_BYTES: std::ops::RangeInclusive<usize> = 2..=40;
/// Characters of one line about a source.
pub const SOURCE_CHARS: usize = 300;
/// Characters of a clinician's register, and of the number in it.
pub const REGISTER_CHARS: usize = 80;
/// Characters of a search query; the rest is not looked at.
pub const QUERY_CHARS: usize = 200;
/// Rows of a page.
pub const PAGE_ROWS: i64 = 20;
/// Sources of an article.
pub const SOURCES: usize = 10;
/// Searches that a member keeps: so many, under names so long, each with an address of so many bytes.
pub const SAVED_SEARCHES: usize = 20;
pub const SAVED_NAME_CHARS: usize = 60;
pub const SAVED_BYTES: usize = 2 * 1024;
/// What else a word of the glossary is called: so many names, each so long.
pub const OTHER_NAMES: usize = 10;
pub const OTHER_NAME_CHARS: usize = 60;
/// A word is explained in a sentence or two.
pub const EXPLANATION_CHARS: usize = 600;
/// Seconds until an answer must be there.
pub const REQUEST_DEADLINE: Duration = Duration::from_secs(10);
/// Passwords hashed at the same time (19 MiB each).
pub const PARALLEL_HASHES: usize = 4;

/// A kind of request that is counted by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Pages and answers that only read.
    Read,
    /// Signing in: 6 a minute.
    SignIn,
    /// New accounts: 3 an hour.
    SignUp,
    /// Anything that writes.
    Write,
    /// Searches: 30 a minute.
    Search,
    /// Suggestions while somebody types: 240 a minute.
    Suggest,
}

const LIMITS: [Limit; 6] =
    [Limit::Read, Limit::SignIn, Limit::SignUp, Limit::Write, Limit::Search, Limit::Suggest];

impl Limit {
    fn quota(self, factor: NonZeroU32) -> Quota {
        let times = |n: u32| NonZeroU32::new(n).map_or(factor, |n| n.saturating_mul(factor));
        match self {
            Self::Read => Quota::per_minute(times(600)).allow_burst(times(300)),
            Self::SignIn => Quota::per_minute(times(6)),
            Self::SignUp => Quota::per_hour(times(3)),
            Self::Write => Quota::per_minute(times(30)).allow_burst(times(20)),
            Self::Search => Quota::per_minute(times(30)),
            Self::Suggest => Quota::per_minute(times(240)),
        }
    }

    fn index(self) -> usize {
        LIMITS.iter().position(|limit| *limit == self).unwrap_or_default()
    }
}

type Keyed = RateLimiter<String, DashMapStateStore<String>, DefaultClock>;

/// The counters, by kind of request and by key (an address, an account).
pub struct Limiter {
    counters: Vec<Keyed>,
    clock: DefaultClock,
}

/// So many keys are remembered for each kind before idle ones are dropped.
const MOST_KEYS: usize = 50_000;

impl Limiter {
    /// `factor` multiplies every quota: 1 in a real community, more for the demo, load tests and trusted networks.
    pub fn new(factor: NonZeroU32) -> Self {
        let clock = DefaultClock::default();
        let counters = LIMITS
            .iter()
            .map(|limit| RateLimiter::dashmap_with_clock(limit.quota(factor), clock.clone()))
            .collect();
        Self { counters, clock }
    }

    /// Counts one request; refuses with the seconds to wait when it was one too many.
    pub fn count(&self, limit: Limit, key: &str) -> Result<(), Refusal> {
        let Some(counter) = self.counters.get(limit.index()) else { return Ok(()) };
        if counter.len() > MOST_KEYS {
            counter.retain_recent();
        }
        counter.check_key(&key.to_owned()).map_err(|not_until| {
            let wait = not_until.wait_time_from(governor::clock::Clock::now(&self.clock));
            Refusal::too_many(wait.as_secs().saturating_add(1))
        })
    }
}

/// The key an address is counted under: IPv6 by its /64, because one household has that many.
pub fn address_key(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => ip.to_string(),
            None => {
                let [a, b, c, d, ..] = ip.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seventh_sign_in_of_a_minute_waits() {
        let limiter = Limiter::new(NonZeroU32::MIN);
        for _ in 0..6 {
            limiter.count(Limit::SignIn, "192.0.2.1").unwrap();
        }
        let refusal = limiter.count(Limit::SignIn, "192.0.2.1").unwrap_err();
        assert_eq!(refusal.status.as_u16(), 429);
        assert!(refusal.retry_after.is_some_and(|seconds| (1..=11).contains(&seconds)));
        limiter.count(Limit::SignIn, "192.0.2.2").unwrap();
        limiter.count(Limit::Search, "192.0.2.1").unwrap();
    }

    #[test]
    fn typing_has_a_limit_of_its_own() {
        let limiter = Limiter::new(NonZeroU32::MIN);
        for _ in 0..240 {
            limiter.count(Limit::Suggest, "192.0.2.1").unwrap();
        }
        assert!(limiter.count(Limit::Suggest, "192.0.2.1").is_err());
        limiter.count(Limit::Search, "192.0.2.1").unwrap();
    }

    #[test]
    fn one_household_counts_once() {
        let key = |text: &str| address_key(text.parse().unwrap());
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
    }
}
