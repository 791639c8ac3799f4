//! Sending twice is doing once: form nonces and `Idempotency-Key`, kept for a day, each member's own.

mod store;

use chrono::Duration;
use sha2::{Digest, Sha256};

use super::db::{Database, Tx};
use super::refusal::Refusal;
use crate::accounts::MemberId;

/// What marks a submission: the key that came with it, and what was in it.
#[derive(Clone, Debug)]
pub struct SubmissionKey {
    key: String,
    body_hash: String,
}

impl SubmissionKey {
    /// `None` if no key was sent. Keys are 8–80 printable ASCII characters.
    pub fn new(key: Option<&str>, scope: &str, body: &[&str]) -> Result<Option<Self>, Refusal> {
        let Some(key) = key.filter(|key| !key.is_empty()) else { return Ok(None) };
        if !(8..=80).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Refusal::field(
                "nonce",
                "malformed",
                "The key must be 8 to 80 printable characters.",
            ));
        }
        let mut hash = Sha256::new();
        for part in body {
            hash.update(u64::try_from(part.len()).unwrap_or_default().to_be_bytes());
            hash.update(part.as_bytes());
        }
        Ok(Some(Self { key: format!("{scope}:{key}"), body_hash: hex::encode(hash.finalize()) }))
    }
}

/// The answer that the same submission got before, if it came before. The same key with other content is refused.
pub fn answered(
    tx: &mut Tx,
    member: MemberId,
    key: Option<&SubmissionKey>,
) -> Result<Option<String>, Refusal> {
    let Some(key) = key else { return Ok(None) };
    match store::find(tx, member, &key.key)? {
        None => Ok(None),
        Some((body_hash, answer)) if body_hash == key.body_hash => Ok(Some(answer)),
        Some(_) => Err(Refusal::new(
            poem::http::StatusCode::UNPROCESSABLE_ENTITY,
            "key_reused",
            "This form was already sent with other words. Please reload the page and send it again; what you typed is still here.",
        )),
    }
}

/// Keeps the answer, in the same transaction as the act.
pub fn remember(
    tx: &mut Tx,
    member: MemberId,
    key: Option<&SubmissionKey>,
    answer: &str,
) -> Result<(), Refusal> {
    if let Some(key) = key {
        store::insert(tx, member, &key.key, &key.body_hash, answer)?;
    }
    Ok(())
}

/// Forgets answers older than a day.
pub fn forget_old(database: &Database) -> Result<(), Refusal> {
    database.write(|tx| {
        let before = tx.now.plus(-Duration::hours(24));
        store::forget(tx, before)?;
        Ok(())
    })
}
