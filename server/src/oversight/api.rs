//! The audit chain in the API.

pub mod dead_letters;

use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use crate::accounts::{Admin, Caller};
use crate::platform::audit;
use crate::platform::ids;
use crate::platform::refusal::Refusal;

pub struct AuditApi;

/// One row of the chain.
#[derive(Object)]
struct AuditOut {
    seq: i64,
    at: String,
    /// `member`, `system` or `operator`.
    actor_kind: String,
    actor: Option<String>,
    persona: String,
    action: String,
    object_kind: String,
    object: String,
    revision_hash: Option<String>,
    reason: Option<String>,
    prev_hash: String,
    hash: String,
}

/// Newest first.
#[derive(Object)]
struct AuditPageOut {
    rows: Vec<AuditOut>,
    /// Pass as `before` for the next page; absent on the last.
    next: Option<i64>,
}

#[OpenApi]
impl AuditApi {
    /// The audit chain, newest first
    #[oai(path = "/audit", method = "get", operation_id = "list_audit")]
    async fn list_audit(
        &self,
        caller: Caller<Admin>,
        /// Rows before this sequence number.
        before: Query<Option<String>>,
    ) -> Result<Json<AuditPageOut>, Refusal> {
        let before = match before.0.filter(|text| !text.is_empty()) {
            None => None,
            Some(text) => Some(
                text.parse::<i64>()
                    .map_err(|_| Refusal::field("before", "wrong_type", "This must be a whole number."))?,
            ),
        };
        let rows = caller.read(move |db, _| Ok(audit::page(db, before, 50)?)).await?;
        let next = rows.last().map(|row| row.seq).filter(|seq| rows.len() == 50 && *seq > 1);
        let rows = rows.into_iter().map(|row| AuditOut {
            seq: row.seq,
            at: row.at.rfc3339(),
            actor_kind: row.actor_kind,
            actor: row.actor_id.map(ids::encode),
            persona: row.persona.to_string(),
            action: row.action,
            object_kind: row.object_kind,
            object: ids::encode(row.object_id),
            revision_hash: row.revision_hash,
            reason: row.reason,
            prev_hash: row.prev_hash,
            hash: row.hash,
        });
        Ok(Json(AuditPageOut { rows: rows.collect(), next }))
    }
}
