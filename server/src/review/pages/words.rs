//! What the desk says of an item: its kind, its clock, who holds it, why it waits.

use aftercare_frontend::pages::Claim;
use aftercare_frontend::parts::{Author, Moment, Severity};
use chrono::Duration;
use moderation_rules::{Category, RuleSet, Verdict};

use crate::accounts::MemberId;
use crate::platform::clock::UtcTime;
use crate::platform::hours::{Schedule, Wait};
use crate::review::Cause;
use crate::review::store::ItemRow;
use crate::threads::store::PostCore;
use crate::threads::{PostKind, PostState};

/// The same severity in the words of pages.
pub(crate) fn severity(severity: moderation_rules::Severity) -> Severity {
    match severity {
        moderation_rules::Severity::Green => Severity::Green,
        moderation_rules::Severity::Amber => Severity::Amber,
        moderation_rules::Severity::Red => Severity::Red,
        moderation_rules::Severity::Crisis => Severity::Crisis,
    }
}

/// What a rule watches for, as a person would say it.
pub(crate) fn category(category: Category) -> &'static str {
    match category {
        Category::Crisis => "Crisis",
        Category::Emergency => "Emergency",
        Category::MedicationRisk => "Medicines",
        Category::Misinformation => "False promises",
        Category::Selling => "Selling",
        Category::Pii => "Personal details",
        Category::Harassment => "Hurting others",
        Category::Spam => "Spam",
    }
}

/// A name with the role that readers see.
pub(super) fn named(name: &str, moderator: bool, clinician: bool) -> Author {
    let role =
        if clinician { Some("Clinician".to_owned()) } else { moderator.then(|| "Moderator".to_owned()) };
    Author { name: name.to_owned(), role }
}

/// What the text is: something new, a change of something public, or public and to be looked at.
pub(super) fn kind(item: &ItemRow, post: Option<&PostCore>) -> String {
    let (alone, inside) = match item.post_kind {
        PostKind::Opening => ("Question", "question"),
        PostKind::Reply => ("Reply", "reply"),
        PostKind::Note => ("Note", "note"),
        PostKind::Correction => ("Correction", "correction"),
        PostKind::Message => ("Message", "message"),
    };
    let shown = post.and_then(|post| post.published_revision_id);
    match (item.post_state, shown) {
        (PostState::Public, Some(shown)) if shown == item.revision_id => format!("Public {inside}"),
        (PostState::Public, _) => format!("Edit of a public {inside}"),
        _ => alone.to_owned(),
    }
}

/// Who holds the item now, as this moderator sees it.
pub(super) fn claim(
    item: &ItemRow,
    me: MemberId,
    name: Option<String>,
    now: UtcTime,
    schedule: &Schedule,
) -> Claim {
    let until = item.lease_until.map(|until| Moment::new(until.rfc3339(), schedule.weekday_and_time(until)));
    match (item.holder(now), until) {
        (Some(holder), Some(until)) if holder == me => Claim::Mine { until },
        (Some(_), Some(until)) => Claim::By { name: name.unwrap_or_default(), until },
        _ => Claim::Free,
    }
}

/// The titles of what asked for a person.
pub(super) fn reasons(item: &ItemRow, verdict: &Verdict, rules: &RuleSet) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for hit in &verdict.hits {
        let title = rules.rule(&hit.rule).map_or_else(|| hit.rule.to_string(), |rule| rule.title.clone());
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles.extend(cause(item.cause).map(|(title, _)| title.to_owned()));
    titles
}

/// What a cause other than a rule means, with a sentence that explains it.
pub(super) fn cause(cause: Cause) -> Option<(&'static str, &'static str)> {
    match cause {
        Cause::Rules => None,
        Cause::CheckFailed => Some(("The rules did not finish", "Nothing is known about this text.")),
        Cause::Newcomer => Some((
            "A new member",
            "A person reads the first posts of new members where the board asks for it, and links in them everywhere.",
        )),
        Cause::EditedWhileHeld => Some((
            "Changed while it waited",
            "The author changed a text that was waiting. What was held stays held until one of us has looked.",
        )),
    }
}

