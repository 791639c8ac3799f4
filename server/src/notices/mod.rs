//! Telling members: that somebody answered, that a moderator decided. Written by a worker from the outbox, never by the act itself.

pub mod api;
pub mod deliver;
pub mod pages;
pub mod store;

crate::id_type! {
    /// One notice.
    NoticeId
}

crate::text_enum! {
    /// What a notice tells.
    pub enum NoticeKind {
        Reply = "reply",
        Published = "published",
        ChangesAsked = "changes_asked",
        Refused = "refused",
    }
}
