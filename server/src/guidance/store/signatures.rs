use diesel::prelude::*;

use super::articles::VersionRow;
use crate::accounts::{Clinician, CredentialId, MemberId};
use crate::guidance::stop::Stopping;
use crate::guidance::{SignatureId, StopId, VersionId};
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::{signatures, stops};
use crate::platform::db::{Db, Tx};

/// A name under exact text.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = signatures)]
pub struct SignatureRow {
    pub id: SignatureId,
    pub hash: String,
    pub signer_id: MemberId,
    pub credential_id: CredentialId,
    pub name: String,
    pub register: String,
    pub number: String,
    pub signed_at: UtcTime,
}

/// A stop that stands.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = stops)]
pub struct StopRow {
    pub id: StopId,
    pub stopped_by: MemberId,
    /// What readers see.
    pub reason: String,
    /// What was typed, where readers see something else.
    pub staff_reason: Option<String>,
    pub stopped_at: UtcTime,
    pub first_lifted_by: Option<MemberId>,
}

pub fn signatures_of(db: &mut Db, version: VersionId) -> QueryResult<Vec<SignatureRow>> {
    signatures::table
        .filter(signatures::version_id.eq(version))
        .order(signatures::place)
        .select(SignatureRow::as_select())
        .load(db)
}

pub fn insert_signature(
    tx: &mut Tx,
    id: SignatureId,
    version: &VersionRow,
    place: i32,
    clinician: &Clinician,
) -> QueryResult<usize> {
    let now = tx.now;
    diesel::insert_into(signatures::table)
        .values((
            signatures::id.eq(id),
            signatures::version_id.eq(version.id),
            signatures::hash.eq(&version.hash),
            signatures::place.eq(place),
            signatures::signer_id.eq(clinician.id()),
            signatures::credential_id.eq(clinician.credential.id),
            signatures::name.eq(clinician.name()),
            signatures::register.eq(&clinician.credential.register),
            signatures::number.eq(&clinician.credential.number),
            signatures::signed_at.eq(now),
        ))
        .execute(&mut **tx)
}

pub fn standing_stop(db: &mut Db, version: VersionId) -> QueryResult<Option<StopRow>> {
    stops::table
        .filter(stops::version_id.eq(version))
        .filter(stops::lifted_at.is_null())
        .select(StopRow::as_select())
        .first(db)
        .optional()
}

pub fn insert_stop(tx: &mut Tx, version: VersionId, by: MemberId, stopping: &Stopping) -> QueryResult<usize> {
    let (id, now) = (StopId::new(tx.ids, tx.now), tx.now);
    diesel::insert_into(stops::table)
        .values((
            stops::id.eq(id),
            stops::version_id.eq(version),
            stops::stopped_by.eq(by),
            stops::reason.eq(stopping.for_readers()),
            stops::staff_reason.eq(stopping.for_staff()),
            stops::stopped_at.eq(now),
        ))
        .execute(&mut **tx)
}

pub fn lift_first(tx: &mut Tx, stop: StopId, by: MemberId) -> QueryResult<usize> {
    let now = tx.now;
    diesel::update(stops::table.find(stop))
        .set((stops::first_lifted_by.eq(Some(by)), stops::first_lifted_at.eq(Some(now))))
        .execute(&mut **tx)
}

pub fn lift_second(tx: &mut Tx, stop: StopId, by: MemberId) -> QueryResult<usize> {
    let now = tx.now;
    diesel::update(stops::table.find(stop))
        .set((stops::second_lifted_by.eq(Some(by)), stops::lifted_at.eq(Some(now))))
        .execute(&mut **tx)
}
