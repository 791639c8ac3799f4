//! Requests as browsers and programs send them.

use poem::http::{HeaderMap, Method, StatusCode, header};
use poem::{Endpoint, Request};
use serde_json::Value;

use super::{Person, TestApp};

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.text()))
    }

    /// Fails, showing the body, unless the status is this one.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// A text of the JSON answer, by JSON pointer.
    #[track_caller]
    pub fn at(&self, pointer: &str) -> String {
        let json = self.json();
        let value = json.pointer(pointer).unwrap_or_else(|| panic!("no {pointer} in {json:#}"));
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    }

    /// The stable code of a problem.
    #[track_caller]
    pub fn code(&self) -> String {
        self.at("/code")
    }

    /// `field code` of every fault, in order.
    pub fn faults(&self) -> Vec<String> {
        let json = self.json();
        let errors = json["errors"].as_array().cloned().unwrap_or_default();
        errors
            .iter()
            .map(|e| format!("{} {}", e["field"].as_str().unwrap(), e["code"].as_str().unwrap()))
            .collect()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

impl TestApp {
    /// Sends a request through the whole site.
    pub async fn send(&self, request: Request) -> Answer {
        let mut response = self.site.call(request).await.expect("the shell answers everything");
        let bytes = response.take_body().into_vec().await.unwrap();
        let answer = Answer { status: response.status(), headers: response.headers().clone(), bytes };
        assert_dressed(&answer);
        answer
    }

    /// A call of the API, by somebody or by nobody.
    pub async fn api(
        &self,
        who: impl Into<Option<&Person>>,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri_str(format!("/api/v1{path}"));
        if let Some(person) = who.into() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", person.token));
        }
        let request = match body {
            Some(body) => request.content_type("application/json").body(body.to_string()),
            None => request.finish(),
        };
        self.send(request).await
    }

    pub async fn get(&self, who: impl Into<Option<&Person>>, path: &str) -> Answer {
        self.api(who, Method::GET, path, None).await
    }

    pub async fn post(&self, who: impl Into<Option<&Person>>, path: &str, body: Value) -> Answer {
        self.api(who, Method::POST, path, Some(body)).await
    }

    pub async fn put(&self, who: impl Into<Option<&Person>>, path: &str, body: Value) -> Answer {
        self.api(who, Method::PUT, path, Some(body)).await
    }

    pub async fn delete(&self, who: impl Into<Option<&Person>>, path: &str) -> Answer {
        self.api(who, Method::DELETE, path, None).await
    }

    /// A page, by somebody or by nobody.
    pub async fn page(&self, who: impl Into<Option<&Person>>, path: &str) -> Answer {
        let mut request = Request::builder().method(Method::GET).uri_str(path);
        if let Some(person) = who.into() {
            request = request.header(header::COOKIE, format!("sid={}", person.cookie));
        }
        self.send(request.finish()).await
    }

    /// Sends a form as the browser of this person would, with the token of their pages.
    pub async fn form(&self, who: &Person, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = aftercare::platform::http::csrf_token(&self.app.edge.form_key, &who.cookie);
        let mut pairs = vec![("csrf", token.as_str())];
        pairs.extend_from_slice(fields);
        let request = Request::builder()
            .method(Method::POST)
            .uri_str(path)
            .header(header::COOKIE, format!("sid={}", who.cookie))
            .header("sec-fetch-site", "same-origin")
            .content_type("application/x-www-form-urlencoded")
            .body(encode(&pairs));
        self.send(request).await
    }
}

/// Pairs in a form's encoding.
pub fn encode(pairs: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        text.bytes()
            .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect()
    };
    pairs
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// Every answer in the whole suite carries the headers that protect its reader.
fn assert_dressed(answer: &Answer) {
    for name in [
        "content-security-policy",
        "x-content-type-options",
        "referrer-policy",
        "permissions-policy",
        "x-request-id",
    ] {
        assert!(
            answer.headers.contains_key(name),
            "{name} is missing from a {}: {}",
            answer.status,
            answer.text()
        );
    }
    assert!(answer.headers.contains_key("cache-control"), "no cache-control on a {}", answer.status);
    assert!(answer.status != StatusCode::INTERNAL_SERVER_ERROR, "500: {}", answer.text());
}
