//! Keeping the index in step: each outbox job names a row; the row as it is now decides what the index gets.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use aftercare_search::{Audience, Change, Document, Kind};
use chrono::NaiveDate;

use super::store;
use crate::accounts::System;
use crate::app::App;
use crate::guidance::{self, ArticleId, VersionState};
use crate::platform::db::{Db, off_the_runtime};
use crate::platform::outbox::{self, Job, Topic};
use crate::platform::refusal::Refusal;
use crate::threads::store::{self as threads, PostCore, PostRow};
use crate::threads::{BoardAudience, PostId, PostKind, RevisionId};

/// Jobs taken at once.
const BATCH: i64 = 200;

/// Brings the index in step with what is due. Answers how many jobs were done; none means there is nothing to do.
pub async fn work(app: &Arc<App>, worker: &str) -> Result<usize, Refusal> {
    let (database, name) = (app.database.clone(), worker.to_owned());
    let (jobs, changes) = off_the_runtime(move || {
        if !outbox::is_due(&database, Topic::Index)? {
            return Ok((Vec::new(), Vec::new()));
        }
        let jobs = outbox::lease(&database, Topic::Index, &name, BATCH)?;
        let today = database.clock().now().date();
        let changes = database.read(|db| changes_for(db, jobs.iter().map(|job| job.key.as_str()), today))?;
        Ok((jobs, changes))
    })
    .await?;
    if jobs.is_empty() {
        return Ok(0);
    }
    let result = app.search.apply(changes).await;
    let database = app.database.clone();
    off_the_runtime(move || settle(&database, jobs, result.err().map(|error| error.to_string()))).await
}

fn settle(
    database: &crate::platform::db::Database,
    jobs: Vec<Job>,
    error: Option<String>,
) -> Result<usize, Refusal> {
    match error {
        None => {
            outbox::done(database, &jobs)?;
            Ok(jobs.len())
        }
        Some(error) => {
            tracing::warn!(%error, "the index could not take changes; they are tried again");
            for job in &jobs {
                outbox::failed(database, job, &error)?;
            }
            Ok(0)
        }
    }
}

/// What the index must be told about these keys now; nothing for a key that names nothing. A few statements for any number of posts.
pub(super) fn changes_for<'a>(
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
