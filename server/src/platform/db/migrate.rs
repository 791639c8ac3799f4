//! The schema, embedded in the binary and brought up to date at start.

use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::Db;

const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");

/// The newest migration this binary knows.
pub const SCHEMA_VERSION: &str = "2026-11-24-000014";
/// Two servers must not migrate at once.
const MIGRATION_LOCK: &str = "SELECT pg_advisory_lock(7205759403792793601)";
const MIGRATION_UNLOCK: &str = "SELECT pg_advisory_unlock(7205759403792793601)";

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    #[error("a migration failed: {0}")]
    Failed(Box<dyn std::error::Error + Send + Sync>),
    #[error("the database was written by a newer version of aftercare ({0}); please update this one")]
    Newer(String),
    #[error("the migration lock could not be taken: {0}")]
    Lock(#[from] diesel::result::Error),
}

pub(super) fn run(db: &mut Db) -> Result<(), MigrationError> {
    match db {
        Db::Sqlite(c) => {
            refuse_newer(c.applied_migrations().map_err(MigrationError::Failed)?)?;
            c.run_pending_migrations(SQLITE).map_err(MigrationError::Failed)?;
            Ok(())
        }
        Db::Pg(c) => {
            c.batch_execute(MIGRATION_LOCK)?;
            refuse_newer(c.applied_migrations().map_err(MigrationError::Failed)?)?;
            c.run_pending_migrations(POSTGRES).map_err(MigrationError::Failed)?;
            c.batch_execute(MIGRATION_UNLOCK)?;
            Ok(())
        }
    }
}

fn refuse_newer(applied: Vec<diesel::migration::MigrationVersion<'_>>) -> Result<(), MigrationError> {
    let ours: Vec<String> = names(&SQLITE);
    match applied.iter().map(ToString::to_string).find(|version| !ours.contains(version)) {
        Some(unknown) => Err(MigrationError::Newer(unknown)),
        None => Ok(()),
    }
}

fn names(source: &EmbeddedMigrations) -> Vec<String> {
    MigrationSource::<diesel::sqlite::Sqlite>::migrations(source)
        .map(|all| all.iter().map(|migration| migration.name().version().to_string()).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_have_the_same_migrations_and_the_newest_is_known() {
        let sqlite = names(&SQLITE);
        assert_eq!(sqlite, names(&POSTGRES));
        let newest = sqlite.iter().max().unwrap();
        assert_eq!(newest.replace('-', ""), SCHEMA_VERSION.replace('-', ""));
    }
}
