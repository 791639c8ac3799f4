//! The compiled rules and what can be asked of them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Duration;

use crate::budget::OverBudget;
use crate::engine::{Engine, Select, Step};
use crate::pack::shipped;
use crate::{
    Action, Budget, ExampleFailure, Hit, PackError, PackSource, RuleId, RuleInfo, RuleState, Stage, Verdict,
    score,
};

/// A set of packs, compiled. Immutable: to reload, compile another one and swap it in when it compiled whole.
#[derive(Debug)]
pub struct RuleSet {
    pub(crate) engine: Engine,
    /// What it was compiled from, to try out what a change would do.
    packs: Vec<PackSource>,
}

impl RuleSet {
    /// The packs that come with the binary.
    pub fn shipped() -> Result<Self, Vec<PackError>> {
        Self::compile_as(shipped(), |_, state| state)
    }

    /// All `*.toml` files of a directory, in the order of their names. They replace the shipped packs.
    pub fn load(dir: &Path) -> Result<Self, Vec<PackError>> {
        Self::compile_as(packs_in(dir)?, |_, state| state)
    }

    /// The packs of a directory, or the shipped ones where none is named.
    pub fn of(dir: Option<&Path>) -> Result<Self, Vec<PackError>> {
        dir.map_or_else(Self::shipped, Self::load)
    }

    /// The same as [`RuleSet::load`] if every rule that is not retired were live, to try out what would happen then. Never to act on.
    pub fn load_as_live(dir: &Path) -> Result<Self, Vec<PackError>> {
        Self::compile_as(packs_in(dir)?, |_, state| match state {
            RuleState::Retired => RuleState::Retired,
            RuleState::Draft | RuleState::Shadow | RuleState::Live => RuleState::Live,
        })
    }

    /// This set if one of its rules were in another state, to try out what would happen then. Never to act on.
    pub fn with_state(&self, rule: &RuleId, state: RuleState) -> Result<Self, Vec<PackError>> {
        // What counted otherwise than its pack says goes on doing so.
        let now = |id: &RuleId, said| self.rule(id).map_or(said, |info| info.state);
        Self::compile_as(self.packs.clone(), |id, said| if id == rule { state } else { now(id, said) })
    }

    /// Compiles packs: all of them or, if anything is wrong in any, none.
    pub fn compile(packs: &[PackSource]) -> Result<Self, Vec<PackError>> {
        Self::compile_as(packs.to_vec(), |_, state| state)
    }

    fn compile_as(
        packs: Vec<PackSource>,
        state_of: impl Fn(&RuleId, RuleState) -> RuleState,
    ) -> Result<Self, Vec<PackError>> {
        let engine = Engine::compile(&packs, state_of)?;
        Ok(Self { engine, packs })
    }

    /// Every rule, in the order of the packs.
    pub fn rules(&self) -> &[RuleInfo] {
        &self.engine.infos
    }

    pub fn rule(&self, id: &RuleId) -> Option<&RuleInfo> {
        self.named(id.as_str())
    }

    /// The rule whose id somebody wrote.
    pub fn named(&self, id: &str) -> Option<&RuleInfo> {
        self.rules().iter().find(|info| info.id.as_str() == id)
    }

    /// Runs every rule's own examples (retired rules excepted) and returns those that failed.
    pub fn check(&self) -> Vec<ExampleFailure> {
        crate::check::check(self)
    }

    /// The examples of the live rules that hold or flag, as the learned score is trained on them.
    pub fn labelled_examples(&self) -> Vec<score::Example> {
        let live = |info: &&RuleInfo| info.state == RuleState::Live && info.action >= Action::Flag;
        let mut all = Vec::new();
        for (number, info) in self.rules().iter().enumerate().filter(|(_, info)| live(info)) {
            let Some(examples) = self.engine.examples(number) else { continue };
            let mut add = |texts: &[String], category| {
                let source = "examples of the rules".to_owned();
                let example =
                    |text: &String| score::Example { text: text.clone(), category, source: source.clone() };
                all.extend(texts.iter().map(example));
            };
            add(&examples.matching, Some(info.category));
            add(&examples.passing, None);
        }
        all
    }

