//! Keeping the index in step: each outbox job names a row; the row as it is now decides what the index gets.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use aftercare_search::{Audience, Change, Document, Kind, VersionsPage};
use chrono::{Duration, NaiveDate};

use super::store;
use crate::accounts::System;
use crate::app::App;
use crate::guidance::{self, ArticleId, VersionState};
use crate::platform::db::{Database, Db, off_the_runtime};
use crate::platform::outbox::{self, Job, Topic};
use crate::platform::refusal::Refusal;
use crate::threads::store::{self as threads, PostCore, PostRow};
use crate::threads::{BoardAudience, PostId, PostKind, RevisionId};

/// Jobs taken at once.
const BATCH: i64 = 200;
/// So long after it did not answer, an engine is tried again.
const ENGINE_AWAY: Duration = Duration::seconds(10);

/// Brings the index in step with what is due. Answers how many jobs were done; none means there is nothing to do.
pub async fn work(app: &Arc<App>, worker: &str) -> Result<usize, Refusal> {
    let (database, name) = (app.database.clone(), worker.to_owned());
    let jobs = off_the_runtime(move || match outbox::is_due(&database, Topic::Index)? {
        true => outbox::lease(&database, Topic::Index, &name, BATCH),
        false => Ok(Vec::new()),
    })
    .await?;
    if jobs.is_empty() {
        return Ok(0);
    }
    let keys = jobs.iter().map(|job| job.key.clone()).collect();
    let changes = changes(app.database.clone(), keys).await?;
    let Err(error) = app.search.apply(changes).await else { return done(app, jobs).await };
    tracing::warn!(%error, "the index could not take changes; they are tried again");
    // Listing is the least that an engine can be asked for.
    let answers = app.search.versions(VersionsPage { after: None, limit: 1 }).await;
    match answers {
        Ok(_) => one_by_one(app, jobs).await,
        Err(_) => wait_for_the_engine(app, jobs, error.to_string()).await,
    }
}

async fn done(app: &Arc<App>, jobs: Vec<Job>) -> Result<usize, Refusal> {
    let database = app.database.clone();
    off_the_runtime(move || {
        outbox::done(&database, &jobs)?;
        Ok(jobs.len())
    })
    .await
}

/// The engine is away, which is no job's fault: none comes nearer to being given up, and all are due again soon enough that the index
/// is in step within half a minute of the engine's return.
async fn wait_for_the_engine(app: &Arc<App>, jobs: Vec<Job>, error: String) -> Result<usize, Refusal> {
    let database = app.database.clone();
    off_the_runtime(move || outbox::later(&database, &jobs, ENGINE_AWAY, &error)).await?;
    Ok(0)
}

/// The engine answers, so it is a change that it will not take: the others must not wait for that one.
async fn one_by_one(app: &Arc<App>, jobs: Vec<Job>) -> Result<usize, Refusal> {
    let mut taken = Vec::new();
    for job in jobs {
        let change = changes(app.database.clone(), vec![job.key.clone()]).await?;
        match app.search.apply(change).await {
            Ok(()) => taken.push(job),
            Err(error) => {
                tracing::warn!(%error, "the index would not take one change");
                let database = app.database.clone();
                off_the_runtime(move || outbox::failed(&database, &job, &error.to_string())).await?;
            }
        }
    }
    done(app, taken).await
}

/// What the index must be told about these keys now, read off the async threads.
pub(super) async fn changes(database: Database, keys: Vec<String>) -> Result<Vec<Change>, Refusal> {
    off_the_runtime(move || {
        let today = database.clock().now().date();
        database.read(|db| changes_for(db, keys.iter().map(String::as_str), today))
    })
    .await
}

/// The same within a reading; nothing for a key that names nothing. A few statements for any number of posts.
fn changes_for<'a>(
    db: &mut Db,
    keys: impl Iterator<Item = &'a str>,
    today: NaiveDate,
) -> Result<Vec<Change>, Refusal> {
    let (mut posts, mut changes) = (Vec::new(), Vec::new());
    for key in keys {
        match key.split_once(':') {
            Some(("post", id)) => posts.extend(PostId::parse(id)),
            Some(("article", id)) => {
                if let Some(id) = ArticleId::parse(id) {
                    changes.extend(article_change(db, id)?);
                }
            }
            _ => {}
        }
    }
    changes.extend(post_changes(db, &posts, today)?);
    Ok(changes)
}

fn post_changes(db: &mut Db, ids: &[PostId], today: NaiveDate) -> Result<Vec<Change>, Refusal> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let cores = threads::posts_of_ids(db, ids)?;
    let shown = threads::all_published(db, &System::worker(), ids)?;
    let revisions: Vec<RevisionId> = shown.iter().map(|post| post.revision_id).collect();
    let verified: HashSet<RevisionId> =
        guidance::store::verified_among(db, &revisions, today)?.into_iter().collect();
    let with_cards: HashSet<PostId> = guidance::store::with_cards(db, ids)?.into_iter().collect();
    let opened = cores.iter().filter(|core| core.kind == PostKind::Opening);
    let helped = store::times_helped(db, &opened.map(|core| core.thread_id).collect::<Vec<_>>())?;
    let mut shown: HashMap<PostId, PostRow> = shown.into_iter().map(|post| (post.id, post)).collect();
    let change = |core: PostCore| {
        let opening = core.kind == PostKind::Opening;
        let id = if opening { format!("thread:{}", core.thread_id) } else { format!("post:{}", core.id) };
        let Some(post) = shown.remove(&core.id) else {
            return Change::Remove { id, version: core.version };
        };
        let helpful = if opening { helped.get(&core.thread_id).copied() } else { None };
        Change::Put(Document {
            helpful: helpful.unwrap_or_default(),
            verified: verified.contains(&post.revision_id),
            has_guidance: with_cards.contains(&core.id),
            ..document(id, if opening { Kind::Thread } else { Kind::Post }, post)
        })
    };
    Ok(cores.into_iter().map(change).collect())
}

/// A post's document, without what stands beside the post.
fn document(id: String, kind: Kind, post: PostRow) -> Document {
    let board = post.board_id.to_string();
    Document {
        id,
        kind,
        audience: match post.audience {
            BoardAudience::Public => Audience::Public,
            BoardAudience::Unlisted => Audience::Unlisted,
            BoardAudience::Members => Audience::Members,
            BoardAudience::Invited => Audience::Invited(board.clone()),
        },
        board: Some(board),
        thread: Some(post.thread_id.to_string()),
        author: Some(post.author_id.to_string()),
        title: post.title.unwrap_or_default(),
        aliases: Vec::new(),
        body: post.plain,
        verified: false,
        has_guidance: false,
        helpful: 0,
        published_at: post.first_published_at.micros(),
        version: post.version,
    }
}

fn article_change(db: &mut Db, id: ArticleId) -> Result<Option<Change>, Refusal> {
    let Some(version) = guidance::store::index_version(db, id)? else { return Ok(None) };
    let name = format!("article:{id}");
    let shown = guidance::store::shown_version(db, id)?.filter(|shown| shown.state == VersionState::Verified);
    Ok(Some(match shown {
        None => Change::Remove { id: name, version },
        Some(shown) => Change::Put(Document {
            id: name,
            kind: if shown.other_names().is_some() { Kind::Glossary } else { Kind::Guidance },
            board: None,
            audience: Audience::Public,
            thread: None,
            author: None,
            aliases: shown.other_names().unwrap_or_default(),
            title: shown.title,
            body: shown.plain,
            verified: true,
            has_guidance: true,
            helpful: 0,
            published_at: shown.created_at.micros(),
            version,
        }),
    }))
}
