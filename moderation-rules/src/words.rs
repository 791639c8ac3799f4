//! The words a verdict is made of: what happens to the post, how urgent it is, what it is about, what its author may need.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What happens to the post. Ordered: the strictest rule that matched decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Public at once.
    Allow,
    /// The author is asked once, then it is public.
    Nudge,
    /// Public, with a review item for staff.
    Flag,
    /// Not public until a person looked.
    Hold,
}

impl Action {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Nudge => "nudge",
            Self::Flag => "flag",
            Self::Hold => "hold",
        }
    }
}

/// How urgent the post is for staff. Ordered from nothing to do to somebody might come to harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Green,
    Amber,
    Red,
    Crisis,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
            Self::Crisis => "crisis",
        }
    }
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    Crisis,
    Emergency,
    MedicationRisk,
    Misinformation,
    Selling,
    Pii,
    Harassment,
    Spam,
}

impl Category {
    pub const ALL: [Self; 8] = [
        Self::Crisis,
        Self::Emergency,
        Self::MedicationRisk,
        Self::Misinformation,
        Self::Selling,
        Self::Pii,
        Self::Harassment,
        Self::Spam,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Crisis => "crisis",
            Self::Emergency => "emergency",
            Self::MedicationRisk => "medication_risk",
            Self::Misinformation => "misinformation",
            Self::Selling => "selling",
            Self::Pii => "pii",
            Self::Harassment => "harassment",
            Self::Spam => "spam",
        }
    }

    /// The category with this name.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.as_str() == word)
    }
}

/// What the author may need. An open list: a community's own packs may name needs that we do not know,
/// and they travel through us unchanged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Need {
    Crisis,
    Emergency,
    Abuse,
    ChildAtRisk,
    WorriedAboutSomeone,
    Bereaved,
    SideEffect,
    Complaint,
    ThirdParty,
    Other(String),
}

impl Need {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Crisis => "crisis",
            Self::Emergency => "emergency",
            Self::Abuse => "abuse",
            Self::ChildAtRisk => "child_at_risk",
            Self::WorriedAboutSomeone => "worried_about_someone",
            Self::Bereaved => "bereaved",
            Self::SideEffect => "side_effect",
            Self::Complaint => "complaint",
            Self::ThirdParty => "third_party",
            Self::Other(name) => name,
        }
    }
}

impl From<String> for Need {
    fn from(name: String) -> Self {
        match name.as_str() {
            "crisis" => Self::Crisis,
            "emergency" => Self::Emergency,
            "abuse" => Self::Abuse,
            "child_at_risk" => Self::ChildAtRisk,
            "worried_about_someone" => Self::WorriedAboutSomeone,
            "bereaved" => Self::Bereaved,
            "side_effect" => Self::SideEffect,
            "complaint" => Self::Complaint,
            "third_party" => Self::ThirdParty,
            _ => Self::Other(name),
        }
    }
}

impl From<Need> for String {
    fn from(need: Need) -> Self {
        need.as_str().to_owned()
    }
}

/// The immutable name of a rule, such as `crisis.plan`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleId(String);

impl RuleId {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let fine = text.contains('.') && text.split('.').all(|p| !p.is_empty() && p.chars().all(plain));
        fine.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strictness_and_urgency_are_ordered() {
        assert!(Action::Allow < Action::Nudge && Action::Nudge < Action::Flag && Action::Flag < Action::Hold);
        assert!(Severity::Green < Severity::Amber && Severity::Red < Severity::Crisis);
    }

    #[test]
    fn an_unknown_need_travels_unchanged() {
        let need: Need = serde_json::from_str("\"lonely_at_night\"").unwrap();
        assert_eq!(need, Need::Other("lonely_at_night".into()));
        assert_eq!(serde_json::to_string(&need).unwrap(), "\"lonely_at_night\"");
    }

    #[test]
    fn a_rule_id_has_a_subject_and_a_name() {
        assert!(RuleId::parse("crisis.plan_made").is_some());
        for wrong in ["crisis", "Crisis.plan", "crisis.", "crisis.a b", ""] {
            assert!(RuleId::parse(wrong).is_none(), "{wrong}");
        }
    }
}
