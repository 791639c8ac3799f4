//! JSON bodies. The schema comes from a documentation type; the value is read field by field, so that every fault is named at once.

use std::marker::PhantomData;

use poem::http::{StatusCode, header};
use poem::{FromRequest, Request, RequestBody};
use poem_openapi::payload::{ParsePayload, Payload};
use poem_openapi::registry::{MetaMediaType, MetaRequest, MetaSchemaRef, Registry};
use poem_openapi::types::Type;
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde_json::Value;

use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;

/// A JSON object whose schema is `T`'s.
#[derive(Debug)]
pub struct Input<T> {
    pub fields: Fields,
    schema: PhantomData<fn() -> T>,
}

impl<T: Type> Payload for Input<T> {
    const CONTENT_TYPE: &'static str = "application/json";

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: Type> ParsePayload for Input<T> {
    const IS_REQUIRED: bool = true;

    async fn from_request(request: &Request, body: &mut RequestBody) -> poem::Result<Self> {
        let media =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        let media = media.split(';').next().unwrap_or("").trim();
        if !media.eq_ignore_ascii_case("application/json") {
            return Err(Refusal::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not_json",
                "Please send the body as application/json.",
            )
            .into());
        }
        let bytes = <Vec<u8> as FromRequest>::from_request(request, body).await?;
        Ok(Self { fields: parse(&bytes)?, schema: PhantomData })
    }
}

fn parse(bytes: &[u8]) -> Result<Fields, Refusal> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(Fields::from_json(object)),
        Ok(_) => Err(Refusal::field("body", "wrong_type", "The body must be a JSON object.")),
        Err(error) => {
            let place =
                format!("The body is not valid JSON (line {}, column {}).", error.line(), error.column());
            let mut refusal = Refusal::field("body", "not_json", place);
            (refusal.status, refusal.code) = (StatusCode::BAD_REQUEST, "not_json");
            Err(refusal)
        }
    }
}

/// Where a list is to go on, if the caller says. A place that we never gave out is refused.
pub fn cursor<C>(sent: Option<String>, parse: impl Fn(&str) -> Option<C>) -> Result<Option<C>, Refusal> {
    match sent.filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => parse(&text).map(Some).ok_or_else(Refusal::not_our_cursor),
    }
}

impl<'a, T: Type> ApiExtractor<'a> for Input<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        <Self as Payload>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        Some(MetaRequest {
            description: None,
            content: vec![MetaMediaType { content_type: Self::CONTENT_TYPE, schema: Self::schema_ref() }],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        <Self as ParsePayload>::from_request(request, body).await
    }
}
