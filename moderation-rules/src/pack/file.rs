//! The shape of a pack on disk.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{RuleState, Stage};
use crate::{Action, Category, Severity};

/// A phrase with the place where it is written.
pub(crate) type Phrase = Spanned<String>;

/// One subject. What it says of source, owner and review date holds for each of its rules that says nothing else.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackFile {
    /// What the pack is about, in words; lists without rules need none.
    #[serde(default)]
    pub subject: String,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub owner: String,
    #[serde(default)]
    pub review: String,
    #[serde(default = "english")]
    pub languages: Vec<String>,
    #[serde(default)]
    pub lists: BTreeMap<String, Spanned<Vec<String>>>,
    #[serde(default, rename = "rule")]
    pub rules: Vec<RuleFile>,
}

fn english() -> Vec<String> {
    vec!["en".to_owned()]
}

/// One rule as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleFile {
    pub id: Spanned<String>,
    pub version: u32,
    pub title: String,
    pub why: String,
    pub category: Category,
    pub severity: Severity,
    pub action: Action,
    #[serde(default)]
    pub needs: Vec<String>,
    pub state: RuleState,
    #[serde(default)]
    pub redact: bool,
    pub source: Option<String>,
    pub owner: Option<String>,
    pub review: Option<String>,
    pub languages: Option<Vec<String>>,
    #[serde(default)]
    pub stages: Vec<Stage>,
    #[serde(default)]
    pub context: Vec<Phrase>,
    #[serde(default)]
    pub scope: Scope,
    #[serde(default)]
    pub any: Vec<Phrase>,
    #[serde(default)]
    pub all: Vec<Vec<Phrase>>,
    pub at_least: Option<AtLeast>,
    #[serde(default)]
    pub unless: Vec<Phrase>,
    #[serde(default)]
    pub unless_post: Vec<Phrase>,
    #[serde(default)]
    pub regex: Vec<Phrase>,
    #[serde(default)]
    pub check: Vec<Phrase>,
    pub examples: Examples,
}

/// How near the groups of `all` must stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Scope {
    #[default]
    Sentence,
    /// This sentence and the next.
    Nearby,
    Post,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AtLeast {
    pub count: usize,
    pub of: Vec<Phrase>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Examples {
    #[serde(rename = "match")]
    pub matching: Vec<String>,
    #[serde(rename = "pass")]
    pub passing: Vec<String>,
}
