//! Lifting a stop takes two different people.

use super::store;
use super::write::must_be_staff;
use super::{ArticleId, VersionState};
use crate::accounts::Member;
use crate::platform::audit::{self, Entry};
use crate::platform::db::Tx;
use crate::platform::refusal::Refusal;
use crate::screening;

/// Says that the stop can be lifted; with the second person's word it is. Answers whether it is lifted now.
pub fn reinstate(tx: &mut Tx, member: &Member, article: ArticleId) -> Result<bool, Refusal> {
    must_be_staff(member)?;
    let version = store::shown_version(tx, article)?.ok_or_else(Refusal::not_found)?;
    let stop = store::standing_stop(tx, version.id)?
        .ok_or_else(|| Refusal::conflict("not_stopped", "This article is not stopped."))?;
    let lifted = match stop.first_lifted_by {
        None => {
            store::lift_first(tx, stop.id, member.id())?;
            false
        }
        Some(first) if first == member.id() => {
            return Err(Refusal::conflict(
                "needs_another",
                "You have said so already. A second person must agree.",
            ));
        }
        Some(_) => {
            store::lift_second(tx, stop.id, member.id())?;
            store::set_state(tx, version.id, VersionState::Verified)?;
            let raised = store::raise(tx, article)?;
            screening::reindex(tx, &format!("article:{article}"), raised)?;
            true
        }
    };
    let action = if lifted { "guidance.reinstate" } else { "guidance.reinstate_first" };
    let object = ("article_version", version.id.0);
    audit::record(
        tx,
        member.acting_as_staff(),
        &Entry { action, object, revision_hash: Some(&version.hash), reason: None },
    )?;
    Ok(lifted)
}
