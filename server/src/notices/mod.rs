//! Telling members: that somebody answered, that a moderator decided, that guidance stands under their post; and admins, that a rule
//! wants looking at. Written by a worker from the outbox, never by the act itself.

pub mod api;
pub mod deliver;
pub mod pages;
pub mod store;

use crate::accounts::Member;
use crate::platform::db::Db;
use crate::platform::limits::PAGE_ROWS;
use crate::platform::refusal::Refusal;
use crate::threads::Cursor;
use crate::threads::read::Page;

crate::id_type! {
    /// One notice.
    NoticeId
}

/// A page of what a member was told, newest first.
pub fn page(db: &mut Db, member: &Member, after: Option<Cursor>) -> Result<Page<store::NoticeRow>, Refusal> {
    let rows = store::notices_of(db, member.id(), after, PAGE_ROWS + 1)?;
    Ok(Page::of(rows, PAGE_ROWS, |notice| Cursor { at: notice.created_at, id: notice.id.0 }))
}

crate::text_enum! {
    /// What a notice tells.
    pub enum NoticeKind {
        Reply = "reply",
        Published = "published",
        ChangesAsked = "changes_asked",
        Refused = "refused",
        Guidance = "guidance",
        /// A rule matches much more often than it did; to admins.
        Rule = "rule",
    }
}
