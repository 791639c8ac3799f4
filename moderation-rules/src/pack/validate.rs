//! What a rule must state before it is compiled.

use super::{PackFile, RuleFile, RuleState};
use crate::{Action, Category, RuleId, Severity};

/// Fewer own examples prove nothing.
const FEWEST_EXAMPLES: usize = 2;

/// The faults of one rule, each with what to do.
pub(crate) fn validate(pack: &PackFile, rule: &RuleFile) -> Vec<(String, String)> {
    let mut faults: Vec<(String, String)> = Vec::new();
    let mut fault = |problem: String, remedy: &str| faults.push((problem, remedy.to_owned()));
    let id = rule.id.as_ref();
    if RuleId::parse(id).is_none() {
        fault(format!("`{id}` is no rule id"), "Write subject.name in small letters, such as `crisis.plan`");
    }
    if rule.version == 0 {
        fault("version 0".into(), "Count versions from 1");
    }
    for (name, own, packs) in [
        ("subject", None, pack.subject.as_str()),
        ("title", Some(&rule.title), ""),
        ("why", Some(&rule.why), ""),
        ("source", rule.source.as_ref(), pack.source.as_str()),
        ("owner", rule.owner.as_ref(), pack.owner.as_str()),
    ] {
        if own.map_or(packs, String::as_str).trim().is_empty() {
            fault(
                format!("no {name}"),
                "State title and why in the rule, subject at the top of the pack, source and owner in either",
            );
        }
    }
    let review = rule.review.as_deref().unwrap_or(&pack.review);
    if !is_date(review) {
        fault(
            format!("review date `{review}` is no date"),
            "Write it as \"2027-05-31\", in the rule or the pack",
        );
    }
    if rule.action == Action::Allow {
        fault(
            "a rule cannot allow".into(),
            "Take nudge, flag or hold, or use `unless` in the rule that matches too much",
        );
    }
    if rule.action == Action::Hold && rule.severity == Severity::Green {
        fault("held, but green".into(), "Something held waits for a person: make it amber, red or crisis");
    }
    if rule.redact && rule.category != Category::Crisis {
        fault(
            "`redact` outside crisis".into(),
            "Take it off: it marks methods and places of self-harm, and personal data is marked without it",
        );
    }
    if rule.any.is_empty()
        && rule.all.is_empty()
        && rule.at_least.is_none()
        && rule.regex.is_empty()
        && rule.check.is_empty()
    {
        fault("nothing to look for".into(), "Give it any, all, at_least, regex or check");
    }
    if rule.all.iter().any(Vec::is_empty) {
        fault("an empty group in `all`".into(), "Fill the group or take it out");
    }
    if rule.at_least.as_ref().is_some_and(|a| a.count == 0 || a.count > a.of.len()) {
        fault(
            "`at_least` asks for none or for more than it lists".into(),
            "Choose a count between 1 and its length",
        );
    }
    let few = rule.examples.matching.len() < FEWEST_EXAMPLES || rule.examples.passing.len() < FEWEST_EXAMPLES;
    if few && rule.state != RuleState::Draft {
        fault("too few examples".into(), "Give at least two sentences that match and two that must pass");
    }
    faults
}

fn is_date(text: &str) -> bool {
    let parts: Vec<Option<u32>> = text.split('-').map(|p| p.parse().ok()).collect();
    matches!(parts.as_slice(), [Some(2000..=2999), Some(1..=12), Some(1..=31)]) && text.len() == 10
}
