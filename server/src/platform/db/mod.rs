#![doc = include_str!("README.md")]

mod connect;
mod migrate;
pub mod schema;

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::{PgConnection, QueryResult, SqliteConnection};
use parking_lot::FairMutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::clock::{Clock, UtcTime};
use super::ids::Ids;
use super::refusal::Refusal;

pub use connect::{ConnectError, Location};
pub use migrate::{MigrationError, SCHEMA_VERSION};

/// A connection to either database. Queries are written once against it.
#[derive(diesel::MultiConnection)]
pub enum Db {
    Pg(PgConnection),
    Sqlite(SqliteConnection),
}

/// Repeats one expression for each database, where diesel's enum cannot carry it: `on_conflict` and batch inserts.
#[macro_export]
macro_rules! each_backend {
    ($db:expr, $conn:ident => $query:expr) => {
        match &mut *$db {
            $crate::platform::db::Db::Pg($conn) => $query,
            $crate::platform::db::Db::Sqlite($conn) => $query,
        }
    };
}

/// The transaction of one act: the connection, the moment and the source of ids. Only [`Database::write`] makes one.
pub struct Tx<'a> {
    db: &'a mut Db,
    /// The moment of the act; every row it writes carries this time.
    pub now: UtcTime,
    /// Where its ids come from.
    pub ids: &'a Ids,
}

impl Deref for Tx<'_> {
    type Target = Db;

    fn deref(&self) -> &Db {
        self.db
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Db {
        self.db
    }
}

/// The community's database. Cheap to clone.
#[derive(Clone)]
pub struct Database(Arc<Inner>);

struct Inner {
    pools: Pools,
    /// One permit a reading connection. Requests wait for one here, where waiting costs no thread: threads that wait for a
    /// connection wake each other for nothing.
    places: Arc<Semaphore>,
    clock: Clock,
    ids: Ids,
    /// Holds the lock of a server that must be the only one.
    alone: FairMutex<Option<Db>>,
}

enum Pools {
    Sqlite {
        writer: FairMutex<Db>,
        readers: r2d2::Pool<connect::Reader>,
    },
    /// `turn` keeps writers that wait for each other from holding the connections that readers need.
    Pg {
        pool: r2d2::Pool<connect::Reader>,
        turn: FairMutex<()>,
    },
}

/// Held by a server on PostgreSQL that must be alone with this schema. One that was killed a moment ago is waited for.
const ALONE_LOCK: &str =
    "SET lock_timeout = '3s'; SELECT pg_advisory_lock(72057594, hashtext(current_schema()))";
/// How long an act waits for its turn before the person is asked to try again.
const WAIT_FOR_TURN: Duration = Duration::from_secs(8);
/// How long a page waits for a connection.
const WAIT_FOR_PLACE: Duration = Duration::from_secs(3);
/// All writers on PostgreSQL queue on this lock, so that acts are serial there as on SQLite.
const ACT_LOCK: &str = "SELECT pg_advisory_xact_lock(7205759403792793600)";

impl Database {
    /// Opens the database and brings its schema up to date.
    pub fn open(location: &Location, readers: u32, clock: Clock, ids: Ids) -> Result<Self, ConnectError> {
        let pools = match location {
            Location::Sqlite(_) => {
                let mut writer = location.connect(connect::Mode::Write)?;
                migrate::run(&mut writer)?;
                Pools::Sqlite {
                    writer: FairMutex::new(writer),
                    readers: location.pool(readers, connect::Mode::Read)?,
                }
            }
            Location::Postgres(_) => {
                migrate::run(&mut location.connect(connect::Mode::Write)?)?;
                Pools::Pg { pool: location.pool(readers, connect::Mode::Write)?, turn: FairMutex::new(()) }
            }
        };
        let places = Arc::new(Semaphore::new(usize::try_from(readers).unwrap_or(1)));
        Ok(Self(Arc::new(Inner { pools, places, clock, ids, alone: FairMutex::new(None) })))
    }

    /// The clock that acts are timed by.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Where ids come from.
    pub fn ids(&self) -> &Ids {
        &self.0.ids
    }

    /// Claims the database on PostgreSQL for this server as long as it runs; false if another server has. On SQLite the index's directory
    /// is locked anyway.
    pub fn claim_alone(&self, location: &Location) -> Result<bool, ConnectError> {
        let mut db = location.connect(connect::Mode::Write)?;
        if let Db::Pg(c) = &mut db
            && c.batch_execute(ALONE_LOCK).is_err()
        {
            return Ok(false);
        }
        *self.0.alone.lock() = Some(db);
        Ok(true)
    }

