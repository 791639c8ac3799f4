//! Stands before every handler and enforces the route's policy, whatever the handler forgot.

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use poem::endpoint::BoxEndpoint;
use poem::http::{HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, IntoResponse, Request, Response};

use super::answer::kept_text;
use super::cache;
use super::client::client_ip;
use super::cookies::{self, Credential};
use super::csrf::{self, FormKey};
use super::form::{self, Form};
use super::policy::{GateLevel, Kind, Policy};
use super::shell::RequestId;
use crate::platform::fields::Fields;
use crate::platform::ids::Ids;
use crate::platform::limits::{self, Limiter};
use crate::platform::refusal::Refusal;

/// What every guard shares.
pub struct Edge {
    pub origin: String,
    pub https: bool,
    pub trusted_proxies: Vec<IpAddr>,
    pub limiter: Arc<Limiter>,
    pub form_key: FormKey,
    pub ids: Ids,
    /// Makes a page of a refusal.
    pub error_page: ErrorPage,
}

/// Makes a page of a refusal, a request id and the text that was typed.
pub(crate) type ErrorPage = Box<dyn Fn(&Refusal, &str, Option<String>) -> String + Send + Sync>;

/// The cookie value that forms on this page are bound to.
#[derive(Clone, Debug)]
pub struct VisitToken(pub String);

/// A handler behind its policy.
pub struct Guard {
    pub policy: Arc<Policy>,
    pub edge: Arc<Edge>,
    pub inner: BoxEndpoint<'static>,
}

/// Form pairs of the request, kept so that an error page can give the text back.
struct Kept(Option<String>);

impl Endpoint for Guard {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let request_id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
        let mut kept = Kept(None);
        let asked = cache::Asked::of(&request, &self.policy, self.edge.https);
        let mut new_cookie = None;
        let path = request.uri().path().to_owned();
        let answer = async {
            self.admit(&mut request, &mut kept, &mut new_cookie).await?;
            self.inner.call(request).await
        };
        // The panic hook has written where it happened; whoever asked is told that it was our fault.
        let stumble = |_| Err(Refusal::internal("a handler panicked").into());
        let answer = AssertUnwindSafe(answer).catch_unwind().map(|done| done.unwrap_or_else(stumble));
        // Here and not further out: the page that says so has to give back what was typed.
        let result = tokio::time::timeout(limits::REQUEST_DEADLINE, answer).await.unwrap_or_else(|_| {
            tracing::warn!(request_id, path = %self.policy.path, "a request passed its deadline");
            Err(too_slow().into())
        });
        let mut response = match result {
            Ok(response) => response.into_response(),
            Err(error) => self.refuse(error, &path, &request_id, kept),
        };
        if let Some(value) = new_cookie
            && !response.headers().contains_key(header::SET_COOKIE)
        {
            let cookie = cookies::session_cookie(&value, self.edge.https).to_string();
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
        }
        response.extensions_mut().insert(super::shell::Pattern(self.policy.clone()));
        cache::apply(&mut response, &self.policy, asked).await;
        Ok(response)
    }
}

