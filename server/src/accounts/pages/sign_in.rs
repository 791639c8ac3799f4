//! `/sign-in` and `/sign-out`.

use aftercare_frontend::pages::{Page, SignIn, SignInField};
use aftercare_frontend::parts::FormState;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{IntoResponse, Response, handler};
use serde::Deserialize;

use super::next::LocalPath;
use super::with_cookie;
use crate::accounts::sign_in::{self, Attempt};
use crate::accounts::{Caller, SessionKind, Viewer, sign_out};
use crate::layout;
use crate::platform::fields::Fields;
use crate::platform::http::{Form, Html, clear_session, see_other, session_cookie};
use crate::platform::refusal::Refusal;

#[derive(Deserialize)]
pub(crate) struct Next {
    pub(super) next: Option<String>,
}

#[handler]
pub(crate) async fn show(caller: Caller<Viewer>, Query(query): Query<Next>) -> Result<Response, Refusal> {
    let next = query.next.filter(|path| LocalPath::parse(path).is_some());
    let typed = Fields::from_pairs(next.map(|next| ("next".to_owned(), next)));
    draw(&caller, typed, None).await
}

#[handler]
pub(crate) async fn submit(caller: Caller<Viewer>, form: Form) -> Result<Response, Refusal> {
    let mut fields = form.0;
    let typed = fields.clone();
    let next = LocalPath::parse(&fields.text("next"));
    let attempt = match Attempt::parse(fields) {
        Ok(attempt) => attempt,
        Err(refusal) => return draw(&caller, typed, Some(refusal)).await,
    };
    match sign_in::sign_in(&caller.app, attempt, SessionKind::Cookie).await {
        Ok(token) => {
            // The session that this browser had before ends here, not some day.
            caller.write(end_the_old_one).await?;
            let cookie = session_cookie(&token, caller.app.edge.https);
            with_cookie(see_other(&LocalPath::or_home(next)), &cookie)
        }
        Err(refusal)
            if matches!(refusal.status, StatusCode::UNAUTHORIZED | StatusCode::TOO_MANY_REQUESTS) =>
        {
            draw(&caller, typed, Some(refusal)).await
        }
        Err(refusal) => Err(refusal),
    }
}

/// Ends the session behind the caller's cookie, if there is one.
pub(super) fn end_the_old_one(tx: &mut crate::platform::db::Tx, viewer: &Viewer) -> Result<(), Refusal> {
    viewer.member().map_or(Ok(()), |member| sign_out::sign_out(tx, member))
}

async fn draw(
    caller: &Caller<Viewer>,
    mut typed: Fields,
    refusal: Option<Refusal>,
) -> Result<Response, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let status = refusal.as_ref().map_or(StatusCode::OK, |refusal| refusal.status);
    let next = typed.text("next");
    let page = caller
        .read(move |db, viewer| {
            let form =
                layout::retype(FormState::new(csrf.as_str()), &typed).with(SignInField::Next, next.as_str());
            let form = match &refusal {
                Some(refusal) => layout::explain(form, refusal),
                None => form,
            };
            Ok(SignIn {
                chrome: layout::chrome(db, &app, viewer.member(), &csrf, "/sign-in")?,
                form,
                reason: reason(&next, viewer),
            })
        })
        .await?;
    Ok(Html { status, body: page.html() }.into_response())
}

/// Why the person was brought here.
fn reason(next: &str, viewer: &Viewer) -> Option<String> {
    let words = match next {
        _ if viewer.member().is_some() => "Please type your password once more. You stay signed in.",
        "" | "/" => return None,
        path if path.ends_with("/ask") => "Please sign in to ask a question. You will come straight back.",
        path if path.starts_with("/threads/") => "Please sign in to reply. You will come straight back.",
        _ => "Please sign in first. You will come straight back.",
    };
    Some(words.to_owned())
}

#[handler]
pub(crate) async fn out(caller: Caller<Viewer>, form: Form) -> Result<Response, Refusal> {
    form.0.finish(Some(()))?;
    caller.write(end_the_old_one).await?;
    with_cookie(see_other("/"), &clear_session(caller.app.edge.https))
}
