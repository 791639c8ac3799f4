//! What staff can read about a rule.

use serde::{Deserialize, Serialize};

use crate::{Action, Category, Need, RuleId, Severity};

/// How far a rule has come. Only live rules decide anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleState {
    /// Being written.
    Draft,
    /// Evaluated and stored beside the live rules, never acting.
    Shadow,
    Live,
    /// Kept so that old verdicts can be explained.
    Retired,
}

impl RuleState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Shadow => "shadow",
            Self::Live => "live",
            Self::Retired => "retired",
        }
    }
}

/// The stage of care that a board is about. Fever after surgery is not fever in a cold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    General,
    AfterSurgery,
    Chemotherapy,
    Pregnancy,
    MentalHealth,
    EndOfLife,
}

/// A rule as staff read it, without its inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleInfo {
    pub id: RuleId,
    pub version: u32,
    pub title: String,
    /// Shown to moderators beside the matching words; never to the author.
    pub why: String,
    pub category: Category,
    pub severity: Severity,
    pub action: Action,
    pub needs: Vec<Need>,
    /// What it finds is a method or place of harm: a moderator may leave just that out and let the rest be read.
    pub redact: bool,
    /// Where the knowledge comes from.
    pub source: String,
    /// Who answers for the rule.
    pub owner: String,
    /// The day by which somebody has to look at it again, `YYYY-MM-DD`.
    pub review: String,
    pub languages: Vec<String>,
    /// Stages of care in which the rule applies; everywhere if empty.
    pub stages: Vec<Stage>,
    pub state: RuleState,
    pub file: String,
    pub line: usize,
    /// Changes whenever the rule's content does; equal versions must have equal fingerprints.
    pub fingerprint: u64,
}

impl RuleInfo {
    /// Whether it counts at a stage of care. Where nobody said which, every rule does.
    pub fn applies_at(&self, stage: Option<Stage>) -> bool {
        self.stages.is_empty() || stage.is_none_or(|stage| self.stages.contains(&stage))
    }
}
