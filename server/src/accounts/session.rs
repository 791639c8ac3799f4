//! Sessions: kept by the hash of their token, ended by time or by hand, never brought back to life.

use chrono::Duration;
use sha2::{Digest, Sha256};

use super::store::{self, SessionRow};
use super::{Member, MemberId, MemberState, SessionId};
use crate::platform::clock::UtcTime;
use crate::platform::db::{Db, Tx};
use crate::platform::http::Credential;
use crate::platform::refusal::Refusal;

crate::text_enum! {
    /// How a session is carried.
    pub enum SessionKind { Cookie = "cookie", Bearer = "bearer" }
}

/// Activity is written down at most this often.
pub(super) const TOUCH_EVERY: Duration = Duration::minutes(5);
/// A dangerous act wants a password that was typed this recently.
pub(super) const FRESH: Duration = Duration::minutes(15);

pub(super) fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Opens a session and answers its token, which is kept nowhere.
pub(super) fn open(tx: &mut Tx, member: MemberId, kind: SessionKind) -> Result<String, Refusal> {
    let token = tx.ids.secret();
    let id = SessionId::new(tx.ids, tx.now);
    store::insert_session(tx, id, &token_hash(&token), kind, member)?;
    Ok(token)
}

/// The live session behind a credential, if there is one.
pub(super) fn find(
    db: &mut Db,
    credential: &Credential,
    now: UtcTime,
) -> Result<Option<SessionRow>, Refusal> {
    let (token, kind) = match credential {
        Credential::None => return Ok(None),
        Credential::Cookie(token) => (token, SessionKind::Cookie),
        Credential::Bearer(token) => (token, SessionKind::Bearer),
    };
    let row = store::session(db, &token_hash(token), kind)?;
    Ok(row.filter(|row| is_live(row, now)))
}

fn is_live(row: &SessionRow, now: UtcTime) -> bool {
    let staff = row.moderator || row.clinician || row.admin;
    // Activity is written late by up to TOUCH_EVERY; a clock that went backwards ends nothing early and extends nothing.
    let open = matches!(row.state, MemberState::Active | MemberState::Suspended);
    open && is_in_time(staff, row.created_at, row.last_seen_at, now)
}

fn is_in_time(staff: bool, created_at: UtcTime, last_seen_at: UtcTime, now: UtcTime) -> bool {
    let (idle, absolute) = if staff {
        (Duration::minutes(60), Duration::hours(12))
    } else {
        (Duration::days(14), Duration::days(60))
    };
    now.since(last_seen_at) <= idle + TOUCH_EVERY && now.since(created_at) <= absolute
}

/// How many sessions of this member are live, whatever carries them.
pub(super) fn live_count(db: &mut Db, member: &Member, now: UtcTime) -> Result<usize, Refusal> {
    let times = store::session_times(db, member.id())?;
    let live = |(created, seen): &&(UtcTime, UtcTime)| is_in_time(member.is_staff(), *created, *seen, now);
    Ok(times.iter().filter(live).count())
}
