//! Whatever the index proposes is read once more as this viewer before it is shown or counted.

use std::collections::{HashMap, HashSet};

use aftercare_search::{Filters, Found, Hit, Hits, Kind, Total};

use super::find::{Finding, Findings, InBoard, Proposed};
use super::store;
use crate::accounts::Viewer;
use crate::guidance::ArticleId;
use crate::platform::db::Db;
use crate::platform::refusal::Refusal;
use crate::threads::{PostId, ThreadId};

/// What this viewer may read at this moment of all that was proposed.
pub(super) struct Readable {
    threads: HashMap<ThreadId, String>,
    posts: HashMap<PostId, ThreadId>,
    articles: HashSet<ArticleId>,
}

impl Readable {
    pub(super) fn of(db: &mut Db, viewer: &Viewer, answers: &[&Hits]) -> Result<Self, Refusal> {
        let hits = answers.iter().flat_map(|hits| &hits.hits).map(|hit| hit.id.as_str());
        let found = answers.iter().flat_map(|hits| &hits.found).map(|found| found.id.as_str());
        let (mut threads, mut posts, mut articles) = (HashSet::new(), HashSet::new(), HashSet::new());
        for id in hits.chain(found) {
            match id.split_once(':') {
                Some(("thread", id)) => threads.extend(ThreadId::parse(id)),
                Some(("post", id)) => posts.extend(PostId::parse(id)),
                Some(("article", id)) => articles.extend(ArticleId::parse(id)),
                _ => {}
            }
        }
        let posts: HashMap<PostId, ThreadId> =
            store::readable_post_ids(db, viewer, posts.into_iter().collect())?.into_iter().collect();
        threads.extend(posts.values());
        Ok(Self {
            threads: store::thread_titles(db, viewer, threads.into_iter().collect())?.into_iter().collect(),
            posts,
            articles: store::verified_article_ids(db, articles.into_iter().collect())?,
        })
    }

    pub(super) fn has(&self, id: &str) -> bool {
        match id.split_once(':') {
            Some(("thread", id)) => ThreadId::parse(id).is_some_and(|id| self.threads.contains_key(&id)),
            Some(("post", id)) => PostId::parse(id).is_some_and(|id| self.posts.contains_key(&id)),
            Some(("article", id)) => ArticleId::parse(id).is_some_and(|id| self.articles.contains(&id)),
            _ => false,
        }
    }

    pub(super) fn finding(&self, hit: Hit) -> Option<Finding> {
        let (what, id) = hit.id.split_once(':')?;
        let (title, path, thread) = match what {
            "thread" => (hit.title, format!("/threads/{id}"), ThreadId::parse(id)),
            "post" => {
                let thread = *self.posts.get(&PostId::parse(id)?)?;
                (self.threads.get(&thread).cloned().unwrap_or_default(), format!("/posts/{id}"), Some(thread))
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
}

/// Drops every hit that this viewer may not read at this moment, from the page, from the counts, and from what lends its words to
/// a correction.
pub(super) fn recheck(db: &mut Db, viewer: &Viewer, proposed: Proposed) -> Result<Findings, Refusal> {
    let Proposed { query, mut hits, mut wide, mut meant } = proposed;
    let answers: Vec<&Hits> = [&hits, &meant].into_iter().chain(&wide).collect();
    let readable = Readable::of(db, viewer, &answers)?;
    for answer in [&mut hits, &mut meant].into_iter().chain(&mut wide) {
        answer.keep(|id| readable.has(id));
    }
    let (kinds, boards) = facets(&hits, wide.as_ref(), &query.filters);
    let names = crate::threads::store::boards(db, viewer)?;
    let boards = names.into_iter().filter_map(|board| {
        let total = *boards.get(&board.id.to_string())?;
        Some(InBoard { slug: board.slug, name: board.name, total })
    });
    Ok(Findings {
        total: hits.total,
        kinds,
        boards: boards.collect(),
        partial: hits.partial,
        cut: hits.cut,
        did_you_mean: hits.did_you_mean.take().filter(|_| !meant.hits.is_empty()),
        findings: hits.hits.into_iter().filter_map(|hit| readable.finding(hit)).collect(),
    })
}

/// How many there are of each kind and in each board. Where the query narrows them, the numbers of what was not chosen are
/// counted from the wide answer, which the database has checked; over 200 of those there is nothing to check them with.
fn facets(
    hits: &Hits,
    wide: Option<&Hits>,
    filters: &Filters,
) -> (Vec<(Kind, Total)>, HashMap<String, Total>) {
    let Some(wide) = wide.filter(|wide| matches!(wide.total, Total::Exact(_))) else {
        let kinds = hits.kinds.iter().map(|facet| (facet.value, facet.total)).collect();
        return (kinds, hits.boards.iter().map(|facet| (facet.value.clone(), facet.total)).collect());
    };
    let of_kind = |found: &&Found| filters.kinds.is_empty() || filters.kinds.contains(&found.kind);
    let in_board = |found: &&Found| match &found.board {
        _ if filters.boards.is_empty() => true,
        Some(board) => filters.boards.contains(board),
        None => false,
    };
    let mut boards: HashMap<String, usize> = HashMap::new();
    for board in wide.found.iter().filter(of_kind).filter_map(|found| found.board.clone()) {
        *boards.entry(board).or_default() += 1;
    }
    let kinds = Kind::ALL.into_iter().filter_map(|kind| {
        let count = wide.found.iter().filter(in_board).filter(|found| found.kind == kind).count();
        (count > 0).then_some((kind, Total::of(count)))
    });
    (kinds.collect(), boards.into_iter().map(|(board, count)| (board, Total::of(count))).collect())
}
