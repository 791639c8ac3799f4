//! `/me/posts`: everything that the member has written, with what has become of it.

use std::collections::HashMap;

use aftercare_frontend::pages::{MyPost, MyPosts, Page};
use poem::handler;
use poem::web::Query;

use super::rows::After;
use super::told::{self, Told};
use crate::accounts::{Caller, Member, Viewer};
use crate::app::App;
use crate::layout;
use crate::platform::db::Db;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;
use crate::threads::store::{self, OwnPost};
use crate::threads::{Cursor, PostState, ThreadId, read};

#[handler]
pub(crate) async fn show(caller: Caller<Member>, Query(after): Query<After>) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, member| {
            let found = read::own_posts(db, member, after.cursor())?;
            let titles = titles_of(db, member, found.rows.iter().map(|row| row.thread_id).collect())?;
            let told = Told::about_own(db, &found.rows)?;
            let post = |row: OwnPost| {
                let answered = || titles.get(&row.thread_id).map(|title| format!("Reply to: {title}"));
                let title = row.title.clone().or_else(answered);
                my_post(&app, member, &told, title, &row)
            };
            Ok(MyPosts {
                chrome: layout::chrome(db, &app, Some(member), &csrf, "/me/posts")?,
                posts: found.rows.into_iter().map(post).collect(),
                older: found.next.map(Cursor::encode).map(|next| format!("/me/posts?after={next}")),
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

/// The titles of these threads, as far as this member may read them.
pub(super) fn titles_of(
    db: &mut Db,
    member: &Member,
    ids: Vec<ThreadId>,
) -> Result<HashMap<ThreadId, String>, Refusal> {
    let rows = store::threads_by_id(db, &Viewer::of(member), ids)?;
    Ok(rows.into_iter().map(|row| (row.id, row.title)).collect())
}

fn my_post(app: &App, member: &Member, told: &Told, title: Option<String>, row: &OwnPost) -> MyPost {
    let state = told.state_of(row);
    let open = read::is_editable(row.state);
    MyPost {
        id: row.id.to_string(),
        url: match row.state {
            PostState::Public | PostState::Held => format!("/posts/{}", row.id),
            _ => "/me/drafts".to_owned(),
        },
        title: title.unwrap_or_else(|| format!("A reply in {}", row.board_name)),
        excerpt: layout::excerpt(&row.plain, 200),
        when: layout::moment(&app.schedule, row.created_at),
        state,
        expected: told::expected(app, state),
        reason: told.reason(row.id, state),
        can_edit: open && member.must_be_active().is_ok(),
        can_withdraw: open,
    }
}
