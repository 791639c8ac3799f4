use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use crate::accounts::{Caller, Member};
use crate::platform::http::{self, Created, Input};
use crate::platform::refusal::Refusal;
use crate::threads::drafts::{self, Keeping, Place};
use crate::threads::store::DraftRow;
use crate::threads::{Cursor, DraftId, read};

pub struct DraftsApi;

/// A draft. It may be half-finished.
#[derive(Object)]
struct DraftIn {
    /// Slug of the board it is meant for; or say `thread`.
    board: Option<String>,
    /// Id of the thread it is meant for.
    thread: Option<String>,
    title: Option<String>,
    body: Option<String>,
    /// `me` (default), `someone_i_care_for`, `someone_who_died` or `general`.
    about: Option<String>,
}

/// A draft as its author sees it.
#[derive(Object)]
struct DraftOut {
    id: String,
    /// Slug of the board it is meant for, unless it is a reply.
    board: Option<String>,
    /// Id of the thread it is a reply to.
    thread: Option<String>,
    title: String,
    body: String,
    about: String,
    /// The post whose words came back.
    returned_post: Option<String>,
    /// Why they came back.
    reason: Option<String>,
    updated_at: String,
}

impl From<DraftRow> for DraftOut {
    fn from(row: DraftRow) -> Self {
        Self {
            id: row.id.to_string(),
            board: row.board_slug,
            thread: row.thread_id.map(|id| id.to_string()),
            title: row.title,
            body: row.source,
            about: row.about.to_string(),
            returned_post: row.returned_post_id.map(|id| id.to_string()),
            reason: row.reason,
            updated_at: row.updated_at.rfc3339(),
        }
    }
}

/// Drafts, last changed first.
#[derive(Object)]
struct DraftsOut {
    drafts: Vec<DraftOut>,
    /// Pass as `cursor` for the next page; absent on the last.
    next: Option<String>,
}

#[OpenApi]
impl DraftsApi {
    /// One's own drafts, with what was refused or withdrawn
    #[oai(path = "/me/drafts", method = "get", operation_id = "list_drafts")]
    async fn list_drafts(
        &self,
        caller: Caller<Member>,
        /// Where the last page ended.
        cursor: Query<Option<String>>,
    ) -> Result<Json<DraftsOut>, Refusal> {
        let after = http::cursor(cursor.0, Cursor::parse)?;
        let page = caller.read(move |db, member| read::drafts(db, member, after)).await?;
        Ok(Json(DraftsOut {
            drafts: page.rows.into_iter().map(DraftOut::from).collect(),
            next: page.next.map(Cursor::encode),
        }))
    }

    /// Keep a draft
    #[oai(path = "/me/drafts", method = "post", operation_id = "create_draft")]
    async fn create_draft(
        &self,
        caller: Caller<Member>,
        input: Input<DraftIn>,
    ) -> Result<Created<DraftOut>, Refusal> {
        let row = caller
            .prepare(
                move |_| Keeping::parse_with_place(input.fields),
                |tx, member, keeping| {
                    let id = drafts::keep(tx, member, &keeping)?;
                    drafts::one(tx, member, id)
                },
            )
            .await?;
        Ok(Created(row.into()))
    }

    /// Change a draft
    #[oai(path = "/me/drafts/:id", method = "put", operation_id = "update_draft")]
    async fn update_draft(
        &self,
        caller: Caller<Member>,
        id: Path<String>,
        input: Input<DraftIn>,
    ) -> Result<Json<DraftOut>, Refusal> {
        let id = DraftId::parse(&id.0).ok_or_else(Refusal::not_found)?;
        let row = caller
            .prepare(
                move |_| {
                    let mut fields = input.fields;
                    // Where it is meant to go was said when it was made.
                    let _ = (fields.text("board"), fields.text("thread"));
                    Keeping::parse(Place::Same, fields)
                },
                move |tx, member, keeping| {
                    drafts::update(tx, member, id, &keeping)?;
                    drafts::one(tx, member, id)
                },
            )
            .await?;
        Ok(Json(row.into()))
    }

    /// Throw a draft away
    #[oai(path = "/me/drafts/:id", method = "delete", operation_id = "delete_draft")]
    async fn delete_draft(&self, caller: Caller<Member>, id: Path<String>) -> Result<Json<bool>, Refusal> {
        let id = DraftId::parse(&id.0).ok_or_else(Refusal::not_found)?;
        caller.write(move |tx, member| drafts::discard(tx, member, id)).await?;
        Ok(Json(true))
    }
}
