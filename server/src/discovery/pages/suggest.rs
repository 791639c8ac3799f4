//! `/search/suggest`: what the script of a search box shows while somebody types.

use aftercare_frontend::pages::HitKind;
use aftercare_frontend::parts::{Suggestion, Suggestions};
use aftercare_search::Kind;
use poem::handler;
use poem::web::Query;
use serde::Deserialize;

use crate::accounts::{Caller, Viewer};
use crate::discovery::suggest;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;
use crate::support::pages as support;

#[derive(Deserialize)]
pub(crate) struct Typed {
    q: Option<String>,
    board: Option<String>,
}

#[handler]
pub(crate) async fn suggestions(caller: Caller<Viewer>, Query(typed): Query<Typed>) -> Result<Html, Refusal> {
    let board = typed.board.filter(|board| !board.is_empty());
    let suggested = suggest::suggest(&caller, typed.q.unwrap_or_default(), board).await?;
    let rows = suggested.findings.into_iter().filter_map(|finding| {
        let kind = match finding.kind {
            Kind::Thread => HitKind::Thread,
            Kind::Guidance => HitKind::Guidance,
            Kind::Glossary => HitKind::Glossary,
            Kind::Post => return None,
        };
        Some(Suggestion { kind: kind.label(), title: finding.title, url: finding.path })
    });
    let rows: Vec<Suggestion> = rows.collect();
    let app = caller.app.clone();
    let care = caller
        .read(move |_, viewer| {
            Ok(support::care_panels(&app, &suggested.needs, support::region_of(&app, viewer)))
        })
        .await?;
    Ok(Html::ok(Suggestions { rows, care }.to_string()))
}
