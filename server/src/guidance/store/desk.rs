//! Articles as the desk lists them: with author and signatures, whatever their state.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::guidance::{ArticleId, VersionId, VersionState};
use crate::platform::clock::UtcTime;
use crate::platform::db::Db;
use crate::platform::db::schema::{article_versions, articles, members, signatures};
use crate::threads::Cursor;

/// An article's latest version in the list of the desk.
#[derive(Clone, Debug, Queryable)]
pub struct DeskRow {
    pub id: ArticleId,
    pub version_id: VersionId,
    pub number: i32,
    pub title: String,
    pub state: VersionState,
    pub review_due: NaiveDate,
    pub created_at: UtcTime,
    pub author: String,
}

/// Every article, last changed first. Starts after `after`.
pub fn desk_articles(db: &mut Db, after: Option<Cursor>, rows: i64) -> QueryResult<Vec<DeskRow>> {
    let mut all = articles::table
        .inner_join(article_versions::table.on(article_versions::id.eq(articles::latest_version_id)))
        .inner_join(members::table.on(members::id.eq(article_versions::author_id)))
        .into_boxed();
    if let Some(cursor) = after {
        all = all
            .filter(article_versions::created_at.le(cursor.at))
            .filter(article_versions::created_at.lt(cursor.at).or(articles::id.lt(ArticleId(cursor.id))));
    }
    all.order((article_versions::created_at.desc(), articles::id.desc()))
        .limit(rows)
        .select((
            articles::id,
            article_versions::id,
            article_versions::number,
            article_versions::title,
            article_versions::state,
            article_versions::review_due,
            article_versions::created_at,
            members::name,
        ))
        .load(db)
}

/// How many articles have a latest version that is open for signatures, counted no further than `most`.
pub fn count_open_for_signatures(db: &mut Db, most: i64) -> QueryResult<usize> {
    let open = [VersionState::Draft, VersionState::InReview];
    let rows: Vec<ArticleId> = articles::table
        .inner_join(article_versions::table.on(article_versions::id.eq(articles::latest_version_id)))
        .filter(article_versions::state.eq_any(open))
        .limit(most)
        .select(articles::id)
        .load(db)?;
    Ok(rows.len())
}

/// How many have signed each of these versions.
pub fn signature_counts(db: &mut Db, versions: Vec<VersionId>) -> QueryResult<HashMap<VersionId, i64>> {
    let rows: Vec<(VersionId, i64)> = signatures::table
        .filter(signatures::version_id.eq_any(versions))
        .group_by(signatures::version_id)
        .select((signatures::version_id, count_star()))
        .load(db)?;
    Ok(rows.into_iter().collect())
}
