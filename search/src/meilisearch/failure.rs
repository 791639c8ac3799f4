//! What went wrong, in words that quote neither a question nor a key nor a text.

use meilisearch_sdk::errors::{Error, ErrorCode};

use crate::engine::SearchError;

/// Something that waiting does not mend.
pub(super) fn setup(what: &str) -> SearchError {
    SearchError::Setup(what.to_owned())
}

pub(super) fn unavailable(what: impl Into<String>) -> SearchError {
    SearchError::Unavailable(what.into())
}

/// The index is not there (yet, or no more).
pub(super) fn is_missing(error: &Error) -> bool {
    matches!(error, Error::Meilisearch(error) if error.error_code == ErrorCode::IndexNotFound)
}

/// An error of the SDK. Messages of Meilisearch can repeat what was sent, so only their codes are passed on; what
/// cannot be read at all is an outage like any other.
pub(super) fn failed(error: Error) -> SearchError {
    unavailable(match error {
        Error::Meilisearch(error) => match error.error_code {
            ErrorCode::IndexNotFound => {
                "the index is not there yet; whoever holds the write key makes it".to_owned()
            }
            ErrorCode::InvalidApiKey | ErrorCode::MissingAuthorizationHeader => {
                "Meilisearch does not accept the key".to_owned()
            }
            ErrorCode::PayloadTooLarge => "Meilisearch finds this batch too large".to_owned(),
            code => format!("Meilisearch answers: {code}"),
        },
        Error::MeilisearchCommunication(error) => {
            format!("Meilisearch answers with status {}", error.status_code)
        }
        Error::Other(_) => "Meilisearch cannot be reached".to_owned(),
        _ => "Meilisearch answers what cannot be read".to_owned(),
    })
}
