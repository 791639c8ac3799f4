//! `/desk/looked-for`: what people look for in vain.

use aftercare_frontend::pages::{DeskLookedFor, LookedForRow, Page};
use poem::handler;

use crate::accounts::{Caller, Member};
use crate::discovery::looked_for::{self as act, LookedFor};
use crate::layout;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;

#[handler]
pub(crate) async fn in_vain(caller: Caller<Member>) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, member| {
            let row = |row: LookedFor| LookedForRow {
                words: row.words,
                people: row.people.to_string(),
                week: layout::day(row.week),
            };
            let rows = act::report(db, member, app.database.clock().now())?;
            Ok(DeskLookedFor {
                chrome: layout::chrome(db, &app, Some(member), &csrf, "/desk/looked-for")?,
                rows: rows.into_iter().map(row).collect(),
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}
