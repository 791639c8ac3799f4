//! The one error of acts, gates and handlers. The API makes problem+json of it, pages make the form with what was typed.

use std::error::Error;
use std::fmt;

use poem::http::StatusCode;

/// One field that cannot be accepted as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    /// Stable word for programs, such as `too_long`.
    pub code: &'static str,
    /// What the person can do about it.
    pub message: String,
}

/// Why something was not done, in words for the person and a stable code for programs.
#[derive(Debug)]
pub struct Refusal {
    pub status: StatusCode,
    pub code: &'static str,
    pub detail: String,
    pub fields: Vec<FieldError>,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<u64>,
    /// What went wrong inside. Logged once at the edge, never sent.
    pub cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Refusal {
    /// A refusal with its words.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), fields: Vec::new(), retry_after: None, cause: None }
    }

    /// Not there, or not for this person: the two must not be told apart.
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is nothing at this address, or it is not open to you.",
        )
    }

    /// Nobody is signed in.
    pub fn sign_in_first() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "sign_in_first", "Please sign in to do this.")
    }

    /// Signed in, but without the role.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", detail)
    }

    /// Somebody or something was faster.
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// Some fields need another look.
    pub fn fields(fields: Vec<FieldError>) -> Self {
        let mut refusal = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid_fields",
            "Some parts need another look. Nothing you typed is lost.",
        );
        refusal.fields = fields;
        refusal
    }

    /// One field needs another look.
    pub fn field(field: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::fields(vec![FieldError { field: field.to_owned(), code, message: message.into() }])
    }

    /// The same about a form whose fields have other names than the act knows: pairs of the form's name and the act's.
    pub fn in_names_of_the_form(mut self, names: &[(&str, &str)]) -> Self {
        for fault in &mut self.fields {
            if let Some((ours, _)) = names.iter().find(|(_, theirs)| *theirs == fault.field) {
                fault.field = (*ours).to_owned();
            }
        }
        self
    }

    /// A list was asked to go on from a place that we never gave out.
    pub fn not_our_cursor() -> Self {
        Self::field("cursor", "invalid", "This is no cursor that we gave out.")
    }

    /// Too much for the moment; try again later.
    pub fn too_many(retry_after: u64) -> Self {
        let mut refusal = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_requests",
            "That was a lot in a short time. Please wait a little and try again.",
        );
        refusal.retry_after = Some(retry_after);
        refusal
    }

    /// Something is out of order at our end, and trying again soon may work.
    pub fn unavailable(detail: impl Into<String>) -> Self {
        let mut refusal = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail);
        refusal.retry_after = Some(5);
        refusal
    }

    /// A fault of ours.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let mut refusal = Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong at our end. It has been noted; please try again in a moment.",
        );
        refusal.cause = Some(cause.into());
        refusal
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.status.as_u16(), self.code, self.detail)?;
        for field in &self.fields {
            write!(f, "; {} {}: {}", field.field, field.code, field.message)?;
        }
        Ok(())
    }
}

impl Error for Refusal {}

impl From<diesel::result::Error> for Refusal {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind, Error as Sql};
        let busy = match &error {
            Sql::DatabaseError(
                DatabaseErrorKind::SerializationFailure | DatabaseErrorKind::ClosedConnection,
                _,
            ) => true,
            // SQLite's BUSY and FULL arrive without a kind of their own.
            Sql::DatabaseError(_, info) => {
                let message = info.message();
                ["database is locked", "disk is full", "canceling statement due to"]
                    .iter()
                    .any(|words| message.contains(words))
            }
            _ => false,
        };
        let mut refusal = if busy {
            Self::unavailable(
                "The community is very busy right now. Nothing you typed is lost; please try again.",
            )
        } else {
            Self::internal("")
        };
        refusal.cause = Some(Box::new(error));
        refusal
    }
}
