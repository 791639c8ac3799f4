use std::collections::HashMap;

use aftercare_frontend::content::SanitizedHtml;
use chrono::NaiveDate;
use diesel::prelude::*;

use crate::accounts::MemberId;
use crate::guidance::{ArticleId, Drafted, SignatureId, Source, TitleCursor, VersionId, VersionState};
use crate::platform::clock::UtcTime;
use crate::platform::db::schema::{article_sources, article_versions, articles};
use crate::platform::db::{Db, Tx};
use crate::platform::refusal::Refusal;
use crate::screening::store::Kept;

/// One version of an article.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = article_versions)]
pub struct VersionRow {
    pub id: VersionId,
    pub article_id: ArticleId,
    pub number: i32,
    pub author_id: MemberId,
    pub title: String,
    pub source: String,
    pub html: String,
    pub plain: String,
    pub review_due: NaiveDate,
    pub hash: String,
    /// What the rules said of it, frozen.
    pub verdict: String,
    pub state: VersionState,
    pub verified_at: Option<UtcTime>,
    pub created_at: UtcTime,
    /// Set for a word of the glossary.
    other_names: Option<String>,
}

impl VersionRow {
    /// The stored rendering.
    pub fn safe_html(&self) -> SanitizedHtml {
        SanitizedHtml::from_store(self.html.clone())
    }

    /// What else the word is called that this explains; an article explains none.
    pub fn other_names(&self) -> Option<Vec<String>> {
        self.other_names.as_deref().map(names_in)
    }
}

/// Names as they are kept, one a line.
pub fn names_in(kept: &str) -> Vec<String> {
    kept.lines().map(str::to_owned).collect()
}

/// An article in a list.
#[derive(Clone, Debug, Queryable)]
pub struct ArticleSummary {
    pub id: ArticleId,
    pub version_id: VersionId,
    pub number: i32,
    pub title: String,
    pub plain: String,
    pub state: VersionState,
    pub review_due: NaiveDate,
}

pub fn insert_article(
    tx: &mut Tx,
    id: ArticleId,
    version: VersionId,
    author: MemberId,
) -> QueryResult<usize> {
    let now = tx.now;
    diesel::insert_into(articles::table)
        .values((
            articles::id.eq(id),
            articles::latest_version_id.eq(version),
            articles::created_by.eq(author),
            articles::version.eq(1),
            articles::created_at.eq(now),
        ))
        .execute(&mut **tx)
}

