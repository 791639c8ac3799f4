//! `/desk/guidance/new` and `/desk/guidance/{id}/edit`: writing an article, or its next version.

use aftercare_frontend::content::{self, SanitizedHtml};
use aftercare_frontend::pages::{GuidanceEdit, Page};
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{IntoResponse, Response, handler};
use serde::Deserialize;

use super::form::Typed;
use crate::accounts::{Caller, Member};
use crate::guidance::{ArticleId, Drafted, read, write};
use crate::layout;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;
use crate::platform::submissions::{self, SubmissionKey};

#[derive(Deserialize)]
pub(crate) struct Wanted {
    of: Option<String>,
}

/// An empty form: for an article, or with `of=word` for a word.
#[handler]
pub(crate) async fn blank(caller: Caller<Member>, Query(wanted): Query<Wanted>) -> Result<Html, Refusal> {
    let other_names = (wanted.of.as_deref() == Some("word")).then(String::new);
    show(&caller, None, Typed { other_names, ..Typed::default() }, Shown::default()).await
}

/// The form with the latest version of an article.
#[handler]
pub(crate) async fn edit(caller: Caller<Member>, Path(id): Path<String>) -> Result<Html, Refusal> {
    let id = ArticleId::parse(&id).ok_or_else(Refusal::not_found)?;
    let latest = caller
        .read(move |db, member| {
            write::must_be_staff(member)?;
            read::latest(db, id)
        })
        .await?;
    show(&caller, Some(id), Typed::of(latest.version, latest.sources), Shown::default()).await
}

/// Keeps a new article as a draft, or shows how it will look.
#[handler]
pub(crate) async fn create(caller: Caller<Member>, form: Form) -> Result<Response, Refusal> {
    save(&caller, None, form).await
}

/// Keeps a new version, or shows how it will look.
#[handler]
pub(crate) async fn revise(
    caller: Caller<Member>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    save(&caller, Some(ArticleId::parse(&id).ok_or_else(Refusal::not_found)?), form).await
}

async fn save(caller: &Caller<Member>, id: Option<ArticleId>, form: Form) -> Result<Response, Refusal> {
    let typed = Typed::take(form.0)?;
    if typed.wants_preview {
        return Ok(preview(caller, id, typed).await?.into_response());
    }
    let sent = typed.clone();
    let kept = caller
        .prepare(
            move |app| {
                let scope = id.map_or_else(|| "guidance".to_owned(), |id| format!("guidance:{id}"));
                let key = SubmissionKey::new(sent.nonce.as_deref(), &scope, &sent.parts())?;
                Ok((Drafted::parse(app, sent.for_the_act())?, key))
            },
            move |tx, member, (drafted, key)| {
                let before = submissions::answered(tx, member.id(), key.as_ref())?;
                if let Some(article) = before.as_deref().and_then(ArticleId::parse) {
                    return Ok(article);
                }
                let article = match id {
                    None => write::create(tx, member, &drafted)?.0,
                    Some(article) => {
                        write::revise(tx, member, article, &drafted)?;
                        article
                    }
                };
                submissions::remember(tx, member.id(), key.as_ref(), &article.to_string())?;
                Ok(article)
            },
        )
        .await;
    match kept {
        Ok(article) => Ok(see_other(&format!("/desk/guidance/{article}"))),
        Err(refusal) => {
            let refusal = layout::about_the_form(refusal)?;
            let shown = Shown { refusal: Some(refusal), ..Shown::default() };
            Ok(show(caller, id, typed, shown).await?.into_response())
        }
    }
}

async fn preview(caller: &Caller<Member>, id: Option<ArticleId>, typed: Typed) -> Result<Html, Refusal> {
    let shown = match content::render(&typed.body) {
        Ok(rendered) => Shown { preview: Some(rendered.html), ..Shown::default() },
        Err(error) => {
            let refusal = Refusal::field("body", error.code.as_str(), error.message);
            Shown { refusal: Some(refusal), ..Shown::default() }
        }
    };
    show(caller, id, typed, shown).await
}

/// What stands above the form when it comes back.
#[derive(Default)]
struct Shown {
    refusal: Option<Refusal>,
    preview: Option<SanitizedHtml>,
}

async fn show(
    caller: &Caller<Member>,
    id: Option<ArticleId>,
    typed: Typed,
    shown: Shown,
) -> Result<Html, Refusal> {
    let (app, csrf, nonce) = (caller.app.clone(), caller.csrf(), caller.nonce());
    let status = shown.refusal.as_ref().map_or(StatusCode::OK, |refusal| refusal.status);
    let (form, sources) = typed.forms(&csrf, shown.refusal.as_ref());
    let is_word = typed.other_names.is_some();
    let path = id.map_or_else(|| "/desk/guidance/new".to_owned(), |id| format!("/desk/guidance/{id}/edit"));
    let page = caller
        .read(move |db, member| {
            write::must_be_staff(member)?;
            Ok(GuidanceEdit {
                chrome: layout::chrome(db, &app, Some(member), &csrf, path)?,
                id: id.map(|id| id.to_string()),
                is_word,
                form: form.with_nonce(nonce),
                sources,
                preview: shown.preview,
            })
        })
        .await?;
    Ok(Html { status, body: page.html() })
}
