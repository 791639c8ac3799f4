//! `/desk/guidance`: every article with the state of its latest version.

use std::collections::HashMap;

use aftercare_frontend::pages::{DeskGuidance, DeskTab, GuidanceRow, Page};
use poem::handler;
use poem::web::Query;
use serde::Deserialize;

use super::state;
use crate::accounts::{Caller, Member};
use crate::app::App;
use crate::guidance::store::{self, DeskRow};
use crate::guidance::{VersionId, read, write};
use crate::layout;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;
use crate::review::pages::tabs;
use crate::threads::Cursor;

#[derive(Deserialize)]
pub(crate) struct Asked {
    after: Option<String>,
}

/// The articles, last changed first.
#[handler]
pub(crate) async fn list(caller: Caller<Member>, Query(asked): Query<Asked>) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let after = asked.after.as_deref().and_then(Cursor::parse);
    let page = caller
        .read(move |db, member| {
            write::must_be_staff(member)?;
            let found = read::all(db, after)?;
            let versions = found.rows.iter().map(|row| row.version_id).collect();
            let signed = store::signature_counts(db, versions)?;
            Ok(DeskGuidance {
                chrome: layout::chrome(db, &app, Some(member), &csrf, "/desk/guidance")?,
                tabs: tabs(db, member, DeskTab::Guidance, app.database.clock().now())?,
                sees_looked_for: member.is_clinician() || member.is_admin(),
                rows: found.rows.into_iter().map(|article| row(&app, &signed, article)).collect(),
                older: found.next.map(|next| format!("/desk/guidance?after={}", next.encode())),
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

fn row(app: &App, signed: &HashMap<VersionId, i64>, article: DeskRow) -> GuidanceRow {
    let overdue = article.review_due < app.database.clock().now().date();
    GuidanceRow {
        id: article.id.to_string(),
        title: article.title,
        state: state(article.state, overdue),
        version: u32::try_from(article.number).unwrap_or(0),
        author: article.author,
        signatures: match signed.get(&article.version_id) {
            None => "no signatures".to_owned(),
            Some(count) => format!("{count} of 2 signatures"),
        },
        review_due: layout::day(article.review_due),
        changed: layout::moment(&app.schedule, article.created_at),
    }
}