pub fn insert_version(
    tx: &mut Tx,
    id: VersionId,
    article: ArticleId,
    number: i32,
    author: MemberId,
    text: &Drafted,
) -> Result<(), Refusal> {
    let verdict = serde_json::to_string(&text.verdict).map_err(Refusal::internal)?;
    let now = tx.now;
    diesel::insert_into(article_versions::table)
        .values((
            article_versions::id.eq(id),
            article_versions::article_id.eq(article),
            article_versions::number.eq(number),
            article_versions::author_id.eq(author),
            article_versions::title.eq(text.title.as_str()),
            article_versions::source.eq(&text.source),
            article_versions::html.eq(text.rendered.html.as_str()),
            article_versions::plain.eq(&text.rendered.text),
            article_versions::renderer.eq(text.renderer),
            article_versions::review_due.eq(text.review_due),
            article_versions::hash.eq(&text.hash),
            article_versions::action.eq(Kept(text.verdict.action)),
            article_versions::verdict.eq(verdict),
            article_versions::state.eq(VersionState::Draft),
            article_versions::created_at.eq(now),
            article_versions::other_names.eq(text.other_names.as_ref().map(|names| names.join("\n"))),
        ))
        .execute(&mut **tx)?;
    for (position, source) in (0_i32..).zip(&text.sources) {
        diesel::insert_into(article_sources::table)
            .values((
                article_sources::version_id.eq(id),
                article_sources::position.eq(position),
                article_sources::title.eq(&source.title),
                article_sources::publisher.eq(&source.publisher),
                article_sources::url.eq(&source.url),
                article_sources::published.eq(&source.published),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

pub fn version(db: &mut Db, id: VersionId) -> QueryResult<Option<VersionRow>> {
    article_versions::table.find(id).select(VersionRow::as_select()).first(db).optional()
}

pub fn latest_version(db: &mut Db, article: ArticleId) -> QueryResult<Option<VersionRow>> {
    articles::table
        .inner_join(article_versions::table.on(article_versions::id.eq(articles::latest_version_id)))
        .filter(articles::id.eq(article))
        .select(VersionRow::as_select())
        .first(db)
        .optional()
}

/// The version that readers see, verified or stopped; none before the first two signatures.
pub fn shown_version(db: &mut Db, article: ArticleId) -> QueryResult<Option<VersionRow>> {
    articles::table
        .inner_join(
            article_versions::table.on(article_versions::id.nullable().eq(articles::verified_version_id)),
        )
        .filter(articles::id.eq(article))
        .select(VersionRow::as_select())
        .first(db)
        .optional()
}

/// Every version, newest first.
pub fn versions_of(db: &mut Db, article: ArticleId) -> QueryResult<Vec<VersionRow>> {
    article_versions::table
        .filter(article_versions::article_id.eq(article))
        .order(article_versions::number.desc())
        .select(VersionRow::as_select())
        .load(db)
}

/// Article, number and title of these versions.
pub fn titles_of(
    db: &mut Db,
    ids: Vec<VersionId>,
) -> QueryResult<HashMap<VersionId, (ArticleId, i32, String)>> {
    let rows: Vec<(VersionId, ArticleId, i32, String)> = article_versions::table
        .filter(article_versions::id.eq_any(ids))
        .select((
            article_versions::id,
            article_versions::article_id,
            article_versions::number,
            article_versions::title,
        ))
        .load(db)?;
    Ok(rows.into_iter().map(|(id, article, number, title)| (id, (article, number, title))).collect())
}

pub fn sources_of(db: &mut Db, version: VersionId) -> QueryResult<Vec<Source>> {
    let rows: Vec<(String, String, String, String)> = article_sources::table
        .filter(article_sources::version_id.eq(version))
        .order(article_sources::position)
        .select((
            article_sources::title,
            article_sources::publisher,
            article_sources::url,
            article_sources::published,
        ))
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|(title, publisher, url, published)| Source { title, publisher, url, published })
        .collect())
}

pub fn set_latest(tx: &mut Tx, article: ArticleId, version: VersionId) -> QueryResult<usize> {
    diesel::update(articles::table.find(article))
        .set(articles::latest_version_id.eq(version))
        .execute(&mut **tx)
}

/// Shows this version to readers; answers the article's raised version number for the index.
pub fn show_version(tx: &mut Tx, article: ArticleId, version: VersionId) -> QueryResult<i64> {
    diesel::update(articles::table.find(article))
        .set(articles::verified_version_id.eq(Some(version)))
        .execute(&mut **tx)?;
    raise(tx, article)
}

pub fn raise(tx: &mut Tx, article: ArticleId) -> QueryResult<i64> {
    diesel::update(articles::table.find(article))
        .set(articles::version.eq(articles::version + 1))
        .execute(&mut **tx)?;
    articles::table.find(article).select(articles::version).first(&mut **tx)
}

pub fn index_version(db: &mut Db, article: ArticleId) -> QueryResult<Option<i64>> {
    articles::table.find(article).select(articles::version).first(db).optional()
}

pub fn set_state(tx: &mut Tx, version: VersionId, state: VersionState) -> QueryResult<usize> {
    diesel::update(article_versions::table.find(version))
        .set(article_versions::state.eq(state))
        .execute(&mut **tx)
}

/// A draft that a newer one replaced is closed for signatures; a verified version stays what it is.
pub fn retire_draft(tx: &mut Tx, version: VersionId) -> QueryResult<usize> {
    let open = article_versions::state
        .eq(VersionState::Draft)
        .or(article_versions::state.eq(VersionState::InReview));
    diesel::update(article_versions::table.find(version).filter(open))
        .set(article_versions::state.eq(VersionState::Superseded))
        .execute(&mut **tx)
}

pub fn set_first_signature(tx: &mut Tx, version: &VersionRow, signature: SignatureId) -> QueryResult<usize> {
    diesel::update(article_versions::table.find(version.id))
        .set((
            article_versions::state.eq(VersionState::InReview),
            article_versions::first_signature_id.eq(Some(signature)),
        ))
        .execute(&mut **tx)
}

pub fn set_verified(tx: &mut Tx, version: &VersionRow, second: SignatureId) -> QueryResult<usize> {
    let now = tx.now;
    diesel::update(article_versions::table.find(version.id))
        .set((
            article_versions::state.eq(VersionState::Verified),
            article_versions::second_signature_id.eq(Some(second)),
            article_versions::verified_at.eq(Some(now)),
        ))
        .execute(&mut **tx)
}

/// Earlier verified versions give way; stopped ones stay stopped, for the posts that carry them.
pub fn supersede_others(tx: &mut Tx, version: &VersionRow) -> QueryResult<usize> {
    let others = article_versions::table
        .filter(article_versions::article_id.eq(version.article_id))
        .filter(article_versions::id.ne(version.id))
        .filter(article_versions::state.eq(VersionState::Verified));
    diesel::update(others).set(article_versions::state.eq(VersionState::Superseded)).execute(&mut **tx)
}

#[diesel::dsl::auto_type]
fn summary() -> _ {
    (
        articles::id,
        article_versions::id,
        article_versions::number,
        article_versions::title,
        article_versions::plain,
        article_versions::state,
        article_versions::review_due,
    )
}

/// Articles that everybody may read, by title. Starts after `after`.
pub fn library(db: &mut Db, after: Option<TitleCursor>, rows: i64) -> QueryResult<Vec<ArticleSummary>> {
    let mut all = articles::table
        .inner_join(
            article_versions::table.on(article_versions::id.nullable().eq(articles::verified_version_id)),
        )
        .filter(article_versions::other_names.is_null())
        .into_boxed();
    if let Some(TitleCursor { title, id }) = after {
        all = all
            .filter(article_versions::title.ge(title.clone()))
            .filter(article_versions::title.gt(title).or(articles::id.gt(id)));
    }
    all.order((article_versions::title, articles::id)).limit(rows).select(summary()).load(db)
}

/// Words of the glossary that everybody may read, likewise.
pub fn glossary(db: &mut Db, after: Option<TitleCursor>, rows: i64) -> QueryResult<Vec<VersionRow>> {
    let mut all = articles::table
        .inner_join(
            article_versions::table.on(article_versions::id.nullable().eq(articles::verified_version_id)),
        )
        .filter(article_versions::other_names.is_not_null())
        .into_boxed();
    if let Some(TitleCursor { title, id }) = after {
        all = all
            .filter(article_versions::title.ge(title.clone()))
            .filter(article_versions::title.gt(title).or(articles::id.gt(id)));
    }
    all.order((article_versions::title, articles::id)).limit(rows).select(VersionRow::as_select()).load(db)
}
