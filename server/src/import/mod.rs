//! Bringing in what was written elsewhere: threads by authors who are not here, guidance as drafts for clinicians to read.
//!
//! Every post passes the rules like a live one; nobody is told of it. What was imported before is known by its source id and
//! is left as it is.

mod authors;
mod batches;
mod board;
mod fit;
mod guidance;
mod plain;
mod store;
mod tally;
mod threads;
mod when;

use crate::accounts::{Operator, Region};
use crate::platform::clock::UtcTime;
use crate::platform::db::Database;
use crate::screening::Screening;

pub use batches::{ImportError, Told, import};
pub use guidance::Guidance;
pub use tally::Tally;
pub use threads::Threads;

/// What an import works with.
pub struct Importer {
    pub database: Database,
    pub screening: Screening,
    pub operator: Operator,
    /// Where authors are taken to live.
    pub region: Region,
    /// The moment of the import; nothing was said later than that.
    pub now: UtcTime,
}
