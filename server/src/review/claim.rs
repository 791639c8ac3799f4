//! Claiming: one person works on an item at a time. Of two who reach for it, one gets it and the other hears who.

use chrono::Duration;

use super::store::{self, ItemRow};
use super::{ItemId, ItemState};
use crate::accounts::Moderator;
use crate::platform::audit::{self, Entry};
use crate::platform::db::Tx;
use crate::platform::refusal::Refusal;
use crate::threads;

/// How long a claim lasts without activity.
pub const LEASE: Duration = Duration::minutes(15);

/// Takes an item, or renews one's claim. Opening an item counts as reading its text.
pub fn claim(tx: &mut Tx, moderator: &Moderator, id: ItemId) -> Result<ItemRow, Refusal> {
    let item = store::item(tx, id)?.ok_or_else(Refusal::not_found)?;
    if item.author_id == moderator.id() {
        return Err(Refusal::forbidden("This is your own post; somebody else must look at it."));
    }
    let until = tx.now.plus(LEASE);
    if store::claim(tx, id, moderator.id(), until)? == 0 {
        return Err(why_not(tx, &item)?);
    }
    threads::store::mark_read(tx, item.revision_id, moderator.id())?;
    if item.holder(tx.now) != Some(moderator.id()) {
        record(tx, moderator, "review.claim", &item)?;
    }
    store::item(tx, id)?.ok_or_else(Refusal::not_found)
}

/// Gives an item back undecided.
pub fn release(tx: &mut Tx, moderator: &Moderator, id: ItemId) -> Result<(), Refusal> {
    let item = store::item(tx, id)?.ok_or_else(Refusal::not_found)?;
    match store::release(tx, id, moderator.id())? {
        0 => Err(why_not(tx, &item)?),
        _ => record(tx, moderator, "review.release", &item),
    }
}

/// Why an item cannot be taken or decided, in words that name the holder.
pub(super) fn why_not(tx: &mut Tx, item: &ItemRow) -> Result<Refusal, Refusal> {
    Ok(match (item.state, item.holder(tx.now)) {
        (ItemState::Claimed, Some(holder)) => {
            let name = store::name_of(tx, holder)?;
            Refusal::conflict("claimed_by_other", format!("{name} is working on this item."))
        }
        (ItemState::Decided, _) => {
            Refusal::conflict("already_decided", "This item has been decided already.")
        }
        (ItemState::Superseded, _) => {
            let words = match store::unfinished_of(tx, item.post_id)? {
                Some(newer) => {
                    format!("The author has changed or taken back this text. What waits now is item {newer}.")
                }
                None => "The author has taken this text back, so there is nothing left to decide.".to_owned(),
            };
            Refusal::conflict("stale", words)
        }
        (ItemState::WaitingAuthor, _) => {
            Refusal::conflict("waiting_author", "This item waits for its author.")
        }
        _ => Refusal::conflict("not_claimed", "Please claim this item first."),
    })
}

fn record(tx: &mut Tx, moderator: &Moderator, action: &'static str, item: &ItemRow) -> Result<(), Refusal> {
    let object = ("review_item", item.id.0);
    audit::record(
        tx,
        moderator.acting(),
        &Entry { action, object, revision_hash: Some(&item.revision_hash), reason: None },
    )
}
