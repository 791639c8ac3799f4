//! Opening connections: where the database is, and what every connection must be told first.

use std::path::PathBuf;
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::{Connection, ConnectionError, PgConnection, RunQueryDsl, SqliteConnection};

use super::{Db, MigrationError};

/// Where the community's rows are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A file; made if missing.
    Sqlite(PathBuf),
    /// A `postgres://` URL. Its password is never printed.
    Postgres(String),
}

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    #[error("the database cannot be opened: {0}")]
    Connect(#[from] ConnectionError),
    #[error("the database cannot be set up: {0}")]
    SetUp(#[from] diesel::result::Error),
    #[error("the pool of connections cannot be filled: {0}")]
    Pool(#[from] r2d2::Error),
    #[error(transparent)]
    Migrate(#[from] MigrationError),
    #[error(
        "database.url must start with postgres:// or postgresql://, or name a file ending in .sqlite; it does neither"
    )]
    UnknownScheme,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Read,
    Write,
}

impl Location {
    /// Reads `database.url`. SQLite accepts any string as a file name, so the scheme is checked here.
    pub fn parse(url: &str) -> Result<Self, ConnectError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self::Postgres(url.to_owned()))
        } else if url.ends_with(".sqlite") && !url.contains("://") {
            Ok(Self::Sqlite(PathBuf::from(url)))
        } else {
            Err(ConnectError::UnknownScheme)
        }
    }

    pub(super) fn connect(&self, mode: Mode) -> Result<Db, ConnectError> {
        match self {
            Self::Postgres(url) => {
                let mut connection = PgConnection::establish(url)?;
                connection.batch_execute(
                    "SET TIME ZONE 'UTC'; SET lock_timeout = '8s'; SET statement_timeout = '10s'",
                )?;
                Ok(Db::Pg(connection))
            }
            Self::Sqlite(path) => {
                let mut connection = SqliteConnection::establish(&path.display().to_string())?;
                // busy_timeout first: every later statement may already meet a lock.
                for pragma in [
                    "PRAGMA busy_timeout = 8000",
                    "PRAGMA foreign_keys = ON",
                    "PRAGMA journal_mode = WAL",
                    // FULL: with NORMAL a power cut may take back posts that were acknowledged.
                    "PRAGMA synchronous = FULL",
                    "PRAGMA trusted_schema = OFF",
                    "PRAGMA temp_store = MEMORY",
                    "PRAGMA cache_size = -16000",
                ] {
                    connection.batch_execute(pragma)?;
                }
                if mode == Mode::Read {
                    connection.batch_execute("PRAGMA query_only = ON")?;
                }
                Ok(Db::Sqlite(connection))
            }
        }
    }

    pub(super) fn pool(&self, size: u32, mode: Mode) -> Result<r2d2::Pool<Reader>, ConnectError> {
        let pool = r2d2::Pool::builder()
            .max_size(size)
            // None is kept in stock: the pool would open it behind our back, and a verb that ends at that moment dies in OpenSSL's
            // clean-up instead of saying how it went.
            .min_idle(Some(0))
            .connection_timeout(Duration::from_secs(3))
            .test_on_check_out(false)
            .error_handler(Box::new(r2d2::NopErrorHandler))
            .build(Reader { location: self.clone(), mode })?;
        Ok(pool)
    }
}

/// Makes pooled connections.
#[derive(Debug)]
pub(super) struct Reader {
    location: Location,
    mode: Mode,
}

impl r2d2::ManageConnection for Reader {
    type Connection = Db;
    type Error = ConnectError;

    fn connect(&self) -> Result<Db, ConnectError> {
        self.location.connect(self.mode)
    }

    fn is_valid(&self, db: &mut Db) -> Result<(), ConnectError> {
        diesel::select(diesel::dsl::sql::<diesel::sql_types::Integer>("1")).execute(db)?;
        Ok(())
    }

    fn has_broken(&self, db: &mut Db) -> bool {
        match db {
            Db::Pg(c) => AnsiTransactionManager::is_broken_transaction_manager(c),
            Db::Sqlite(c) => AnsiTransactionManager::is_broken_transaction_manager(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use diesel::sql_types::Text;

    use super::*;

    diesel::define_sql_function!(fn sqlite_compileoption_used(option: Text) -> Integer);

    #[test]
    fn sqlite_is_compiled_as_the_cargo_configuration_says() {
        let mut sqlite = SqliteConnection::establish(":memory:").unwrap();
        let mut used = |option: &str| -> i32 {
            diesel::select(sqlite_compileoption_used(option)).get_result(&mut sqlite).unwrap()
        };
        assert_eq!(used("ENABLE_QPSG"), 1, "statements are planned once, not at every run");
        assert_eq!(used("DEFAULT_MEMSTATUS=0"), 1, "readers share no lock to count memory");
        assert_eq!(used("ENABLE_MEMORY_MANAGEMENT"), 0, "readers share no page cache");
    }
}
