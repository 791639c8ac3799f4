//! `/admin/rules`: the rules in force, how often they match, and which want looking at.

use askama::Template;

use crate::parts::{Chrome, Icon, Moment, Severity};

/// What an admin should look at, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleMark {
    ReviewPast,
    Doubled,
    Unused,
}

impl RuleMark {
    fn words(self) -> &'static str {
        match self {
            Self::ReviewPast => "Review is due",
            Self::Doubled => "Twice as often",
            Self::Unused => "Unused for 90 days",
        }
    }
}

/// A rule in force.
#[derive(Debug, Clone)]
pub struct RuleRow {
    pub id: String,
    pub title: String,
    /// Such as `Medicines`.
    pub category: String,
    pub severity: Severity,
    /// Such as `holds`.
    pub action: String,
    /// It is tried beside the others and never acts.
    pub shadow: bool,
    pub version: u32,
    pub owner: String,
    pub review: Moment,
    pub hits: i64,
    /// In the stretch before.
    pub before: i64,
    /// Of so many texts that it matched, so many were kept back: refused, sent back, or published without what was marked.
    pub kept_back: i64,
    pub decided: i64,
    pub marks: Vec<RuleMark>,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/admin_rules.html")]
pub struct AdminRules {
    pub chrome: Chrome,
    pub csrf: String,
    pub rules: Vec<RuleRow>,
    /// First characters of the hash of the set in force.
    pub hash: String,
    /// How long a rule is in shadow before it may go live; 0 if nobody asks.
    pub shadow_days: u32,
    /// Why the packs were not taken just now.
    pub problems: Vec<String>,
}

impl AdminRules {
    fn marked(&self) -> usize {
        self.rules.iter().filter(|rule| !rule.marks.is_empty()).count()
    }

    pub fn sample() -> Self {
        let row = RuleRow {
            id: "medicines.stop".to_owned(),
            title: "Tells somebody to stop a medicine".to_owned(),
            category: "Medicines".to_owned(),
            severity: Severity::Red,
            action: "holds".to_owned(),
            shadow: false,
            version: 2,
            owner: "Lead pharmacist".to_owned(),
            review: Moment::sample_date(),
            hits: 24,
            before: 11,
            kept_back: 9,
            decided: 12,
            marks: vec![RuleMark::Doubled],
        };
        let shadow = RuleRow {
            id: "surgery.clot".to_owned(),
            title: "A swollen, painful leg".to_owned(),
            category: "Emergency".to_owned(),
            shadow: true,
            version: 1,
            owner: "Clinical lead".to_owned(),
            hits: 3,
            before: 0,
            kept_back: 0,
            decided: 0,
            marks: vec![],
            ..row.clone()
        };
        let old = RuleRow {
            id: "spam.parcels".to_owned(),
            title: "A parcel that waits".to_owned(),
            category: "Spam".to_owned(),
            severity: Severity::Amber,
            action: "flags".to_owned(),
            hits: 0,
            before: 0,
            kept_back: 0,
            decided: 0,
            marks: vec![RuleMark::ReviewPast, RuleMark::Unused],
            ..row.clone()
        };
        Self {
            chrome: Chrome::sample_admin("/admin/rules"),
            csrf: "sample-csrf".to_owned(),
            rules: vec![row, old, shadow],
            hash: "3f9a61c27be0".to_owned(),
            shadow_days: 7,
            problems: vec![],
        }
    }

    pub fn sample_refused() -> Self {
        let problem = "packs/surgery.toml:12: rule `surgery.clot`: version 1 was already used with other content. \
                       Raise the version, so that old verdicts keep their meaning.";
        Self { problems: vec![problem.to_owned()], ..Self::sample() }
    }
}
