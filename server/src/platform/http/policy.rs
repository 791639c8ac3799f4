//! What the registry says of a route. The guard enforces it; `aftercare routes` prints it; the visibility matrix is made from it.

use poem::http::Method;
use serde::Serialize;

use crate::platform::limits::Limit;

/// Who may call a route at all. Finer questions (whose post? which board?) are the act's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GateLevel {
    Public,
    Member,
    Moderator,
    Clinician,
    Admin,
}

/// Whose text a route may hand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// No member's text at all.
    NoText,
    /// Published text that the viewer may read.
    Readers,
    /// Also the caller's own text, in every state.
    Author,
    /// Also text that waits for a decision.
    Staff,
}

/// How a route answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Page,
    Api,
    Asset,
}

/// One route's policy.
#[derive(Clone, Debug)]
pub struct Policy {
    pub method: Method,
    /// With `{id}` placeholders.
    pub path: String,
    pub gate: GateLevel,
    pub audience: Audience,
    pub kind: Kind,
    pub limit: Limit,
    /// A visitor gets a form here and so needs a cookie for its token.
    pub visitor_form: bool,
}

impl Policy {
    /// The path as poem writes it, `:id` for `{id}`.
    pub fn poem_path(&self) -> String {
        self.path.replace('{', ":").replace('}', "")
    }

    /// Whether calling it may change something.
    pub fn changes(&self) -> bool {
        !matches!(self.method, Method::GET | Method::HEAD | Method::OPTIONS)
    }
}
