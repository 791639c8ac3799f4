//! Threads that ask what a text asks. Where the text speaks of a crisis or an emergency there are none: help stands there instead.

use std::collections::HashSet;
use std::time::Duration;

use aftercare_search::rank::{other_topic_stems, topic_stems};
use aftercare_search::{Kind, SuggestQuery, ViewerScope};
use moderation_rules::Need;

use super::find::{self, scope_of};
use crate::accounts::{Caller, Member, Viewer};
use crate::app::App;
use crate::platform::db::Db;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;
use crate::screening;
use crate::threads::ThreadId;
use crate::threads::drafts::must_fit;
use crate::threads::store::{self, ThreadRow};

/// Shown at most.
pub const MOST: usize = 5;
/// Asked for, so that there are still enough when some may not be read or only share a word.
const ASKED: usize = 15;
/// Nobody waits longer for what they did not ask for.
const PATIENCE: Duration = Duration::from_millis(500);
/// A thread whose title shares no telling word with a text, and whose opening shares fewer than this, does not ask the same.
const SHARED: usize = 2;
/// In a text of so few telling words one is enough.
const FEW: usize = 3;

/// A question that somebody is writing.
pub struct Writing {
    pub board: String,
    pub title: String,
    pub body: String,
}

impl Writing {
    /// Reads `title` and `body`; what else the form holds says nothing here.
    pub fn take(board: String, fields: &mut Fields) -> Self {
        for other in ["about", "confirm", "mask", "nonce", "action"] {
            fields.optional_text(other);
        }
        let (title, body) = (fields.text("title"), fields.text("body"));
        must_fit(fields, &title, &body);
        Self { board, title, body }
    }
}

/// Threads that may answer a text, best first and not yet re-checked.
#[derive(Default)]
pub struct Proposed {
    threads: Vec<ThreadId>,
    /// What the text is about, in its own words and in others for the same.
    words: HashSet<String>,
    /// How many of them are its own.
    own: usize,
}

impl Proposed {
    /// Those that this viewer may read now and that do ask something like it, in their order.
    pub fn readable(&self, db: &mut Db, viewer: &Viewer) -> Result<Vec<ThreadRow>, Refusal> {
        if self.threads.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows = store::threads_by_id(db, viewer, self.threads.clone())?;
        rows.retain(|row| self.is_met_by(row));
        rows.sort_by_key(|row| self.threads.iter().position(|id| *id == row.id));
        Ok(rows)
    }

    fn is_met_by(&self, row: &ThreadRow) -> bool {
        let shared = |text: &str| topic_stems(text).intersection(&self.words).count();
        let least = if self.own > FEW { SHARED } else { 1 };
        shared(&row.title) > 0 || shared(&row.opening_plain) >= least
    }
}

/// Proposes threads to somebody who writes a question.
pub async fn to_writer(caller: &Caller<Member>, writing: Writing) -> Result<(Proposed, Vec<Need>), Refusal> {
    let Writing { board, title, body } = writing;
    let text = screening::screened_text(Some(&title), &body);
    let app = caller.app.clone();
    let (scope, text, verdict) = caller
        .read(move |db, member| {
            let viewer = Viewer::of(member);
            let board = store::board_for(db, &viewer, &board)?.ok_or_else(Refusal::not_found)?;
            let verdict = app.screening.evaluate_at(&text, board.care());
            Ok((scope_of(db, &viewer)?, text, verdict))
        })
        .await?;
    let proposed = match verdict.presses() {
        true => Proposed::default(),
        false => propose(&caller.app, scope, text, None).await,
    };
    Ok((proposed, verdict.needs))
}

/// Threads that ask what this text asks, but for one. An index that does not answer proposes nothing: nobody waits for it here.
pub(super) async fn propose(app: &App, viewer: ViewerScope, text: String, but: Option<ThreadId>) -> Proposed {
    let mut words = topic_stems(&text);
    let own = words.len();
    words.extend(other_topic_stems(&text));
    let query = SuggestQuery { text, kinds: vec![Kind::Thread], viewer, top: ASKED };
    let answer = tokio::time::timeout(PATIENCE, find::within_time(app, app.search.suggest(query))).await;
    let hits = answer.ok().and_then(Result::ok).unwrap_or_default().hits;
    let ids = hits.iter().filter_map(|hit| hit.id.strip_prefix("thread:").and_then(ThreadId::parse));
    Proposed { threads: ids.filter(|id| Some(*id) != but).collect(), words, own }
}
