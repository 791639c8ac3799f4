//! Signing: a clinician puts name and register under exact text. Two different ones make it verified; the database keeps the two places.

use super::store::{self, VersionRow};
use super::{ArticleId, SignatureId, VersionState};
use crate::accounts::{Clinician, store as accounts};
use crate::platform::audit::{self, Entry};
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;
use crate::screening;

/// Reads `hash`: what the signer has read.
pub fn parse(mut fields: Fields) -> Result<String, Refusal> {
    let hash = fields.text("hash");
    if hash.is_empty() {
        fields.fault("hash", "required", "Please send the hash of the text you have read.");
    }
    fields.finish(Some(hash))
}

/// Signs the latest version of an article, if its text is the one that was read.
pub fn sign(
    tx: &mut Tx,
    clinician: &Clinician,
    article: ArticleId,
    hash: &str,
) -> Result<VersionState, Refusal> {
    let version = store::latest_version(tx, article)?.ok_or_else(Refusal::not_found)?;
    if version.hash != hash {
        return Err(Refusal::conflict(
            "stale",
            "The text has changed since you read it. Please read it again before signing.",
        ));
    }
    let signatures = store::signatures_of(tx, version.id)?;
    if signatures.iter().any(|signature| signature.signer_id == clinician.id()) {
        return Err(Refusal::conflict(
            "already_signed",
            "You have signed this version already. The second name must be somebody else's.",
        ));
    }
    if store::sources_of(tx, version.id)?.is_empty() {
        return Err(Refusal::conflict(
            "no_sources",
            "This text names no source. Please add one as a new version before signing.",
        ));
    }
    let today = tx.now.date();
    for earlier in &signatures {
        if !accounts::credential_stands(tx, earlier.credential_id, today)? {
            return Err(Refusal::conflict(
                "signature_lapsed",
                "The registration under the first signature has ended. Please save the text as a new version and have it signed anew.",
            ));
        }
    }
    let place = match version.state {
        VersionState::Draft => 1,
        VersionState::InReview => 2,
        _ => return Err(Refusal::conflict("not_open", "This version is not open for signatures any more.")),
    };
    let signature = SignatureId::new(tx.ids, tx.now);
    store::insert_signature(tx, signature, &version, place, clinician)?;
    let state = match place {
        1 => {
            store::set_first_signature(tx, &version, signature)?;
            VersionState::InReview
        }
        _ => {
            verify(tx, &version, signature)?;
            VersionState::Verified
        }
    };
    let object = ("article_version", version.id.0);
    let entry = Entry { action: "guidance.sign", object, revision_hash: Some(&version.hash), reason: None };
    audit::record(tx, clinician.acting(), &entry)?;
    Ok(state)
}

fn verify(tx: &mut Tx, version: &VersionRow, signature: SignatureId) -> Result<(), Refusal> {
    store::set_verified(tx, version, signature)?;
    store::supersede_others(tx, version)?;
    let raised = store::show_version(tx, version.article_id, version.id)?;
    screening::reindex(tx, &format!("article:{}", version.article_id), raised)
}
