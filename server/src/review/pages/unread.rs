//! `/desk/unread`: public posts that nobody of staff has read yet.

use aftercare_frontend::pages::{DeskTab, DeskUnread, Page, UnreadPost};
use aftercare_frontend::parts::BoardLink;
use poem::web::{Path, Query};
use poem::{Response, handler};
use serde::Deserialize;

use super::tabs;
use crate::accounts::{Caller, Moderator, Viewer};
use crate::app::App;
use crate::layout;
use crate::platform::db::Db;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;
use crate::review::{queue, read};
use crate::threads::pages::post_card;
use crate::threads::store::{self as threads, PostRow};
use crate::threads::{Cursor, RevisionId};

#[derive(Deserialize)]
pub(crate) struct Asked {
    after: Option<String>,
}

/// The second list, oldest first.
#[handler]
pub(crate) async fn unread(caller: Caller<Moderator>, Query(asked): Query<Asked>) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let after = asked.after.as_deref().and_then(Cursor::parse);
    let page = caller
        .read(move |db, moderator| {
            let now = app.database.clock().now();
            let found = queue::unread(db, after)?;
            let viewer = Viewer::of(moderator);
            let posts = found.rows.into_iter().map(|post| row(db, &app, &viewer, post));
            Ok(DeskUnread {
                posts: posts.collect::<Result<_, _>>()?,
                chrome: layout::chrome(db, &app, Some(moderator), &csrf, "/desk/unread")?,
                tabs: tabs(db, moderator, DeskTab::Unread, now)?,
                older: found.next.map(|next| format!("/desk/unread?after={}", next.encode())),
                csrf,
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

/// Notes that one has read a wording.
#[handler]
pub(crate) async fn mark_read(
    caller: Caller<Moderator>,
    Path(revision): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let revision = RevisionId::parse(&revision).ok_or_else(Refusal::not_found)?;
    form.0.finish(Some(()))?;
    caller.write(move |tx, moderator| read::mark_read(tx, moderator, revision)).await?;
    Ok(see_other("/desk/unread"))
}

fn row(db: &mut Db, app: &App, viewer: &Viewer, post: PostRow) -> Result<UnreadPost, Refusal> {
    let thread = threads::thread(db, viewer, post.thread_id)?.ok_or_else(Refusal::not_found)?;
    Ok(UnreadPost {
        revision: post.revision_id.to_string(),
        post: post.id.to_string(),
        url: format!("/posts/{}", post.id),
        title: if post.title.is_some() { thread.title } else { format!("Re: {}", thread.title) },
        author: post_card::author(&post),
        board: BoardLink { slug: thread.board_slug, name: thread.board_name },
        when: layout::moment(&app.schedule, post.revised_at),
        html: post.safe_html(),
    })
}
