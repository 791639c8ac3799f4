//! Guidance that can be attached to a text: what fits its words, then the rest of a small library.

use std::time::Duration;

use aftercare_frontend::pages::GuidanceOption;
use aftercare_search::{Kind, SuggestQuery, ViewerScope};
use chrono::NaiveDate;

use crate::app::App;
use crate::guidance::read::{self, Signed};
use crate::guidance::{ArticleId, VersionId, VersionState, store};
use crate::platform::db::Db;
use crate::platform::refusal::Refusal;

/// So many articles are offered: a moderator reads the list, not a catalogue.
const OFFERED: usize = 12;
/// A page of the library to fill the list from; some of it may be stopped or overdue.
const LIBRARY_ROWS: i64 = 50;
/// The desk must open while search is down.
const PATIENCE: Duration = Duration::from_millis(800);

/// The articles that fit a text best; none if search does not answer in time.
pub(super) async fn suggested(app: &App, text: String) -> Vec<ArticleId> {
    let viewer = ViewerScope::Anonymous;
    let query = SuggestQuery { text, kinds: vec![Kind::Guidance], viewer, top: OFFERED };
    match tokio::time::timeout(PATIENCE, app.search.suggest(query)).await {
        Ok(Ok(hits)) => {
            let article = |id: &str| id.strip_prefix("article:").and_then(ArticleId::parse);
            hits.hits.iter().filter_map(|hit| article(&hit.id)).collect()
        }
        Ok(Err(error)) => {
            tracing::warn!(%error, "no guidance is suggested at the desk");
            Vec::new()
        }
        Err(_) => {
            tracing::warn!("no guidance is suggested at the desk: search did not answer in time");
            Vec::new()
        }
    }
}

/// The options for the form. The index only proposes: each article is read again, and only what is verified today is offered.
pub(super) fn options(
    db: &mut Db,
    suggested: &[ArticleId],
    chosen: Option<VersionId>,
    today: NaiveDate,
) -> Result<Vec<GuidanceOption>, Refusal> {
    let mut articles = suggested.to_vec();
    if let Some(version) = chosen.map(|id| store::version(db, id)).transpose()?.flatten() {
        articles.insert(0, version.article_id);
    }
    if articles.len() < OFFERED {
        articles.extend(read::library(db, "", LIBRARY_ROWS)?.into_iter().map(|row| row.id));
    }
    let mut options: Vec<GuidanceOption> = Vec::new();
    for article in articles {
        if options.len() == OFFERED {
            break;
        }
        let id = article.to_string();
        if options.iter().any(|option| option.article == id) {
            continue;
        }
        match read::shown(db, article) {
            Ok(signed) if can_be_attached(&signed, today) => options.push(option(id, signed)),
            Ok(_) => {}
            Err(refusal) if refusal.code == "not_found" => {}
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(options)
}

fn can_be_attached(signed: &Signed, today: NaiveDate) -> bool {
    signed.version.state == VersionState::Verified && !signed.is_overdue(today)
}

fn option(article: String, signed: Signed) -> GuidanceOption {
    let names: Vec<&str> = signed.signatures.iter().map(|signature| signature.name.as_str()).collect();
    GuidanceOption {
        version: signed.version.id.to_string(),
        article,
        signed: format!("signed by {}", names.join(" and ")),
        title: signed.version.title,
    }
}
