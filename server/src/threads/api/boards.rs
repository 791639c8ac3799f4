use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::shapes::{BoardOut, ThreadOut};
use crate::accounts::{Admin, Caller, Viewer};
use crate::platform::http::{self, Created, Input};
use crate::platform::refusal::Refusal;
use crate::threads::boards::{self, NewBoard};
use crate::threads::{Cursor, read, store};

pub struct BoardsApi;

/// A board to make.
#[derive(Object)]
struct BoardIn {
    /// Its address: 2–40 small letters, digits and dashes.
    #[oai(validator(min_length = 2, max_length = 40))]
    slug: String,
    #[oai(validator(max_length = 60))]
    name: String,
    #[oai(validator(max_length = 300))]
    description: String,
    /// `public`, `unlisted` (not for search engines), `members` or `invited`.
    audience: String,
    /// Hold a newcomer's first posts. By default false.
    hold_newcomers: Option<bool>,
    /// The stage of care it is about: `general`, `after_surgery`, `chemotherapy`, `pregnancy`, `mental_health` or `end_of_life`.
    /// Rules for other stages do not count there. By default rules of every stage do.
    stage: Option<String>,
}

/// Which stage of care a board is about.
#[derive(Object)]
struct StageIn {
    /// As in making a board; without it rules of every stage count.
    stage: Option<String>,
}

/// Boards in their order.
#[derive(Object)]
struct BoardsOut {
    boards: Vec<BoardOut>,
}

/// Threads of a board, liveliest first.
#[derive(Object)]
struct ThreadsOut {
    board: BoardOut,
    threads: Vec<ThreadOut>,
    /// Pass as `cursor` for the next page; absent on the last.
    next: Option<String>,
}

/// Whom to let in.
#[derive(Object)]
struct InvitationIn {
    /// A member's name.
    name: String,
}

#[OpenApi]
impl BoardsApi {
    /// Boards that the caller may read
    #[oai(path = "/boards", method = "get", operation_id = "list_boards")]
    async fn list_boards(&self, caller: Caller<Viewer>) -> Result<Json<BoardsOut>, Refusal> {
        let boards = caller.read(read::boards).await?;
        Ok(Json(BoardsOut { boards: boards.into_iter().map(BoardOut::from).collect() }))
    }

    /// Make a board
    #[oai(path = "/boards", method = "post", operation_id = "create_board")]
    async fn create_board(
        &self,
        caller: Caller<Admin>,
        input: Input<BoardIn>,
    ) -> Result<Created<BoardOut>, Refusal> {
        let row = caller
            .prepare(
                move |app| NewBoard::parse(&app.screening, input.fields),
                |tx, admin, board| {
                    let id = boards::create(tx, admin, &board)?;
                    store::board(tx, id)?.ok_or_else(Refusal::not_found)
                },
            )
            .await?;
        Ok(Created(row.into()))
    }

    /// Say which stage of care a board is about
    #[oai(path = "/boards/:slug/stage", method = "put", operation_id = "set_board_stage")]
    async fn set_board_stage(
        &self,
        caller: Caller<Admin>,
        slug: Path<String>,
        input: Input<StageIn>,
    ) -> Result<Json<BoardOut>, Refusal> {
        let row = caller
            .prepare(
                move |_| boards::parse_stage(input.fields),
                move |tx, admin, stage| boards::set_stage(tx, admin, &slug.0, stage),
            )
            .await?;
        Ok(Json(row.into()))
    }

    /// Threads of a board, liveliest first
    #[oai(path = "/boards/:slug/threads", method = "get", operation_id = "list_threads")]
    async fn list_threads(
        &self,
        caller: Caller<Viewer>,
        slug: Path<String>,
        /// Where the last page ended.
        cursor: Query<Option<String>>,
    ) -> Result<Json<ThreadsOut>, Refusal> {
        let after = http::cursor(cursor.0, Cursor::parse)?;
        let (board, page) = caller.read(move |db, viewer| read::board(db, viewer, &slug.0, after)).await?;
        Ok(Json(ThreadsOut {
            board: board.into(),
            threads: page.rows.into_iter().map(ThreadOut::from).collect(),
            next: page.next.map(Cursor::encode),
        }))
    }

    /// Let a member into a board that is by invitation
    #[oai(path = "/boards/:slug/members", method = "post", operation_id = "invite_member")]
    async fn invite_member(
        &self,
        caller: Caller<Admin>,
        slug: Path<String>,
        input: Input<InvitationIn>,
    ) -> Result<Json<bool>, Refusal> {
        caller
            .prepare(
                move |_| boards::parse_invitation(input.fields),
                move |tx, admin, name| boards::invite(tx, admin, &slug.0, &name),
            )
            .await?;
        Ok(Json(true))
    }
}
