//! `/glossary`: the words that clinicians have explained, in order.

use aftercare_frontend::content::SanitizedHtml;
use aftercare_frontend::pages::{ExplainedWord, Glossary, Page};
use poem::handler;
use poem::web::Query;

use super::card;
use super::reader::AfterTitle;
use crate::accounts::{Caller, Viewer};
use crate::app::App;
use crate::guidance::TitleCursor;
use crate::guidance::read::{self, Signed};
use crate::layout;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;

/// Words of a page.
const ROWS: i64 = 100;

#[handler]
pub(crate) async fn glossary(
    caller: Caller<Viewer>,
    Query(query): Query<AfterTitle>,
) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, viewer| {
            let after = query.after.as_deref().and_then(TitleCursor::parse);
            let found = read::glossary(db, after, ROWS)?;
            Ok(Glossary {
                chrome: layout::chrome(db, &app, viewer.member(), &csrf, "/glossary")?,
                words: found.rows.into_iter().map(|signed| explained(&app, signed)).collect(),
                older: found.next.map(|next| format!("/glossary?after={}", next.encode())),
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

/// A word that was stopped stands there without its text: whoever read it before must learn of it.
fn explained(app: &App, signed: Signed) -> ExplainedWord {
    let is_overdue = signed.is_overdue(app.database.clock().now().date());
    let Signed { version, signatures, stop, .. } = signed;
    ExplainedWord {
        id: version.article_id.to_string(),
        other_names: version.other_names().unwrap_or_default(),
        html: if stop.is_some() { SanitizedHtml::default() } else { version.safe_html() },
        signers: card::signers(&app.schedule, signatures),
        review_due: layout::day(version.review_due),
        is_overdue,
        is_stopped: stop.is_some(),
        word: version.title,
    }
}
