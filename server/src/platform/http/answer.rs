//! Answers: problem+json for the API, pages for people, from the one error type.

use poem::http::{HeaderValue, StatusCode, header};
use poem::{Body, IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::Object;
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::{ToJSON, Type};
use serde_json::json;

use crate::platform::refusal::Refusal;

/// A finished page.
pub struct Html {
    pub status: StatusCode,
    pub body: String,
}

impl Html {
    pub fn ok(body: String) -> Self {
        Self { status: StatusCode::OK, body }
    }
}

impl IntoResponse for Html {
    fn into_response(self) -> Response {
        Response::builder().status(self.status).content_type("text/html; charset=utf-8").body(self.body)
    }
}

/// After a form did its work: go there and look.
pub fn see_other(location: &str) -> Response {
    let location = HeaderValue::from_str(location).unwrap_or(HeaderValue::from_static("/"));
    Response::builder().status(StatusCode::SEE_OTHER).header(header::LOCATION, location).body(Body::empty())
}

/// Something new, as JSON with status 201.
pub struct Created<T>(pub T);

impl<T: ToJSON + Send> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        poem::web::Json(self.0.to_json()).with_status(StatusCode::CREATED).into_response()
    }
}

impl<T: ToJSON> ApiResponse for Created<T> {
    fn meta() -> MetaResponses {
        let mut meta = <poem_openapi::payload::Json<T> as ApiResponse>::meta();
        for response in &mut meta.responses {
            (response.status, response.description) = (Some(201), "Made");
        }
        meta
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

/// A refusal on its way through poem, which the guard turns into an answer.
impl poem::error::ResponseError for Refusal {
    fn status(&self) -> StatusCode {
        self.status
    }

    fn as_response(&self) -> Response {
        problem(self, "")
    }
}

/// RFC 9457 problem details, with a stable `code` and the faults by field.
pub fn problem(refusal: &Refusal, request_id: &str) -> Response {
    let errors: Vec<_> = refusal
        .fields
        .iter()
        .map(|fault| json!({ "field": fault.field, "code": fault.code, "message": fault.message }))
        .collect();
    let body = json!({
        "type": "about:blank",
        "title": refusal.status.canonical_reason().unwrap_or("Error"),
        "status": refusal.status.as_u16(),
        "detail": refusal.detail,
        "code": refusal.code,
        "errors": errors,
        "request_id": request_id,
    });
    Response::builder().status(refusal.status).content_type("application/problem+json").body(body.to_string())
}

/// Fields that a person types into. A password is none that an answer may carry.
const TYPED: [&str; 13] = [
    "title",
    "body",
    "reason",
    "note",
    "passage",
    "name",
    "email",
    "slug",
    "description",
    "register",
    "number",
    "expires",
    "review_due",
];

/// What a person had typed into a form that could not be taken, to be shown again.
pub fn kept_text(pairs: &[(String, String)]) -> Option<String> {
    let typed = |name: &str| TYPED.contains(&name) || name.starts_with("source_");
    let texts: Vec<&str> = pairs
        .iter()
        .filter(|(name, value)| typed(name) && !value.is_empty())
        .map(|(_, value)| value.as_str())
        .collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

/// How the API says no (RFC 9457).
#[derive(Object)]
#[oai(rename = "Problem")]
struct ProblemDoc {
    /// Always `about:blank`.
    #[oai(rename = "type")]
    kind: String,
    /// The status in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What to do about it, for people.
    detail: String,
    /// Stable word for programs, such as `not_found`, `invalid_fields`, `claimed_by_other`.
    code: String,
    /// Faults by field.
    errors: Vec<ProblemFieldDoc>,
    /// To quote when asking for help.
    request_id: String,
}

/// One field that cannot be accepted as it is.
#[derive(Object)]
#[oai(rename = "ProblemField")]
struct ProblemFieldDoc {
    /// Name, with a path for inner fields: `sources[0].url`.
    field: String,
    /// Stable word, such as `required`, `too_long`, `unknown_field`.
    code: String,
    /// What to do about it.
    message: String,
}

impl ApiResponse for Refusal {
    fn meta() -> MetaResponses {
        let answer = |status: u16, description: &'static str| MetaResponse {
            description,
            status: Some(status),
            status_range: None,
            content: vec![MetaMediaType {
                content_type: "application/problem+json",
                schema: ProblemDoc::schema_ref(),
            }],
            headers: vec![],
        };
        MetaResponses {
            responses: vec![
                answer(400, "The request cannot be read"),
                answer(401, "Sign in first"),
                answer(403, "Not with this role"),
                answer(404, "Not there, or not for you"),
                answer(409, "Somebody was faster, or the state does not allow it"),
                answer(413, "Too large"),
                answer(415, "Not JSON"),
                answer(422, "Some fields cannot be accepted"),
                answer(429, "Too many requests; see Retry-After"),
                answer(500, "A fault of ours"),
                answer(503, "Not available just now; see Retry-After"),
            ],
        }
    }

    fn register(registry: &mut Registry) {
        ProblemDoc::register(registry);
    }
}
