//! Everything is read: a member of staff notes that they have read the wording that is public.

use crate::accounts::Moderator;
use crate::platform::db::Tx;
use crate::platform::refusal::Refusal;
use crate::threads::RevisionId;
use crate::threads::store as threads;

/// Marks a wording as read by this moderator. Reading is no decision: it releases and hides nothing.
pub fn mark_read(tx: &mut Tx, moderator: &Moderator, revision: RevisionId) -> Result<(), Refusal> {
    threads::revision(tx, revision)?.ok_or_else(Refusal::not_found)?;
    threads::mark_read(tx, revision, moderator.id())?;
    Ok(())
}
