//! Runs the examples that every rule carries.

use std::fmt;

use crate::engine::Select;
use crate::{Budget, RuleId, RuleSet, RuleState};

/// What an example was to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleKind {
    /// The rule must match it.
    Match,
    /// The rule must let it pass.
    Pass,
}

/// An example that did not show what it was to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFailure {
    pub rule: RuleId,
    pub file: String,
    pub line: usize,
    pub kind: ExampleKind,
    pub text: String,
}

impl fmt::Display for ExampleFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (field, fault, remedy) = match self.kind {
            ExampleKind::Match => {
                ("match", "should match, but does not", "Widen a phrase, or move the example to `pass`")
            }
            ExampleKind::Pass => {
                ("pass", "should pass, but matches", "Narrow a phrase or add `unless`, or move it to `match`")
            }
        };
        let Self { file, line, rule, text, .. } = self;
        write!(f, "{file}:{line}: rule `{rule}`: example in `{field}` {fault}: \"{text}\". {remedy}.")
    }
}

pub(crate) fn check(rules: &RuleSet) -> Vec<ExampleFailure> {
    let mut failures = Vec::new();
    for (number, info) in rules.rules().iter().enumerate() {
        let Some(examples) = rules.engine.examples(number).filter(|_| info.state != RuleState::Retired)
        else {
            continue;
        };
        let kinds = [(ExampleKind::Match, &examples.matching), (ExampleKind::Pass, &examples.passing)];
        for (kind, text) in kinds.iter().flat_map(|(kind, texts)| texts.iter().map(|t| (*kind, t))) {
            let hits = rules.hits(text, Budget::default(), Select::One(number));
            let matched = hits.is_ok_and(|hits| !hits.is_empty());
            if matched != (kind == ExampleKind::Match) {
                failures.push(ExampleFailure {
                    rule: info.id.clone(),
                    file: info.file.clone(),
                    line: info.line,
                    kind,
                    text: text.clone(),
                });
            }
        }
    }
    failures
}
