//! `/posts/{id}/withdraw`: asks once, then takes the post back.

use aftercare_frontend::pages::{Page, Withdraw};
use poem::web::Path;
use poem::{Response, handler};

use crate::accounts::{Caller, Member, Viewer};
use crate::layout;
use crate::platform::db::Db;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;
use crate::threads::store::{self, OwnPost};
use crate::threads::{PostId, PostKind, read, withdraw};

#[handler]
pub(crate) async fn show(caller: Caller<Member>, Path(id): Path<String>) -> Result<Html, Refusal> {
    let id = PostId::parse(&id).ok_or_else(Refusal::not_found)?;
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, member| {
            let own = read::own_post(db, member, id)?;
            if !read::is_editable(own.state) {
                return Err(Refusal::conflict(
                    "closed",
                    "This post is closed already; nobody else can read it.",
                ));
            }
            Ok(Withdraw {
                chrome: layout::chrome(db, &app, Some(member), &csrf, format!("/posts/{id}/withdraw"))?,
                id: id.to_string(),
                csrf,
                html: own.safe_html(),
                consequence: Some(consequence(db, member, &own)?),
                thread_url: format!("/posts/{id}"),
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

/// What goes with it. Without its question a thread is not shown, and neither are the replies.
fn consequence(db: &mut Db, member: &Member, own: &OwnPost) -> Result<String, Refusal> {
    let kept = "Your words stay with you, as a draft.";
    let replies = match own.kind {
        PostKind::Opening => {
            store::thread(db, &Viewer::of(member), own.thread_id)?.map_or(0, |row| row.public_posts - 1)
        }
        _ => 0,
    };
    Ok(match replies {
        0 => kept.to_owned(),
        1 => format!("The reply to it is not shown any more either. {kept}"),
        many => format!("The {many} replies to it are not shown any more either. {kept}"),
    })
}

#[handler]
pub(crate) async fn submit(
    caller: Caller<Member>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = PostId::parse(&id).ok_or_else(Refusal::not_found)?;
    form.0.finish(Some(()))?;
    caller.write(move |tx, member| withdraw::withdraw(tx, member, id)).await?;
    Ok(see_other("/me/drafts?done=withdrawn"))
}
