//! Taking back one's own words: from readers at once, and into the author's drafts.

use super::drafts;
use super::store;
use super::{PostId, PostState, publish};
use crate::accounts::Member;
use crate::platform::audit::{self, Entry};
use crate::platform::db::Tx;
use crate::platform::refusal::Refusal;
use crate::screening;

/// Why a withdrawn text lies among the drafts.
pub const TAKEN_BACK: &str = "You took this post back. It is here in case you want to write it anew.";

/// Withdraws a post of one's own. Doing it twice is doing it once.
pub fn withdraw(tx: &mut Tx, member: &Member, id: PostId) -> Result<(), Refusal> {
    let post =
        store::post(tx, id)?.filter(|post| post.author_id == member.id()).ok_or_else(Refusal::not_found)?;
    match post.state {
        PostState::Withdrawn => return Ok(()),
        PostState::Public | PostState::Held => {}
        _ => {
            return Err(Refusal::conflict("closed", "This post is closed already; nobody else can read it."));
        }
    }
    screening::close_for(tx, post.id.0)?;
    publish::take_away(tx, &post, PostState::Withdrawn)?;
    drafts::bring_back(tx, &post, TAKEN_BACK)?;
    let revision = store::revision(tx, post.latest_revision_id)?;
    audit::record(
        tx,
        member.actor(),
        &Entry {
            action: "post.withdraw",
            object: ("post", post.id.0),
            revision_hash: revision.as_ref().map(|revision| revision.hash.as_str()),
            reason: None,
        },
    )
}
