//! Keeping the index in step: each outbox job names a row; the row as it is now decides what the index gets.

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
use crate::threads::store as threads;
use crate::threads::{BoardAudience, PostId, PostKind};

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
        let changes = database
            .read(|db| jobs.iter().filter_map(|job| change_for(db, &job.key, today).transpose()).collect())?;
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

/// What the index must be told about this key now; nothing if the key names nothing.
pub fn change_for(db: &mut Db, key: &str, today: NaiveDate) -> Result<Option<Change>, Refusal> {
    match key.split_once(':') {
        Some(("post", id)) => match PostId::parse(id) {
            Some(id) => post_change(db, id, today),
            None => Ok(None),
        },
        Some(("article", id)) => match ArticleId::parse(id) {
            Some(id) => article_change(db, id),
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

fn post_change(db: &mut Db, id: PostId, today: NaiveDate) -> Result<Option<Change>, Refusal> {
    let Some(core) = threads::post(db, id)? else { return Ok(None) };
    let opening = core.kind == PostKind::Opening;
    let name = if opening { format!("thread:{}", core.thread_id) } else { format!("post:{id}") };
    let Some(post) = threads::published(db, &System::worker(), id)? else {
        return Ok(Some(Change::Remove { id: name, version: core.version }));
    };
    let board = post.board_id.to_string();
    Ok(Some(Change::Put(Document {
        id: name,
        kind: if opening { Kind::Thread } else { Kind::Post },
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
        verified: guidance::store::is_verified(db, post.revision_id, today)?,
        has_guidance: guidance::store::has_card(db, id)?,
        helpful: if opening { store::times_helped(db, post.thread_id)? } else { 0 },
        published_at: post.first_published_at.micros(),
        version: core.version,
    })))
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
