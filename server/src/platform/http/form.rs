//! A form's body, read once by the guard.

use poem::{FromRequest, Request, RequestBody};

use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;

/// The fields of a form, without the token that the guard has checked.
#[derive(Clone, Debug, Default)]
pub struct Form(pub Fields);

/// More fields than any form of ours has.
const MOST_FIELDS: usize = 100;

/// Reads `application/x-www-form-urlencoded`; text that is not UTF-8 is refused rather than changed.
pub(crate) fn parse(body: &[u8]) -> Result<Vec<(String, String)>, Refusal> {
    let mut pairs = Vec::new();
    for part in body.split(|byte| *byte == b'&').filter(|part| !part.is_empty()) {
        if pairs.len() == MOST_FIELDS {
            return Err(Refusal::field(
                "form",
                "too_many_fields",
                "This form has more fields than it can have.",
            ));
        }
        let mut halves = part.splitn(2, |byte| *byte == b'=');
        let name = decode(halves.next().unwrap_or_default());
        let value = decode(halves.next().unwrap_or_default());
        match (name, value) {
            (Some(name), Some(value)) => pairs.push((name, value)),
            (name, None) => {
                let name = name.unwrap_or_else(|| "form".into());
                return Err(Refusal::field(
                    &name,
                    "not_utf8",
                    "This text could not be read. Please type it again.",
                ));
            }
            (None, _) => return Err(Refusal::field("form", "not_utf8", "This form could not be read.")),
        }
    }
    Ok(pairs)
}

/// The pairs of a form that cannot be taken, for giving back what was typed: what is not text becomes a mark.
pub(super) fn as_far_as_it_goes(body: &[u8]) -> Vec<(String, String)> {
    let text = |part: &[u8]| String::from_utf8_lossy(&bytes_of(part)).into_owned();
    let pair = |part: &[u8]| {
        let mut halves = part.splitn(2, |byte| *byte == b'=');
        (text(halves.next().unwrap_or_default()), text(halves.next().unwrap_or_default()))
    };
    body.split(|byte| *byte == b'&').take(MOST_FIELDS).map(pair).collect()
}

fn decode(part: &[u8]) -> Option<String> {
    String::from_utf8(bytes_of(part)).ok()
}

fn bytes_of(part: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let hex = rest.as_slice().get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
                match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    Some(byte) => {
                        bytes.push(byte);
                        rest.nth(1);
                    }
                    None => bytes.push(b'%'),
                }
            }
            byte => bytes.push(*byte),
        }
    }
    bytes
}

impl<'a> FromRequest<'a> for Form {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(request.extensions().get::<Self>().cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_or_refused_never_changed() {
        let pairs = parse(b"title=Caf%C3%A9+%2B+tea&body=100%25&x").unwrap();
        assert_eq!(
            pairs,
            [
                ("title".into(), "Café + tea".into()),
                ("body".into(), "100%".into()),
                ("x".into(), String::new())
            ]
        );
        let refusal = parse(b"body=%FF%FE").unwrap_err();
        assert_eq!((refusal.fields[0].field.as_str(), refusal.fields[0].code), ("body", "not_utf8"));
        assert!(parse("a=1&".repeat(101).as_bytes()).is_err());
        let kept = as_far_as_it_goes(b"title=My+title&body=%FF%41");
        assert_eq!(kept, [("title".into(), "My title".into()), ("body".into(), "\u{fffd}A".into())]);
    }
}
