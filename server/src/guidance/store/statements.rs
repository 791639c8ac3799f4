use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::accounts::{Clinician, MemberId};
use crate::guidance::StatementId;
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::{credentials, posts, verified_statements};
use crate::platform::db::{Db, Tx};
use crate::threads::store::PostRow;
use crate::threads::{PostId, RevisionId, ThreadId};

/// A general statement that a clinician stands behind.
#[derive(Clone, Debug, Queryable)]
pub struct StatementRow {
    pub post_id: PostId,
    pub passage: String,
    pub name: String,
    pub register: String,
    pub number: String,
    pub verified_at: UtcTime,
}

/// The marks of a thread that hold today: the revision is the published one, and the registration stands.
pub fn statements_of(db: &mut Db, thread: ThreadId, today: NaiveDate) -> QueryResult<Vec<StatementRow>> {
    verified_statements::table
        .inner_join(posts::table.on(posts::id.eq(verified_statements::post_id)))
        .inner_join(credentials::table.on(credentials::id.eq(verified_statements::credential_id)))
        .filter(verified_statements::thread_id.eq(thread))
        .filter(posts::published_revision_id.eq(verified_statements::revision_id.nullable()))
        .filter(credentials::revoked_at.is_null())
        .filter(credentials::expires_on.ge(today))
        .order((verified_statements::verified_at, verified_statements::id))
        .select((
            verified_statements::post_id,
            verified_statements::passage,
            verified_statements::name,
            verified_statements::register,
            verified_statements::number,
            verified_statements::verified_at,
        ))
        .load(db)
}

/// Whether a mark holds on this wording.
pub fn is_verified(db: &mut Db, revision: RevisionId, today: NaiveDate) -> QueryResult<bool> {
    Ok(!verified_among(db, &[revision], today)?.is_empty())
}

/// Of these wordings, the ones on which a mark holds.
pub fn verified_among(
    db: &mut Db,
    revisions: &[RevisionId],
    today: NaiveDate,
) -> QueryResult<Vec<RevisionId>> {
    verified_statements::table
        .inner_join(credentials::table.on(credentials::id.eq(verified_statements::credential_id)))
        .filter(verified_statements::revision_id.eq_any(revisions))
        .filter(credentials::revoked_at.is_null())
        .filter(credentials::expires_on.ge(today))
        .select(verified_statements::revision_id)
        .distinct()
        .load(db)
}

pub fn has_verified(db: &mut Db, revision: RevisionId, clinician: MemberId) -> QueryResult<bool> {
    let mark = verified_statements::table
        .filter(verified_statements::revision_id.eq(revision))
        .filter(verified_statements::clinician_id.eq(clinician));
    diesel::select(exists(mark)).get_result(db)
}

pub fn insert_statement(
    tx: &mut Tx,
    post: &PostRow,
    passage: &str,
    clinician: &Clinician,
) -> QueryResult<StatementId> {
    let (id, now) = (StatementId::new(tx.ids, tx.now), tx.now);
    diesel::insert_into(verified_statements::table)
        .values((
            verified_statements::id.eq(id),
            verified_statements::post_id.eq(post.id),
            verified_statements::thread_id.eq(post.thread_id),
            verified_statements::revision_id.eq(post.revision_id),
            verified_statements::revision_hash.eq(&post.revision_hash),
            verified_statements::passage.eq(passage),
            verified_statements::clinician_id.eq(clinician.id()),
            verified_statements::credential_id.eq(clinician.credential.id),
            verified_statements::name.eq(clinician.name()),
            verified_statements::register.eq(&clinician.credential.register),
            verified_statements::number.eq(&clinician.credential.number),
            verified_statements::verified_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(id)
}
