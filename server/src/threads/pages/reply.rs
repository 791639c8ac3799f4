//! `/threads/{id}/reply`: previewing, keeping and posting a reply.

use aftercare_frontend::pages::{Page, ReplyField};
use poem::web::Path;
use poem::{IntoResponse, Response, handler};

use super::compose::{self, Action, Drawn, Posted};
use super::spot::Spot;
use super::thread;
use crate::accounts::{Caller, Member, Viewer};
use crate::layout;
use crate::platform::fields::Fields;
use crate::platform::http::{Form, Html};
use crate::platform::refusal::Refusal;
use crate::threads::drafts;
use crate::threads::reply::{self, Reply};
use crate::threads::{Outcome, ThreadId, store};

#[handler]
pub(crate) async fn submit(
    caller: Caller<Member>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = ThreadId::parse(&id).ok_or_else(Refusal::not_found)?;
    let mut fields = form.0;
    match Action::take(&mut fields)? {
        Action::Preview => draw(&caller, id, Drawn::preview(fields)).await,
        Action::Change | Action::Alike => draw(&caller, id, Drawn::with(fields)).await,
        Action::Draft => match compose::keep(&caller, Spot::Thread(id), fields.clone()).await {
            Err(refusal) if compose::comes_back(&refusal) => {
                draw(&caller, id, Drawn::refused(fields, refusal)).await
            }
            result => result,
        },
        Action::Post => {
            let path = thread::reply_path(&id.to_string());
            match compose::post(&caller, &path, &Spot::Thread(id), fields.clone(), |fields| {
                put(&caller, id, fields)
            })
            .await?
            {
                Posted::Answered(response) => Ok(response),
                Posted::Again(refusal) => draw(&caller, id, Drawn::refused(fields, refusal)).await,
            }
        }
    }
}

async fn put(caller: &Caller<Member>, id: ThreadId, fields: Fields) -> Result<Outcome, Refusal> {
    let nonce = fields.clone().optional_text("nonce");
    caller
        .prepare(
            move |app| Reply::parse(app, id, fields).map(Reply::by_page),
            move |tx, member, reply| {
                let outcome = reply::reply(tx, member, &reply)?;
                drafts::discard_kept(tx, member, nonce.as_deref())?;
                Ok(outcome)
            },
        )
        .await
}

/// The form alone under the thread's title: what is said about the reply must not stand below twenty posts.
async fn draw(caller: &Caller<Member>, id: ThreadId, mut drawn: Drawn) -> Result<Response, Refusal> {
    let (app, csrf, nonce) = (caller.app.clone(), caller.csrf(), caller.nonce());
    let (status, page) = caller
        .read(move |db, member| {
            let row = store::thread(db, &Viewer::of(member), id)?.ok_or_else(Refusal::not_found)?;
            let path = thread::reply_path(&id.to_string());
            let mut page = thread::bare(layout::chrome(db, &app, Some(member), &csrf, path.clone())?, &row);
            page.earlier = Some(format!("/threads/{id}"));
            page.preview = drawn.look(&app).map(|(_, html)| html);
            page.care = drawn.care(&app, Spot::Thread(id).stage(db)?, member.region());
            page.autosave_url = Some(path);
            let mut form = drawn.form(&csrf, nonce);
            if form.value(ReplyField::About).is_empty() {
                form.set(ReplyField::About, "me");
            }
            page.reply = Some(form);
            Ok((drawn.status(), page))
        })
        .await?;
    Ok(Html { status, body: page.html() }.into_response())
}
