//! Members: joining, signing in, roles, credentials, and the gates that turn a credential into a person.

mod admit;
pub mod api;
pub mod end_role;
pub mod gate;
pub mod grant_role;
pub mod join;
mod model;
pub mod pages;
mod password;
mod session;
pub mod settings;
pub mod sign_in;
pub mod sign_out;
pub mod store;
mod whom;

pub(crate) use gate::admit_as;
pub use gate::{Admin, Caller, Clinician, Gate, Member, Moderator, Operator, System, Viewer};
pub use model::{
    AgeBand, Contact, CredentialId, Email, MemberId, MemberState, NameCursor, Password, Pseudonym, Region,
    Role, SessionId,
};
pub use session::SessionKind;