    /// Whether this is PostgreSQL, where several servers may run.
    pub fn is_shared(&self) -> bool {
        matches!(self.0.pools, Pools::Pg { .. })
    }

    /// Reads from one snapshot. Blocks: call it from a blocking thread.
    pub fn read<T>(&self, read: impl FnOnce(&mut Db) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let pool = match &self.0.pools {
            Pools::Sqlite { readers, .. } => readers,
            Pools::Pg { pool, .. } => pool,
        };
        let mut db = pool.get().map_err(|error| busy(&error))?;
        begin_read(&mut db)?;
        let result = read(&mut db);
        // A read has nothing to lose; a failed rollback only marks the connection as broken, and the pool drops it.
        if finish(&mut db, false).is_err() {
            tracing::warn!("a read snapshot could not be closed; its connection is dropped");
        }
        result
    }

    /// Runs one act in one transaction: all of it happens, or nothing. Acts are serial. Blocks like [`Database::read`].
    pub fn write<T>(&self, act: impl FnOnce(&mut Tx) -> Result<T, Refusal>) -> Result<T, Refusal> {
        match &self.0.pools {
            Pools::Sqlite { writer, .. } => match writer.try_lock_for(WAIT_FOR_TURN) {
                Some(mut db) => self.transact(&mut db, act),
                None => Err(Refusal::unavailable(
                    "Many people are writing just now. Nothing is lost; please try again.",
                )),
            },
            Pools::Pg { pool, turn } => {
                let Some(_turn) = turn.try_lock_for(WAIT_FOR_TURN) else {
                    return Err(Refusal::unavailable(
                        "Many people are writing just now. Nothing is lost; please try again.",
                    ));
                };
                let mut db = pool.get().map_err(|error| busy(&error))?;
                self.transact(&mut db, act)
            }
        }
    }

    fn transact<T>(
        &self,
        db: &mut Db,
        act: impl FnOnce(&mut Tx) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        begin_write(db)?;
        let mut tx = Tx { db, now: self.0.clock.now(), ids: &self.0.ids };
        // A panic must not leave the writer inside a transaction that the next act would join.
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| act(&mut tx)))
            .unwrap_or_else(|_| Err(Refusal::internal("an act panicked")));
        match result {
            Ok(value) => {
                if let Err(error) = finish(db, true) {
                    // A failed commit (a deferred constraint, a full disk) leaves the transaction open on SQLite.
                    finish(db, false).ok();
                    return Err(error.into());
                }
                Ok(value)
            }
            Err(refusal) => {
                finish(db, false)?;
                Err(refusal)
            }
        }
    }

    /// A place among the readers, to be held while [`Database::read`] runs.
    pub async fn place(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        match tokio::time::timeout(WAIT_FOR_PLACE, self.0.places.clone().acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            // Nobody closes the semaphore, so this is the wait that took too long.
            _ => Err(Refusal::unavailable("Many people are reading just now. Please try again in a moment.")),
        }
    }
}

/// Runs blocking work on a thread that may block, and turns a panic there into a refusal.
pub async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(Refusal::internal(error)))
}

fn busy(error: &r2d2::Error) -> Refusal {
    let mut refusal = Refusal::unavailable(
        "The community's memory cannot be reached just now. Please try again in a moment.",
    );
    refusal.cause = Some(error.to_string().into());
    refusal
}

fn begin_read(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Sqlite(c) => AnsiTransactionManager::begin_transaction(c),
        Db::Pg(c) => AnsiTransactionManager::begin_transaction_sql(
            c,
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        ),
    }
}

fn begin_write(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        Db::Pg(c) => {
            AnsiTransactionManager::begin_transaction(c)?;
            if let Err(error) = c.batch_execute(ACT_LOCK) {
                AnsiTransactionManager::rollback_transaction(c)?;
                return Err(error);
            }
            Ok(())
        }
    }
}

fn finish(db: &mut Db, commit: bool) -> QueryResult<()> {
    match (db, commit) {
        (Db::Sqlite(c), true) => AnsiTransactionManager::commit_transaction(c),
        (Db::Pg(c), true) => AnsiTransactionManager::commit_transaction(c),
        (Db::Sqlite(c), false) => AnsiTransactionManager::rollback_transaction(c),
        (Db::Pg(c), false) => AnsiTransactionManager::rollback_transaction(c),
    }
}
