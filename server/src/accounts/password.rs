//! Passwords are kept as argon2id hashes (m = 19 MiB, t = 2, p = 1), whose parameters are written in each hash.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use super::Password;
use crate::platform::limits;
use crate::platform::refusal::Refusal;

fn hasher() -> Result<Argon2<'static>, Refusal> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| Refusal::internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a new password. Slow on purpose: call it off the runtime, a few at a time.
pub(super) fn hash(password: &Password) -> Result<String, Refusal> {
    let hash: PasswordHash = hasher()?
        .hash_password(password.expose().as_bytes())
        .map_err(|error| Refusal::internal(error.to_string()))?;
    Ok(hash.to_string())
}

/// Whether the password fits. For an unknown account pass `None`: it costs the same and never fits.
pub(super) fn fits(attempt: &str, stored: Option<&str>) -> Result<bool, Refusal> {
    // Of no password: only its cost matters.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGlzIGhlcmU$1fuQJHs1qzrfa0mjn3UXDpA3vsmwZEmtb7wUkDN5cQI";
    if attempt.chars().count() > *limits::PASSWORD_CHARS.end() {
        return Ok(false);
    }
    let parsed =
        PasswordHash::new(stored.unwrap_or(NOBODY)).map_err(|error| Refusal::internal(error.to_string()))?;
    let fits = hasher()?.verify_password(attempt.as_bytes(), &parsed).is_ok();
    Ok(fits && stored.is_some())
}

/// A hash that no password fits, for accounts that nobody signs in to (imported authors).
pub(super) const LOCKED: &str = "!";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let stored = hash(&Password::new("three quiet mornings").unwrap()).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(fits("three quiet mornings", Some(&stored)).unwrap());
        assert!(!fits("three quiet evenings", Some(&stored)).unwrap());
        assert!(!fits("three quiet mornings", None).unwrap());
    }
}
