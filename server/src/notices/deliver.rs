//! The consumer: each job names a reply, a decision or a rule; what is true now decides whether and what somebody is told.

use std::sync::Arc;

use super::{NoticeKind, store};
use crate::accounts::{System, store as accounts};
use crate::app::App;
use crate::platform::db::{Tx, off_the_runtime};
use crate::platform::outbox::{self, Job, Topic};
use crate::platform::refusal::Refusal;
use crate::review::{Choice, ItemId};
use crate::threads::PostId;

const BATCH: i64 = 100;

/// Delivers what is due; answers how many jobs were done.
pub async fn work(app: &Arc<App>, worker: &str) -> Result<usize, Refusal> {
    let (database, worker) = (app.database.clone(), worker.to_owned());
    off_the_runtime(move || {
        if !outbox::is_due(&database, Topic::Notice)? {
            return Ok(0);
        }
        let jobs = outbox::lease(&database, Topic::Notice, &worker, BATCH)?;
        for job in &jobs {
            match database.write(|tx| deliver(tx, job)) {
                Ok(()) => outbox::done(&database, std::slice::from_ref(job))?,
                Err(refusal) => outbox::failed(&database, job, refusal.code)?,
            }
        }
        Ok(jobs.len())
    })
    .await
}

/// Delivers what is due inside a transaction that is open already, so that a told past has its notices at their hours.
pub fn deliver_within(tx: &mut Tx, worker: &str) -> Result<(), Refusal> {
    let jobs = outbox::lease_within(tx, Topic::Notice, worker, BATCH)?;
    jobs.iter().try_for_each(|job| deliver(tx, job))?;
    outbox::done_within(tx, &jobs)
}

fn deliver(tx: &mut Tx, job: &Job) -> Result<(), Refusal> {
    match job.key.split_once(':') {
        Some(("reply", id)) => PostId::parse(id).map_or(Ok(()), |post| reply(tx, &job.key, post)),
        Some(("guidance", card)) => {
            let post = card.split(':').next().and_then(PostId::parse);
            post.map_or(Ok(()), |post| guidance(tx, &job.key, post))
        }
        Some(("decision", id)) => ItemId::parse(id).map_or(Ok(()), |item| decision(tx, &job.key, item)),
        Some(("rule", _)) => rule(tx, job),
        _ => Ok(()),
    }
}

/// A rule matches much more often than it did: whoever runs the place now is told.
fn rule(tx: &mut Tx, job: &Job) -> Result<(), Refusal> {
    let title: String = serde_json::from_str(&job.payload).map_err(Refusal::internal)?;
    let words = format!(
        "The rule “{title}” matches at least twice as often as in the four weeks before. Please look at what it finds."
    );
    for admin in accounts::admins(tx)? {
        store::insert(tx, admin, NoticeKind::Rule, &job.key, None, &words)?;
    }
    Ok(())
}

/// Somebody answered in a thread: its opener is told, if the answer is public at this moment.
fn reply(tx: &mut Tx, key: &str, post: PostId) -> Result<(), Refusal> {
    let Some(row) = crate::threads::store::published(tx, &System::worker(), post)? else { return Ok(()) };
    match store::opener_of(tx, row.thread_id)? {
        Some(opener) if opener != row.author_id => {
            store::insert(
                tx,
                opener,
                NoticeKind::Reply,
                key,
                Some(post),
                "Somebody replied in a thread that you opened.",
            )?;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// A moderator put guidance under a post: its author is told, if both can be read at this moment.
fn guidance(tx: &mut Tx, key: &str, post: PostId) -> Result<(), Refusal> {
    let Some(row) = crate::threads::store::published(tx, &System::worker(), post)? else { return Ok(()) };
    if crate::guidance::store::has_card(tx, post)? {
        let words = "There is guidance from clinicians under a post of yours now.";
        store::insert(tx, row.author_id, NoticeKind::Guidance, key, Some(post), words)?;
    }
    Ok(())
}

fn decision(tx: &mut Tx, key: &str, item: ItemId) -> Result<(), Refusal> {
    let Some((post, author, choice, reason)) = store::decision_of(tx, item)? else { return Ok(()) };
    let (kind, words) = match choice {
        Choice::Publish => (
            NoticeKind::Published,
            "A moderator has read your post, and it is public now. Thank you for waiting.",
        ),
        Choice::PublishWithGuidance => (
            NoticeKind::Published,
            "A moderator has read your post. It is public now, and there is guidance from clinicians under it.",
        ),
        Choice::PublishMasked => (
            NoticeKind::Published,
            "A moderator has read your post. It is public now, without some words that could have harmed you or others; a mark in brackets stands in their place. You can change it, or take it back: then your own words come back to you.",
        ),
        Choice::AskChanges => (
            NoticeKind::ChangesAsked,
            "A moderator has read your post and asks you to change something. Once you have saved your change, one of us reads it again.",
        ),
        Choice::Refuse => (
            NoticeKind::Refused,
            "A moderator has read your post and decided not to publish it. Your words are kept among your drafts: you can change them there and post them again, or leave them.",
        ),
    };
    let body = if reason.is_empty() { words.to_owned() } else { format!("{words}\n\n{reason}") };
    store::insert(tx, author, kind, key, Some(post), &body)?;
    Ok(())
}
