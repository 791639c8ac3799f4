//! Back-tests that admins start: one at a time, on a thread of its own, kept with what they found. One that falls silent (its server
//! went away) has been stopped.

mod store;
mod work;

use std::sync::Arc;

use chrono::Duration;
use moderation_rules::{PackError, RuleId, RuleInfo, RuleSet, RuleState};

use super::{Pace, Trial, posts};
use crate::accounts::{Admin, Caller};
use crate::app::App;
use crate::platform::audit::{self, Entry};
use crate::platform::clock::UtcTime;
use crate::platform::db::{Db, Tx};
use crate::platform::fields::Fields;
use crate::platform::refusal::{FieldError, Refusal};
use crate::screening::reload;

pub use store::RunRow;

/// Silent for so long, and nobody is at work on it any more.
const SILENT: Duration = Duration::seconds(20);
/// So many are listed.
const LISTED: i64 = 30;

crate::id_type! {
    /// One back-test.
    RunId
}

crate::text_enum! {
    /// What is tried.
    pub enum What {
        /// The packs as they lie on the server's disk; every rule in them that is not retired runs as if it were live.
        Packs = "packs",
        /// A rule in shadow, as if it were live.
        MakeLive = "make_live",
        /// A live rule, as if it were retired.
        Retire = "retire",
    }
}

crate::text_enum! {
    /// Where one stands.
    pub enum RunState {
        Running = "running",
        Done = "done",
        Cancelled = "cancelled",
        Failed = "failed",
        /// The server went away in the middle.
        Stopped = "stopped",
    }
}

impl RunRow {
    /// Where it stands at this moment.
    pub fn state_at(&self, now: UtcTime) -> RunState {
        match self.state {
            RunState::Running if now.since(self.beat_at) > SILENT => RunState::Stopped,
            state => state,
        }
    }
}

/// What somebody asks to have tried.
struct Asked {
    what: What,
    rule: Option<RuleId>,
}

/// Starts one. Nothing is changed by it; it runs on when its answer is given.
pub async fn start(caller: &Caller<Admin>, fields: Fields) -> Result<RunId, Refusal> {
    let (id, trial) = caller
        .prepare(
            move |app| {
                let asked = asked(fields, &app.screening.rules())?;
                let trial = trial(app, &asked)?;
                Ok((asked, trial))
            },
            |tx, admin, (asked, trial)| Ok((begin(tx, admin, &asked, &trial)?, trial)),
        )
        .await?;
    work::begin(caller.app.database.clone(), id, trial)?;
    Ok(id)
}

fn asked(mut fields: Fields, in_force: &RuleSet) -> Result<Asked, Refusal> {
    let what = fields.choice("what", What::parse);
    let named = fields.optional_text("rule").filter(|named| !named.is_empty());
    let rule = named.as_deref().and_then(|named| in_force.named(named));
    let fault = match (what, rule) {
        (None | Some(What::Packs), None) if named.is_none() => None,
        (Some(What::Packs), _) => Some("Leave the rule empty: the packs are tried as a whole."),
        (_, None) if named.is_none() => Some("Please choose a rule."),
        (Some(What::MakeLive), Some(rule)) if rule.state != RuleState::Shadow => {
            Some("This rule is not in shadow. Please choose one that is.")
        }
        (Some(What::Retire), Some(rule)) if rule.state != RuleState::Live => {
            Some("This rule is not live. Please choose one that is.")
        }
        (_, None) => Some("This rule is not in force. Please choose one from the list."),
        _ => None,
    };
    if let Some(words) = fault {
        fields.fault("rule", "not_a_choice", words);
    }
    let rule = rule.map(|rule| rule.id.clone());
    fields.finish(what.map(|what| Asked { what, rule }))
}

/// Compiles what is to be tried.
fn trial(app: &App, asked: &Asked) -> Result<Trial, Refusal> {
    let in_force = app.screening.rules();
    let draft = match (asked.what, &asked.rule) {
        (What::MakeLive, Some(rule)) => in_force.with_state(rule, RuleState::Live),
        (What::Retire, Some(rule)) => in_force.with_state(rule, RuleState::Retired),
        _ => match &app.config.rules.packs {
            Some(dir) => RuleSet::load_as_live(dir),
            None => {
                let words = "This server has no packs of its own, so there is nothing to compare.";
                return Err(Refusal::field("what", "not_a_choice", words));
            }
        },
    };
    let draft = draft.map_err(|errors| not_tried(&errors))?;
    Ok(Trial { in_force, draft: Arc::new(draft), learned: app.screening.learned.clone(), pace: Pace::Beside })
}

fn not_tried(errors: &[PackError]) -> Refusal {
    let fault = |error: &PackError| FieldError {
        field: "what".to_owned(),
        code: "not_taken",
        message: error.to_string(),
    };
    Refusal::fields(errors.iter().map(fault).collect())
}

fn begin(tx: &mut Tx, admin: &Admin, asked: &Asked, trial: &Trial) -> Result<RunId, Refusal> {
    store::stop_silent(tx, tx.now.plus(-SILENT))?;
    if store::is_running(tx)? {
        return Err(Refusal::conflict(
            "already_running",
            "A back-test is running already. Please wait until it has ended, or cancel it first.",
        ));
    }
    let run = RunRow {
        id: RunId::new(tx.ids, tx.now),
        kind: asked.what,
        rule: asked.rule.as_ref().map(ToString::to_string),
        hash: reload::hash(&trial.draft),
        state: RunState::Running,
        posts: 0,
        total: i64::try_from(posts(tx)?).unwrap_or(i64::MAX),
        started_at: tx.now,
        started_by: admin.id(),
        beat_at: tx.now,
    };
    store::insert(tx, &run)?;
    let reason = match &run.rule {
        Some(rule) => format!("{} {rule}", run.kind),
        None => run.kind.to_string(),
    };
    let entry = Entry {
        action: "backtest.start",
        object: ("backtest", run.id.0),
        revision_hash: None,
        reason: Some(&reason),
    };
    audit::record(tx, admin.acting(), &entry)?;
    Ok(run.id)
}

/// Ends one before its time; what it had counted is not kept.
pub fn cancel(tx: &mut Tx, admin: &Admin, id: RunId) -> Result<(), Refusal> {
    let run = store::find(tx, id)?.ok_or_else(Refusal::not_found)?;
    if run.state_at(tx.now) != RunState::Running {
        return Err(Refusal::conflict("not_running", "This back-test is not running any more."));
    }
    store::end(tx, id, RunState::Cancelled)?;
    let entry =
        Entry { action: "backtest.cancel", object: ("backtest", id.0), revision_hash: None, reason: None };
    audit::record(tx, admin.acting(), &entry)
}

/// The newest ones.
pub fn list(db: &mut Db) -> Result<Vec<RunRow>, Refusal> {
    Ok(store::newest(db, LISTED)?)
}

/// One of them, with what it found as JSON once it is done.
pub fn one(db: &mut Db, id: RunId) -> Result<(RunRow, Option<String>), Refusal> {
    let run = store::find(db, id)?.ok_or_else(Refusal::not_found)?;
    let report = store::report(db, id)?;
    Ok((run, report))
}

/// Whether exactly this content of a rule has been tried to the end.
pub(in crate::screening) fn was_tried(tx: &mut Tx, rule: &RuleInfo) -> Result<bool, Refusal> {
    Ok(store::was_tried(tx, &content(rule))?)
}

/// Id, version and fingerprint of a rule.
fn content(rule: &RuleInfo) -> (String, i64, String) {
    (rule.id.to_string(), i64::from(rule.version), format!("{:016x}", rule.fingerprint))
}
