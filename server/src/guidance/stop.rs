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
use crate::screening::{self, Screening};

/// What readers see in place of a text where nobody gave a reason, or none that they can be shown.
const NEUTRAL: &str = "It is being checked again.";

/// Why an article is stopped.
pub struct Stopping {
    typed: String,
    fit: bool,
}

impl Stopping {
    /// Reads `reason`. It may be empty, and words that the rules would hold do not delay a stop: they are kept for staff, and readers
    /// see the neutral sentence.
    pub fn parse(screening: &Screening, mut fields: Fields) -> Result<Self, Refusal> {
        let typed = fields.words("reason", limits::REASON_CHARS);
        let fit = screening.objection(&typed).is_none();
        fields.finish(Some(Self { typed, fit }))
    }

    pub fn for_readers(&self) -> &str {
        if self.typed.is_empty() || !self.fit { NEUTRAL } else { &self.typed }
    }

    /// What was typed, where readers see something else.
    pub fn for_staff(&self) -> Option<&str> {
        (!self.fit).then_some(self.typed.as_str())
    }
}

/// Stops the version that readers see.
pub fn stop(tx: &mut Tx, member: &Member, article: ArticleId, stopping: &Stopping) -> Result<(), Refusal> {
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
    store::set_state(tx, version.id, VersionState::Stopped)?;
    store::insert_stop(tx, version.id, member.id(), stopping)?;
    let raised = store::raise(tx, article)?;
    screening::reindex(tx, &format!("article:{article}"), raised)?;
    let object = ("article_version", version.id.0);
    let reason = Some(stopping.for_readers());
    audit::record(
        tx,
        member.acting_as_staff(),
        &Entry { action: "guidance.stop", object, revision_hash: Some(&version.hash), reason },
    )
}
