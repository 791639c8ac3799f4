//! The rows of one public question, and nothing else: what the act is compared with.

use diesel::prelude::*;

use crate::accounts::MemberId;
use crate::platform::db::Tx;
use crate::platform::db::schema::{audit, outbox};
use crate::platform::refusal::Refusal;
use crate::threads::store as threads;
use crate::threads::{About, BoardId, PostId, PostKind, PostState, RevisionId, ThreadId, Written};

/// Thread, post, revision, audit row, outbox row.
pub(super) fn insert_rows(
    tx: &mut Tx,
    author: MemberId,
    board: BoardId,
    text: &Written,
) -> Result<(), Refusal> {
    let now = tx.now;
    let (thread, post, revision) =
        (ThreadId::new(tx.ids, now), PostId::new(tx.ids, now), RevisionId::new(tx.ids, now));
    threads::insert_thread(tx, thread, board, post, now)?;
    threads::insert_post(
        tx,
        (post, thread, author),
        (PostKind::Opening, About::Me, PostState::Public),
        revision,
        now,
    )?;
    threads::insert_revision(tx, revision, post, 1, author, text, now)?;
    let hash = tx.ids.secret();
    let row = (
        // Below the chain's own numbers, so that the acts beside go on undisturbed.
        audit::seq.eq(-tx.ids.tsid(now)),
        audit::at.eq(now),
        audit::actor_kind.eq("system"),
        audit::persona.eq("system"),
        audit::action.eq("bench"),
        audit::object_kind.eq("post"),
        audit::object_id.eq(post.0),
        audit::prev_hash.eq(hash.as_str()),
        audit::hash.eq(hash.as_str()),
    );
    diesel::insert_into(audit::table).values(row).execute(&mut **tx)?;
    let row = (
        outbox::id.eq(tx.ids.tsid(now)),
        outbox::topic.eq("index"),
        outbox::key.eq(format!("post:{post}")),
        outbox::version.eq(1_i64),
        outbox::payload.eq("null"),
        outbox::created_at.eq(now),
        outbox::next_at.eq(now),
    );
    diesel::insert_into(outbox::table).values(row).execute(&mut **tx)?;
    Ok(())
}
