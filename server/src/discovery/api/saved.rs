//! Kept searches in the API.

use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use crate::accounts::{Caller, Member};
use crate::discovery::saved::{self, SavedId, SavedRow, Saving};
use crate::platform::http::{Created, Input};
use crate::platform::refusal::Refusal;

pub struct SavedApi;

/// A search and a name for it.
#[derive(Object)]
struct SavedIn {
    /// At most 60 characters, another one for each search.
    #[oai(validator(min_length = 1, max_length = 60))]
    name: String,
    /// What stands behind the question mark of `search`, at most 2 KiB: such as `q=swelling&kind=thread`.
    #[oai(validator(min_length = 1))]
    query: String,
}

/// A search that is kept.
#[derive(Object)]
struct SavedOut {
    id: String,
    name: String,
    /// What stands behind the question mark of `/api/v1/search` and of the page.
    query: String,
}

impl From<SavedRow> for SavedOut {
    fn from(row: SavedRow) -> Self {
        Self { id: row.id.to_string(), name: row.name, query: row.address }
    }
}

/// Twenty at most.
#[derive(Object)]
struct SavedListOut {
    searches: Vec<SavedOut>,
}

#[OpenApi]
impl SavedApi {
    /// One's own kept searches, by name
    ///
    /// Nobody else sees them, and nothing is ever sent because of them.
    #[oai(path = "/search/saved", method = "get", operation_id = "list_saved_searches")]
    async fn list_saved_searches(&self, caller: Caller<Member>) -> Result<Json<SavedListOut>, Refusal> {
        let rows = caller.read(saved::list).await?;
        Ok(Json(SavedListOut { searches: rows.into_iter().map(SavedOut::from).collect() }))
    }

    /// Keep a search under a name
    ///
    /// 422 `taken` where the name belongs to another search, `too_many` beyond twenty.
    #[oai(path = "/search/saved", method = "post", operation_id = "save_search")]
    async fn save_search(
        &self,
        caller: Caller<Member>,
        input: Input<SavedIn>,
    ) -> Result<Created<SavedOut>, Refusal> {
        let row = caller
            .prepare(
                move |app| Saving::parse(app, input.fields),
                |tx, member, saving| saved::keep(tx, member, &saving),
            )
            .await?;
        Ok(Created(row.into()))
    }

    /// Delete a kept search
    #[oai(path = "/search/saved/:id", method = "delete", operation_id = "delete_saved_search")]
    async fn delete_saved_search(
        &self,
        caller: Caller<Member>,
        id: Path<String>,
    ) -> Result<Json<bool>, Refusal> {
        let id = SavedId::parse(&id.0).ok_or_else(Refusal::not_found)?;
        caller.write(move |tx, member| saved::delete(tx, member, id)).await?;
        Ok(Json(true))
    }
}
