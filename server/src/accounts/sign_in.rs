//! Signing in: address and password against the stored hash, at the same cost whether the account exists or not.

use super::store;
use super::{Email, MemberId, MemberState, SessionKind, password, session};
use crate::app::App;
use crate::platform::db::{Tx, off_the_runtime};
use crate::platform::fields::Fields;
use crate::platform::limits::Limit;
use crate::platform::refusal::Refusal;
use poem::http::StatusCode;
use std::sync::Arc;

/// What a person types.
pub struct Attempt {
    email: String,
    password: String,
}

impl Attempt {
    /// Reads `email` and `password`; both must be there.
    pub fn parse(mut fields: Fields) -> Result<Self, Refusal> {
        let (email, password) = (fields.text("email"), fields.text("password"));
        for (field, text) in [("email", &email), ("password", &password)] {
            if text.is_empty() {
                fields.fault(field, "required", "Please fill this in.");
            }
        }
        fields.finish(Some(Self { email, password }))
    }
}

/// Signs in and answers the new session's token.
pub async fn sign_in(app: &Arc<App>, attempt: Attempt, kind: SessionKind) -> Result<String, Refusal> {
    let key = Email::new(&attempt.email)
        .map(|email| email.key())
        .unwrap_or_else(|| attempt.email.replace('\0', ""));
    // Counted by account too, known or not, so that many addresses cannot take turns on one person.
    app.limiter.count(Limit::SignIn, &format!("account:{key}"))?;
    let turn = app.hashing.clone().acquire_owned().await.map_err(Refusal::internal)?;
    let app = app.clone();
    off_the_runtime(move || {
        let _turn = turn;
        let account = app.database.read(|db| Ok(store::password_of(db, &key)?))?;
        let stored =
            account.as_ref().map(|(_, hash, _)| hash.as_str()).filter(|hash| *hash != password::LOCKED);
        let fits = password::fits(&attempt.password, stored)?;
        let open = account
            .as_ref()
            .is_some_and(|(_, _, state)| matches!(state, MemberState::Active | MemberState::Suspended));
        match account {
            Some((member, _, _)) if fits && open => app.database.write(|tx| session::open(tx, member, kind)),
            _ => Err(Refusal::new(
                StatusCode::UNAUTHORIZED,
                "wrong_sign_in",
                "This e-mail address and password do not go together. Please check both and try again.",
            )),
        }
    })
    .await
}

/// A token for an account of the demo or a test, without typing its password.
pub fn token_for(
    tx: &mut Tx,
    _: &super::Operator,
    member: MemberId,
    kind: SessionKind,
) -> Result<String, Refusal> {
    session::open(tx, member, kind)
}
