//! What the rules say about one text, in the form that is stored and the shorter form that `rules scan` prints.

use serde::{Deserialize, Serialize};

use crate::score::Score;
use crate::{Action, Category, Folding, Need, RuleId, Severity};

/// One place where one rule matched. `start` and `end` are byte offsets into the text as the author wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub rule: RuleId,
    pub version: u32,
    pub category: Category,
    pub severity: Severity,
    pub start: usize,
    pub end: usize,
    /// The disguise that had to be taken off before the words matched; absent for words written plainly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folding: Option<Folding>,
}

/// Why a text was held without a rule having matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The check itself failed or took too long. Nobody knows what is in the text, so a person has to look.
    CheckFailed,
    /// The learned score reached its threshold.
    Score,
}

impl Reason {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CheckFailed => "check_failed",
            Self::Score => "score",
        }
    }
}

/// What the live rules say about a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    pub action: Action,
    pub severity: Severity,
    pub categories: Vec<Category>,
    pub needs: Vec<Need>,
    pub hits: Vec<Hit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// What the learned score says, where one is in use; in shadow it changes nothing above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
}

impl Verdict {
    /// Nothing matched.
    pub fn allow() -> Self {
        Self {
            action: Action::Allow,
            severity: Severity::Green,
            categories: Vec::new(),
            needs: Vec::new(),
            hits: Vec::new(),
            reason: None,
            score: None,
        }
    }

    /// The same with what the learned score says, acting on nothing.
    pub fn in_shadow(mut self, score: Score) -> Self {
        self.score = Some(score);
        self
    }

    /// The same with the learned score active: a category that it reaches holds the text. It can only add; what the rules hold
    /// stays held.
    pub fn acting(mut self, score: Score) -> Self {
        for judged in score.reached() {
            if self.action < Action::Hold {
                self.action = Action::Hold;
                self.reason = Some(Reason::Score);
            }
            self.severity = self.severity.max(Severity::Red);
            if !self.categories.contains(&judged.category) {
                self.categories.push(judged.category);
                self.categories.sort();
            }
            let need = match judged.category {
                Category::Crisis => Some(Need::Crisis),
                Category::Emergency => Some(Need::Emergency),
                _ => None,
            };
            if let Some(need) = need.filter(|need| !self.needs.contains(need)) {
                self.needs.push(need);
                self.needs.sort();
            }
        }
        self.in_shadow(Score { acts: true, ..score })
    }

    /// The check failed, so the text waits for a person (promise 2 of the design: checks fail closed).
    pub fn check_failed() -> Self {
        Self {
            action: Action::Hold,
            severity: Severity::Red,
            reason: Some(Reason::CheckFailed),
            ..Self::allow()
        }
    }

    /// One that was stored as JSON. What cannot be read counts as a failed check.
    pub fn stored(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_else(|_| Self::check_failed())
    }

    /// Nobody knows what is in the text.
    pub fn is_failed_check(&self) -> bool {
        self.reason == Some(Reason::CheckFailed)
    }

    /// It speaks of a crisis or an emergency: help comes before anything else.
    pub fn presses(&self) -> bool {
        self.categories.iter().any(|what| matches!(what, Category::Crisis | Category::Emergency))
            || self.needs.iter().any(|need| matches!(need, Need::Crisis | Need::Emergency))
    }

    /// The form that `aftercare rules scan` prints.
    pub fn scan_line(&self) -> ScanLine<'_> {
        ScanLine {
            action: self.action,
            severity: self.severity,
            categories: &self.categories,
            needs: &self.needs,
            hits: self.hits.iter().map(ScanHit::from).collect(),
            reason: self.reason,
            score: self.score.as_ref(),
        }
    }
}

/// A verdict as `rules scan` prints it: exactly the fields that were promised, without the folding step.
#[derive(Clone, Debug, Serialize)]
pub struct ScanLine<'a> {
    pub action: Action,
    pub severity: Severity,
    pub categories: &'a [Category],
    pub needs: &'a [Need],
    pub hits: Vec<ScanHit<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<&'a Score>,
}

/// A hit as `rules scan` prints it.
#[derive(Clone, Debug, Serialize)]
pub struct ScanHit<'a> {
    pub rule: &'a RuleId,
    pub version: u32,
    pub category: Category,
    pub severity: Severity,
    pub start: usize,
    pub end: usize,
}

impl<'a> From<&'a Hit> for ScanHit<'a> {
    fn from(hit: &'a Hit) -> Self {
        Self {
            rule: &hit.rule,
            version: hit.version,
            category: hit.category,
            severity: hit.severity,
            start: hit.start,
            end: hit.end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_check_prints_as_promised() {
        let line = serde_json::to_string(&Verdict::check_failed().scan_line()).unwrap();
        assert_eq!(
            line,
            r#"{"action":"hold","severity":"red","categories":[],"needs":[],"hits":[],"reason":"check_failed"}"#
        );
    }
}
