//! Guidance as an object: exact text, sources, a review date, two clinicians' names under one hash; a stop that one person can pull.

pub mod api;
pub mod attach;
mod drafted;
mod model;
pub mod pages;
pub mod read;
pub mod reinstate;
pub mod sign;
pub mod stop;
pub mod store;
pub mod verify;
pub mod write;

pub use drafted::{Drafted, Source, hash};
pub use model::{
    ArticleId, AttachmentId, Relation, SignatureId, StatementId, StopId, TitleCursor, VersionId, VersionState,
};
