//! When something was said, where the source does not tell: spread over three years before now, the same way each time.

use chrono::Duration;

use super::authors::digest;
use crate::platform::clock::UtcTime;

const SPREAD_MINUTES: i64 = 3 * 365 * 24 * 60;
/// A thread of unknown date is at least so old, to leave room for its replies.
const ROOM_MINUTES: i64 = 30 * 24 * 60;

/// A number below `most` that depends on the key alone.
fn chance(key: &str, most: i64) -> i64 {
    let digits = digest(&["when", key]);
    let number = digits.get(..12).and_then(|digits| i64::from_str_radix(digits, 16).ok()).unwrap_or_default();
    number % most.max(1)
}

/// When a thread was opened.
pub(super) fn opened(given: Option<UtcTime>, key: &str, now: UtcTime) -> UtcTime {
    match given {
        Some(at) => at.min(now),
        None => now.plus(-Duration::minutes(ROOM_MINUTES + chance(key, SPREAD_MINUTES))),
    }
}

/// When a reply was given: after the one before it, and before now. `left` replies come after it.
pub(super) fn replied(
    given: Option<UtcTime>,
    key: &str,
    (opened, before): (UtcTime, UtcTime),
    left: usize,
    now: UtcTime,
) -> UtcTime {
    match given {
        Some(at) if at == before => at.plus(Duration::microseconds(1)),
        Some(at) => at.min(now).max(opened.plus(Duration::microseconds(1))),
        None => {
            let share = i32::try_from(left).unwrap_or(i32::MAX).saturating_add(2);
            let room = now.since(before) / share;
            before.plus(Duration::minutes(10 + chance(key, 36 * 60)).min(room))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_of_unknown_date_follow_one_another_and_end_before_now() {
        let now = UtcTime::parse("2026-11-24T12:00:00Z").unwrap();
        let opening = opened(None, "thread:1", now);
        assert_eq!(opening, opened(None, "thread:1", now));
        assert!(now.since(opening) >= Duration::days(30));
        let mut before = opening;
        for reply in 0..500 {
            let at = replied(None, &format!("reply:{reply}"), (opening, before), 499 - reply, now);
            assert!(at > before && at < now, "reply {reply} at {at:?}");
            before = at;
        }
    }

    #[test]
    fn nothing_was_said_in_the_future_or_before_its_question() {
        let at = |text: &str| UtcTime::parse(text).unwrap();
        let now = at("2026-11-24T12:00:00Z");
        assert_eq!(opened(Some(at("2031-01-01T00:00:00Z")), "x", now), now);
        let opening = at("2026-11-01T00:00:00Z");
        let reply = replied(Some(at("2026-10-01T00:00:00Z")), "x", (opening, opening), 0, now);
        assert!(reply > opening && reply < now);
    }
}
