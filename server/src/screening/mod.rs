//! Every text passes here before anyone else sees it: the rules say what they see, and what must wait is put before a person.

pub mod api;
pub mod backtest;
mod change;
mod model;
pub mod pages;
pub mod reload;
pub mod store;
pub mod watch;
mod words;

use std::sync::Arc;

use moderation_rules::score::Scorer;
use moderation_rules::{Action, Hit, RuleSet, Severity, Stage, Verdict};
use parking_lot::RwLock;

use crate::platform::audit::{self, Actor, Entry};
use crate::platform::clock::UtcTime;
use crate::platform::db::Tx;
use crate::platform::outbox;
use crate::platform::refusal::Refusal;

pub use model::{CareStage, Cause, ItemId, ItemState, severity_rank};

/// The rules in force. They can be exchanged while the server runs, all at once.
pub struct Screening {
    rules: RwLock<Arc<RuleSet>>,
    learned: Option<Arc<Learned>>,
    /// One reads the packs in anew at a time.
    reloading: tokio::sync::Mutex<()>,
}

/// The learned score, and whether it may hold.
pub struct Learned {
    pub scorer: Scorer,
    pub acts: bool,
}

impl Screening {
    pub fn new(rules: Arc<RuleSet>, learned: Option<Arc<Learned>>) -> Self {
        Self { rules: RwLock::new(rules), learned, reloading: tokio::sync::Mutex::default() }
    }

    /// The rules in force now.
    pub fn rules(&self) -> Arc<RuleSet> {
        self.rules.read().clone()
    }

    /// Puts other rules in force, for every text from now on.
    fn exchange(&self, rules: Arc<RuleSet>) {
        *self.rules.write() = rules;
    }

    /// What these rules say of a post, with what the learned score says.
    pub fn judge(&self, rules: &RuleSet, text: &str) -> Verdict {
        let verdict = caught(rules, text);
        match &self.learned {
            Some(learned) if learned.acts => verdict.acting(learned.scorer.score(text)),
            Some(learned) => verdict.in_shadow(learned.scorer.score(text)),
            None => verdict,
        }
    }

    /// What is said of a text for a board of this stage of care, with what the learned score says.
    pub fn evaluate_at(&self, text: &str, stage: Option<Stage>) -> Verdict {
        let rules = self.rules();
        rules.at_stage(&self.judge(&rules, text), stage)
    }

    /// What the rules say of a text, wherever it may stand.
    pub fn evaluate(&self, text: &str) -> Verdict {
        caught(&self.rules(), text)
    }
}

/// A failure of any kind is a verdict too: held, and staff are alarmed.
fn caught(rules: &RuleSet, text: &str) -> Verdict {
    let verdict = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| rules.evaluate(text)))
        .unwrap_or_else(|_| Verdict::check_failed());
    if verdict.is_failed_check() {
        tracing::error!(target: "alarm", "a check failed; the text is held and somebody must look at the rules");
    }
    verdict
}

/// What the rules read of a post, and what spans of a stored verdict point into: the title, a blank line, the plain text.
pub fn screened_text(title: Option<&str>, plain: &str) -> String {
    match title {
        Some(title) => format!("{title}\n\n{plain}"),
        None => plain.to_owned(),
    }
}

/// Where the plain text begins in what the rules read.
pub fn body_start(title: Option<&str>) -> usize {
    screened_text(title, "").len()
}

/// Puts a revision before a person. An unfinished item about an older revision of the post is superseded.
pub fn open_item(
    tx: &mut Tx,
    (post, revision, hash): (i64, i64, &str),
    cause: Cause,
    severity: Severity,
) -> Result<ItemId, Refusal> {
    store::supersede(tx, post)?;
    let id = store::insert_item(tx, post, revision, cause, severity)?;
    record(tx, "review.open", ("review_item", id.0), Some(hash), cause.as_str())?;
    Ok(id)
}

/// Ends the unfinished item of a post whose author took it back or wrote it anew.
pub fn close_for(tx: &mut Tx, post: i64) -> Result<(), Refusal> {
    store::supersede(tx, post)?;
    Ok(())
}

/// What all rules said of a wording.
#[derive(Clone, Copy)]
pub struct Screened<'a> {
    pub verdict: &'a Verdict,
    pub shadow: &'a [Hit],
    /// When it was written.
    pub at: UtcTime,
}

/// Writes an automatic verdict into the chain, and counts what its rules and those in shadow matched.
pub fn record_verdict(tx: &mut Tx, revision: i64, hash: &str, screened: Screened) -> Result<(), Refusal> {
    let verdict = screened.verdict;
    watch::count(tx, screened)?;
    record(
        tx,
        "revision.screened",
        ("revision", revision),
        Some(hash),
        &format!("{} {}", verdict.action.as_str(), verdict.severity.as_str()),
    )
}

fn record(
    tx: &mut Tx,
    action: &'static str,
    object: (&'static str, i64),
    hash: Option<&str>,
    reason: &str,
) -> Result<(), Refusal> {
    audit::record(tx, Actor::System, &Entry { action, object, revision_hash: hash, reason: Some(reason) })
}

/// Whether this verdict keeps a text from readers.
pub fn holds(verdict: &Verdict) -> bool {
    verdict.action == Action::Hold
}

/// Asks for the search document behind this key to be brought in step.
pub fn reindex(tx: &mut Tx, key: &str, version: i64) -> Result<(), Refusal> {
    outbox::push(tx, outbox::Topic::Index, key, version, &serde_json::Value::Null)
}
