//! Deciding: about exact text, by the one who holds the item, with reasons the author can understand.

use moderation_rules::Severity;

use super::claim::why_not;
use super::masked;
use super::queue::verdict_of;
use super::store::{self, ItemRow};
use super::{Choice, ItemId, ItemState};
use crate::accounts::Moderator;
use crate::guidance::attach::{self, Attaching};
use crate::platform::audit::{self, Entry};
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::outbox::{self, Topic};
use crate::platform::refusal::Refusal;
use crate::screening::{Screening, watch};
use crate::threads::store::{self as threads, PostCore};
use crate::threads::{PostState, RevisionId, drafts, publish};

/// A decision, with what the moderator saw when making it.
#[derive(Clone, Debug)]
pub struct Decision {
    item_version: i64,
    revision: RevisionId,
    choice: Choice,
    /// The human's own triage of the text; the item's if they leave it.
    label: Option<Severity>,
    reason: String,
    guidance: Option<Attaching>,
}

impl Decision {
    /// Reads `item_version`, `revision`, `choice`, `label`, `reason`, and for guidance `guidance_version`, `relation`, `note`.
    pub fn parse(screening: &Screening, mut fields: Fields) -> Result<Self, Refusal> {
        let item_version = fields.number("item_version");
        if item_version.is_none() {
            fields.fault("item_version", "required", "Please say which version of the item you decided on.");
        }
        let revision = RevisionId::parse(&fields.text("revision"));
        if revision.is_none() {
            fields.fault("revision", "required", "Please say which wording you decided on.");
        }
        let choice = fields.choice("choice", Choice::parse);
        let label = match fields.text("label").as_str() {
            "" => None,
            word => {
                let label = [Severity::Green, Severity::Amber, Severity::Red, Severity::Crisis]
                    .into_iter()
                    .find(|severity| severity.as_str() == word);
                if label.is_none() {
                    fields.fault("label", "not_a_choice", "Please choose green, amber, red or crisis.");
                }
                label
            }
        };
        let reason = screening.take_words(&mut fields, "reason");
        if choice.is_some_and(Choice::needs_reason) && reason.is_empty() {
            fields.fault("reason", "required", "Please tell the author why, and what they can do.");
        }
        let guidance = match choice {
            Some(Choice::PublishWithGuidance) => Attaching::take(screening, &mut fields),
            _ => {
                // The form sends these beside every choice; they count for one.
                let _ = (fields.text("guidance_version"), fields.text("relation"), fields.text("note"));
                None
            }
        };
        let value = item_version.zip(revision).zip(choice);
        fields.finish(value.map(|((item_version, revision), choice)| Self {
            item_version,
            revision,
            choice,
            label,
            reason,
            guidance,
        }))
    }
}

/// Decides an item. Anything that changed since it was read is a conflict, and nothing unseen is published.
pub fn decide(
    tx: &mut Tx,
    screening: &Screening,
    moderator: &Moderator,
    id: ItemId,
    decision: &Decision,
) -> Result<ItemRow, Refusal> {
    let item = store::item(tx, id)?.ok_or_else(Refusal::not_found)?;
    if item.author_id == moderator.id() {
        return Err(Refusal::forbidden("This is your own post; somebody else must decide about it."));
    }
    // A lease that ran out while somebody wrote holds as long as nobody else has reached for the item: that would show in its version.
    if item.state != ItemState::Claimed || item.holder_id != Some(moderator.id()) {
        return Err(why_not(tx, &item)?);
    }
    if item.version != decision.item_version || item.revision_id != decision.revision {
        return Err(stale());
    }
    let to =
        if decision.choice == Choice::AskChanges { ItemState::WaitingAuthor } else { ItemState::Decided };
    if store::finish(tx, id, decision.item_version, to)? != 1 {
        return Err(stale());
    }
    let label = decision.label.unwrap_or(item.severity.0);
    store::insert_decision(tx, &item, moderator.id(), (decision.choice, label, &decision.reason))?;
    let kept_back = matches!(decision.choice, Choice::PublishMasked | Choice::AskChanges | Choice::Refuse);
    watch::decided(tx, &verdict_of(&item), kept_back)?;
    carry_out(tx, screening, moderator, &item, decision)?;
    tell_author(tx, &item, decision)?;
    let entry = Entry {
        action: "review.decide",
        object: ("review_item", item.id.0),
        revision_hash: Some(&item.revision_hash),
        reason: Some(decision.choice.as_str()),
    };
    audit::record(tx, moderator.acting(), &entry)?;
    store::item(tx, id)?.ok_or_else(Refusal::not_found)
}

fn stale() -> Refusal {
    Refusal::conflict(
        "stale",
        "This item has changed since you opened it. Please look again before deciding.",
    )
}

fn carry_out(
    tx: &mut Tx,
    screening: &Screening,
    moderator: &Moderator,
    item: &ItemRow,
    decision: &Decision,
) -> Result<(), Refusal> {
    let post = threads::post(tx, item.post_id)?.ok_or_else(Refusal::not_found)?;
    match decision.choice {
        Choice::AskChanges => Ok(()),
        Choice::Refuse => refuse(tx, &post, item, &decision.reason),
        Choice::PublishMasked => masked::publish(tx, screening, moderator, item, &post),
        Choice::Publish | Choice::PublishWithGuidance => {
            if post.published_revision_id != Some(item.revision_id) {
                publish::show(tx, &post, item.revision_id, true)?;
            }
            match &decision.guidance {
                None => Ok(()),
                Some(attaching) => {
                    let post = threads::post(tx, item.post_id)?.ok_or_else(Refusal::not_found)?;
                    attach::attach(tx, moderator, &post, attaching)
                }
            }
        }
    }
}

/// Refusing never loses a text: it goes back to its author as a draft. A refused edit leaves the approved wording before readers.
fn refuse(tx: &mut Tx, post: &PostCore, item: &ItemRow, reason: &str) -> Result<(), Refusal> {
    drafts::bring_back(tx, post, reason)?;
    match post.published_revision_id {
        None => publish::take_away(tx, post, PostState::Refused),
        Some(shown) if shown == item.revision_id => publish::take_away(tx, post, PostState::Removed),
        Some(shown) => {
            threads::set_latest(tx, post, shown)?;
            // The approved wording may have had a flag that nobody looked at before the edit took its place.
            store::reopen(tx, shown)?;
            Ok(())
        }
    }
}

fn tell_author(tx: &mut Tx, item: &ItemRow, decision: &Decision) -> Result<(), Refusal> {
    let payload = serde_json::json!({ "item": item.id.to_string() });
    outbox::push(tx, Topic::Notice, &format!("decision:{}", item.id), decision.item_version, &payload)
}
