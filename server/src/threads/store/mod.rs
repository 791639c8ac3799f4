//! Rows of boards, threads, posts, revisions and drafts. `visible` is the only door through which text reaches readers.

mod boards;
mod drafts;
mod own;
mod places;
mod posts;
mod visible;

pub use boards::*;
pub use drafts::*;
pub use own::*;
pub use places::*;
pub use posts::*;
pub use visible::*;

use crate::platform::db::Db;

/// The backend that queries against [`Db`] are boxed for.
pub(crate) type Backend = <Db as diesel::Connection>::Backend;