/// What was promised to the author of a text that has waited since `opened`, and whether the promise is broken.
pub(super) fn clock(schedule: &Schedule, urgency: Severity, opened: UtcTime, now: UtcTime) -> (String, bool) {
    match due(schedule, opened) {
        // "Due in six hours" must not calm anybody where a life may be at stake.
        Some(due) if due > now && urgency >= Severity::Red => {
            (format!("waiting {}", span(now.since(opened))), false)
        }
        Some(due) if due > now => (format!("due in {}", span(due.since(now))), false),
        Some(due) => (format!("{} late", span(now.since(due))), true),
        None => (format!("waiting {}", span(now.since(opened))), false),
    }
}

fn due(schedule: &Schedule, opened: UtcTime) -> Option<UtcTime> {
    let (from, wait) = match schedule.wait(opened) {
        Wait::ClosedUntil(open) => (open, schedule.wait(open)),
        wait => (opened, wait),
    };
    match wait {
        Wait::Staffed { within_hours, .. } => Some(from.plus(Duration::hours(i64::from(within_hours)))),
        _ => None,
    }
}

/// How long ago.
pub(super) fn ago(at: UtcTime, now: UtcTime) -> Moment {
    Moment::new(at.rfc3339(), format!("{} ago", span(now.since(at))))
}

fn span(span: Duration) -> String {
    let minutes = span.num_minutes();
    let of = |count: i64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    match minutes {
        ..1 => "less than a minute".to_owned(),
        1..120 => of(minutes, "minute"),
        120..2880 => of(span.num_hours(), "hour"),
        _ => of(span.num_days(), "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::config::Hours;

    fn check(opened: &str, now: &str, words: &str, late: bool) {
        check_urgent(Severity::Amber, opened, now, words, late);
    }

    fn check_urgent(urgency: Severity, opened: &str, now: &str, words: &str, late: bool) {
        let schedule = Schedule::new(&Hours::default(), chrono_tz::Europe::London).unwrap();
        let at = |text: &str| UtcTime::parse(text).unwrap();
        assert_eq!(clock(&schedule, urgency, at(opened), at(now)), (words.to_owned(), late));
    }

    #[test]
    fn the_clock_keeps_the_promise_that_the_author_was_given() {
        // Tuesday, staffed from 9 to 21, two hours promised.
        check("2026-11-24T10:00:00Z", "2026-11-24T10:30:00Z", "due in 90 minutes", false);
        check("2026-11-24T10:00:00Z", "2026-11-24T12:01:00Z", "1 minute late", true);
        // At night the two hours begin in the morning.
        check("2026-11-24T22:00:00Z", "2026-11-25T08:00:00Z", "due in 3 hours", false);
        check("2026-11-24T22:00:00Z", "2026-11-27T22:00:00Z", "2 days late", true);
    }

    #[test]
    fn a_crisis_is_never_told_as_time_to_spare() {
        let (crisis, opened) = (Severity::Crisis, "2026-11-24T04:00:00Z");
        check_urgent(crisis, opened, "2026-11-24T04:03:00Z", "waiting 3 minutes", false);
        check_urgent(crisis, opened, "2026-11-24T11:30:00Z", "30 minutes late", true);
    }

    #[test]
    fn without_hours_nothing_is_promised_and_nothing_is_late() {
        let schedule =
            Schedule::new(&Hours { weekly: [].into(), ..Hours::default() }, chrono_tz::UTC).unwrap();
        let at = |text: &str| UtcTime::parse(text).unwrap();
        let words = clock(&schedule, Severity::Green, at("2026-11-24T10:00:00Z"), at("2026-11-24T10:00:20Z"));
        assert_eq!(words, ("waiting less than a minute".to_owned(), false));
    }
}
