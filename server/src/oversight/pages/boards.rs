//! `/admin/boards`: every board, and a form for a new one.

use aftercare_frontend::pages::{AdminBoards, BoardField, BoardRow, InviteField, Page};
use aftercare_frontend::parts::{BoardLink, Choice, FormState};
use poem::http::StatusCode;
use poem::{IntoResponse, Response, handler};

use crate::accounts::{Admin, Caller, Viewer};
use crate::layout;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;
use crate::platform::submissions::{self, SubmissionKey};
use crate::threads::boards::{self, NewBoard};
use crate::threads::{BoardAudience, read, store};

/// The boards.
#[handler]
pub(crate) async fn list(caller: Caller<Admin>) -> Result<Html, Refusal> {
    let form = FormState::new(caller.csrf())
        .with_nonce(caller.nonce())
        .with(BoardField::Audience, BoardAudience::Public.as_str());
    let invite = FormState::new(caller.csrf());
    show(&caller, StatusCode::OK, form, invite).await
}

/// Lets a member into a board that is by invitation.
#[handler]
pub(crate) async fn let_in(caller: Caller<Admin>, form: Form) -> Result<Response, Refusal> {
    let typed = form.0.clone();
    let mut fields = form.0;
    let board = fields.text("board");
    let invited = caller
        .prepare(
            move |_| boards::parse_invitation(fields),
            move |tx, admin, name| {
                boards::invite(tx, admin, &board, &name).map_err(|refusal| match refusal.code {
                    "not_found" => {
                        Refusal::field("board", "not_a_choice", "Please choose a board that is there.")
                    }
                    _ => refusal,
                })
            },
        )
        .await;
    match invited {
        Ok(_) => Ok(see_other("/admin/boards")),
        Err(refusal) => {
            let refusal = layout::about_the_form(refusal)?;
            let form = FormState::new(caller.csrf()).with_nonce(caller.nonce());
            let form = form.with(BoardField::Audience, BoardAudience::Public.as_str());
            let invite = layout::explain(layout::retype(FormState::new(caller.csrf()), &typed), &refusal);
            Ok(show(&caller, refusal.status, form, invite).await?.into_response())
        }
    }
}

/// Makes a board.
#[handler]
pub(crate) async fn create(caller: Caller<Admin>, form: Form) -> Result<Response, Refusal> {
    let typed = form.0.clone();
    let mut fields = form.0;
    let made = caller
        .prepare(
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
        )
        .await;
    match made {
        Ok(()) => Ok(see_other("/admin/boards")),
        Err(refusal) => {
            let refusal = layout::about_the_form(refusal)?;
            let form = FormState::new(caller.csrf()).with_nonce(caller.nonce());
            let form = layout::explain(layout::retype(form, &typed), &refusal);
            let invite = FormState::new(caller.csrf());
            Ok(show(&caller, refusal.status, form, invite).await?.into_response())
        }
    }
}

async fn show(
    caller: &Caller<Admin>,
    status: StatusCode,
    form: FormState<BoardField>,
    invite: FormState<InviteField>,
) -> Result<Html, Refusal> {
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
                hold_newcomers: board.hold_newcomers,
            };
            let by_invitation = boards.iter().filter(|board| board.audience == BoardAudience::Invited);
            let by_invitation = by_invitation.map(|board| Choice::new(&board.slug, &board.name)).collect();
            Ok(AdminBoards {
                by_invitation,
                invite,
                chrome: layout::chrome(db, &app, Some(admin), &form.csrf, "/admin/boards")?,
                boards: boards.into_iter().map(row).collect(),
                form,
            })
        })
        .await?;
    Ok(Html { status, body: page.html() })
}

fn audience(audience: BoardAudience) -> &'static str {
    match audience {
        BoardAudience::Public => "Everybody",
        BoardAudience::Unlisted => "Everybody; search engines are asked to stay out",
        BoardAudience::Members => "Members only",
        BoardAudience::Invited => "Invited members only",
    }
}
