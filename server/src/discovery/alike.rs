//! Threads that ask what a text asks. Where the text speaks of a crisis or an emergency there are none: help stands there instead.

use std::collections::HashSet;
use std::time::Duration;

use aftercare_search::rank::telling_words;
use aftercare_search::{Hit, Kind, SuggestQuery, ViewerScope};
use moderation_rules::Need;

use super::find::{self, scope_of};
use crate::accounts::{Caller, Member, Viewer};
use crate::app::App;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;
use crate::screening;
use crate::threads::drafts::must_fit;
use crate::threads::{ThreadId, store};

/// Shown at most.
pub const MOST: usize = 5;
/// Asked for, so that there are still enough when some may not be read or only share a word.
const ASKED: usize = 15;
/// Nobody waits longer for what they did not ask for.
const PATIENCE: Duration = Duration::from_millis(500);
/// A thread that shares fewer telling words with a text than this does not ask the same, unless the text has no more.
const SHARED: usize = 2;

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

/// Threads that may answer it, best first and not yet re-checked, and what its writer may need.
pub struct Proposed {
    pub threads: Vec<ThreadId>,
    pub needs: Vec<Need>,
}

/// Proposes threads to somebody who writes a question.
pub async fn to_writer(caller: &Caller<Member>, writing: Writing) -> Result<Proposed, Refusal> {
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
    let threads = match verdict.presses() {
        true => Vec::new(),
        false => propose(&caller.app, scope, text, None).await,
    };
    Ok(Proposed { threads, needs: verdict.needs })
}

/// Threads that ask what this text asks, but for one. An index that does not answer proposes nothing: nobody waits for it here.
pub(super) async fn propose(
    app: &App,
    viewer: ViewerScope,
    text: String,
    but: Option<ThreadId>,
) -> Vec<ThreadId> {
    let words = telling_words(&text);
    let query = SuggestQuery { text, kinds: vec![Kind::Thread], viewer, top: ASKED };
    let answer = tokio::time::timeout(PATIENCE, find::within_time(app, app.search.suggest(query))).await;
    let Ok(Ok(hits)) = answer else { return Vec::new() };
    let alike = hits.hits.into_iter().filter(|hit| shares_enough(&words, hit));
    let ids = alike.filter_map(|hit| hit.id.strip_prefix("thread:").and_then(ThreadId::parse));
    ids.filter(|id| Some(*id) != but).collect()
}

fn shares_enough(words: &HashSet<String>, hit: &Hit) -> bool {
    let snippet = hit.snippet.iter().map(|part| part.text.as_str());
    let said: String = std::iter::once(hit.title.as_str()).chain([" "]).chain(snippet).collect();
    let shared = telling_words(&said).intersection(words).count();
    shared >= SHARED.min(words.len()).max(1)
}
