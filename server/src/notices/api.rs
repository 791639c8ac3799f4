//! Notices in the API.

use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::store;
use crate::accounts::{Caller, Member};
use crate::platform::http;
use crate::platform::refusal::Refusal;
use crate::threads::Cursor;

pub struct NoticesApi;

/// Something to know.
#[derive(Object)]
struct NoticeOut {
    id: String,
    /// `reply`, `published`, `changes_asked`, `refused` or `guidance`; to admins also `rule`, which wants looking at.
    kind: String,
    post: Option<String>,
    body: String,
    created_at: String,
    read: bool,
}

/// Newest first.
#[derive(Object)]
struct NoticesOut {
    notices: Vec<NoticeOut>,
    /// Pass as `cursor` for the next page; absent on the last.
    next: Option<String>,
}

#[OpenApi]
impl NoticesApi {
    /// What the member was told, newest first
    #[oai(path = "/me/notices", method = "get", operation_id = "list_notices")]
    async fn list_notices(
        &self,
        caller: Caller<Member>,
        /// Where the last page ended.
        cursor: Query<Option<String>>,
    ) -> Result<Json<NoticesOut>, Refusal> {
        let after = http::cursor(cursor.0, Cursor::parse)?;
        let page = caller.read(move |db, member| super::page(db, member, after)).await?;
        let out = page.rows.into_iter().map(|row| NoticeOut {
            id: row.id.to_string(),
            kind: row.kind.to_string(),
            post: row.post_id.map(|post| post.to_string()),
            body: row.body,
            created_at: row.created_at.rfc3339(),
            read: row.read_at.is_some(),
        });
        Ok(Json(NoticesOut { notices: out.collect(), next: page.next.map(Cursor::encode) }))
    }

    /// Mark all as read
    #[oai(path = "/me/notices/read", method = "post", operation_id = "read_notices")]
    async fn read_notices(&self, caller: Caller<Member>) -> Result<Json<bool>, Refusal> {
        caller
            .write(|tx, member| {
                store::mark_all_read(tx, member.id())?;
                Ok(())
            })
            .await?;
        Ok(Json(true))
    }
}
