//! Where a text that is being written would stand, and so which rules count for it.

use moderation_rules::Stage;

use crate::platform::db::Db;
use crate::platform::refusal::Refusal;
use crate::threads::drafts::Place;
use crate::threads::{DraftId, PostId, ThreadId, store};

#[derive(Clone)]
pub(super) enum Spot {
    /// In a board, by slug.
    Board(String),
    Thread(ThreadId),
    /// In the place of what a post says now.
    Post(PostId),
    /// Where the draft is meant to go.
    Draft(DraftId),
}

impl Spot {
    /// The same for a draft that is kept of it.
    pub(super) fn place(self) -> Place {
        match self {
            Self::Board(slug) => Place::Board(slug),
            Self::Thread(thread) => Place::Thread(thread),
            Self::Post(_) | Self::Draft(_) => Place::Same,
        }
    }

    /// The stage of care of its board. A spot that is not there has none: then every rule counts.
    pub(super) fn stage(&self, db: &mut Db) -> Result<Option<Stage>, Refusal> {
        let board = match self {
            Self::Board(slug) => store::board_by_slug(db, slug)?,
            Self::Thread(thread) => store::board_of_thread(db, *thread)?,
            Self::Post(post) => store::board_of_post(db, *post)?,
            Self::Draft(draft) => store::board_of_draft(db, *draft)?,
        };
        Ok(board.and_then(|board| board.care()))
    }
}