impl Guard {
    async fn admit(
        &self,
        request: &mut Request,
        kept: &mut Kept,
        new_cookie: &mut Option<String>,
    ) -> Result<(), Refusal> {
        let policy = &self.policy;
        if request.uri().path_and_query().map_or(0, |target| target.as_str().len()) > limits::URL_BYTES {
            return Err(Refusal::new(StatusCode::URI_TOO_LONG, "url_too_long", "This address is too long."));
        }
        // PostgreSQL keeps no NUL, and nothing of ours has one in its address.
        if request.uri().path_and_query().is_some_and(|target| target.as_str().contains("%00")) {
            return Err(Refusal::not_found());
        }
        let ip = client_ip(request, &self.edge.trusted_proxies);
        if let Err(refusal) = self.edge.limiter.count(policy.limit, &limits::address_key(ip.0)) {
            // Too fast is no reason to lose what was typed: the page that says so gives it back.
            if policy.changes() && policy.kind == Kind::Page {
                self.read_body(request, kept, &Credential::None).await.ok();
            }
            return Err(refusal);
        }
        request.extensions_mut().insert(ip);
        request.extensions_mut().insert(policy.clone());
        if policy.kind == Kind::Api {
            read_query(request)?;
        }
        let credential = cookies::credential(request, policy.kind, self.edge.https);
        if policy.changes() {
            self.read_body(request, kept, &credential).await?;
        }
        // Without any credential there is nobody to ask the database about.
        if policy.gate != GateLevel::Public && credential == Credential::None {
            return Err(Refusal::sign_in_first());
        }
        if policy.kind == Kind::Page {
            let token = match &credential {
                Credential::Cookie(value) => Some(value.clone()),
                _ if policy.visitor_form && !policy.changes() => {
                    let value = self.edge.ids.secret();
                    *new_cookie = Some(value.clone());
                    Some(value)
                }
                _ => None,
            };
            if let Some(value) = token {
                request.extensions_mut().insert(VisitToken(value));
            }
        }
        request.extensions_mut().insert(credential);
        Ok(())
    }

