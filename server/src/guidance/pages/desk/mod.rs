//! Where staff work on guidance: the list, writing, one article with its signatures, and putting
//! guidance or a clinician's name under a post.

pub(crate) mod article;
pub(crate) mod attach;
mod form;
pub(crate) mod list;
pub(crate) mod pick;
pub(crate) mod verify;
pub(crate) mod write;

use aftercare_frontend::pages::ArticleState;

use crate::guidance::VersionState;

/// Where a version stands, in the words of the desk. A verified one past its review date says so.
fn state(state: VersionState, overdue: bool) -> ArticleState {
    match state {
        VersionState::Verified if overdue => ArticleState::Overdue,
        VersionState::Verified => ArticleState::Verified,
        VersionState::InReview => ArticleState::InReview,
        VersionState::Stopped => ArticleState::Stopped,
        // The latest version of an article is never superseded: whatever supersedes it is the latest.
        VersionState::Draft | VersionState::Superseded => ArticleState::Draft,
    }
}
