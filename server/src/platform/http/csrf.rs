//! Whether a form was sent from one of our own pages: Fetch Metadata first, then the origin, then a token bound to the cookie.

use hmac::{Hmac, KeyInit, Mac};
use poem::Request;
use poem::http::{StatusCode, header};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::platform::refusal::Refusal;

/// The key that form tokens are derived with: one a community, shared by its servers.
#[derive(Clone)]
pub struct FormKey(Vec<u8>);

impl FormKey {
    pub fn new(key: impl Into<Vec<u8>>) -> Self {
        Self(key.into())
    }
}

/// The token of a form given to the holder of this cookie. Signing in changes the cookie and so ends older forms.
pub fn csrf_token(key: &FormKey, cookie: &str) -> String {
    let mut mac = match Hmac::<Sha256>::new_from_slice(&key.0) {
        Ok(mac) => mac,
        // HMAC takes a key of any length; without one no token may match.
        Err(_) => return String::new(),
    };
    mac.update(b"form");
    mac.update(cookie.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// Refuses a request that did not come from our own page.
pub(super) fn check(
    request: &Request,
    origin: &str,
    key: &FormKey,
    cookie: Option<&str>,
    sent: Option<&str>,
) -> Result<(), Refusal> {
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    let from_us = match header("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match header(header::ORIGIN.as_str()) {
            Some(sender) => sender == origin,
            None => header(header::REFERER.as_str())
                .and_then(|url| url.strip_prefix(origin))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        },
    };
    let matches = match (cookie, sent) {
        (Some(cookie), Some(sent)) => {
            let expected = csrf_token(key, cookie);
            !expected.is_empty() && bool::from(expected.as_bytes().ct_eq(sent.as_bytes()))
        }
        _ => false,
    };
    if from_us && matches {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::FORBIDDEN,
        "form_expired",
        "This form has expired, or it was not sent from one of our pages. Nothing was changed. Please open the page again and send it once more.",
    ))
}
