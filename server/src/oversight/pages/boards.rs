//! `/admin/boards`: every board, and a form for a new one.

use aftercare_frontend::pages::{AdminBoards, BoardField, BoardRow, InviteField, Page, StageField};
use aftercare_frontend::parts::{BoardLink, Choice, FormField, FormState};
use poem::http::StatusCode;
use poem::{IntoResponse, Response, handler};

use crate::accounts::{Admin, Caller, Viewer};
use crate::layout;
use crate::platform::fields::Fields;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;
use crate::platform::submissions::{self, SubmissionKey};
use crate::screening::CareStage;
use crate::threads::boards::{self, NewBoard};
use crate::threads::{BoardAudience, read, store};

/// The forms of the page. What did not go through stands in its own, as it was typed.
struct Forms {
    new: FormState<BoardField>,
    stage: FormState<StageField>,
    invite: FormState<InviteField>,
}

impl Forms {
    fn fresh(caller: &Caller<Admin>) -> Self {
        let audience = BoardAudience::Public.as_str();
        Self {
            new: FormState::new(caller.csrf())
                .with_nonce(caller.nonce())
                .with(BoardField::Audience, audience),
            stage: FormState::new(caller.csrf()),
            invite: FormState::new(caller.csrf()),
        }
    }
}

/// The boards.
#[handler]
pub(crate) async fn list(caller: Caller<Admin>) -> Result<Html, Refusal> {
    show(&caller, StatusCode::OK, Forms::fresh(&caller)).await
}

/// Lets a member into a board that is by invitation.
#[handler]
pub(crate) async fn let_in(caller: Caller<Admin>, form: Form) -> Result<Response, Refusal> {
    let typed = form.0.clone();
    let mut fields = form.0;
    let board = fields.text("board");
    let invited = caller.prepare(
        move |_| boards::parse_invitation(fields),
        move |tx, admin, name| boards::invite(tx, admin, &board, &name).map_err(no_board),
    );
    let again =
        |refusal: &Refusal, forms: Forms| Forms { invite: retyped(forms.invite, &typed, refusal), ..forms };
    answer(&caller, invited.await.map(|_| ()), again).await
}

/// Says which stage of care a board is about.
#[handler]
pub(crate) async fn set_stage(caller: Caller<Admin>, form: Form) -> Result<Response, Refusal> {
    let typed = form.0.clone();
    let mut fields = form.0;
    let board = fields.text("board");
    let set = caller.prepare(
        move |_| boards::parse_stage(fields),
        move |tx, admin, stage| boards::set_stage(tx, admin, &board, stage).map_err(no_board),
    );
    let again =
        |refusal: &Refusal, forms: Forms| Forms { stage: retyped(forms.stage, &typed, refusal), ..forms };
    answer(&caller, set.await.map(|_| ()), again).await
}

/// In a form the board is a field like others.
fn no_board(refusal: Refusal) -> Refusal {
    match refusal.code {
        "not_found" => Refusal::field("board", "not_a_choice", "Please choose a board that is there."),
        _ => refusal,
    }
}

fn retyped<F: FormField>(form: FormState<F>, typed: &Fields, refusal: &Refusal) -> FormState<F> {
    layout::explain(layout::retype(form, typed), refusal)
}

/// Back to the list, or the page with what is wrong beside its field.
async fn answer(
    caller: &Caller<Admin>,
    done: Result<(), Refusal>,
    again: impl FnOnce(&Refusal, Forms) -> Forms,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(see_other("/admin/boards")),
        Err(refusal) => {
            let refusal = layout::about_the_form(refusal)?;
            let forms = again(&refusal, Forms::fresh(caller));
            Ok(show(caller, refusal.status, forms).await?.into_response())
        }
    }
}

/// Makes a board.
#[handler]
pub(crate) async fn create(caller: Caller<Admin>, form: Form) -> Result<Response, Refusal> {
    let typed = form.0.clone();
    let mut fields = form.0;
    let made = caller.prepare(
        move |app| {
            let nonce = fields.optional_text("nonce");
            let board = NewBoard::parse(&app.screening, fields)?;
            let key = SubmissionKey::new(nonce.as_deref(), "board", &[&board.slug])?;
            Ok((board, key))
        },
        |tx, admin, (board, key)| {
            if submissions::answered(tx, admin.id(), key.as_ref())?.is_none() {
                let id = boards::create(tx, admin, &board)?;
                submissions::remember(tx, admin.id(), key.as_ref(), &id.to_string())?;
            }
            Ok(())
        },
    );
    let again = |refusal: &Refusal, forms: Forms| Forms { new: retyped(forms.new, &typed, refusal), ..forms };
    answer(&caller, made.await, again).await
}

async fn show(caller: &Caller<Admin>, status: StatusCode, forms: Forms) -> Result<Html, Refusal> {
    let app = caller.app.clone();
    let page = caller
        .read(move |db, admin| {
            let counts = store::threads_by_board(db)?;
            let boards = read::boards(db, &Viewer::of(admin))?;
            let row = |board: store::BoardRow| BoardRow {
                threads: counts
                    .iter()
                    .find(|(id, _)| *id == Some(board.id))
                    .map_or(0, |(_, count)| u32::try_from(*count).unwrap_or(u32::MAX)),
                board: BoardLink { slug: board.slug, name: board.name },
                description: board.description,
                audience: audience(board.audience).to_owned(),
                stage: stage(board.stage).to_owned(),
                hold_newcomers: board.hold_newcomers,
            };
            let by_invitation = boards.iter().filter(|board| board.audience == BoardAudience::Invited);
            let by_invitation = by_invitation.map(|board| Choice::new(&board.slug, &board.name)).collect();
            Ok(AdminBoards {
                by_invitation,
                chrome: layout::chrome(db, &app, Some(admin), &forms.new.csrf, "/admin/boards")?,
                boards: boards.into_iter().map(row).collect(),
                form: forms.new,
                stage: forms.stage,
                invite: forms.invite,
            })
        })
        .await?;
    Ok(Html { status, body: page.html() })
}

/// A stage in words.
fn stage(stage: Option<CareStage>) -> &'static str {
    let sent = stage.map_or("", CareStage::as_str);
    AdminBoards::STAGES.iter().find(|(value, _)| *value == sent).map_or("", |(_, words)| words)
}

fn audience(audience: BoardAudience) -> &'static str {
    match audience {
        BoardAudience::Public => "Everybody",
        BoardAudience::Unlisted => "Everybody; search engines are asked to stay out",
        BoardAudience::Members => "Members only",
        BoardAudience::Invited => "Invited members only",
    }
}
