//! An engine that fails again and again is left alone for a while: readers hear at once that search is unavailable, and the engine is
//! not asked by everybody while it recovers.

use std::time::Duration;

use aftercare_search::SearchError;
use parking_lot::Mutex;

use crate::platform::clock::UtcTime;
use crate::platform::refusal::Refusal;

/// Failures in a row after which the engine is left alone.
const FAILURES: u32 = 3;
/// For so long; then one asks again, and another failure is enough.
fn rest() -> chrono::Duration {
    chrono::Duration::seconds(5)
}
/// A reader waits no longer than a second for a page; the rest of it is the database's.
const ENGINE: Duration = Duration::from_millis(800);

/// What is known of the engine.
#[derive(Default)]
pub struct Breaker(Mutex<Health>);

#[derive(Default)]
struct Health {
    failures: u32,
    alone_until: Option<UtcTime>,
}

impl Breaker {
    /// An engine's answer within its time, or that search is unavailable. While the engine is left alone it is not asked.
    pub(super) async fn ask<T>(
        &self,
        now: UtcTime,
        answer: impl Future<Output = Result<T, SearchError>>,
    ) -> Result<T, Refusal> {
        if self.0.lock().alone_until.is_some_and(|until| now < until) {
            return Err(unavailable());
        }
        let late = || SearchError::Unavailable("no answer in time".into());
        let answered = tokio::time::timeout(ENGINE, answer).await.unwrap_or_else(|_| Err(late()));
        let mut health = self.0.lock();
        match answered {
            Ok(answer) => {
                *health = Health::default();
                Ok(answer)
            }
            Err(error) => {
                tracing::warn!(%error, "search is unavailable");
                health.failures = health.failures.saturating_add(1);
                if health.failures >= FAILURES {
                    health.alone_until = Some(now.plus(rest()));
                }
                Err(unavailable())
            }
        }
    }
}

fn unavailable() -> Refusal {
    let mut refusal = Refusal::unavailable(
        "Search is unavailable just now. Boards and guidance can be read as always; please try again in a moment.",
    );
    refusal.code = "search_unavailable";
    refusal
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ask(breaker: &Breaker, now: UtcTime, asked: &mut u32, well: bool) -> bool {
        let answer = async {
            *asked += 1;
            if well { Ok(()) } else { Err(SearchError::Unavailable("a test".into())) }
        };
        breaker.ask(now, answer).await.is_ok()
    }

    #[tokio::test]
    async fn an_engine_that_fails_is_left_alone_and_asked_again() {
        let (breaker, mut asked) = (Breaker::default(), 0);
        let start = UtcTime::from_micros(1_800_000_000_000_000).unwrap();
        for _ in 0..5 {
            assert!(!ask(&breaker, start, &mut asked, false).await);
        }
        assert_eq!(asked, 3, "after three failures nobody asks");
        let later = start.plus(rest());
        assert!(!ask(&breaker, later, &mut asked, false).await);
        assert!(!ask(&breaker, later, &mut asked, true).await, "one failure more is enough");
        assert_eq!(asked, 4);
        let later = later.plus(rest());
        assert!(ask(&breaker, later, &mut asked, true).await);
        for _ in 0..2 {
            assert!(!ask(&breaker, later, &mut asked, false).await);
        }
        assert!(ask(&breaker, later, &mut asked, true).await, "two failures after it was well are not three");
    }

    #[tokio::test]
    async fn an_answer_that_does_not_come_is_a_failure_within_a_second() {
        let breaker = Breaker::default();
        let never = std::future::pending::<Result<(), SearchError>>();
        let refusal = breaker.ask(UtcTime::MIN, never).await.unwrap_err();
        assert_eq!((refusal.code, refusal.retry_after), ("search_unavailable", Some(5)));
        assert!(ENGINE < Duration::from_secs(1));
    }
}
