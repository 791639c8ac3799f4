//! Rows of members, credentials and sessions.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    AgeBand, Contact, CredentialId, MemberId, MemberState, NameCursor, Role, SessionId, SessionKind,
};
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::{credentials, members, sessions};
use crate::platform::db::{Db, Tx};

/// A session with the member it is of, as they stand now.
#[derive(Clone, Debug, Queryable)]
pub struct SessionRow {
    pub session_id: SessionId,
    pub created_at: UtcTime,
    pub last_seen_at: UtcTime,
    pub auth_time: UtcTime,
    pub member_id: MemberId,
    pub name: String,
    pub region: String,
    pub state: MemberState,
    pub neutral_titles: bool,
    pub moderator: bool,
    pub clinician: bool,
    pub admin: bool,
    pub member_since: UtcTime,
}

/// A registration that is neither revoked nor expired.
#[derive(Clone, Debug, Queryable)]
pub struct LiveCredential {
    pub id: CredentialId,
    pub register: String,
    pub number: String,
    pub expires_on: NaiveDate,
}

/// A new member.
#[derive(Insertable)]
#[diesel(table_name = members)]
pub struct NewMember<'a> {
    pub id: MemberId,
    pub name: &'a str,
    pub name_key: &'a str,
    pub email: &'a str,
    pub email_key: &'a str,
    pub password_hash: &'a str,
    pub region: &'a str,
    pub age_band: AgeBand,
    pub state: MemberState,
    pub contact: Contact,
    pub neutral_titles: bool,
    pub exposure_consent: bool,
    pub moderator: bool,
    pub clinician: bool,
    pub admin: bool,
    pub imported: bool,
    pub created_at: UtcTime,
    pub last_seen_at: UtcTime,
}

/// A member as the people page and their own account page show them.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = members)]
pub struct MemberRow {
    pub id: MemberId,
    pub name: String,
    pub email: String,
    pub region: String,
    pub state: MemberState,
    pub contact: Contact,
    pub neutral_titles: bool,
    pub moderator: bool,
    pub clinician: bool,
    pub admin: bool,
    pub created_at: UtcTime,
}

pub fn session(db: &mut Db, token_hash: &str, kind: SessionKind) -> QueryResult<Option<SessionRow>> {
    sessions::table
        .inner_join(members::table)
        .filter(sessions::token_hash.eq(token_hash))
        .filter(sessions::kind.eq(kind))
        .filter(sessions::revoked_at.is_null())
        .select((
            sessions::id,
            sessions::created_at,
            sessions::last_seen_at,
            sessions::auth_time,
            members::id,
            members::name,
            members::region,
            members::state,
            members::neutral_titles,
            members::moderator,
            members::clinician,
            members::admin,
            members::created_at,
        ))
        .first(db)
        .optional()
}

/// When the sessions of this member that nobody ended were opened and last used.
pub fn session_times(db: &mut Db, member: MemberId) -> QueryResult<Vec<(UtcTime, UtcTime)>> {
    sessions::table
        .filter(sessions::member_id.eq(member))
        .filter(sessions::revoked_at.is_null())
        .select((sessions::created_at, sessions::last_seen_at))
        .load(db)
}

pub fn insert_session(
    tx: &mut Tx,
    id: SessionId,
    hash: &str,
    kind: SessionKind,
    member: MemberId,
) -> QueryResult<usize> {
    let now = tx.now;
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(id),
            sessions::token_hash.eq(hash),
            sessions::kind.eq(kind),
            sessions::member_id.eq(member),
            sessions::created_at.eq(now),
            sessions::last_seen_at.eq(now),
            sessions::auth_time.eq(now),
        ))
        .execute(&mut **tx)
}

/// Notes activity. An ended session stays ended: the row must still be live.
pub fn touch(tx: &mut Tx, id: SessionId) -> QueryResult<()> {
    let now = tx.now;
    diesel::update(sessions::table.find(id).filter(sessions::revoked_at.is_null()))
        .set(sessions::last_seen_at.eq(now))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn revoke_session_by_id(tx: &mut Tx, id: SessionId) -> QueryResult<usize> {
    let now = tx.now;
    diesel::update(sessions::table.find(id).filter(sessions::revoked_at.is_null()))
        .set(sessions::revoked_at.eq(Some(now)))
        .execute(&mut **tx)
}

/// Ends every session of this member but one.
pub fn revoke_sessions_of(tx: &mut Tx, member: MemberId, except: Option<SessionId>) -> QueryResult<usize> {
    let now = tx.now;
    // No session has this id: it stands for none.
    let except = except.unwrap_or(SessionId(0));
    diesel::update(
        sessions::table
            .filter(sessions::member_id.eq(member))
            .filter(sessions::id.ne(except))
            .filter(sessions::revoked_at.is_null()),
    )
    .set(sessions::revoked_at.eq(Some(now)))
    .execute(&mut **tx)
}

pub fn insert_member(tx: &mut Tx, member: &NewMember) -> QueryResult<usize> {
    diesel::insert_into(members::table).values(member).execute(&mut **tx)
}

pub fn name_taken(db: &mut Db, name_key: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(members::table.filter(members::name_key.eq(name_key)))).get_result(db)
}

pub fn email_taken(db: &mut Db, email_key: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(members::table.filter(members::email_key.eq(email_key))))
        .get_result(db)
}

/// Id, password hash and state of the account with this address.
pub fn password_of(db: &mut Db, email_key: &str) -> QueryResult<Option<(MemberId, String, MemberState)>> {
    members::table
        .filter(members::email_key.eq(email_key))
        .select((members::id, members::password_hash, members::state))
        .first(db)
        .optional()
}

