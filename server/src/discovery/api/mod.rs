//! Search in the API.

mod alike;
mod saved;
mod shapes;

use poem::Request;
use poem_openapi::OpenApi;
use poem_openapi::param::Query;
use poem_openapi::payload::Json;

use self::shapes::{
    BoardFacetOut, FacetOut, FindingOut, FindingsOut, LookedForOut, LookedForRowOut, SuggestionOut,
    SuggestionsOut, count,
};
use super::asked::Asking;
use super::{find, looked_for, suggest};
use crate::accounts::{Caller, Member, Viewer};
use crate::platform::fields::Fields;
use crate::platform::http::{cursor as read_cursor, form};
use crate::platform::refusal::Refusal;
use crate::support::pages::region_of;
use crate::threads::api::care_panels;

pub use self::alike::AlikeApi;
pub use self::saved::SavedApi;

pub struct SearchApi;

const PAGE: usize = 20;
const LAST: usize = 1000;

#[OpenApi]
impl SearchApi {
    /// Find threads, posts and guidance that the caller may read
    ///
    /// Any text is a valid query: "quoted words" stand together, -word must not occur. A filter that is none of these, or has a value
    /// that it does not have, is 422. 503 `search_unavailable` while the index does not answer.
    #[oai(path = "/search", method = "get", operation_id = "search")]
    #[expect(clippy::too_many_arguments, reason = "the document describes each parameter by one argument")]
    async fn search(
        &self,
        caller: Caller<Viewer>,
        request: &Request,
        /// Words; what is longer than 200 characters is cut at a word.
        q: Query<Option<String>>,
        /// Slug of a board.
        board: Query<Option<String>>,
        /// `thread`, `post`, `guidance` or `glossary`.
        kind: Query<Option<String>>,
        /// A member's name, in full.
        author: Query<Option<String>>,
        /// Published in the last `week`, `month` or `year`.
        when: Query<Option<String>>,
        /// Published on this day (`2026-05-31`, in the community's time zone) or later.
        from: Query<Option<String>>,
        /// Published on this day or earlier.
        to: Query<Option<String>>,
        /// `true`: a clinician has verified it as it stands.
        verified: Query<Option<String>>,
        /// `true`: signed guidance is attached.
        guidance: Query<Option<String>>,
        /// `relevance`, `newest` or `helpful` (verified answers first).
        sort: Query<Option<String>>,
        /// Id of a thread to search in.
        thread: Query<Option<String>>,
        /// Where the last page ended.
        cursor: Query<Option<String>>,
    ) -> Result<Json<FindingsOut>, Refusal> {
        // Read whole from the address, so that a filter that is none of these is not passed over: its caller would be shown too much.
        let _described = (q, board, kind, author, when, from, to, verified, guidance, sort, thread);
        let mut fields =
            Fields::from_pairs(form::parse(request.uri().query().unwrap_or_default().as_bytes())?);
        fields.optional_text("cursor");
        let asking = Asking::take(&mut fields, caller.app.schedule.zone(), caller.app.database.clock().now());
        let asking = fields.finish(Some(asking))?;
        let offset = read_cursor(cursor.0, |text| text.parse().ok().filter(|at| *at <= LAST))?;
        let offset: usize = offset.unwrap_or_default();
        let found = find::find(&caller, Asking { offset, limit: PAGE, ..asking }).await?;
        let (total, more) = count(found.total);
        let end = offset + PAGE;
        let goes_on = more || usize::try_from(total).is_ok_and(|total| total > end);
        let kinds = found.kinds.into_iter().map(|(kind, of_kind)| {
            let (total, more) = count(of_kind);
            FacetOut { kind: kind.name().to_owned(), total, more }
        });
        Ok(Json(FindingsOut {
            total,
            more,
            kinds: kinds.collect(),
            boards: found.boards.into_iter().map(BoardFacetOut::from).collect(),
            partial: found.partial,
            did_you_mean: found.did_you_mean,
            next: (goes_on && end <= LAST).then(|| end.to_string()),
            findings: found.findings.into_iter().map(FindingOut::from).collect(),
        }))
    }

    /// Suggest titles for words that are still being typed
    ///
    /// Threads and guidance that the caller may read. Nothing for a single letter.
    #[oai(path = "/search/suggestions", method = "get", operation_id = "suggest_titles")]
    async fn suggest_titles(
        &self,
        caller: Caller<Viewer>,
        /// What was typed so far.
        q: Query<Option<String>>,
        /// Slug of a board to stay in.
        board: Query<Option<String>>,
    ) -> Result<Json<SuggestionsOut>, Refusal> {
        let board = board.0.filter(|board| !board.is_empty());
        let suggested = suggest::suggest(&caller, q.0.unwrap_or_default(), board).await?;
        let app = caller.app.clone();
        let care = caller
            .read(move |_, viewer| Ok(care_panels(&app, &suggested.needs, region_of(&app, viewer))))
            .await?;
        let suggestions = suggested.findings.into_iter().map(SuggestionOut::from).collect();
        Ok(Json(SuggestionsOut { suggestions, care }))
    }

    /// What people look for in vain
    ///
    /// For clinicians and admins: pairs of words that at least five different members searched for together within a week of the last
    /// 90 days, and that no text has together. No query is kept, nor who searched.
    #[oai(path = "/search/looked-for", method = "get", operation_id = "list_looked_for")]
    async fn list_looked_for(&self, caller: Caller<Member>) -> Result<Json<LookedForOut>, Refusal> {
        let now = caller.app.database.clock().now();
        let rows = caller.read(move |db, member| looked_for::report(db, member, now)).await?;
        Ok(Json(LookedForOut { rows: rows.into_iter().map(LookedForRowOut::from).collect() }))
    }
}
