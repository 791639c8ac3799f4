//! What an operator's monitoring reads, in the text format of Prometheus (exposition format 0.0.4). Numbers only: no name, no word.

use crate::platform::db::Database;
use crate::platform::outbox::{self, Topic};
use crate::platform::refusal::Refusal;

/// How things stand now. Times are in seconds.
pub fn text(database: &Database) -> Result<String, Refusal> {
    let seconds = |topic| outbox::lag(database, topic).map(|lag| lag.num_milliseconds().max(0));
    let backlog = outbox::backlog(database)?;
    let gauge = |name: &str, help: &str, value: String| {
        format!("# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n")
    };
    let in_seconds = |milliseconds: i64| format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000);
    Ok([
        gauge(
            "search_lag_seconds",
            "How long the oldest change has waited for the search index.",
            in_seconds(seconds(Topic::Index)?),
        ),
        gauge(
            "notice_lag_seconds",
            "How long the oldest notice has waited.",
            in_seconds(seconds(Topic::Notice)?),
        ),
        gauge("outbox_waiting", "Effects that have not come about yet.", backlog.waiting.to_string()),
        gauge(
            "outbox_dead",
            "Effects that were given up; see /admin/dead-letters.",
            backlog.dead.to_string(),
        ),
    ]
    .concat())
}
