//! What may be kept where: assets for ever, a visitor's pages until they change, a person's pages nowhere.
//!
//! Only a visitor's pages are compressed: a page that holds a form token beside text somebody else chose must not be (BREACH).

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use poem::http::{HeaderValue, StatusCode, header};
use poem::{Body, Request, Response};
use sha2::{Digest, Sha256};

use super::cookies::{self, Credential};
use super::policy::{Kind, Policy};

/// What the request said that matters for caching.
pub(super) struct Asked {
    personal: bool,
    known_tag: Option<HeaderValue>,
    gzip: bool,
}

impl Asked {
    pub(super) fn of(request: &Request, policy: &Policy, https: bool) -> Self {
        let accepts = request
            .headers()
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("");
        let gzip = accepts.split(',').map(str::trim).any(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            name.trim().eq_ignore_ascii_case("gzip") && weight.trim() != "q=0"
        });
        Self {
            personal: cookies::credential(request, policy.kind, https) != Credential::None,
            known_tag: request.headers().get(header::IF_NONE_MATCH).cloned(),
            gzip,
        }
    }
}

pub(super) async fn apply(response: &mut Response, policy: &Policy, asked: Asked) {
    let shared = !asked.personal
        && !policy.changes()
        && response.status() == StatusCode::OK
        && !response.headers().contains_key(header::SET_COOKIE);
    let value = match policy.kind {
        Kind::Asset if response.status().is_success() => "public, max-age=31536000, immutable",
        Kind::Page if shared => "no-cache",
        _ => "no-store",
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    if policy.kind == Kind::Page {
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Cookie, Accept-Encoding"));
    }
    if policy.kind == Kind::Page && shared {
        revalidate(response, asked).await;
    }
}

async fn revalidate(response: &mut Response, asked: Asked) {
    let Ok(body) = response.take_body().into_bytes().await else {
        *response =
            super::answer::problem(&crate::platform::refusal::Refusal::internal("a page had no body"), "");
        return;
    };
    let digest = hex::encode(Sha256::digest(&body));
    let tag = format!("W/\"{}\"", digest.get(..32).unwrap_or_default());
    if let Ok(value) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, value);
    }
    let known = asked.known_tag.as_ref().and_then(|value| value.to_str().ok());
    if known.is_some_and(|tags| tags.split(',').any(|known| known.trim() == tag)) {
        response.set_status(StatusCode::NOT_MODIFIED);
        return;
    }
    match asked.gzip.then(|| gzip(&body)) {
        Some(Ok(small)) => {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            response.set_body(small);
        }
        _ => response.set_body(Body::from(body)),
    }
}

/// Compresses at a level that costs less than it saves on a slow line.
pub(crate) fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(5));
    encoder.write_all(bytes)?;
    encoder.finish()
}
