//! `/me/notices`: what the member was told.

use aftercare_frontend::pages::{MyNotices, Notice, Page};
use poem::{Response, handler};

use super::store::{self, NoticeRow};
use super::NoticeKind;
use crate::accounts::{Caller, Member};
use crate::app::App;
use crate::layout;
use crate::platform::http::{Html, see_other};
use crate::platform::refusal::Refusal;

/// Older ones are not shown; what they were about stands in the posts themselves.
const ROWS: i64 = 100;

#[handler]
pub(crate) async fn notices(caller: Caller<Member>) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, member| {
            let rows = store::notices_of(db, member.id(), ROWS)?;
            Ok(MyNotices {
                chrome: layout::chrome(db, &app, Some(member), &csrf, "/me/notices")?,
                notices: rows.into_iter().map(|row| notice(&app, row)).collect(),
                older: None,
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

fn notice(app: &App, row: NoticeRow) -> Notice {
    let url = match (row.kind, row.post_id) {
        (NoticeKind::Refused, _) | (_, None) => "/me/drafts".to_owned(),
        (NoticeKind::ChangesAsked, Some(post)) => format!("/posts/{post}/edit"),
        (NoticeKind::Reply | NoticeKind::Published, Some(post)) => format!("/posts/{post}"),
    };
    Notice {
        text: row.body,
        url,
        when: layout::moment(&app.schedule, row.created_at),
        unread: row.read_at.is_none(),
    }
}

#[handler]
pub(crate) async fn mark_read(caller: Caller<Member>) -> Result<Response, Refusal> {
    caller
        .write(|tx, member| {
            store::mark_all_read(tx, member.id())?;
            Ok(())
        })
        .await?;
    Ok(see_other("/me/notices"))
}
