//! `/join`: a new account, signed in at once.

use aftercare_frontend::pages::{Join, JoinField, Page};
use aftercare_frontend::parts::FormState;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{IntoResponse, Response, handler};

use super::next::LocalPath;
use super::sign_in::{Next, end_the_old_one};
use super::{known_region, regions, with_cookie};
use crate::accounts::join::{self, Joining};
use crate::accounts::{Caller, SessionKind, Viewer, session};
use crate::layout;
use crate::platform::fields::Fields;
use crate::platform::http::{Form, Html, see_other, session_cookie};
use crate::platform::refusal::Refusal;

#[handler]
pub(crate) async fn show(caller: Caller<Viewer>, Query(query): Query<Next>) -> Result<Response, Refusal> {
    let next = query.next.filter(|path| LocalPath::parse(path).is_some());
    let region = known_region(&caller.app, &caller.app.config.community.default_region);
    let pairs = [("region".to_owned(), region), ("next".to_owned(), next.unwrap_or_default())];
    draw(&caller, Fields::from_pairs(pairs), None).await
}

#[handler]
pub(crate) async fn submit(caller: Caller<Viewer>, form: Form) -> Result<Response, Refusal> {
    let mut fields = form.0;
    let typed = fields.clone();
    let next = LocalPath::parse(&fields.text("next"));
    let joined = caller
        .prepare(
            move |app| Joining::parse(fields)?.hashed(app),
            |tx, viewer, hashed| {
                let member = join::join(tx, &hashed)?;
                end_the_old_one(tx, viewer)?;
                session::open(tx, member, SessionKind::Cookie)
            },
        )
        .await;
    match joined {
        Ok(token) => {
            let cookie = session_cookie(&token, caller.app.edge.https);
            with_cookie(see_other(&LocalPath::or_home(next)), &cookie)
        }
        Err(refusal) if refusal.status == StatusCode::UNPROCESSABLE_ENTITY => {
            draw(&caller, typed, Some(refusal)).await
        }
        Err(refusal) => Err(refusal),
    }
}

async fn draw(caller: &Caller<Viewer>, typed: Fields, refusal: Option<Refusal>) -> Result<Response, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let status = refusal.as_ref().map_or(StatusCode::OK, |refusal| refusal.status);
    let page = caller
        .read(move |db, viewer| {
            if viewer.member().is_some() {
                return Ok(None);
            }
            let form = layout::retype(FormState::<JoinField>::new(csrf.as_str()), &typed);
            let form = match &refusal {
                Some(refusal) => layout::explain(form, refusal),
                None => form,
            };
            let chrome = layout::chrome(db, &app, viewer.member(), &csrf, "/join")?;
            Ok(Some(Join { chrome, form, regions: regions(&app), confirms_email: false }))
        })
        .await?;
    Ok(match page {
        Some(page) => Html { status, body: page.html() }.into_response(),
        // Somebody who is signed in has an account.
        None => see_other("/me"),
    })
}
