//! The outermost endpoint: a request id, the headers that every answer carries, and the access log.
//!
//! The log knows path patterns only: no address, no query, no text of anybody.

use std::sync::Arc;
use std::time::Instant;

use poem::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use poem::{Endpoint, IntoResponse, Request, Response};

use super::guard::Edge;
use super::policy::Policy;
use crate::platform::refusal::Refusal;

/// Names one request in logs and in answers, so that a person can quote it.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Left in the response by the guard, for the access log.
#[derive(Clone)]
pub(super) struct Pattern(pub Arc<Policy>);

/// Wraps all routes.
pub struct Shell<E> {
    pub edge: Arc<Edge>,
    pub inner: E,
}

const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
    ("x-robots-tag", "noarchive"),
];

fn dress(headers: &mut HeaderMap, https: bool) {
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if https {
        let two_years = HeaderValue::from_static("max-age=63072000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, two_years);
    }
}

impl<E: Endpoint> Endpoint for Shell<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let started = Instant::now();
        let secret = self.edge.ids.secret();
        let id = secret.get(..16).unwrap_or_default().to_owned();
        let method = request.method().clone();
        let api = request.uri().path().starts_with("/api/");
        request.extensions_mut().insert(RequestId(id.clone()));
        let mut response = match self.inner.call(request).await {
            Ok(response) => response.into_response(),
            Err(error) => self.no_route(&error, api, &id),
        };
        dress(response.headers_mut(), self.edge.https);
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
        }
        let pattern = response.extensions().get::<Pattern>().map_or("-", |pattern| pattern.0.path.as_str());
        let micros = started.elapsed().as_micros();
        tracing::info!(target: "access", request_id = %id, %method, path = pattern, status = response.status().as_u16(), micros);
        Ok(response)
    }
}

impl<E> Shell<E> {
    /// Errors that no guard saw: an address that is no route, a method it does not take.
    fn no_route(&self, error: &poem::Error, api: bool, id: &str) -> Response {
        let refusal = match error.status() {
            StatusCode::NOT_FOUND => Refusal::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => Refusal::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "This address does not take such a request.",
            ),
            status if status.is_client_error() => {
                Refusal::new(status, "bad_request", "This request could not be understood.")
            }
            _ => {
                tracing::error!(request_id = %id, %error, "an error outside every guard");
                Refusal::internal("outside every guard")
            }
        };
        self.tell(&refusal, api, id)
    }

    fn tell(&self, refusal: &Refusal, api: bool, id: &str) -> Response {
        let mut response = if api {
            super::answer::problem(refusal, id)
        } else {
            let body = (self.edge.error_page)(refusal, id, None);
            super::answer::Html { status: refusal.status, body }.into_response()
        };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}
