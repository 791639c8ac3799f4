//! Attaching a verified version to a post, with a note. Nothing unsigned, stopped, superseded or overdue can be attached.

use super::store;
use super::{Relation, VersionId, VersionState};
use crate::accounts::{Moderator, Viewer};
use crate::platform::audit::{self, Entry};
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::outbox::{self, Topic};
use crate::platform::refusal::Refusal;
use crate::screening::{self, Screening};
use crate::threads::PostId;
use crate::threads::store::{self as threads, PostCore};

/// What to attach.
#[derive(Clone, Debug)]
pub struct Attaching {
    pub version: VersionId,
    pub relation: Relation,
    pub note: String,
}

impl Attaching {
    /// Reads `guidance_version`, `relation` (by default `answers`) and `note`.
    pub fn take(screening: &Screening, fields: &mut Fields) -> Option<Self> {
        let version = VersionId::parse(fields.text("guidance_version").trim());
        if version.is_none() {
            fields.fault("guidance_version", "required", "Please choose the guidance to attach.");
        }
        let relation = match fields.has("relation") {
            true => fields.choice("relation", Relation::parse),
            false => Some(Relation::Answers),
        };
        let note = screening.take_words(fields, "note");
        Some(Self { version: version?, relation: relation?, note })
    }

    pub fn parse(screening: &Screening, mut fields: Fields) -> Result<Self, Refusal> {
        let attaching = Self::take(screening, &mut fields);
        fields.finish(attaching)
    }
}

/// Puts the card under the post.
pub fn attach(
    tx: &mut Tx,
    moderator: &Moderator,
    post: &PostCore,
    attaching: &Attaching,
) -> Result<(), Refusal> {
    let refused = |code: &'static str, words: &str| Err(Refusal::field("guidance_version", code, words));
    let Some(version) = store::version(tx, attaching.version)? else {
        return refused("not_found", "There is no such guidance.");
    };
    match version.state {
        VersionState::Verified => {}
        VersionState::Stopped => {
            return refused("stopped", "This guidance was stopped and cannot be attached.");
        }
        VersionState::Superseded => {
            return refused(
                "superseded",
                "There is a newer version of this guidance; please attach that one.",
            );
        }
        VersionState::Draft | VersionState::InReview => {
            return refused(
                "not_verified",
                "Two clinicians must have signed this guidance before it can be attached.",
            );
        }
    }
    if version.review_due < tx.now.date() {
        return refused(
            "overdue",
            "The review of this guidance is overdue; it cannot be attached anew until it has been reviewed.",
        );
    }
    if store::insert_attachment(tx, post, attaching, moderator.id())? == 0 {
        // The same once more is a second press of the button. Other words on the card would be lost in silence.
        return match stands_so(tx, post, attaching)? {
            true => Ok(()),
            false => refused("already_attached", "This guidance stands under the post already."),
        };
    }
    let raised = threads::bump(tx, post)?;
    screening::reindex(tx, &format!("post:{}", post.id), raised)?;
    let object = ("post", post.id.0);
    let entry = Entry {
        action: "guidance.attach",
        object,
        revision_hash: Some(&version.hash),
        reason: Some(attaching.relation.as_str()),
    };
    audit::record(tx, moderator.acting(), &entry)
}

fn stands_so(tx: &mut Tx, post: &PostCore, attaching: &Attaching) -> Result<bool, Refusal> {
    let rows = store::attachments_of(tx, post.thread_id)?;
    let row = rows.iter().find(|row| row.post_id == post.id && row.version_id == attaching.version);
    Ok(row.is_some_and(|row| row.relation == attaching.relation && row.note == attaching.note))
}

/// The same for a post that everybody can read already.
pub fn attach_to_public(
    tx: &mut Tx,
    moderator: &Moderator,
    id: PostId,
    attaching: &Attaching,
) -> Result<(), Refusal> {
    threads::visible_post(tx, &Viewer::of(moderator), id)?.ok_or_else(Refusal::not_found)?;
    let post = threads::post(tx, id)?.ok_or_else(Refusal::not_found)?;
    attach(tx, moderator, &post, attaching)?;
    let payload = serde_json::json!({ "post": id.to_string() });
    outbox::push(tx, Topic::Notice, &format!("guidance:{id}:{}", attaching.version), 1, &payload)
}