    async fn read_body(
        &self,
        request: &mut Request,
        kept: &mut Kept,
        credential: &Credential,
    ) -> Result<(), Refusal> {
        // A form that is too large is read on for a while, so that its text can be given back.
        let most = match (self.policy.kind, credential) {
            (Kind::Page, Credential::Cookie(_)) => limits::KEPT_BYTES,
            _ => limits::BODY_BYTES,
        };
        let body = request.take_body().into_bytes_limit(most);
        let bytes = match tokio::time::timeout(Duration::from_secs(8), body).await {
            Ok(Ok(bytes)) if bytes.len() > limits::BODY_BYTES => {
                kept.0 = form::parse(&bytes).ok().and_then(|pairs| kept_text(&pairs));
                return Err(too_large());
            }
            Ok(Ok(bytes)) => bytes,
            Ok(Err(poem::error::ReadBodyError::PayloadTooLarge)) => return Err(too_large()),
            Ok(Err(_)) => {
                return Err(Refusal::new(StatusCode::BAD_REQUEST, "unreadable", "The request broke off."));
            }
            Err(_) => {
                return Err(Refusal::new(
                    StatusCode::REQUEST_TIMEOUT,
                    "too_slow",
                    "The request took too long to arrive.",
                ));
            }
        };
        if self.policy.kind != Kind::Page {
            request.set_body(bytes);
            return Ok(());
        }
        let media =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        if !bytes.is_empty() && !media.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
            return Err(Refusal::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not_a_form",
                "Please send this as a form.",
            ));
        }
        let mut pairs = match form::parse(&bytes) {
            Ok(pairs) => pairs,
            Err(refusal) => {
                kept.0 = kept_text(&form::as_far_as_it_goes(&bytes));
                return Err(refusal);
            }
        };
        kept.0 = kept_text(&pairs);
        let sent = pairs.iter().find(|(name, _)| name == "csrf").map(|(_, value)| value.clone());
        pairs.retain(|(name, _)| name != "csrf");
        let cookie = match credential {
            Credential::Cookie(value) => Some(value.as_str()),
            _ => None,
        };
        csrf::check(request, &self.edge.origin, &self.edge.form_key, cookie, sent.as_deref())?;
        request.extensions_mut().insert(Form(Fields::from_pairs(pairs)));
        Ok(())
    }

    /// Every error leaves here: logged once with its cause, told without it.
    fn refuse(&self, error: poem::Error, path: &str, request_id: &str, kept: Kept) -> Response {
        let refusal = match error.downcast::<Refusal>() {
            Ok(refusal) => refusal,
            Err(error) => translate(&error),
        };
        if let Some(cause) = &refusal.cause {
            tracing::error!(request_id, code = refusal.code, path = %self.policy.path, %cause, "refused");
        }
        let mut response = match self.policy.kind {
            Kind::Page if self.policy.method == Method::GET && refusal.status == StatusCode::UNAUTHORIZED => {
                super::answer::see_other(&format!("/sign-in?next={path}"))
            }
            Kind::Page => super::answer::Html {
                status: refusal.status,
                body: (self.edge.error_page)(&refusal, request_id, kept.0),
            }
            .into_response(),
            Kind::Api | Kind::Asset => super::answer::problem(&refusal, request_id),
        };
        if let Some(seconds) = refusal.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if refusal.status == StatusCode::UNAUTHORIZED && self.policy.kind == Kind::Api {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

fn too_slow() -> Refusal {
    Refusal::unavailable("This took too long, so we stopped. Nothing you typed is lost; please try again.")
}

fn too_large() -> Refusal {
    let mut refusal = Refusal::field(
        "body",
        "too_long",
        "This is more text than one post can carry. Please share it out over two.",
    );
    (refusal.status, refusal.code) = (StatusCode::PAYLOAD_TOO_LARGE, "too_large");
    refusal
}

/// poem-openapi's parameters read the query from here; its own service puts it there, and ours takes that service's place.
fn read_query(request: &mut Request) -> Result<(), Refusal> {
    let pairs =
        form::parse(request.uri().query().unwrap_or_default().as_bytes()).map_err(|mut refusal| {
            refusal.status = StatusCode::BAD_REQUEST;
            refusal
        })?;
    request.extensions_mut().insert(poem_openapi::__private::UrlQuery(pairs));
    Ok(())
}

/// Errors of the libraries, in our words.
fn translate(error: &poem::Error) -> Refusal {
    // A part of the address that cannot even be read names nothing that exists.
    if error.is::<poem::error::ParsePathError>() || error.is::<poem_openapi::error::ParsePathError>() {
        return Refusal::not_found();
    }
    if let Some(error) = error.downcast_ref::<poem_openapi::error::ParseParamError>() {
        return Refusal::field(error.name, "wrong_type", "This is not a value that can stand here.");
    }
    match error.status() {
        StatusCode::NOT_FOUND => Refusal::not_found(),
        status if status.is_client_error() => {
            Refusal::new(status, "bad_request", "This request could not be understood.")
        }
        _ => Refusal::internal(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use poem::{EndpointExt, endpoint::make};

    use super::*;
    use crate::platform::http::policy::Audience;
    use crate::platform::limits::Limit;

    fn stumbles() -> Response {
        panic!("a fault of ours")
    }

    #[tokio::test]
    async fn a_handler_that_panics_answers_with_a_page_or_a_problem_like_any_other_fault() {
        for (kind, media) in [(Kind::Page, "text/html"), (Kind::Api, "application/problem+json")] {
            let policy = Policy {
                method: Method::GET,
                path: "/boards".to_owned(),
                gate: GateLevel::Public,
                audience: Audience::NoText,
                kind,
                limit: Limit::Read,
                visitor_form: false,
            };
            let edge = Edge {
                origin: "https://example.org".to_owned(),
                https: true,
                trusted_proxies: Vec::new(),
                limiter: Arc::new(Limiter::new(NonZeroU32::MIN)),
                form_key: FormKey::new([0_u8; 32]),
                ids: Ids::seeded(1),
                error_page: Box::new(|refusal, _, _| refusal.detail.to_string()),
            };
            let inner = make(|_| async { stumbles() }).boxed();
            let guard = Guard { policy: Arc::new(policy), edge: Arc::new(edge), inner };
            let response = guard.call(Request::default()).await.unwrap();
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert!(response.content_type().unwrap().starts_with(media));
            assert!(!response.into_body().into_string().await.unwrap().contains("a fault of ours"));
        }
    }
}
