//! The audit chain: every staff, privilege and security act and every automatic verdict, each row bound to the one before by its hash.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::db::{Db, Tx};
use super::refusal::Refusal;
use crate::accounts::MemberId;

mod store;

pub use store::{AuditRow, page};

/// What the first row is chained to.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Who acted. Each comes with a proof that only its own module can make.
#[derive(Clone, Copy, Debug)]
pub enum Actor {
    /// A person, in the persona they acted under.
    Member(MemberId, Persona),
    /// The rules or a worker.
    System,
    /// Somebody at the command line of the server.
    Operator,
}

crate::text_enum! {
    /// The side of a person that an act was done from.
    pub enum Persona { Member = "member", Moderator = "moderator", Clinician = "clinician", Admin = "admin", System = "system", Operator = "operator" }
}

/// What was done, to what, and why.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Verb, such as `post.publish`.
    pub action: &'static str,
    pub object: (&'static str, i64),
    pub revision_hash: Option<&'a str>,
    /// Never the text of a post: reasons are read by other people.
    pub reason: Option<&'a str>,
}

#[derive(Serialize)]
struct Canonical<'a> {
    seq: i64,
    at: String,
    actor_kind: &'a str,
    actor_id: Option<i64>,
    persona: &'a str,
    action: &'a str,
    object_kind: &'a str,
    object_id: i64,
    revision_hash: Option<&'a str>,
    reason: Option<&'a str>,
}

/// Adds a row to the chain, in the transaction of the act itself.
pub fn record(tx: &mut Tx, actor: Actor, entry: &Entry) -> Result<(), Refusal> {
    let (last_seq, prev_hash) = store::last(tx)?.unwrap_or((0, GENESIS.to_owned()));
    let (actor_kind, actor_id, persona) = match actor {
        Actor::Member(id, persona) => ("member", Some(id.0), persona),
        Actor::System => ("system", None, Persona::System),
        Actor::Operator => ("operator", None, Persona::Operator),
    };
    let mut row = AuditRow {
        seq: last_seq + 1,
        at: tx.now,
        actor_kind: actor_kind.to_owned(),
        actor_id,
        persona,
        action: entry.action.to_owned(),
        object_kind: entry.object.0.to_owned(),
        object_id: entry.object.1,
        revision_hash: entry.revision_hash.map(str::to_owned),
        reason: entry.reason.map(str::to_owned),
        prev_hash,
        hash: String::new(),
    };
    row.hash = hash(&row)?;
    store::insert(tx, &row)?;
    Ok(())
}

/// `SHA-256(previous hash, canonical JSON)`, in hex.
fn hash(row: &AuditRow) -> Result<String, Refusal> {
    let canonical = Canonical {
        seq: row.seq,
        at: row.at.rfc3339(),
        actor_kind: &row.actor_kind,
        actor_id: row.actor_id,
        persona: row.persona.as_str(),
        action: &row.action,
        object_kind: &row.object_kind,
        object_id: row.object_id,
        revision_hash: row.revision_hash.as_deref(),
        reason: row.reason.as_deref(),
    };
    let json = serde_json::to_vec(&canonical).map_err(Refusal::internal)?;
    Ok(hex::encode(Sha256::new().chain_update(row.prev_hash.as_bytes()).chain_update(json).finalize()))
}

/// Where the chain stands, and whether it holds from the first row on.
#[derive(Debug, PartialEq, Eq)]
pub struct ChainReport {
    pub rows: i64,
    pub head: String,
    /// The first row that does not fit, if any.
    pub broken_at: Option<i64>,
}

/// Walks the whole chain. An edit, a removal or a reorder shows; a cut tail shows only against a head kept elsewhere.
pub fn verify(db: &mut Db) -> Result<ChainReport, Refusal> {
    let mut report = ChainReport { rows: 0, head: GENESIS.to_owned(), broken_at: None };
    loop {
        let rows = store::after(db, report.rows, 1000)?;
        if rows.is_empty() {
            return Ok(report);
        }
        for row in rows {
            if row.seq != report.rows + 1 || row.prev_hash != report.head || hash(&row)? != row.hash {
                report.broken_at = Some(report.rows + 1);
                return Ok(report);
            }
            report.rows = row.seq;
            report.head = row.hash;
        }
    }
}

/// Whether rows that follow each other, newest first as [`page`] gives them, fit: each hash covers its row and each row names
/// the one before. Answers the first that does not. Only [`verify`] speaks for the whole chain.
pub fn verify_page(rows: &[AuditRow]) -> Result<Option<i64>, Refusal> {
    let mut before: Option<&AuditRow> = None;
    for row in rows.iter().rev() {
        let follows = before.is_none_or(|before| row.seq == before.seq + 1 && row.prev_hash == before.hash);
        if !follows || hash(row)? != row.hash {
            return Ok(Some(row.seq));
        }
        before = Some(row);
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::clock::UtcTime;

    /// Rows as `page` gives them, newest first.
    fn chain(length: i64) -> Vec<AuditRow> {
        let mut rows: Vec<AuditRow> = Vec::new();
        for seq in 1..=length {
            let mut row = AuditRow {
                seq,
                at: UtcTime::from_micros(1_800_000_000_000_000 + seq).unwrap(),
                actor_kind: "system".into(),
                actor_id: None,
                persona: Persona::System,
                action: "review.open".into(),
                object_kind: "review_item".into(),
                object_id: seq,
                revision_hash: None,
                reason: None,
                prev_hash: rows.last().map_or(GENESIS.to_owned(), |before| before.hash.clone()),
                hash: String::new(),
            };
            row.hash = hash(&row).unwrap();
            rows.push(row);
        }
        rows.reverse();
        rows
    }

    #[test]
    fn a_page_of_the_chain_shows_an_edit_and_a_gap() {
        let whole = chain(5);
        assert_eq!(verify_page(&whole).unwrap(), None);
        assert_eq!(verify_page(&whole[..3]).unwrap(), None, "a page need not reach the first row");
        let mut edited = whole.clone();
        edited[2].reason = Some("another".into());
        assert_eq!(verify_page(&edited).unwrap(), Some(3));
        let mut gap = whole;
        gap.remove(2);
        assert_eq!(verify_page(&gap).unwrap(), Some(4));
    }
}
