//! `/posts/{id}/guidance`: a moderator puts guidance under a post that is public already.

use aftercare_frontend::pages::{Attach, AttachField, Page};
use aftercare_frontend::parts::FormState;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Response, handler};

use super::pick;
use crate::accounts::{Caller, Moderator, Viewer};
use crate::guidance::VersionId;
use crate::guidance::attach::{self as attaching, Attaching};
use crate::layout;
use crate::platform::fields::Fields;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;
use crate::screening::screened_text;
use crate::threads::pages::post_card;
use crate::threads::{PostId, store as threads};

/// The post with the form under it.
#[handler]
pub(crate) async fn ask(caller: Caller<Moderator>, Path(id): Path<String>) -> Result<Html, Refusal> {
    show(&caller, PostId::parse(&id).ok_or_else(Refusal::not_found)?, Fields::default(), None).await
}

/// Puts the card there, or looks for other guidance.
#[handler]
pub(crate) async fn attach(
    caller: Caller<Moderator>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = PostId::parse(&id).ok_or_else(Refusal::not_found)?;
    let (typed, mut fields) = (form.0.clone(), form.0);
    if pick::looks_for_more(&mut fields)? {
        return Ok(show(&caller, id, typed, None).await?.into_response());
    }
    let attached = caller
        .prepare(
            move |app| {
                fields.rename(&[pick::NAME]);
                Attaching::parse(&app.screening, fields)
            },
            move |tx, moderator, card| attaching::attach_to_public(tx, moderator, id, &card),
        )
        .await;
    match attached {
        Ok(()) => Ok(see_other(&format!("/posts/{id}"))),
        Err(refusal) => {
            let refusal = layout::about_the_form(refusal)?.in_names_of_the_form(&[pick::NAME]);
            Ok(show(&caller, id, typed, Some(refusal)).await?.into_response())
        }
    }
}

async fn show(
    caller: &Caller<Moderator>,
    id: PostId,
    typed: Fields,
    refusal: Option<Refusal>,
) -> Result<Html, Refusal> {
    let row = caller
        .read(move |db, moderator| Ok(threads::visible_post(db, &Viewer::of(moderator), id)?))
        .await?
        .ok_or_else(Refusal::not_found)?;
    let text = screened_text(row.title.as_deref(), &row.plain);
    let proposed = pick::propose(&caller.app, text, &typed.clone().text("q")).await;
    let status = refusal.as_ref().map_or(StatusCode::OK, |refusal| refusal.status);
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, moderator| {
            let viewer = Viewer::of(moderator);
            let row = threads::visible_post(db, &viewer, id)?.ok_or_else(Refusal::not_found)?;
            let chosen = VersionId::parse(&typed.clone().text(pick::NAME.0));
            let (guidance, trouble) =
                pick::options(db, &proposed, chosen, app.database.clock().now().date())?;
            let mut form = layout::retype(FormState::new(csrf.as_str()), &typed);
            if let Some(refusal) = &refusal {
                form = layout::explain(form, refusal);
            }
            if let Some(trouble) = trouble {
                form = form.with_error(AttachField::Find, trouble);
            }
            let thread = threads::thread(db, &viewer, row.thread_id)?.ok_or_else(Refusal::not_found)?;
            let post = post_card::alone(db, &app, (&viewer, csrf.as_str()), row)?;
            let path = format!("/posts/{id}/guidance");
            let chrome = layout::chrome(db, &app, Some(moderator), &csrf, path)?;
            Ok(Attach { chrome, id: id.to_string(), post, thread_title: thread.title, form, guidance })
        })
        .await?;
    Ok(Html { status, body: page.html() })
}
