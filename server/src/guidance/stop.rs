//! Stopping is easier than starting: one moderator or clinician, at once. Every card says so on its next view.

use super::store;
use super::write::must_be_staff;
use super::{ArticleId, VersionState};
use crate::accounts::Member;
use crate::platform::audit::{self, Entry};
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::limits;
use crate::platform::refusal::Refusal;
use crate::screening;

/// Reads `reason`; readers will see it. It may be empty: stopping must not wait for words.
pub fn parse(mut fields: Fields) -> Result<String, Refusal> {
    let reason = fields.text("reason").trim().to_owned();
    if reason.chars().count() > limits::REASON_CHARS {
        fields.fault("reason", "too_long", "Please use at most 2000 characters.");
    }
    if reason.contains('\0') {
        fields.fault("reason", "nul", "There is an invisible character in this text that we cannot keep.");
    }
    fields.finish(Some(reason))
}

/// Stops the version that readers see.
pub fn stop(tx: &mut Tx, member: &Member, article: ArticleId, reason: &str) -> Result<(), Refusal> {
    must_be_staff(member)?;
    let version = store::shown_version(tx, article)?;
    let version = match version {
        Some(version) => version,
        None if store::latest_version(tx, article)?.is_none() => return Err(Refusal::not_found()),
        None => {
            return Err(Refusal::conflict(
                "not_verified",
                "This article was never verified, so there is nothing to stop.",
            ));
        }
    };
    if version.state == VersionState::Stopped {
        return Err(Refusal::conflict("already_stopped", "This article is stopped already."));
    }
    let reason = if reason.is_empty() { "It is being checked again." } else { reason };
    store::set_state(tx, version.id, VersionState::Stopped)?;
    store::insert_stop(tx, version.id, member.id(), reason)?;
    let raised = store::raise(tx, article)?;
    screening::reindex(tx, &format!("article:{article}"), raised)?;
    let object = ("article_version", version.id.0);
    audit::record(
        tx,
        member.acting_as_staff(),
        &Entry { action: "guidance.stop", object, revision_hash: Some(&version.hash), reason: Some(reason) },
    )
}
