//! Searching on behalf of a viewer. The index proposes; the database decides what is shown and counted (`recheck`).

use aftercare_search::{
    Filters, Hits, Kind, Query, SearchEngine, SearchError, SnippetPart, Total, ViewerScope,
    corrections_quoted,
};

use super::asked::Asking;
use super::looked_for;
use super::recheck::recheck;
use super::store;
use crate::accounts::{Caller, Viewer};
use crate::app::App;
use crate::platform::db::Db;
use crate::platform::refusal::{FieldError, Refusal};
use crate::threads::ThreadId;

/// One thing found, with where it is.
#[derive(Clone, Debug)]
pub struct Finding {
    pub kind: Kind,
    pub title: String,
    pub path: String,
    pub id: String,
    pub thread: Option<ThreadId>,
    pub snippet: Vec<SnippetPart>,
    pub score: f32,
}

/// A board with how many were found in it.
#[derive(Clone, Debug)]
pub struct InBoard {
    pub slug: String,
    pub name: String,
    pub total: Total,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Findings {
    pub findings: Vec<Finding>,
    pub total: Total,
    /// How many each kind would find, and each board.
    pub kinds: Vec<(Kind, Total)>,
    pub boards: Vec<InBoard>,
    /// No text has (nearly) all the words.
    pub partial: bool,
    /// The query was longer than what is searched for.
    pub cut: bool,
    /// The query as it was probably meant.
    pub did_you_mean: Option<String>,
}

/// What the engine says, none of it checked yet.
pub(super) struct Proposed {
    pub query: Query,
    pub hits: Hits,
    /// The same search in all kinds and boards, where the query narrows them: what their numbers are checked with.
    pub wide: Option<Hits>,
    /// What the corrected query finds, the corrected words standing in it.
    pub meant: Hits,
}

/// Searches as this caller. An engine that does not answer within a second is "unavailable", never an empty result.
pub async fn find(caller: &Caller<Viewer>, asking: Asking) -> Result<Findings, Refusal> {
    let words = looked_for::counts(&asking).then(|| asking.text.clone());
    let query = caller.read(move |db, viewer| query_for(db, viewer, asking)).await?;
    let proposed = within_time(&caller.app, propose(caller.app.search.as_ref(), query)).await?;
    let findings = caller.read(move |db, viewer| recheck(db, viewer, proposed)).await?;
    if let Some(words) = words
        && (findings.partial || findings.total == Total::Exact(0))
    {
        looked_for::count(caller, words).await;
    }
    Ok(findings)
}

/// An engine's answer, or that it is unavailable just now.
pub(super) async fn within_time<T>(
    app: &App,
    answer: impl Future<Output = Result<T, SearchError>>,
) -> Result<T, Refusal> {
    app.engine.ask(app.database.clock().now(), answer).await
}

async fn propose(engine: &dyn SearchEngine, query: Query) -> Result<Proposed, SearchError> {
    let hits = engine.search(query.clone()).await?;
    let wide = match query.filters.kinds.is_empty() && query.filters.boards.is_empty() {
        true => None,
        false => {
            let filters = Filters { kinds: Vec::new(), boards: Vec::new(), ..query.filters.clone() };
            Some(engine.search(Query { filters, offset: 0, limit: 0, ..query.clone() }).await?)
        }
    };
    let meant = match &hits.did_you_mean {
        None => Hits::default(),
        Some(corrected) => {
            let text = corrections_quoted(&query.text, corrected);
            engine.search(Query { text, offset: 0, ..query.clone() }).await?
        }
    };
    Ok(Proposed { query, hits, wide, meant })
}

/// The query with ids in place of names. A name that this viewer can read nothing of is not there, whoever has it.
fn query_for(db: &mut Db, viewer: &Viewer, asking: Asking) -> Result<Query, Refusal> {
    let mut faults = Vec::new();
    let mut missing = |field: &str, message: &str| {
        let (field, message) = (field.to_owned(), message.to_owned());
        faults.push(FieldError { field, code: "not_found", message });
    };
    let mut boards = Vec::new();
    if let Some(slug) = &asking.board {
        match crate::threads::store::board_for(db, viewer, slug)? {
            Some(board) => boards.push(board.id.to_string()),
            None => missing("board", "There is no such board."),
        }
    }
    let author = match &asking.author {
        None => None,
        Some(name) => {
            let author = store::readable_author(db, viewer, name)?;
            if author.is_none() {
                missing("author", "Nobody of this name has written anything that you can read here.");
            }
            author
        }
    };
    if let Some(id) = asking.thread
        && crate::threads::store::thread(db, viewer, id)?.is_none()
    {
        missing("thread", "There is no such thread here.");
    }
    if !faults.is_empty() {
        return Err(Refusal::fields(faults));
    }
    Ok(Query {
        text: asking.text,
        filters: Filters {
            kinds: asking.kind.into_iter().collect(),
            boards,
            thread: asking.thread.map(|id| id.to_string()),
            verified: asking.verified.then_some(true),
            has_guidance: asking.guidance.then_some(true),
            author: author.map(|id| id.to_string()),
            published_from: asking.from.map(crate::platform::clock::UtcTime::micros),
            published_to: asking.to.map(crate::platform::clock::UtcTime::micros),
        },
        viewer: scope_of(db, viewer)?,
        sort: asking.sort,
        offset: asking.offset,
        limit: asking.limit,
    })
}

pub(super) fn scope_of(db: &mut Db, viewer: &Viewer) -> Result<ViewerScope, Refusal> {
    Ok(match viewer.member() {
        None => ViewerScope::Anonymous,
        Some(_) => {
            let boards = crate::threads::store::boards(db, viewer)?;
            ViewerScope::Member { invited_boards: boards.iter().map(|board| board.id.to_string()).collect() }
        }
    })
}
