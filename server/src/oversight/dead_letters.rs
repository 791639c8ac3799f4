//! Effects that failed for good: the index or a member was not told of something. A worker has given them up and a person has to
//! look, mend what was wrong, and have them tried again.

use crate::accounts::Admin;
use crate::platform::audit::{self, Entry};
use crate::platform::db::Tx;
use crate::platform::outbox::{self, EffectId};
use crate::platform::refusal::Refusal;

/// So many are listed.
pub const LISTED: i64 = 100;

/// Has one of them tried again, or all, and answers how many.
pub fn retry(tx: &mut Tx, admin: &Admin, only: Option<EffectId>) -> Result<usize, Refusal> {
    let revived = outbox::revive(tx, only)?;
    if revived > 0 {
        let object = ("effect", only.map_or(0, |id| id.0));
        let reason = only.is_none().then_some("all");
        audit::record(
            tx,
            admin.acting(),
            &Entry { action: "effect.retry", object, revision_hash: None, reason },
        )?;
    }
    Ok(revived)
}
