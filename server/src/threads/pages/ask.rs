//! `/boards/{slug}/ask`: the question form, its preview, and asking.

use aftercare_frontend::pages::{Ask, AskField, Page};
use aftercare_frontend::parts::Alike;
use poem::web::{Path, Query};
use poem::{IntoResponse, Response, handler};
use serde::Deserialize;

use super::compose::{self, Action, Drawn, Posted};
use super::rows;
use super::spot::Spot;
use crate::accounts::{Caller, Member, Viewer};
use crate::discovery::alike::{self, Proposed};
use crate::discovery::answered::{self, Answered};
use crate::discovery::pages::alike as alike_pages;
use crate::layout;
use crate::platform::fields::Fields;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;
use crate::support::pages as support;
use crate::threads::ask::{self, Question};
use crate::threads::drafts;
use crate::threads::{Outcome, store};

/// Words of a search that found nothing; the search page says where they may be a title.
#[derive(Deserialize)]
pub(crate) struct Begun {
    title: Option<String>,
}

#[handler]
pub(crate) async fn show(
    caller: Caller<Member>,
    Path(slug): Path<String>,
    Query(begun): Query<Begun>,
) -> Result<Response, Refusal> {
    let title = begun.title.map(|title| ("title".to_owned(), title));
    draw(&caller, slug, Drawn::with(Fields::from_pairs(title))).await
}

#[handler]
pub(crate) async fn submit(
    caller: Caller<Member>,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let mut fields = form.0;
    if fields.has(ANSWERED) {
        fields.rename(&[(ANSWERED, "thread")]);
        let thread = caller.prepare(move |_| Answered::parse(fields), answered::answered).await?;
        return Ok(see_other(&format!("/threads/{thread}?done=answered")));
    }
    match Action::take(&mut fields)? {
        Action::Preview => draw(&caller, slug, Drawn::preview(fields)).await,
        Action::Alike => draw(&caller, slug, Drawn::asking(fields)).await,
        Action::Change => draw(&caller, slug, Drawn::with(fields)).await,
        Action::Draft => match compose::keep(&caller, Spot::Board(slug.clone()), fields.clone()).await {
            Err(refusal) if compose::comes_back(&refusal) => {
                draw(&caller, slug, Drawn::refused(fields, refusal)).await
            }
            result => result,
        },
        Action::Post => {
            let put = |fields| put(&caller, &slug, fields);
            match compose::post(&caller, &path(&slug), &Spot::Board(slug.clone()), fields.clone(), put)
                .await?
            {
                Posted::Answered(response) => Ok(response),
                Posted::Again(refusal) => draw(&caller, slug, Drawn::refused(fields, refusal)).await,
            }
        }
    }
}

/// The buttons that say that a thread has answered the question.
const ANSWERED: &str = "answered";

fn path(slug: &str) -> String {
    format!("/boards/{slug}/ask")
}

async fn put(caller: &Caller<Member>, slug: &str, fields: Fields) -> Result<Outcome, Refusal> {
    let (slug, nonce) = (slug.to_owned(), fields.clone().optional_text("nonce"));
    caller
        .prepare(
            move |app| Question::parse(app, slug, fields).map(Question::by_page),
            move |tx, member, question| {
                let outcome = ask::ask(tx, member, &question)?;
                drafts::discard_kept(tx, member, nonce.as_deref())?;
                Ok(outcome)
            },
        )
        .await
}

async fn draw(caller: &Caller<Member>, slug: String, mut drawn: Drawn) -> Result<Response, Refusal> {
    let (app, csrf, nonce) = (caller.app.clone(), caller.csrf(), caller.nonce());
    let proposed = match drawn.writing(&slug) {
        Some(writing) => alike::to_writer(caller, writing).await?.0,
        None => Proposed::default(),
    };
    let (status, page) = caller
        .read(move |db, member| {
            member.must_be_active()?;
            let board = store::board_for(db, &Viewer::of(member), &slug)?.ok_or_else(Refusal::not_found)?;
            let rows = alike_pages::rows(db, &app, &Viewer::of(member), &proposed)?;
            let preview = drawn.look(&app);
            let mut form = drawn.form(&csrf, nonce);
            if form.value(AskField::About).is_empty() {
                form.set(AskField::About, "me");
            }
            let page = Ask {
                chrome: layout::chrome(db, &app, Some(member), &csrf, path(&slug))?,
                board: rows::board_link(&board),
                form,
                preview,
                alike: Alike { rows },
                care: drawn.care(&app, board.care(), member.region()),
                emergency: support::emergency(&app, member.region()),
                autosave_url: Some(path(&slug)),
            };
            Ok((drawn.status(), page))
        })
        .await?;
    Ok(Html { status, body: page.html() }.into_response())
}
