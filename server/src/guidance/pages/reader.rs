//! `/guidance`: everything that clinicians have signed; `/guidance/{id}`: one article.

use aftercare_frontend::content::SanitizedHtml;
use aftercare_frontend::pages::{GuidanceArticle, GuidanceLibrary, LibraryRow, Page, VersionRow};
use poem::handler;
use poem::web::{Path, Query};
use serde::Deserialize;

use super::card;
use crate::accounts::{Caller, Viewer};
use crate::app::App;
use crate::guidance::read::{self, Signed};
use crate::guidance::store::{self, ArticleSummary};
use crate::guidance::{ArticleId, TitleCursor, VersionId, VersionState};
use crate::layout;
use crate::platform::db::Db;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;

/// Articles of a page.
const ROWS: i64 = 50;

#[derive(Deserialize)]
pub(crate) struct AfterTitle {
    pub(super) after: Option<String>,
}

#[handler]
pub(crate) async fn library(
    caller: Caller<Viewer>,
    Query(query): Query<AfterTitle>,
) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, viewer| {
            let after = query.after.as_deref().and_then(TitleCursor::parse);
            let found = read::library(db, after, ROWS)?;
            Ok(GuidanceLibrary {
                chrome: layout::chrome(db, &app, viewer.member(), &csrf, "/guidance")?,
                rows: library_rows(db, found.rows)?,
                older: found.next.map(|next| format!("/guidance?after={}", next.encode())),
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

fn library_rows(db: &mut Db, rows: Vec<ArticleSummary>) -> Result<Vec<LibraryRow>, Refusal> {
    let versions: Vec<VersionId> = rows.iter().map(|row| row.version_id).collect();
    let mut names = store::signer_names(db, &versions)?;
    let row = |row: ArticleSummary| {
        let is_stopped = row.state == VersionState::Stopped;
        LibraryRow {
            id: row.id.to_string(),
            title: row.title,
            lead: if is_stopped { String::new() } else { layout::excerpt(&row.plain, 200) },
            signed_by: names.remove(&row.version_id).unwrap_or_default().join(" and "),
            review_due: layout::day(row.review_due),
            is_stopped,
        }
    };
    Ok(rows.into_iter().map(row).collect())
}

#[handler]
pub(crate) async fn show(caller: Caller<Viewer>, Path(id): Path<String>) -> Result<Html, Refusal> {
    let article = ArticleId::parse(&id).ok_or_else(Refusal::not_found)?;
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, viewer| {
            let chrome = layout::chrome(db, &app, viewer.member(), &csrf, format!("/guidance/{article}"))?;
            let signed = read::shown(db, article)?;
            let overdue = signed.is_overdue(app.database.clock().now().date());
            let history = history(db, &app, &signed)?;
            let Signed { version, signatures, sources, stop } = signed;
            let stopped = match &stop {
                Some(row) => Some(card::stop_of(db, &app.schedule, row)?),
                None => None,
            };
            Ok(GuidanceArticle {
                chrome,
                id: article.to_string(),
                version: u32::try_from(version.number).unwrap_or(0),
                other_names: version.other_names(),
                html: if stopped.is_some() { SanitizedHtml::default() } else { version.safe_html() },
                signers: card::signers(&app.schedule, signatures),
                sources: card::sources(sources),
                review_due: layout::day(version.review_due),
                overdue,
                stopped,
                history,
                title: version.title,
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

/// What readers may know of the past: versions that were verified, and a stop that stands. Drafts are the desk's.
fn history(db: &mut Db, app: &App, signed: &Signed) -> Result<Vec<VersionRow>, Refusal> {
    let mut rows = Vec::new();
    if let Some(stop) = &signed.stop {
        let stop = card::stop_of(db, &app.schedule, stop)?;
        rows.push(VersionRow { what: format!("Stopped by {}", stop.by), when: stop.on });
    }
    let versions = store::versions_of(db, signed.version.article_id)?;
    let ids: Vec<VersionId> = versions.iter().map(|version| version.id).collect();
    let mut names = store::signer_names(db, &ids)?;
    for version in versions {
        let Some(at) = version.verified_at else { continue };
        let by = names.remove(&version.id).unwrap_or_default().join(" and ");
        let what = format!("Version {} signed by {by}", version.number);
        rows.push(VersionRow { when: layout::day_of(&app.schedule, at), what });
    }
    Ok(rows)
}
