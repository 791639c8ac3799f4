//! Searching on behalf of a viewer. The index proposes; the database decides what is shown and counted.

use std::collections::{HashMap, HashSet};

use aftercare_search::{Filters, Hits, Kind, Query, SearchError, SnippetPart, Total, ViewerScope};

use super::store;
use crate::accounts::{Caller, Viewer};
use crate::guidance::ArticleId;
use crate::platform::db::Db;
use crate::platform::refusal::Refusal;
use crate::threads::{PostId, ThreadId};

/// What somebody asks for.
#[derive(Clone, Debug, Default)]
pub struct Asking {
    pub text: String,
    /// A board's slug.
    pub board: Option<String>,
    pub kind: Option<Kind>,
    pub offset: usize,
    pub limit: usize,
}

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

/// What was found.
#[derive(Clone, Debug)]
pub struct Findings {
    pub findings: Vec<Finding>,
    pub total: Total,
    pub kinds: Vec<(Kind, Total)>,
}

/// Searches as this caller. An engine that does not answer within a second is "unavailable", never an empty result.
pub async fn find(caller: &Caller<Viewer>, asking: Asking) -> Result<Findings, Refusal> {
    let slug = asking.board.clone();
    let (scope, board) = caller
        .read(move |db, viewer| {
            let board = match slug {
                None => None,
                Some(slug) => {
                    let board = crate::threads::store::board_for(db, viewer, &slug)?;
                    Some(
                        board
                            .ok_or_else(|| Refusal::field("board", "not_found", "There is no such board."))?
                            .id
                            .to_string(),
                    )
                }
            };
            Ok((scope_of(db, viewer)?, board))
        })
        .await?;
    let query = Query {
        text: asking.text,
        filters: Filters {
            kinds: asking.kind.into_iter().collect(),
            boards: board.into_iter().collect(),
            ..Filters::default()
        },
        viewer: scope,
        offset: asking.offset,
        limit: asking.limit,
        ..Query::default()
    };
    let answer =
        tokio::time::timeout(std::time::Duration::from_millis(800), caller.app.search.search(query)).await;
    let hits = match answer {
        Ok(Ok(hits)) => hits,
        Ok(Err(error)) => return Err(unavailable(&error)),
        Err(_) => return Err(unavailable(&SearchError::Unavailable("no answer in time".into()))),
    };
    caller.read(move |db, viewer| recheck(db, viewer, hits)).await
}

fn unavailable(error: &SearchError) -> Refusal {
    tracing::warn!(%error, "search is unavailable");
    let mut refusal = Refusal::unavailable(
        "Search is unavailable just now. Boards and guidance can be read as always; please try again in a moment.",
    );
    refusal.code = "search_unavailable";
    refusal
}

fn scope_of(db: &mut Db, viewer: &Viewer) -> Result<ViewerScope, Refusal> {
    Ok(match viewer.member() {
        None => ViewerScope::Anonymous,
        Some(_) => {
            let boards = crate::threads::store::boards(db, viewer)?;
            ViewerScope::Member { invited_boards: boards.iter().map(|board| board.id.to_string()).collect() }
        }
    })
}

/// Drops every hit that this viewer may not read at this moment, from the page and from the counts.
fn recheck(db: &mut Db, viewer: &Viewer, mut hits: Hits) -> Result<Findings, Refusal> {
    let ids = || {
        hits.hits.iter().map(|hit| hit.id.as_str()).chain(hits.found.iter().map(|found| found.id.as_str()))
    };
    let of = |prefix: &str| -> HashSet<String> {
        ids().filter_map(|id| id.strip_prefix(prefix)).map(str::to_owned).collect()
    };
    let threads = of("thread:").iter().filter_map(|id| ThreadId::parse(id)).collect();
    let posts = of("post:").iter().filter_map(|id| PostId::parse(id)).collect();
    let articles = of("article:").iter().filter_map(|id| ArticleId::parse(id)).collect();
    let threads = store::readable_thread_ids(db, viewer, threads)?;
    let posts: HashMap<PostId, ThreadId> = store::readable_post_ids(db, viewer, posts)?.into_iter().collect();
    let articles = store::verified_article_ids(db, articles)?;
    hits.keep(|id| match id.split_once(':') {
        Some(("thread", id)) => ThreadId::parse(id).is_some_and(|id| threads.contains(&id)),
        Some(("post", id)) => PostId::parse(id).is_some_and(|id| posts.contains_key(&id)),
        Some(("article", id)) => ArticleId::parse(id).is_some_and(|id| articles.contains(&id)),
        _ => false,
    });
    let shown: Vec<ThreadId> = hits
        .hits
        .iter()
        .filter_map(|hit| hit.id.strip_prefix("post:").and_then(PostId::parse))
        .filter_map(|post| posts.get(&post).copied())
        .collect();
    let titles: HashMap<ThreadId, String> = store::thread_titles(db, viewer, shown)?.into_iter().collect();
    let findings = hits.hits.into_iter().filter_map(|hit| finding(hit, &posts, &titles)).collect();
    let kinds = hits.kinds.into_iter().map(|facet| (facet.value, facet.total)).collect();
    Ok(Findings { findings, total: hits.total, kinds })
}

fn finding(
    hit: aftercare_search::Hit,
    posts: &HashMap<PostId, ThreadId>,
    titles: &HashMap<ThreadId, String>,
) -> Option<Finding> {
    let (what, id) = hit.id.split_once(':')?;
    let (title, path, thread) = match what {
        "thread" => (hit.title, format!("/threads/{id}"), ThreadId::parse(id)),
        "post" => {
            let thread = *posts.get(&PostId::parse(id)?)?;
            (titles.get(&thread).cloned().unwrap_or_default(), format!("/posts/{id}"), Some(thread))
        }
        _ => (hit.title, format!("/guidance/{id}"), None),
    };
    Some(Finding {
        kind: hit.kind,
        title,
        path,
        id: id.to_owned(),
        thread,
        snippet: hit.snippet,
        score: hit.score,
    })
}
