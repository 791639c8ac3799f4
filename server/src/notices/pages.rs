//! `/me/notices`: what the member was told.

use std::collections::HashMap;

use aftercare_frontend::pages::{MyNotices, Notice, Page};
use poem::web::Query;
use poem::{Response, handler};

use super::NoticeKind;
use super::store::{self, NoticeRow};
use crate::accounts::{Caller, Member, Viewer};
use crate::app::App;
use crate::layout;
use crate::platform::db::Db;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;
use crate::threads::pages::rows::After;
use crate::threads::store as threads;
use crate::threads::{PostId, ThreadId};

#[handler]
pub(crate) async fn notices(caller: Caller<Member>, Query(after): Query<After>) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, member| {
            let found = super::page(db, member, after.cursor())?;
            let titles = titles_of(db, member, &found.rows)?;
            Ok(MyNotices {
                chrome: layout::chrome(db, &app, Some(member), &csrf, "/me/notices")?,
                notices: found.rows.into_iter().map(|row| notice(&app, &titles, row)).collect(),
                older: found.next.map(|next| format!("/me/notices?after={}", next.encode())),
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

/// The titles of the threads that the notices are about, as far as the member may read them, by post.
fn titles_of(db: &mut Db, member: &Member, rows: &[NoticeRow]) -> Result<HashMap<PostId, String>, Refusal> {
    let viewer = Viewer::of(member);
    let posts = threads::posts_by_id(db, &viewer, rows.iter().filter_map(|row| row.post_id).collect())?;
    let rows = threads::threads_by_id(db, &viewer, posts.iter().map(|post| post.thread_id).collect())?;
    let titles: HashMap<ThreadId, String> = rows.into_iter().map(|row| (row.id, row.title)).collect();
    Ok(posts.iter().filter_map(|post| Some((post.id, titles.get(&post.thread_id)?.clone()))).collect())
}

fn notice(app: &App, titles: &HashMap<PostId, String>, row: NoticeRow) -> Notice {
    let title = row.post_id.and_then(|post| titles.get(&post));
    let text = match (row.kind, title) {
        (NoticeKind::Reply, Some(title)) => format!("Somebody replied in “{title}”."),
        _ => row.body,
    };
    let url = match (row.kind, row.post_id) {
        (NoticeKind::Rule, _) => "/admin/rules".to_owned(),
        (NoticeKind::Refused, _) | (_, None) => "/me/drafts".to_owned(),
        (NoticeKind::ChangesAsked, Some(post)) => format!("/posts/{post}/edit"),
        (NoticeKind::Reply | NoticeKind::Published | NoticeKind::Guidance, Some(post)) => {
            format!("/posts/{post}")
        }
    };
    Notice { text, url, when: layout::moment(&app.schedule, row.created_at), unread: row.read_at.is_none() }
}

#[handler]
pub(crate) async fn mark_read(caller: Caller<Member>, form: Form) -> Result<Response, Refusal> {
    form.0.finish(Some(()))?;
    caller
        .write(|tx, member| {
            store::mark_all_read(tx, member.id())?;
            Ok(())
        })
        .await?;
    Ok(see_other("/me/notices"))
}
