//! How we speak to Meilisearch: the SDK's requests over our own connection, which trusts neither the length of an
//! answer nor a redirect, and goes through no proxy.

use async_trait::async_trait;
use futures_util::io::{AsyncRead, AsyncReadExt};
use meilisearch_sdk::errors::Error;
use meilisearch_sdk::request::{HttpClient, Method, parse_response};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::failure::setup;
use crate::engine::SearchError;

/// No honest answer is longer: a page of a thousand texts stays well below.
const LONGEST_ANSWER: usize = 64 * 1024 * 1024;

/// One key's connection.
#[derive(Clone)]
pub(super) struct Http {
    client: reqwest::Client,
}

impl Http {
    pub(super) fn with_key(key: &SecretString) -> Result<Self, SearchError> {
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", key.expose_secret()))
            .map_err(|_| setup("a key for Meilisearch holds signs that no key has"))?;
        bearer.set_sensitive(true);
        let client = reqwest::Client::builder()
            .default_headers(HeaderMap::from_iter([(AUTHORIZATION, bearer)]))
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .map_err(|_| setup("no connection to Meilisearch can be made on this machine"))?;
        Ok(Self { client })
    }

    async fn answer<Output: DeserializeOwned>(
        &self,
        request: reqwest::RequestBuilder,
        expected: u16,
    ) -> Result<Output, Error> {
        let mut response = request.send().await.map_err(other)?;
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(other)? {
            if body.len() + piece.len() > LONGEST_ANSWER {
                return Err(Error::Other("an answer without end".into()));
            }
            body.extend_from_slice(&piece);
        }
        let body = String::from_utf8_lossy(&body);
        let body = if body.is_empty() { "null" } else { body.as_ref() };
        // The address is left out: it could come back in an error's text.
        parse_response(response.status().as_u16(), expected, body, String::new())
    }

    fn request(&self, url: &str, method: &Method<impl Serialize, impl Sized>) -> reqwest::RequestBuilder {
        let verb = match method {
            Method::Get { .. } => reqwest::Method::GET,
            Method::Post { .. } => reqwest::Method::POST,
            Method::Patch { .. } => reqwest::Method::PATCH,
            Method::Put { .. } => reqwest::Method::PUT,
            Method::Delete { .. } => reqwest::Method::DELETE,
        };
        self.client.request(verb, url).query(method.query())
    }
}

fn other(error: reqwest::Error) -> Error {
    Error::Other(Box::new(error.without_url()))
}

#[async_trait]
impl HttpClient for Http {
    async fn request<Query, Body, Output>(
        &self,
        url: &str,
        method: Method<Query, Body>,
        expected_status_code: u16,
    ) -> Result<Output, Error>
    where
        Query: Serialize + Send + Sync,
        Body: Serialize + Send + Sync,
        Output: DeserializeOwned + 'static + Send,
    {
        let mut request = self.request(url, &method);
        if let Some(body) = method.into_body() {
            request = request.header(CONTENT_TYPE, "application/json").body(serde_json::to_vec(&body)?);
        }
        self.answer(request, expected_status_code).await
    }

    async fn stream_request<
        Query: Serialize + Send + Sync,
        Body: AsyncRead + Send + Sync + 'static,
        Output: DeserializeOwned + 'static,
    >(
        &self,
        url: &str,
        method: Method<Query, Body>,
        content_type: &str,
        expected_status_code: u16,
    ) -> Result<Output, Error> {
        let mut request = self.request(url, &method);
        if let Some(body) = method.into_body() {
            let mut bytes = Vec::new();
            let mut body = std::pin::pin!(body);
            body.read_to_end(&mut bytes).await.map_err(|error| Error::Other(Box::new(error)))?;
            request = request.header(CONTENT_TYPE, content_type).body(bytes);
        }
        self.answer(request, expected_status_code).await
    }
}
