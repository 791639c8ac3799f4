//! Pages for reading and writing: boards, threads, asking, replying, one's own posts and drafts.

pub(crate) mod ask;
pub(crate) mod board;
mod compose;
pub(crate) mod draft;
pub(crate) mod drafts;
pub(crate) mod edit;
pub(crate) mod home;
pub(crate) mod mine;
mod personal;
pub(crate) mod place;
pub(crate) mod post_card;
pub(crate) mod reply;
pub(crate) mod rows;
mod spot;
pub(crate) mod thread;
pub(crate) mod told;
pub(crate) mod withdraw;
