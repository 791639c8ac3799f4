//! Boards, threads, posts, revisions, drafts: everything that people say to each other.

pub mod api;
pub mod ask;
pub mod boards;
pub mod drafts;
pub mod edit;
mod model;
pub mod pages;
pub mod personal;
pub mod publish;
pub mod read;
pub mod reply;
pub mod store;
pub mod withdraw;
mod written;

pub use model::{
    About, BoardAudience, BoardId, Cursor, DraftId, PostId, PostKind, PostState, RevisionId, ThreadId,
    ThreadKind, Title,
};
pub use written::{Outcome, Posting, Written, revision_hash};