pub fn member(db: &mut Db, id: MemberId) -> QueryResult<Option<MemberRow>> {
    members::table.find(id).select(MemberRow::as_select()).first(db).optional()
}

pub fn member_by_name(db: &mut Db, name_key: &str) -> QueryResult<Option<MemberRow>> {
    members::table.filter(members::name_key.eq(name_key)).select(MemberRow::as_select()).first(db).optional()
}

/// The names of these members.
pub fn names_of(db: &mut Db, ids: Vec<MemberId>) -> QueryResult<HashMap<MemberId, String>> {
    let rows: Vec<(MemberId, String)> =
        members::table.filter(members::id.eq_any(ids)).select((members::id, members::name)).load(db)?;
    Ok(rows.into_iter().collect())
}

/// Everybody who runs the place.
pub fn admins(db: &mut Db) -> QueryResult<Vec<MemberId>> {
    members::table.filter(members::admin.eq(true)).select(members::id).load(db)
}

/// The registrations of these members that are not revoked, expired ones too.
pub fn registrations_of(
    db: &mut Db,
    ids: Vec<MemberId>,
) -> QueryResult<Vec<(MemberId, String, String, NaiveDate)>> {
    credentials::table
        .filter(credentials::member_id.eq_any(ids))
        .filter(credentials::revoked_at.is_null())
        .select((credentials::member_id, credentials::register, credentials::number, credentials::expires_on))
        .load(db)
}

/// By name, without the authors of what was imported. Starts after `after`.
pub fn people(db: &mut Db, after: Option<&NameCursor>, limit: i64) -> QueryResult<Vec<MemberRow>> {
    members::table
        .filter(members::imported.eq(false))
        .filter(members::name_key.gt(after.map_or("", NameCursor::key)))
        .order(members::name_key)
        .limit(limit)
        .select(MemberRow::as_select())
        .load(db)
}

/// Answers 0 where it was so already.
pub fn set_role(tx: &mut Tx, member: MemberId, role: Role, held: bool) -> QueryResult<usize> {
    let row = members::table.filter(members::id.eq(member));
    match role {
        Role::Member => Ok(0),
        Role::Moderator => diesel::update(row.filter(members::moderator.ne(held)))
            .set(members::moderator.eq(held))
            .execute(&mut **tx),
        Role::Clinician => diesel::update(row.filter(members::clinician.ne(held)))
            .set(members::clinician.eq(held))
            .execute(&mut **tx),
        Role::Admin => diesel::update(row.filter(members::admin.ne(held)))
            .set(members::admin.eq(held))
            .execute(&mut **tx),
    }
}

pub fn live_credential(
    db: &mut Db,
    member: MemberId,
    today: NaiveDate,
) -> QueryResult<Option<LiveCredential>> {
    credentials::table
        .filter(credentials::member_id.eq(member))
        .filter(credentials::revoked_at.is_null())
        .filter(credentials::expires_on.ge(today))
        .select((credentials::id, credentials::register, credentials::number, credentials::expires_on))
        .first(db)
        .optional()
}

/// Whether this credential stands today.
pub fn credential_stands(db: &mut Db, id: CredentialId, today: NaiveDate) -> QueryResult<bool> {
    let row = credentials::table
        .find(id)
        .filter(credentials::revoked_at.is_null())
        .filter(credentials::expires_on.ge(today));
    diesel::select(diesel::dsl::exists(row)).get_result(db)
}

pub fn registration_taken(db: &mut Db, register: &str, number: &str, except: MemberId) -> QueryResult<bool> {
    let row = credentials::table
        .filter(credentials::register.eq(register))
        .filter(credentials::number.eq(number))
        .filter(credentials::revoked_at.is_null())
        .filter(credentials::member_id.ne(except));
    diesel::select(diesel::dsl::exists(row)).get_result(db)
}

/// The same registration, valid for longer: signatures and marks under it go on.
pub fn renew_credential(
    tx: &mut Tx,
    member: MemberId,
    register: &str,
    number: &str,
    expires_on: NaiveDate,
) -> QueryResult<usize> {
    let same = credentials::table
        .filter(credentials::member_id.eq(member))
        .filter(credentials::register.eq(register))
        .filter(credentials::number.eq(number))
        .filter(credentials::revoked_at.is_null());
    diesel::update(same).set(credentials::expires_on.eq(expires_on)).execute(&mut **tx)
}

pub fn revoke_credentials(tx: &mut Tx, member: MemberId) -> QueryResult<usize> {
    let now = tx.now;
    diesel::update(
        credentials::table
            .filter(credentials::member_id.eq(member))
            .filter(credentials::revoked_at.is_null()),
    )
    .set(credentials::revoked_at.eq(Some(now)))
    .execute(&mut **tx)
}

pub fn insert_credential(
    tx: &mut Tx,
    member: MemberId,
    (register, number, expires_on): (&str, &str, NaiveDate),
    checked_by: Option<MemberId>,
) -> QueryResult<usize> {
    let (id, now) = (CredentialId::new(tx.ids, tx.now), tx.now);
    diesel::insert_into(credentials::table)
        .values((
            credentials::id.eq(id),
            credentials::member_id.eq(member),
            credentials::register.eq(register),
            credentials::number.eq(number),
            credentials::expires_on.eq(expires_on),
            credentials::checked_by.eq(checked_by),
            credentials::granted_at.eq(now),
        ))
        .execute(&mut **tx)
}

pub fn update_settings(
    tx: &mut Tx,
    id: MemberId,
    region: &str,
    contact: Contact,
    neutral: bool,
) -> QueryResult<usize> {
    diesel::update(members::table.find(id))
        .set((members::region.eq(region), members::contact.eq(contact), members::neutral_titles.eq(neutral)))
        .execute(&mut **tx)
}
