//! `/desk/guidance/{id}`: one article for staff: read exactly this text, sign it, stop it, bring it back.

use aftercare_frontend::pages::{DeskVersion, Page, Reinstate, StopField};
use aftercare_frontend::parts::{FormState, Stop};
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{IntoResponse, Response, handler};
use serde::Deserialize;

use super::state;
use crate::accounts::{Caller, Clinician, Member, store as accounts};
use crate::app::App;
use crate::guidance::pages::card;
use crate::guidance::read::{self, Signed};
use crate::guidance::stop::Stopping;
use crate::guidance::store::StopRow;
use crate::guidance::{
    ArticleId, VersionState, reinstate as reinstating, sign as signing, stop as stopping, write,
};
use crate::layout;
use crate::platform::db::Db;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;

/// Two clinicians stand behind a verified text.
const NEEDED: usize = 2;

/// What somebody is told whose reason readers do not see.
const REWORDED: &str =
    "It is stopped. Readers are told that it is being checked again; your own words stay here, for the team.";

#[derive(Deserialize)]
pub(crate) struct Done {
    /// What has just been done, for one sentence above the page.
    done: Option<String>,
}

/// One article.
#[handler]
pub(crate) async fn open(
    caller: Caller<Member>,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html, Refusal> {
    let form = FormState::new(caller.csrf());
    let reworded = done.done.as_deref() == Some("reworded");
    show(&caller, parse(&id)?, StatusCode::OK, form, reworded).await
}

/// Signs the text that was read.
#[handler]
pub(crate) async fn sign(
    caller: Caller<Clinician>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = parse(&id)?;
    caller
        .prepare(
            move |_| signing::parse(form.0),
            move |tx, clinician, hash| signing::sign(tx, clinician, id, &hash),
        )
        .await?;
    Ok(there(id))
}

/// Stops what readers see.
#[handler]
pub(crate) async fn stop(
    caller: Caller<Member>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = parse(&id)?;
    let typed = form.0.clone();
    let stopped = caller
        .prepare(
            move |app| Stopping::parse(&app.screening, form.0),
            move |tx, member, reason| {
                stopping::stop(tx, member, id, &reason)?;
                Ok(reason.for_staff().is_some())
            },
        )
        .await;
    match stopped {
        Ok(false) => Ok(there(id)),
        Ok(true) => Ok(see_other(&format!("/desk/guidance/{id}?done=reworded"))),
        Err(refusal) => {
            let refusal = layout::about_the_form(refusal)?;
            let form = layout::explain(layout::retype(FormState::new(caller.csrf()), &typed), &refusal);
            Ok(show(&caller, id, refusal.status, form, false).await?.into_response())
        }
    }
}

/// Agrees that a stop can be lifted, for the text that was read.
#[handler]
pub(crate) async fn reinstate(
    caller: Caller<Member>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = parse(&id)?;
    caller
        .prepare(
            move |_| signing::parse(form.0),
            move |tx, member, hash| {
                write::must_be_staff(member)?;
                if read::shown(tx, id)?.version.hash != hash {
                    let words =
                        "The text has changed since you read it. Please read it again before you agree.";
                    return Err(Refusal::conflict("stale", words));
                }
                reinstating::reinstate(tx, member, id)
            },
        )
        .await?;
    Ok(there(id))
}

fn parse(id: &str) -> Result<ArticleId, Refusal> {
    ArticleId::parse(id).ok_or_else(Refusal::not_found)
}

fn there(id: ArticleId) -> Response {
    see_other(&format!("/desk/guidance/{id}"))
}

async fn show(
    caller: &Caller<Member>,
    id: ArticleId,
    status: StatusCode,
    stop_form: FormState<StopField>,
    reworded: bool,
) -> Result<Html, Refusal> {
    let app = caller.app.clone();
    let page = caller
        .read(move |db, member| {
            write::must_be_staff(member)?;
            let mut page = page(db, &app, member, id, stop_form)?;
            page.chrome.flash = reworded.then(|| REWORDED.to_owned());
            Ok(page)
        })
        .await?;
    Ok(Html { status, body: page.html() })
}

/// The latest version, with the stop of the one that readers see.
fn page(
    db: &mut Db,
    app: &App,
    member: &Member,
    id: ArticleId,
    stop_form: FormState<StopField>,
) -> Result<DeskVersion, Refusal> {
    let latest = read::latest(db, id)?;
    let shown = match read::shown(db, id) {
        Ok(shown) => Some(shown),
        Err(refusal) if refusal.code == "not_found" => None,
        Err(refusal) => return Err(refusal),
    };
    let today = app.database.clock().now().date();
    let (may_sign, why_not) = may_sign(db, app, member, &latest)?;
    let author = accounts::member(db, latest.version.author_id)?;
    let standing = shown.as_ref().and_then(|shown| shown.stop.as_ref());
    Ok(DeskVersion {
        chrome: layout::chrome(db, app, Some(member), &stop_form.csrf, format!("/desk/guidance/{id}"))?,
        id: id.to_string(),
        state: state(latest.version.state, latest.is_overdue(today)),
        version: u32::try_from(latest.version.number).unwrap_or(0),
        other_names: latest.version.other_names().unwrap_or_default(),
        html: latest.version.safe_html(),
        concerns: read::concerns(&app.screening.rules(), &latest.version),
        author: author.map(|author| author.name).unwrap_or_default(),
        review_due: layout::day(latest.version.review_due),
        signers: card::signers(&app.schedule, latest.signatures),
        sources: card::sources(latest.sources),
        needed: NEEDED,
        csrf: stop_form.csrf.clone(),
        may_sign,
        why_not,
        may_edit: true,
        stopped: standing.map(|row| stop_for_staff(db, app, row)).transpose()?,
        reinstate: shown.as_ref().map(|shown| bring_back(db, member, shown)).transpose()?.flatten(),
        stop: shown.is_some_and(|shown| shown.version.state == VersionState::Verified).then_some(stop_form),
        title: latest.version.title,
        hash: latest.version.hash,
    })
}

/// The stop with what was typed, where readers see something else.
fn stop_for_staff(db: &mut Db, app: &App, row: &StopRow) -> Result<Stop, Refusal> {
    let mut told = card::stop_of(db, &app.schedule, row)?;
    if let Some(typed) = &row.staff_reason {
        told.why = format!("{} For the team alone: {typed}", told.why);
    }
    Ok(told)
}

/// Whether this member can sign, and if a clinician cannot, why.
fn may_sign(
    db: &mut Db,
    app: &App,
    member: &Member,
    latest: &Signed,
) -> Result<(bool, Option<String>), Refusal> {
    let because = |words: &str| Ok((false, Some(words.to_owned())));
    if !matches!(latest.version.state, VersionState::Draft | VersionState::InReview) {
        return Ok((false, None));
    }
    if !member.is_clinician() {
        return because("Clinicians sign, two different ones.");
    }
    if latest.signatures.iter().any(|signature| signature.signer_id == member.id()) {
        return because("You have signed this text. The second name must be somebody else's.");
    }
    match accounts::live_credential(db, member.id(), app.database.clock().now().date())? {
        Some(_) => Ok((true, None)),
        None => {
            because("Your registration has expired here. Please ask the community lead to check it again.")
        }
    }
}

/// The two people whom lifting a stop takes.
fn bring_back(db: &mut Db, member: &Member, shown: &Signed) -> Result<Option<Reinstate>, Refusal> {
    let Some(standing) = &shown.stop else { return Ok(None) };
    let first = standing.first_lifted_by.map(|id| accounts::member(db, id)).transpose()?.flatten();
    let agreed_already = standing.first_lifted_by == Some(member.id());
    Ok(Some(Reinstate {
        hash: shown.version.hash.clone(),
        agreed: first.into_iter().map(|first| first.name).collect(),
        why_not: agreed_already
            .then(|| "You have agreed already. A second person must agree too.".to_owned()),
    }))
}
