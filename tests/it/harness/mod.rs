//! `on_both(async |t| …)`: a fresh community on each database, with builders for people and things.

mod client;
mod engine;
pub mod log;
mod people;
mod things;
pub mod wire;

use std::num::NonZeroU32;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use aftercare::app::App;
use aftercare::platform::clock::{Clock, UtcTime};
use aftercare::platform::config::Config;
use aftercare::platform::db::{Database, Location};
use aftercare::platform::ids::Ids;
use aftercare::{discovery, notices, routes};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, RunQueryDsl};
use poem::endpoint::BoxEndpoint;
use poem::{EndpointExt, Response};
use tempfile::TempDir;

use engine::TestEngine;

pub use client::{Answer, encode};
pub use people::{PASSWORD, Person};
pub use things::{CRISIS, ORDINARY, Posted, article_body};

/// A Tuesday morning, while staff are here.
pub const NOW: &str = "2026-11-24T10:00:00Z";

/// One community, alone in its database.
pub struct TestApp {
    pub app: Arc<App>,
    pub engine: Arc<TestEngine>,
    pub clock: Clock,
    /// Where its database is, as the settings say it.
    pub database: String,
    site: BoxEndpoint<'static, Response>,
    _dir: TempDir,
    schema: Option<(String, String)>,
}

/// Runs a test on SQLite and on PostgreSQL. Without a server for the latter it fails, unless `AFTERCARE_TEST_SQLITE_ONLY=1` says that
/// this run is meant to be half.
pub fn on_both(test: impl AsyncFn(&TestApp)) {
    on_both_with(|_| {}, test);
}

/// The same with other settings.
pub fn on_both_with(settings: impl Fn(&mut Config), test: impl AsyncFn(&TestApp)) {
    run("SQLite", TestApp::sqlite(&settings), &test);
    if let Some(url) = postgres() {
        run("PostgreSQL", TestApp::postgres(&url, &settings), &test);
    }
}

/// The PostgreSQL server that tests may use.
#[expect(clippy::disallowed_methods, reason = "tests are told by their runner where PostgreSQL is")]
pub fn postgres() -> Option<String> {
    let url = std::env::var("AFTERCARE_TEST_POSTGRES").ok();
    let half = std::env::var("AFTERCARE_TEST_SQLITE_ONLY").is_ok_and(|value| value == "1");
    assert!(
        url.is_some() || half,
        "no PostgreSQL: run tests/run, or set AFTERCARE_TEST_SQLITE_ONLY=1 for half a test"
    );
    url
}

fn run(name: &str, t: TestApp, test: &impl AsyncFn(&TestApp)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let result = std::panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(&t))));
    t.drop_schema();
    if let Err(panic) = result {
        eprintln!("the test failed on {name}");
        std::panic::resume_unwind(panic);
    }
}

impl TestApp {
    /// A community in a SQLite file.
    pub fn sqlite(settings: &impl Fn(&mut Config)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let location = Location::Sqlite(dir.path().join("test.sqlite"));
        Self::open(dir, &location, None, settings)
    }

    /// A community in a schema of its own.
    pub fn postgres(url: &str, settings: &impl Fn(&mut Config)) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let schema = format!("t{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let mut admin = PgConnection::establish(url).unwrap();
        admin.batch_execute(&format!("CREATE SCHEMA {schema}")).unwrap();
        let joint = if url.contains('?') { '&' } else { '?' };
        let location = Location::Postgres(format!("{url}{joint}options=-csearch_path%3D{schema}"));
        Self::open(tempfile::tempdir().unwrap(), &location, Some((url.to_owned(), schema)), settings)
    }

    fn open(
        dir: TempDir,
        location: &Location,
        schema: Option<(String, String)>,
        settings: &impl Fn(&mut Config),
    ) -> Self {
        let clock = Clock::manual(UtcTime::parse(NOW).unwrap());
        let mut config = Config { data_dir: dir.path().to_owned(), ..Config::default() };
        config.http.limit_factor = NonZeroU32::new(100_000).unwrap();
        settings(&mut config);
        let ids = Ids::from_os();
        let address = match location {
            Location::Sqlite(file) => file.display().to_string(),
            Location::Postgres(url) => url.clone(),
        };
        let database = Database::open(location, 4, clock.clone(), ids.clone()).unwrap();
        let engine = Arc::new(TestEngine::in_memory());
        let app = App::with(config, database, engine.clone(), ids).unwrap();
        let site = routes::build(&app).unwrap().boxed();
        Self { app, engine, clock, database: address, site, _dir: dir, schema }
    }

    fn drop_schema(&self) {
        if let Some((url, schema)) = &self.schema {
            let mut admin = PgConnection::establish(url).unwrap();
            admin.batch_execute(&format!("DROP SCHEMA {schema} CASCADE")).unwrap();
        }
    }

    /// Lets the workers do everything that is due.
    pub async fn settle(&self) {
        while discovery::index::work(&self.app, "test").await.unwrap() > 0 {}
        while notices::deliver::work(&self.app, "test").await.unwrap() > 0 {}
    }

    /// Reaches past the product, for what only an intruder or an accident would do.
    pub fn sql(&self, statement: &str) -> usize {
        self.try_sql(statement).unwrap()
    }

    /// The same, where the database may refuse.
    pub fn try_sql(&self, statement: &str) -> Result<usize, String> {
        let run = |tx: &mut aftercare::platform::db::Tx| Ok(diesel::sql_query(statement).execute(&mut **tx)?);
        self.app.database.write(run).map_err(|refusal| format!("{:?}", refusal.cause))
    }

    /// Moves the clock.
    pub fn wait(&self, span: chrono::Duration) {
        self.clock.advance(span);
    }
}