    /// Rules that carry a version which `before` has with other content. A set with any must not replace `before`:
    /// stored verdicts name rule and version, and would be explained by a rule that never made them.
    pub fn reused_versions(&self, before: &RuleSet) -> Vec<PackError> {
        let changed = |now: &&RuleInfo| {
            before
                .rule(&now.id)
                .is_some_and(|old| old.version >= now.version && old.fingerprint != now.fingerprint)
        };
        let error = |info: &RuleInfo| {
            PackError {
            file: info.file.clone(),
            line: info.line,
            rule: Some(info.id.to_string()),
            problem: format!("version {} was already used with other content", info.version),
            remedy: "Raise the version, so that old verdicts keep their meaning; the words of lists that a rule names are part of it"
                .into(),
        }
        };
        self.rules().iter().filter(changed).map(error).collect()
    }

    /// What the live rules say about a text, within the default time. Never panics: a check that fails holds the text.
    pub fn evaluate(&self, text: &str) -> Verdict {
        self.evaluate_within(text, Budget::default())
    }

    /// The same within a given time.
    pub fn evaluate_within(&self, text: &str, budget: Budget) -> Verdict {
        match self.hits(text, budget, Select::Live) {
            Ok(hits) => self.engine.verdict(self.engine.stored(hits)),
            Err(CheckFailed) => Verdict::check_failed(),
        }
    }

    /// What a verdict comes to at a stage of care: rules of other stages do not count there. It must be one of this set's.
    pub fn at_stage(&self, verdict: &Verdict, stage: Option<Stage>) -> Verdict {
        let counts = self.hits_at(&verdict.hits, stage);
        if counts.len() == verdict.hits.len() {
            return verdict.clone();
        }
        let kept = self.engine.verdict(counts);
        match verdict.score.clone() {
            Some(score) if score.acts => kept.acting(score),
            Some(score) => kept.in_shadow(score),
            None => kept,
        }
    }

    /// Those of some hits whose rules count at a stage of care.
    pub fn hits_at(&self, hits: &[Hit], stage: Option<Stage>) -> Vec<Hit> {
        let counts = |hit: &&Hit| self.rule(&hit.rule).is_none_or(|rule| rule.applies_at(stage));
        hits.iter().filter(counts).cloned().collect()
    }

    /// What the rules in shadow would have matched. Empty also if the check failed: shadow never acts.
    pub fn evaluate_shadow(&self, text: &str) -> Vec<Hit> {
        if self.rules().iter().all(|rule| rule.state != RuleState::Shadow) {
            return Vec::new();
        }
        let hits = self.hits(text, Budget::default(), Select::Shadow).unwrap_or_default();
        self.engine.stored(hits)
    }

    /// Goes so far with a text and no further, to measure what each step costs. Says how much it made.
    #[doc(hidden)]
    pub fn run_to(&self, text: &str, step: Step) -> usize {
        let meter = Budget::new(Duration::from_secs(60)).start();
        self.engine.run_to(text, &meter, step).unwrap_or_default()
    }

    /// The words and beginnings of words that some rule names.
    #[doc(hidden)]
    pub fn vocabulary(&self) -> impl Iterator<Item = &str> {
        self.engine.code.lexicon.spellings()
    }

    pub(crate) fn hits(
        &self,
        text: &str,
        budget: Budget,
        select: Select,
    ) -> Result<Vec<crate::engine::RuleHit>, CheckFailed> {
        guarded(|| self.engine.run(text, &budget.start(), select))
    }
}

/// A check that panics has failed like one that took too long. It reads and changes nothing, so nothing half done
/// stays behind.
fn guarded<T>(run: impl FnOnce() -> Result<T, OverBudget>) -> Result<T, CheckFailed> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(OverBudget)) | Err(_) => Err(CheckFailed),
    }
}

/// The check panicked or took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CheckFailed;

fn packs_in(dir: &Path) -> Result<Vec<PackSource>, Vec<PackError>> {
    read_dir(dir).map_err(|error| {
        vec![PackError {
            file: dir.display().to_string(),
            line: 1,
            rule: None,
            problem: error.to_string(),
            remedy: "Name a directory that holds at least one readable pack, a file *.toml".into(),
        }]
    })
}

fn read_dir(dir: &Path) -> std::io::Result<Vec<PackSource>> {
    let mut paths = std::fs::read_dir(dir)?.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "toml"));
    paths.sort();
    if paths.is_empty() {
        return Err(std::io::Error::new(std::io::ErrorKind::NotFound, "no packs in this directory"));
    }
    paths
        .iter()
        .map(|path| Ok(PackSource::new(path.display().to_string(), std::fs::read_to_string(path)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_that_panics_has_failed() {
        assert_eq!(guarded(|| Ok(7)), Ok(7));
        assert_eq!(guarded::<()>(|| Err(OverBudget)), Err(CheckFailed));
        assert_eq!(guarded::<()>(|| panic!("a fault in the engine")), Err(CheckFailed));
    }
}
