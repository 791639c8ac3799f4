//! `/me/drafts/{id}`: going on with a draft, and posting it.

use aftercare_frontend::pages::{AskField, EditDraft, Page};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Response, handler};

use super::compose::{self, Action, Drawn, Posted};
use super::drafts::returned;
use super::spot::Spot;
use crate::accounts::{Caller, Member, Viewer};
use crate::app::App;
use crate::layout;
use crate::platform::db::Db;
use crate::platform::fields::Fields;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;
use crate::threads::ask::{self, Question};
use crate::threads::drafts::{self, Keeping, Place};
use crate::threads::reply::{self, Reply};
use crate::threads::store::{self, DraftRow};
use crate::threads::{DraftId, Outcome, ThreadId};

#[handler]
pub(crate) async fn show(caller: Caller<Member>, Path(id): Path<String>) -> Result<Response, Refusal> {
    draw(&caller, DraftId::parse(&id).ok_or_else(Refusal::not_found)?, None).await
}

#[handler]
pub(crate) async fn submit(
    caller: Caller<Member>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = DraftId::parse(&id).ok_or_else(Refusal::not_found)?;
    let mut fields = form.0;
    match Action::take(&mut fields)? {
        Action::Preview => draw(&caller, id, Some(Drawn::preview(fields))).await,
        Action::Change | Action::Alike => draw(&caller, id, Some(Drawn::with(fields))).await,
        Action::Draft => match save(&caller, id, fields.clone()).await {
            Err(refusal) if refusal.status == StatusCode::UNPROCESSABLE_ENTITY => {
                draw(&caller, id, Some(Drawn::refused(fields, refusal))).await
            }
            result => result,
        },
        Action::Post => match post(&caller, id, fields.clone()).await? {
            Posted::Answered(response) => Ok(response),
            Posted::Again(refusal) => draw(&caller, id, Some(Drawn::refused(fields, refusal))).await,
        },
    }
}

fn path(id: DraftId) -> String {
    format!("/me/drafts/{id}")
}

async fn save(caller: &Caller<Member>, id: DraftId, fields: Fields) -> Result<Response, Refusal> {
    let app = caller.app.clone();
    let helped = caller
        .prepare(
            move |app| {
                let stage = app.database.read(|db| Spot::Draft(id).stage(db))?;
                Ok((compose::needs(app, stage, &fields), Keeping::parse(Place::Same, fields)?))
            },
            move |tx, member, (needs, keeping)| {
                drafts::update(tx, member, id, &keeping)?;
                Ok(!app.care.choose(&needs, member.region()).is_empty())
            },
        )
        .await?;
    Ok(see_other(&if helped { path(id) } else { "/me/drafts?done=kept".to_owned() }))
}

/// Where a draft would be posted.
#[derive(Clone)]
enum Target {
    Board(String),
    Thread(ThreadId),
}

async fn post(caller: &Caller<Member>, id: DraftId, fields: Fields) -> Result<Posted, Refusal> {
    let nonce = fields.clone().optional_text("nonce");
    let found = caller
        .read(move |db, member| {
            let draft = drafts::one(db, member, id)?;
            target(db, member, &draft).map(|(target, _)| target)
        })
        .await;
    match found {
        Ok(target) => {
            let put = |fields| put(caller, id, target.clone(), fields);
            compose::post(caller, &path(id), &Spot::Draft(id), fields, put).await
        }
        // The second press of the button comes when the first has posted it: the answer is the same.
        Err(refusal) if refusal.code == "not_found" => {
            let before = caller.write(move |tx, member| {
                let post =
                    drafts::post_of(tx, member, id, nonce.as_deref())?.ok_or_else(Refusal::not_found)?;
                let core = store::post(tx, post)?.ok_or_else(Refusal::not_found)?;
                let revision =
                    store::revision(tx, core.latest_revision_id)?.ok_or_else(Refusal::not_found)?;
                let needs = revision.verdict().needs;
                Ok(Outcome {
                    thread: core.thread_id,
                    post,
                    state: core.state,
                    edit_waits: false,
                    needs,
                    masked: Vec::new(),
                })
            });
            Ok(Posted::Answered(compose::sent(caller, before.await?).await?))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Through the same acts as any post; the draft goes in the same transaction.
async fn put(
    caller: &Caller<Member>,
    id: DraftId,
    target: Target,
    fields: Fields,
) -> Result<Outcome, Refusal> {
    let nonce = fields.clone().optional_text("nonce");
    match target {
        Target::Board(slug) => {
            let parse = move |app: &App| Question::parse(app, slug, fields).map(Question::by_page);
            let act = caller.prepare(parse, move |tx, member, question| {
                let outcome = ask::ask(tx, member, &question)?;
                drafts::posted(tx, member, id, nonce.as_deref(), outcome.post)?;
                Ok(outcome)
            });
            act.await
        }
        Target::Thread(thread) => {
            let parse = move |app: &App| Reply::parse(app, thread, fields).map(Reply::by_page);
            let act = caller.prepare(parse, move |tx, member, reply| {
                let outcome = reply::reply(tx, member, &reply)?;
                drafts::posted(tx, member, id, nonce.as_deref(), outcome.post)?;
                Ok(outcome)
            });
            act.await
        }
    }
}

/// Where it would be posted, and the same in words.
fn target(db: &mut Db, member: &Member, draft: &DraftRow) -> Result<(Target, String), Refusal> {
    if let Some(thread) = draft.thread_id {
        let row = store::thread(db, &Viewer::of(member), thread)?;
        let words = row.map_or_else(|| "a thread that is not open at the moment".to_owned(), |row| row.title);
        return Ok((Target::Thread(thread), words));
    }
    let board = draft.board_slug.clone().zip(draft.board_name.clone());
    let (slug, name) = board.ok_or_else(|| Refusal::internal("a draft without a place"))?;
    Ok((Target::Board(slug), name))
}

async fn draw(caller: &Caller<Member>, id: DraftId, drawn: Option<Drawn>) -> Result<Response, Refusal> {
    let (app, csrf, nonce) = (caller.app.clone(), caller.csrf(), caller.nonce());
    let (status, page) = caller
        .read(move |db, member| {
            let draft = drafts::one(db, member, id)?;
            let (target, place) = target(db, member, &draft)?;
            let mut drawn = drawn.unwrap_or_else(|| Drawn::with(as_it_stands(&draft, &target)));
            let preview = drawn.look(&app).map(|(_, html)| html);
            let mut form = drawn.form(&csrf, nonce);
            if form.value(AskField::About).is_empty() {
                form.set(AskField::About, draft.about.as_str());
            }
            let page = EditDraft {
                chrome: layout::chrome(db, &app, Some(member), &csrf, path(id))?,
                id: id.to_string(),
                place,
                is_reply: matches!(target, Target::Thread(_)),
                form,
                returned: returned(&app, &draft),
                preview,
                care: drawn.care(&app, Spot::Draft(id).stage(db)?, member.region()),
                autosave_url: Some(path(id)),
            };
            Ok((drawn.status(), page))
        })
        .await?;
    Ok(Html { status, body: page.html() }.into_response())
}

fn as_it_stands(draft: &DraftRow, target: &Target) -> Fields {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let title = matches!(target, Target::Board(_)).then(|| field("title", &draft.title));
    Fields::from_pairs(
        title.into_iter().chain([field("body", &draft.source), field("about", draft.about.as_str())]),
    )
}
