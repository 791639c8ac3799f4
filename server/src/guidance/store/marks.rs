//! What lists say of guidance: which threads carry it, which hold a verified statement, who signed a version.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::guidance::{VersionId, VersionState};
use crate::platform::db::Db;
use crate::platform::db::schema::{
    article_versions, attachments, credentials, posts, signatures, verified_statements,
};
use crate::threads::ThreadId;

/// Of these threads, the ones with guidance under a public post that was not stopped.
pub fn threads_with_guidance(db: &mut Db, ids: &[ThreadId]) -> QueryResult<HashSet<ThreadId>> {
    let found: Vec<ThreadId> = attachments::table
        .inner_join(posts::table.on(posts::id.eq(attachments::post_id)))
        .inner_join(article_versions::table.on(article_versions::id.eq(attachments::version_id)))
        .filter(attachments::thread_id.eq_any(ids))
        .filter(posts::published_revision_id.is_not_null())
        .filter(article_versions::state.ne(VersionState::Stopped))
        .select(attachments::thread_id)
        .distinct()
        .load(db)?;
    Ok(found.into_iter().collect())
}

/// Of these threads, the ones with a mark that holds today.
pub fn threads_with_statements(
    db: &mut Db,
    ids: &[ThreadId],
    today: NaiveDate,
) -> QueryResult<HashSet<ThreadId>> {
    let found: Vec<ThreadId> = verified_statements::table
        .inner_join(posts::table.on(posts::id.eq(verified_statements::post_id)))
        .inner_join(credentials::table.on(credentials::id.eq(verified_statements::credential_id)))
        .filter(verified_statements::thread_id.eq_any(ids))
        .filter(posts::published_revision_id.eq(verified_statements::revision_id.nullable()))
        .filter(credentials::revoked_at.is_null())
        .filter(credentials::expires_on.ge(today))
        .select(verified_statements::thread_id)
        .distinct()
        .load(db)?;
    Ok(found.into_iter().collect())
}

/// The names under each of these versions, in the order of signing.
pub fn signer_names(db: &mut Db, versions: &[VersionId]) -> QueryResult<HashMap<VersionId, Vec<String>>> {
    let rows: Vec<(VersionId, String)> = signatures::table
        .filter(signatures::version_id.eq_any(versions))
        .order(signatures::place)
        .select((signatures::version_id, signatures::name))
        .load(db)?;
    let mut names: HashMap<VersionId, Vec<String>> = HashMap::new();
    for (version, name) in rows {
        names.entry(version).or_default().push(name);
    }
    Ok(names)
}
