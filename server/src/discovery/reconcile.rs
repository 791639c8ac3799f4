//! Comparing index and database both ways: what differs is put into the outbox, so a lost or foreign entry does not last.

use std::collections::HashMap;
use std::sync::Arc;

use aftercare_search::VersionsPage;

use super::store;
use crate::app::App;
use crate::guidance::ArticleId;
use crate::platform::db::off_the_runtime;
use crate::platform::refusal::Refusal;
use crate::screening;
use crate::threads::{PostId, PostKind};

const ROWS: usize = 1000;

/// Asks for every document whose version in the index is not the row's. Answers how many differed.
pub async fn reconcile(app: &Arc<App>) -> Result<usize, Refusal> {
    let stale = differing(app).await?;
    let database = app.database.clone();
    off_the_runtime(move || {
        for part in stale.chunks(ROWS) {
            database.write(|tx| {
                for key in part {
                    // A version that no act uses, so that the job is new even if one for the row's version was done.
                    let version = -tx.now.micros();
                    screening::reindex(tx, key, version)?;
                }
                Ok(())
            })?;
        }
        Ok(stale.len())
    })
    .await
}

/// The keys of every post and article that index and database do not agree on.
pub async fn differing(app: &Arc<App>) -> Result<Vec<String>, Refusal> {
    let mut indexed: HashMap<String, i64> = HashMap::new();
    let mut after = None;
    loop {
        let page =
            app.search.versions(VersionsPage { after, limit: ROWS }).await.map_err(Refusal::internal)?;
        after = page.last().map(|versioned| versioned.id.clone());
        let full = page.len() == ROWS;
        indexed.extend(page.into_iter().map(|versioned| (versioned.id, versioned.held.version)));
        if !full {
            break;
        }
    }
    let database = app.database.clone();
    off_the_runtime(move || {
        database.read(|db| {
            let mut stale = differing_posts(db, &indexed)?;
            stale.extend(differing_articles(db, &indexed)?);
            Ok(stale)
        })
    })
    .await
}

fn differing_posts(
    db: &mut crate::platform::db::Db,
    indexed: &HashMap<String, i64>,
) -> Result<Vec<String>, Refusal> {
    let mut differing = Vec::new();
    let mut after = PostId(i64::MIN);
    loop {
        let rows = store::posts_after(db, after, i64::try_from(ROWS).unwrap_or(i64::MAX))?;
        let Some((last, ..)) = rows.last() else { return Ok(differing) };
        after = *last;
        for (id, kind, thread, version, published) in rows {
            let name =
                if kind == PostKind::Opening { format!("thread:{thread}") } else { format!("post:{id}") };
            // What never was public and is not indexed is in step.
            let held = indexed.get(&name);
            if held != Some(&version) && (published || held.is_some()) {
                differing.push(format!("post:{id}"));
            }
        }
    }
}

fn differing_articles(
    db: &mut crate::platform::db::Db,
    indexed: &HashMap<String, i64>,
) -> Result<Vec<String>, Refusal> {
    let mut differing = Vec::new();
    let mut after = ArticleId(i64::MIN);
    loop {
        let rows = store::articles_after(db, after, i64::try_from(ROWS).unwrap_or(i64::MAX))?;
        let Some((last, _)) = rows.last() else { return Ok(differing) };
        after = *last;
        for (id, version) in rows {
            let held = indexed.get(&format!("article:{id}"));
            if held != Some(&version) && (version > 1 || held.is_some()) {
                differing.push(format!("article:{id}"));
            }
        }
    }
}
