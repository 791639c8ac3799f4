//! `/posts/{id}/edit`: the author changes a post.

use aftercare_frontend::pages::{EditField, EditPost, Page};
use poem::web::Path;
use poem::{IntoResponse, Response, handler};

use super::compose::{self, Action, Drawn, Posted};
use super::spot::Spot;
use super::told::Told;
use crate::accounts::{Caller, Member};
use crate::layout;
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::http::{Form, Html};
use crate::platform::refusal::Refusal;
use crate::threads::edit::{self, Edit};
use crate::threads::store::OwnPost;
use crate::threads::{Outcome, PostId, PostKind, PostState, read};

#[handler]
pub(crate) async fn show(caller: Caller<Member>, Path(id): Path<String>) -> Result<Response, Refusal> {
    draw(&caller, PostId::parse(&id).ok_or_else(Refusal::not_found)?, None).await
}

#[handler]
pub(crate) async fn submit(
    caller: Caller<Member>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = PostId::parse(&id).ok_or_else(Refusal::not_found)?;
    let mut fields = form.0;
    match Action::take(&mut fields)? {
        Action::Preview => draw(&caller, id, Some(Drawn::preview(fields))).await,
        // A change is not kept among the drafts: the post itself keeps its wording until the change is through.
        Action::Change | Action::Alike | Action::Draft => draw(&caller, id, Some(Drawn::with(fields))).await,
        Action::Post => {
            let post = |fields| put(&caller, id, fields);
            match compose::post(&caller, &path(id), &Spot::Post(id), fields.clone(), post).await? {
                Posted::Answered(response) => Ok(response),
                Posted::Again(refusal) => {
                    let elsewhere = refusal.code == "changed_elsewhere";
                    let mut drawn = Drawn::refused(fields, refusal);
                    if elsewhere {
                        // Saving once more is meant: it starts from the newest wording.
                        drawn.put(REVISION, "");
                    }
                    draw(&caller, id, Some(drawn)).await
                }
            }
        }
    }
}

const REVISION: &str = "revision";

fn path(id: PostId) -> String {
    format!("/posts/{id}/edit")
}

async fn put(caller: &Caller<Member>, id: PostId, mut fields: Fields) -> Result<Outcome, Refusal> {
    let started_from = fields.optional_text(REVISION).filter(|revision| !revision.is_empty());
    let typed = fields.clone();
    caller
        .prepare(
            move |app| Edit::parse(app, id, fields).map(Edit::by_page),
            move |tx, member, edit| {
                if let Some(revision) = started_from {
                    must_be_the_latest(tx, member, id, &revision, typed)?;
                }
                edit::edit(tx, member, &edit)
            },
        )
        .await
}

/// Two windows on one post must not undo each other in silence. The same words twice are no conflict.
fn must_be_the_latest(
    tx: &mut Tx,
    member: &Member,
    id: PostId,
    revision: &str,
    mut typed: Fields,
) -> Result<(), Refusal> {
    let own = read::own_post(tx, member, id)?;
    let same =
        own.source == typed.text("body") && own.title.unwrap_or_default() == typed.text("title").trim();
    if same || own.latest_revision_id.to_string() == revision {
        return Ok(());
    }
    Err(Refusal::conflict(
        "changed_elsewhere",
        "You have changed this post somewhere else meanwhile. Your words from here are below; saving once more puts them in its place.",
    ))
}

async fn draw(caller: &Caller<Member>, id: PostId, drawn: Option<Drawn>) -> Result<Response, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let (status, page) = caller
        .read(move |db, member| {
            member.must_be_active()?;
            let own = read::own_post(db, member, id)?;
            if !read::is_editable(own.state) {
                return Err(Refusal::conflict(
                    "not_editable",
                    "This post is closed. Its words are kept among your drafts.",
                ));
            }
            let stage = Spot::Post(id).stage(db)?;
            let care =
                drawn.as_ref().map(|drawn| drawn.care(&app, stage, member.region())).unwrap_or_default();
            let mut drawn = drawn.unwrap_or_else(|| Drawn::with(as_it_stands(&own)));
            let preview = drawn.look(&app).map(|(_, html)| html);
            let mut form = drawn.form(&csrf, String::new());
            // The same wording twice is one wording.
            form.nonce = None;
            if form.value(EditField::Revision).is_empty() {
                form.set(EditField::Revision, own.latest_revision_id.to_string());
            }
            let told = Told::about(db, &[own.id])?;
            let asked = told.reason(own.id, told.state_of(&own));
            let page = EditPost {
                chrome: layout::chrome(db, &app, Some(member), &csrf, path(id))?,
                id: id.to_string(),
                is_opening: own.kind == PostKind::Opening,
                is_public: own.state == PostState::Public,
                asked,
                form,
                preview,
                care,
                thread_url: format!("/posts/{id}"),
            };
            Ok((drawn.status(), page))
        })
        .await?;
    Ok(Html { status, body: page.html() }.into_response())
}

fn as_it_stands(own: &OwnPost) -> Fields {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let title = own.title.as_deref().map(|title| field("title", title));
    let rest = [field("body", &own.source), field("about", own.about.as_str())];
    Fields::from_pairs(title.into_iter().chain(rest))
}
