//! Acting in a member's name from the command line.

use super::store::{self, SessionRow};
use super::{Gate, MemberId, Operator, SessionId};
use crate::platform::db::Tx;
use crate::platform::refusal::Refusal;

/// The proof for a member in whose name the operator acts (demo): judged on current rows like any other, without a session.
pub(crate) fn admit_as<G: Gate>(tx: &mut Tx, _: &Operator, member: MemberId) -> Result<G, Refusal> {
    let row = store::member(tx, member)?.ok_or_else(Refusal::not_found)?;
    let now = tx.now;
    let session = SessionRow {
        session_id: SessionId(0),
        created_at: now,
        last_seen_at: now,
        auth_time: now,
        member_id: row.id,
        name: row.name,
        region: row.region,
        state: row.state,
        neutral_titles: row.neutral_titles,
        moderator: row.moderator,
        clinician: row.clinician,
        admin: row.admin,
        member_since: row.created_at,
    };
    G::admit(tx, Some(session), now)
}
