//! Publishing with the marked text left out: a new wording by the moderator, who says so in it. The author's own is kept for staff.

use moderation_rules::Verdict;

use super::store::ItemRow;
use crate::accounts::Moderator;
use crate::platform::audit::{self, Entry};
use crate::platform::db::Tx;
use crate::platform::refusal::Refusal;
use crate::screening::{self, Screening};
use crate::threads::store::{self as threads, PostCore};
use crate::threads::{RevisionId, Written, personal, publish};

/// Shows the text of an item without what a moderator may leave out of it.
pub(super) fn publish(
    tx: &mut Tx,
    screening: &Screening,
    moderator: &Moderator,
    item: &ItemRow,
    post: &PostCore,
) -> Result<(), Refusal> {
    let before = threads::revision(tx, item.revision_id)?.ok_or_else(Refusal::not_found)?;
    let out = personal::left_out_by_staff(&before.verdict(), &screening.rules());
    if out.is_empty() {
        return Err(Refusal::field(
            "choice",
            "nothing_marked",
            "Nothing in this text can be left out this way.",
        ));
    }
    let (title, source) = personal::without(before.title.as_deref(), (&before.source, &before.plain), &out)
        .ok_or_else(cannot)?;
    let text = Written::new(screening, title, source).map_err(|_| cannot())?;
    if !is_clean(screening, &text.verdict) {
        return Err(cannot());
    }
    let stage = threads::board_of_thread(tx, post.thread_id)?.and_then(|board| board.care());
    let text = text.at(stage);
    let (revision, now) = (RevisionId::new(tx.ids, tx.now), tx.now);
    let number = threads::next_number(tx, post.id)?;
    threads::insert_revision(tx, revision, post.id, number, moderator.id(), &text, now)?;
    threads::set_latest(tx, post, revision)?;
    screening::record_verdict(tx, revision.0, &text.hash, text.screened(tx.now))?;
    let entry = Entry {
        action: "revision.mask",
        object: ("revision", revision.0),
        revision_hash: Some(&text.hash),
        reason: None,
    };
    audit::record(tx, moderator.acting(), &entry)?;
    // Whoever decided what stays has read what stays.
    threads::mark_read(tx, revision, moderator.id())?;
    publish::show(tx, post, revision, true)
}

/// A check that failed knows nothing, and so does not count as clean.
fn is_clean(screening: &Screening, verdict: &Verdict) -> bool {
    !verdict.is_failed_check() && personal::left_out_by_staff(verdict, &screening.rules()).is_empty()
}

fn cannot() -> Refusal {
    let words = "Some of the marked text could not be taken out of it, so nothing is published. Please ask its author for a change instead.";
    Refusal::field("choice", "cannot_mask", words)
}
