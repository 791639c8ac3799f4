//! `/posts/{id}/verify`: a clinician stands behind a general statement in somebody's public post.

use aftercare_frontend::pages::{Page, Verify};
use aftercare_frontend::parts::{FormState, VerifyField};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Response, handler};

use crate::accounts::{Caller, Clinician, Viewer};
use crate::guidance::verify::{self as verifying, Verifying};
use crate::layout;
use crate::platform::fields::Fields;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;
use crate::threads::pages::post_card;
use crate::threads::{PostId, store as threads};

/// The form on a page of its own.
#[handler]
pub(crate) async fn ask(caller: Caller<Clinician>, Path(id): Path<String>) -> Result<Html, Refusal> {
    show(&caller, PostId::parse(&id).ok_or_else(Refusal::not_found)?, None).await
}

/// Verifies a passage in the wording that was read.
#[handler]
pub(crate) async fn verify(
    caller: Caller<Clinician>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = PostId::parse(&id).ok_or_else(Refusal::not_found)?;
    let (typed, mut fields) = (form.0.clone(), form.0);
    let verified = caller
        .prepare(
            move |_| {
                // The form names the wording by its hash, as decisions and signatures do.
                let hash = fields.text("revision");
                fields.put("hash", hash);
                Verifying::parse(fields)
            },
            move |tx, clinician, passage| verifying::verify(tx, clinician, id, &passage),
        )
        .await;
    match verified {
        Ok(_) => Ok(see_other(&format!("/posts/{id}"))),
        Err(refusal) => {
            // A conflict is shown beside the post as it is now.
            let refusal = match refusal.status {
                StatusCode::CONFLICT => refusal,
                _ => layout::about_the_form(refusal)?,
            };
            Ok(show(&caller, id, Some((typed, refusal))).await?.into_response())
        }
    }
}

async fn show(
    caller: &Caller<Clinician>,
    id: PostId,
    returned: Option<(Fields, Refusal)>,
) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let status = returned.as_ref().map_or(StatusCode::OK, |(_, refusal)| refusal.status);
    let page = caller
        .read(move |db, clinician| {
            let viewer = Viewer::of(clinician);
            let row = threads::visible_post(db, &viewer, id)?.ok_or_else(Refusal::not_found)?;
            let hash = row.revision_hash.clone();
            let mut form = FormState::new(csrf.as_str());
            if let Some((typed, refusal)) = &returned {
                form = layout::explain(layout::retype(form, typed), refusal);
            }
            // The page shows the present wording, so the form names that one.
            form.set(VerifyField::Revision, hash);
            let post = post_card::alone(db, &app, (&viewer, csrf.as_str()), row)?;
            Ok(Verify {
                chrome: layout::chrome(db, &app, Some(clinician), &csrf, format!("/posts/{id}/verify"))?,
                id: id.to_string(),
                post,
                form,
                thread_url: format!("/posts/{id}"),
            })
        })
        .await?;
    Ok(Html { status, body: page.html() })
}
