//! Finds what the rules look for in one text: fold, one pass for the words, phrases around them, context, rules.

mod code;
mod compile;
mod context;
mod find;
mod groups;
mod index;
mod literals;
mod matcher;
mod present;
mod rule;
mod sieve;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::budget::{Meter, OverBudget};
use crate::fold::{Folding, fold, plain};
use crate::pack::{RuleInfo, RuleState};
use crate::{Action, Category, Hit, Need, PackError, PackSource, RuleId, Severity, Verdict};

use code::Code;
use index::Wanted;
use rule::{Place, Rule};
use sieve::Sieve;

/// A longer text is not read at all: the check has failed, and a person has to look. Places in its plain copy still
/// fit into four bytes, however much the longest character grows.
const LONGEST: usize = 64 * 1024 * 1024;

/// Which rules to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Select {
    Live,
    Shadow,
    /// One rule, by its number.
    One(usize),
}

impl Select {
    /// The phrases that have to be looked for.
    fn wanted(self) -> Wanted {
        match self {
            Self::Live => Wanted::of(RuleState::Live),
            Self::Shadow => Wanted::of(RuleState::Shadow),
            Self::One(_) => Wanted::EVERY,
        }
    }
}

/// How far to go with a text, where what each step costs is to be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The plain copy.
    Fold,
    /// Its words, with disguises taken off.
    Scan,
    /// The phrases that stand in it.
    Find,
    /// The rules.
    Rules,
}

/// A match of a rule, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RuleHit {
    pub start: usize,
    pub end: usize,
    pub rule: usize,
    pub folding: Option<Folding>,
}

#[derive(Debug)]
pub(crate) struct Engine {
    pub infos: Vec<RuleInfo>,
    /// As what each rule counts: the infos are too large to be looked through for it.
    counts_as: Vec<Wanted>,
    rules: Vec<Rule>,
    /// The rules that look at the text itself.
    raw_rules: Vec<usize>,
    pub code: Code,
    sieve: Sieve,
}

impl Engine {
    /// `state_of` says as what a rule counts, given what its pack says.
    pub(crate) fn compile(
        packs: &[PackSource],
        state_of: impl Fn(&RuleId, RuleState) -> RuleState,
    ) -> Result<Self, Vec<PackError>> {
        compile::compile(packs, state_of)
    }

    pub(crate) fn examples(&self, rule: usize) -> Option<&crate::pack::Examples> {
        self.rules.get(rule).map(|r| &r.examples)
    }

    fn selected(&self, rule: usize, select: Select) -> bool {
        match select {
            Select::One(number) => rule == number,
            _ => self.counts_as.get(rule).is_some_and(|state| state.any(select.wanted())),
        }
    }

    pub(crate) fn run(&self, text: &str, meter: &Meter, select: Select) -> Result<Vec<RuleHit>, OverBudget> {
        meter.look()?;
        if text.len() > LONGEST {
            return Err(OverBudget);
        }
        let plain = plain(text);
        let folded = fold(&plain, &self.code.lexicon, meter)?;
        let found = find::find(self, &folded, select.wanted(), meter)?;
        let sifted = self.sieve.sift(&plain.text).map_err(|_| OverBudget)?;
        let (plain, folded, found, sifted) = (&plain, &folded, &found, &sifted);
        let place = Place { engine: self, text, plain, folded, found, sifted, signs: OnceCell::new(), meter };
        let mut hits = place.run(|rule| self.selected(rule, select))?;
        hits.sort_unstable();
        hits.dedup_by(|a, b| (a.start, a.end, a.rule) == (b.start, b.end, b.rule));
        Ok(hits)
    }

    pub(crate) fn run_to(&self, text: &str, meter: &Meter, step: Step) -> Result<usize, OverBudget> {
        if step == Step::Rules {
            return Ok(self.run(text, meter, Select::Live)?.len());
        }
        let plain = plain(text);
        if step == Step::Fold {
            return Ok(plain.text.len());
        }
        let folded = fold(&plain, &self.code.lexicon, meter)?;
        if step == Step::Scan {
            return Ok(folded.tokens.len());
        }
        Ok(find::find(self, &folded, Select::Live.wanted(), meter)?.spans.len())
    }

    /// The hits in the form in which they are stored.
    pub(crate) fn stored(&self, hits: Vec<RuleHit>) -> Vec<Hit> {
        let store = |hit: RuleHit| {
            self.infos.get(hit.rule).map(|info| Hit {
                rule: info.id.clone(),
                version: info.version,
                category: info.category,
                severity: info.severity,
                start: hit.start,
                end: hit.end,
                folding: hit.folding,
            })
        };
        hits.into_iter().filter_map(store).collect()
    }

    /// The strictest action and severity of all rules that matched, and everything their authors may need.
    pub(crate) fn verdict(&self, hits: Vec<Hit>) -> Verdict {
        let rules: BTreeSet<&str> = hits.iter().map(|hit| hit.rule.as_str()).collect();
        let known = self.infos.iter().filter(|info| rules.contains(info.id.as_str()));
        // Nearly all texts have no hit, and need no look at all rules.
        let matched: Vec<&RuleInfo> = known.take(rules.len()).collect();
        let categories: BTreeSet<Category> = matched.iter().map(|info| info.category).collect();
        let needs: BTreeSet<&Need> = matched.iter().flat_map(|info| &info.needs).collect();
        Verdict {
            action: matched.iter().map(|info| info.action).max().unwrap_or(Action::Allow),
            severity: matched.iter().map(|info| info.severity).max().unwrap_or(Severity::Green),
            categories: categories.into_iter().collect(),
            needs: needs.into_iter().cloned().collect(),
            hits,
            reason: None,
            score: None,
        }
    }
}
