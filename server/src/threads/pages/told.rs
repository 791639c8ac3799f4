//! What the author of a post is told of it, in pages and in the API alike.

use std::collections::{HashMap, HashSet};

use aftercare_frontend::parts::OwnState;

use crate::app::App;
use crate::platform::db::Db;
use crate::platform::refusal::Refusal;
use crate::review;
use crate::threads::store::OwnPost;
use crate::threads::{PostId, PostState};

/// What staff have said to the author of some posts.
pub(crate) struct Told {
    changes_asked: HashSet<PostId>,
    reasons: HashMap<PostId, String>,
}

impl Told {
    pub(crate) fn about(db: &mut Db, posts: &[PostId]) -> Result<Self, Refusal> {
        if posts.is_empty() {
            return Ok(Self { changes_asked: HashSet::new(), reasons: HashMap::new() });
        }
        Ok(Self {
            changes_asked: review::store::waiting_for_author(db, posts)?,
            reasons: review::store::last_reasons(db, posts)?,
        })
    }

    /// The same for posts with their latest wording.
    pub(crate) fn about_own(db: &mut Db, rows: &[OwnPost]) -> Result<Self, Refusal> {
        Self::about(db, &rows.iter().map(|row| row.id).collect::<Vec<_>>())
    }

    /// Where a post stands for its author. `edit_waits`: readers see a wording before the latest.
    pub(crate) fn state(&self, post: PostId, state: PostState, edit_waits: bool) -> OwnState {
        let asked = self.changes_asked.contains(&post);
        match state {
            PostState::Public if asked => OwnState::ChangesAsked,
            PostState::Public if edit_waits => OwnState::EditWaiting,
            PostState::Public => OwnState::Public,
            PostState::Held if asked => OwnState::ChangesAsked,
            PostState::Held => OwnState::Waiting,
            PostState::Refused => OwnState::Refused,
            PostState::Hidden | PostState::Removed => OwnState::TakenDown,
            PostState::Withdrawn => OwnState::Withdrawn,
        }
    }

    pub(crate) fn state_of(&self, row: &OwnPost) -> OwnState {
        self.state(row.id, row.state, row.edit_waits())
    }

    /// What staff wrote, where the state is the answer to it.
    pub(crate) fn reason(&self, post: PostId, state: OwnState) -> Option<String> {
        let speaks = matches!(state, OwnState::ChangesAsked | OwnState::Refused | OwnState::TakenDown);
        self.reasons.get(&post).filter(|_| speaks).cloned()
    }
}

/// Until when somebody will have read it, where its author waits for that.
pub(crate) fn expected(app: &App, state: OwnState) -> Option<String> {
    let waits = matches!(state, OwnState::Waiting | OwnState::EditWaiting);
    waits.then(|| app.schedule.words(app.database.clock().now()))
}
