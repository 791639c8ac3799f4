//! What a backtest found: the shape of `--json` and of what is kept, and the lines for people.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use moderation_rules::{Action, Category, RuleId};
use serde::{Deserialize, Serialize};

/// What would become of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    NewlyHeld,
    NewlyFlagged,
    /// Public with an item for staff, where it was held.
    FlaggedNotHeld,
    /// Was held or flagged, and nobody would look any more.
    Released,
    /// Only whether its author is asked once differs.
    AskedOtherwise,
    Unchanged,
}

impl Kind {
    pub const ALL: [Self; 6] = [
        Self::NewlyHeld,
        Self::NewlyFlagged,
        Self::FlaggedNotHeld,
        Self::Released,
        Self::AskedOtherwise,
        Self::Unchanged,
    ];

    pub fn of(before: Action, then: Action) -> Self {
        match (before, then) {
            (before, then) if before == then => Self::Unchanged,
            (_, Action::Hold) => Self::NewlyHeld,
            (Action::Hold, Action::Flag) => Self::FlaggedNotHeld,
            (_, Action::Flag) => Self::NewlyFlagged,
            (Action::Hold | Action::Flag, _) => Self::Released,
            _ => Self::AskedOtherwise,
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::NewlyHeld => "newly held",
            Self::NewlyFlagged => "newly flagged",
            Self::FlaggedNotHeld => "flagged, no longer held",
            Self::Released => "released",
            Self::AskedOtherwise => "author asked or no longer",
            Self::Unchanged => "unchanged",
        }
    }
}

/// Everything that was found.
#[derive(Debug, Serialize, Deserialize)]
pub struct Report {
    /// All posts were read.
    pub complete: bool,
    pub posts: u64,
    pub of: u64,
    /// Posts that the draft could not be run on; they would be held.
    pub failed_checks: u64,
    pub outcomes: BTreeMap<Kind, Outcome>,
    /// By category of the rules that matched; a post may count in several.
    pub categories: BTreeMap<Category, BTreeMap<Kind, u64>>,
    /// Rules that are new, changed, or would begin to act.
    pub rules: Vec<RuleReport>,
    /// Rules in force that the draft no longer has, or has retired, with what they match today.
    pub gone: Vec<RuleReport>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
    pub posts: u64,
    /// How moderators decided about them.
    pub moderators: Moderators,
    /// A few of them, by id.
    pub examples: Vec<String>,
}

/// What one rule would do, or does until it is gone.
#[derive(Debug, Serialize, Deserialize)]
pub struct RuleReport {
    pub rule: RuleId,
    pub version: u32,
    /// The version in force, if there is one.
    pub before: Option<u32>,
    pub title: String,
    pub category: Category,
    pub action: Action,
    /// Posts it matches.
    pub hits: u64,
    /// The last weeks, oldest first.
    pub weeks: Vec<Week>,
    /// For rules that hold: how moderators decided about the posts that they match.
    pub moderators: Option<Moderators>,
    pub examples: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Week {
    pub from: NaiveDate,
    pub posts: u64,
    pub hits: u64,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Moderators {
    /// Refused, sent back for changes, or published without what was marked.
    pub agree: u64,
    /// Published as it was.
    pub disagree: u64,
}

impl Moderators {
    pub fn count(&mut self, choice: Option<&str>) {
        match choice {
            Some("refuse" | "ask_changes" | "publish_masked") => self.agree += 1,
            Some(_) => self.disagree += 1,
            None => {}
        }
    }

    /// How many they have decided about.
    pub fn decided(&self) -> u64 {
        self.agree + self.disagree
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.complete {
            true => writeln!(f, "{} posts read", self.posts)?,
            false => writeln!(f, "stopped early: {} of {} posts read", self.posts, self.of)?,
        }
        if self.failed_checks > 0 {
            writeln!(f, "the draft could not be run on {} of them; they would be held", self.failed_checks)?;
        }
        for (kind, outcome) in &self.outcomes {
            let line = format!("  {:26} {:>8}   {}", kind.words(), outcome.posts, outcome.examples.join(" "));
            writeln!(f, "{}", line.trim_end())?;
        }
        if !self.categories.is_empty() {
            writeln!(f, "\nby category (a post may count in several)")?;
        }
        for (category, kinds) in &self.categories {
            let counts: Vec<String> =
                kinds.iter().map(|(kind, posts)| format!("{posts} {}", kind.words())).collect();
            writeln!(f, "  {:26} {}", category.as_str(), counts.join(", "))?;
        }
        writeln!(f, "\n{} rules are new, changed, or would begin to act", self.rules.len())?;
        self.rules.iter().try_for_each(|rule| rule.lines(f, self.posts))?;
        if !self.gone.is_empty() {
            let gone: Vec<String> =
                self.gone.iter().map(|rule| format!("{} ({} posts)", rule.rule, rule.hits)).collect();
            writeln!(f, "\nno longer acting: {}", gone.join(", "))?;
        }
        write!(f, "\nNothing was changed.")
    }
}

impl RuleReport {
    fn lines(&self, f: &mut fmt::Formatter<'_>, posts: u64) -> fmt::Result {
        let before = match self.before {
            Some(version) => format!("version {}, was {version}", self.version),
            None => format!("version {}, not acting today", self.version),
        };
        writeln!(f, "\n  {} ({before}): {}", self.rule, self.title)?;
        writeln!(f, "    action      {}", self.action.as_str())?;
        writeln!(f, "    hits        {} posts, {}", self.hits, percent(self.hits, posts))?;
        let rates: Vec<String> = self.weeks.iter().map(|week| percent(week.hits, week.posts)).collect();
        if let Some(first) = self.weeks.first() {
            writeln!(f, "    by week     {} (from {}, newest last)", rates.join("  "), first.from)?;
        }
        match &self.moderators {
            Some(Moderators { agree: 0, disagree: 0 }) => {
                writeln!(f, "    moderators  have decided about none of them")?;
            }
            Some(Moderators { agree, disagree }) => {
                writeln!(f, "    moderators  {agree} kept back, {disagree} published")?;
            }
            None => {}
        }
        if !self.examples.is_empty() {
            writeln!(f, "    such as     {}", self.examples.join(" "))?;
        }
        Ok(())
    }
}

/// With one digit after the point, counted in whole numbers; `-` where there was nothing.
pub fn percent(part: u64, whole: u64) -> String {
    match part.saturating_mul(1000).checked_div(whole) {
        Some(tenths) => format!("{}.{} %", tenths / 10, tenths % 10),
        None => "-".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_has_its_kind() {
        let all = [Action::Allow, Action::Nudge, Action::Flag, Action::Hold];
        let kinds = all.map(|before| all.map(|then| Kind::of(before, then)));
        use Kind::{AskedOtherwise as A, FlaggedNotHeld as S, NewlyFlagged as F, NewlyHeld as H};
        use Kind::{Released as R, Unchanged as U};
        assert_eq!(kinds, [[U, A, F, H], [A, U, F, H], [R, R, U, H], [R, R, S, U]]);
    }
}
