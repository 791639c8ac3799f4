//! Writing guidance: a new article, or a new version of one. Moderators and clinicians may; only clinicians' signatures make it count.

use super::store;
use super::{ArticleId, Drafted, VersionId, VersionState};
use crate::accounts::{Member, MemberId, Operator};
use crate::platform::audit::{self, Actor, Entry};
use crate::platform::db::Tx;
use crate::platform::refusal::Refusal;

/// Staff work on guidance; members read it.
pub fn must_be_staff(member: &Member) -> Result<(), Refusal> {
    member.must_be_active()?;
    match member.is_staff() {
        true => Ok(()),
        false => Err(Refusal::forbidden("This is for moderators and clinicians.")),
    }
}

/// Keeps a new article as a draft.
pub fn create(tx: &mut Tx, member: &Member, drafted: &Drafted) -> Result<(ArticleId, VersionId), Refusal> {
    must_be_staff(member)?;
    insert(tx, member.acting_as_staff(), member.id(), drafted)
}

/// The same from the command line (import, demo), in an author's name.
pub fn create_by_operator(
    tx: &mut Tx,
    operator: &Operator,
    author: MemberId,
    drafted: &Drafted,
) -> Result<(ArticleId, VersionId), Refusal> {
    insert(tx, operator.actor(), author, drafted)
}

fn insert(
    tx: &mut Tx,
    actor: Actor,
    author: MemberId,
    drafted: &Drafted,
) -> Result<(ArticleId, VersionId), Refusal> {
    let (article, version) = (ArticleId::new(tx.ids, tx.now), VersionId::new(tx.ids, tx.now));
    store::insert_article(tx, article, version, author)?;
    store::insert_version(tx, version, article, 1, author, drafted)?;
    record(tx, actor, "guidance.create", version, drafted)?;
    Ok((article, version))
}

/// Keeps a new version. Readers go on seeing the verified one until two clinicians have signed this.
pub fn revise(
    tx: &mut Tx,
    member: &Member,
    article: ArticleId,
    drafted: &Drafted,
) -> Result<VersionId, Refusal> {
    must_be_staff(member)?;
    let current = store::latest_version(tx, article)?.ok_or_else(Refusal::not_found)?;
    // The same text can be begun anew where a first signature stands in the way.
    if current.hash == drafted.hash && current.state != VersionState::InReview {
        return Ok(current.id);
    }
    let version = VersionId::new(tx.ids, tx.now);
    store::insert_version(tx, version, article, current.number + 1, member.id(), drafted)?;
    store::retire_draft(tx, current.id)?;
    store::set_latest(tx, article, version)?;
    record(tx, member.acting_as_staff(), "guidance.revise", version, drafted)?;
    Ok(version)
}

fn record(
    tx: &mut Tx,
    actor: Actor,
    action: &'static str,
    version: VersionId,
    drafted: &Drafted,
) -> Result<(), Refusal> {
    let object = ("article_version", version.0);
    audit::record(tx, actor, &Entry { action, object, revision_hash: Some(&drafted.hash), reason: None })
}
