//! What other rules would do otherwise than those in force.

use moderation_rules::{RuleId, RuleInfo, RuleSet, RuleState};

/// A rule that acts.
pub(super) fn live<'r>(rules: &'r RuleSet, id: &RuleId) -> Option<&'r RuleInfo> {
    rules.rule(id).filter(|rule| rule.state == RuleState::Live)
}

/// Rules that are new, changed, or would begin to act.
pub(super) fn begins<'r>(in_force: &RuleSet, rules: &'r RuleSet) -> impl Iterator<Item = &'r RuleInfo> {
    let acts_so_today = |rule: &RuleInfo| {
        live(in_force, &rule.id)
            .is_some_and(|today| today.version == rule.version && today.fingerprint == rule.fingerprint)
    };
    acting(rules).filter(move |rule| !acts_so_today(rule))
}

/// Rules that act and would no longer.
pub(super) fn ends<'r>(in_force: &'r RuleSet, rules: &RuleSet) -> impl Iterator<Item = &'r RuleInfo> {
    acting(in_force).filter(|rule| live(rules, &rule.id).is_none())
}

fn acting(rules: &RuleSet) -> impl Iterator<Item = &RuleInfo> {
    rules.rules().iter().filter(|rule| rule.state == RuleState::Live)
}
