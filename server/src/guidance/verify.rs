//! A clinician stands behind a general statement in somebody's post: never behind one person's case, and not in a post of their own.

use super::StatementId;
use super::store;
use crate::accounts::{Clinician, Viewer};
use crate::platform::audit::{self, Entry};
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::limits;
use crate::platform::refusal::Refusal;
use crate::screening;
use crate::threads::{PostId, store as threads};

/// The passage to stand behind, and the wording it was read in.
pub struct Verifying {
    passage: String,
    revision_hash: Option<String>,
}

impl Verifying {
    /// Reads `passage` and, to be sure of the wording, `hash`.
    pub fn parse(mut fields: Fields) -> Result<Self, Refusal> {
        let passage = squeeze(&fields.words("passage", limits::REASON_CHARS));
        let revision_hash = fields.optional_text("hash").filter(|hash| !hash.is_empty());
        if passage.is_empty() {
            fields.fault("passage", "required", "Please copy the sentence that you stand behind.");
        }
        fields.finish(Some(Self { passage, revision_hash }))
    }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks the passage as verified, in the wording that readers see now. An edit ends the mark by comparison.
pub fn verify(
    tx: &mut Tx,
    clinician: &Clinician,
    post: PostId,
    verifying: &Verifying,
) -> Result<StatementId, Refusal> {
    let row = threads::visible_post(tx, &Viewer::of(clinician), post)?.ok_or_else(Refusal::not_found)?;
    if row.author_id == clinician.id() {
        return Err(Refusal::forbidden("You cannot verify a post of your own; please ask a colleague."));
    }
    if verifying.revision_hash.as_ref().is_some_and(|hash| *hash != row.revision_hash) {
        return Err(Refusal::conflict(
            "stale",
            "The post has changed since you read it. Please read it again.",
        ));
    }
    if !squeeze(&row.plain).contains(&verifying.passage) {
        return Err(Refusal::field(
            "passage",
            "not_in_post",
            "These words do not stand in the post as it is now. Please copy them exactly.",
        ));
    }
    if store::has_verified(tx, row.revision_id, clinician.id())? {
        return Err(Refusal::conflict(
            "already_verified",
            "You have verified a statement in this wording already.",
        ));
    }
    let id = store::insert_statement(tx, &row, &verifying.passage, clinician)?;
    let core = threads::post(tx, post)?.ok_or_else(Refusal::not_found)?;
    let raised = threads::bump(tx, &core)?;
    screening::reindex(tx, &format!("post:{post}"), raised)?;
    let object = ("post", post.0);
    let entry =
        Entry { action: "post.verify", object, revision_hash: Some(&row.revision_hash), reason: None };
    audit::record(tx, clinician.acting(), &entry)?;
    Ok(id)
}
