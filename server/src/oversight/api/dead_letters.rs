//! What the workers have given up, in the API.

use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use crate::accounts::{Admin, Caller};
use crate::oversight::dead_letters;
use crate::platform::outbox::{self, DeadLetter, EffectId};
use crate::platform::refusal::Refusal;

pub struct DeadLettersApi;

/// An effect that failed for good.
#[derive(Object)]
struct DeadLetterOut {
    id: String,
    /// `index`: search was not told of a change. `notice`: a member was not told something.
    topic: String,
    /// What it was about.
    key: String,
    attempts: i32,
    created_at: String,
    dead_at: Option<String>,
    /// What the last try said.
    error: Option<String>,
}

impl From<DeadLetter> for DeadLetterOut {
    fn from(letter: DeadLetter) -> Self {
        Self {
            id: letter.id.to_string(),
            topic: letter.topic.as_str().to_owned(),
            key: letter.key,
            attempts: letter.attempts,
            created_at: letter.created_at.rfc3339(),
            dead_at: letter.dead_at.map(|at| at.rfc3339()),
            error: letter.error,
        }
    }
}

/// The newest hundred.
#[derive(Object)]
struct DeadLettersOut {
    letters: Vec<DeadLetterOut>,
}

/// How many are tried again.
#[derive(Object)]
struct RetriedOut {
    retried: u64,
}

#[OpenApi]
impl DeadLettersApi {
    /// Effects that failed for good, newest first
    #[oai(path = "/dead-letters", method = "get", operation_id = "list_dead_letters")]
    async fn list_dead_letters(&self, caller: Caller<Admin>) -> Result<Json<DeadLettersOut>, Refusal> {
        let letters = caller.read(|db, _| outbox::dead_letters(db, dead_letters::LISTED)).await?;
        Ok(Json(DeadLettersOut { letters: letters.into_iter().map(DeadLetterOut::from).collect() }))
    }

    /// Have all of them tried again
    #[oai(path = "/dead-letters/retry", method = "post", operation_id = "retry_dead_letters")]
    async fn retry_dead_letters(&self, caller: Caller<Admin>) -> Result<Json<RetriedOut>, Refusal> {
        again(&caller, None).await
    }

    /// Have one of them tried again
    ///
    /// `retried` is 0 where it was not given up, or somebody else was faster.
    #[oai(path = "/dead-letters/:id/retry", method = "post", operation_id = "retry_dead_letter")]
    async fn retry_dead_letter(
        &self,
        caller: Caller<Admin>,
        id: Path<String>,
    ) -> Result<Json<RetriedOut>, Refusal> {
        let id = EffectId::parse(&id.0).ok_or_else(Refusal::not_found)?;
        again(&caller, Some(id)).await
    }
}

async fn again(caller: &Caller<Admin>, only: Option<EffectId>) -> Result<Json<RetriedOut>, Refusal> {
    let retried = caller.write(move |tx, admin| dead_letters::retry(tx, admin, only)).await?;
    Ok(Json(RetriedOut { retried: u64::try_from(retried).unwrap_or(u64::MAX) }))
}
