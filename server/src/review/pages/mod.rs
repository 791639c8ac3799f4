//! The desk's pages: the queue, one item with its decision, and what is public and unread.

mod conflict;
pub(crate) mod decide;
mod diff;
pub(crate) mod item;
mod marks;
pub(crate) mod queue;
mod reasons;
mod tabs;
pub(crate) mod unread;
pub(crate) mod words;

pub(crate) use tabs::tabs;
