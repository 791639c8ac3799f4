//! Search in the API.

use aftercare_search::{Kind, Total};
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::find::{self, Asking};
use crate::accounts::{Caller, Viewer};
use crate::platform::refusal::Refusal;

pub struct SearchApi;

/// A stretch of a snippet.
#[derive(Object)]
struct SnippetOut {
    text: String,
    /// These are words that were searched for.
    marked: bool,
}

/// One thing found.
#[derive(Object)]
struct FindingOut {
    /// `thread`, `post` or `guidance`.
    kind: String,
    id: String,
    title: String,
    /// Where the page is.
    path: String,
    thread: Option<String>,
    snippet: Vec<SnippetOut>,
}

/// How many there are of a kind.
#[derive(Object)]
struct FacetOut {
    kind: String,
    total: u32,
    /// There are more than `total`.
    more: bool,
}

/// What was found, best first.
#[derive(Object)]
struct FindingsOut {
    findings: Vec<FindingOut>,
    total: u32,
    /// There are more than `total`.
    more: bool,
    kinds: Vec<FacetOut>,
    /// Pass as `cursor` for the next page; absent on the last.
    next: Option<String>,
}

const PAGE: usize = 20;

fn count(total: Total) -> (u32, bool) {
    match total {
        Total::Exact(count) => (u32::try_from(count).unwrap_or(u32::MAX), false),
        Total::MoreThan200 => (200, true),
    }
}

#[OpenApi]
impl SearchApi {
    /// Find threads, posts and guidance that the caller may read
    ///
    /// Any text is a valid query: "quoted words" stand together, -word must not occur. 503 `search_unavailable` while the index does not answer.
    #[oai(path = "/search", method = "get", operation_id = "search")]
    async fn search(
        &self,
        caller: Caller<Viewer>,
        /// Words; what is longer than 200 characters is cut at a word.
        q: Query<Option<String>>,
        /// Slug of a board.
        board: Query<Option<String>>,
        /// `thread`, `post` or `guidance`.
        kind: Query<Option<String>>,
        /// Where the last page ended.
        cursor: Query<Option<String>>,
    ) -> Result<Json<FindingsOut>, Refusal> {
        let kind = match kind.0.filter(|kind| !kind.is_empty()) {
            None => None,
            Some(kind) => Some(Kind::from_name(&kind).ok_or_else(|| {
                Refusal::field("kind", "not_a_choice", "Kinds are thread, post and guidance.")
            })?),
        };
        let offset = match cursor.0.filter(|cursor| !cursor.is_empty()) {
            None => 0,
            Some(text) => {
                text.parse().ok().filter(|offset| *offset <= 1000).ok_or_else(Refusal::not_our_cursor)?
            }
        };
        let asking = Asking {
            text: q.0.unwrap_or_default(),
            board: board.0.filter(|board| !board.is_empty()),
            kind,
            offset,
            limit: PAGE,
        };
        let found = find::find(&caller, asking).await?;
        let (total, more) = count(found.total);
        let end = offset + PAGE;
        let goes_on = more || usize::try_from(total).is_ok_and(|total| total > end);
        let findings = found.findings.into_iter().map(|finding| FindingOut {
            kind: finding.kind.name().to_owned(),
            id: finding.id,
            title: finding.title,
            path: finding.path,
            thread: finding.thread.map(|thread| thread.to_string()),
            snippet: finding
                .snippet
                .into_iter()
                .map(|part| SnippetOut { text: part.text, marked: part.marked })
                .collect(),
        });
        let kinds = found.kinds.into_iter().map(|(kind, of_kind)| {
            let (total, more) = count(of_kind);
            FacetOut { kind: kind.name().to_owned(), total, more }
        });
        Ok(Json(FindingsOut {
            findings: findings.collect(),
            total,
            more,
            kinds: kinds.collect(),
            next: (goes_on && end <= 1000).then(|| end.to_string()),
        }))
    }
}
