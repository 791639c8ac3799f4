//! HTTP as this community needs it: one outer shell, one guard before every handler, one place for errors.
//!
//! From outside to inside: request id → headers → panic → deadline (`shell`) → URL, body, address, rate, credential, CSRF (`guard`)
//! → handler → errors to answers (`answer`). Policy is data of the route registry (`policy`), never a forgotten middleware.

mod acceptor;
mod answer;
mod cache;
mod client;
mod cookies;
mod csrf;
pub(crate) mod form;
mod guard;
mod input;
mod policy;
pub mod registry;
mod shell;

pub use acceptor::Bouncer;
pub use answer::{Created, Html, kept_text, problem, see_other};
pub(crate) use cache::gzip;
pub use client::ClientIp;
pub use cookies::{Credential, clear_session, session_cookie};
pub use csrf::{FormKey, csrf_token};
pub use form::Form;
pub use guard::{Edge, Guard, VisitToken};
pub use input::{Input, cursor};
pub use policy::{Audience, GateLevel, Kind, Policy};
pub use shell::{RequestId, Shell};
