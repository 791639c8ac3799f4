//! Signing out, here or everywhere. The row is ended, so a late request cannot bring it back.

use super::{Member, store};
use crate::platform::audit::{self, Entry};
use crate::platform::db::Tx;
use crate::platform::refusal::Refusal;

/// Ends every session of this member, this one too.
pub fn sign_out_everywhere(tx: &mut Tx, member: &Member) -> Result<(), Refusal> {
    store::revoke_sessions_of(tx, member.id(), None)?;
    audit::record(
        tx,
        member.actor(),
        &Entry {
            action: "session.end_all",
            object: ("member", member.id().0),
            revision_hash: None,
            reason: None,
        },
    )
}

/// Ends this session.
pub fn sign_out(tx: &mut Tx, member: &Member) -> Result<(), Refusal> {
    store::revoke_session_by_id(tx, member.session())?;
    Ok(())
}
