//! What a running community holds, and how it is put together from its settings.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use aftercare_search::{EmbeddedEngine, MeilisearchEngine, MeilisearchOptions, SearchEngine, SearchError};
use moderation_rules::score::Scorer;
use moderation_rules::{PackError, RuleSet};
use tokio::sync::Semaphore;

use crate::discovery::breaker::Breaker;
use crate::discovery::related::Related;
use crate::layout;
use crate::platform::clock::Clock;
use crate::platform::config::{Config, Rules, ScoreMode};
use crate::platform::db::Database;
use crate::platform::hours::Schedule;
use crate::platform::http::{Edge, FormKey};
use crate::platform::ids::Ids;
use crate::platform::limits::{Limiter, PARALLEL_HASHES};
use crate::platform::{outbox, secrets};
use crate::screening::{Learned, Screening, watch};
use crate::support::care::CarePanels;

/// The community. Every request and worker has a reference to it.
pub struct App {
    pub config: Config,
    pub database: Database,
    pub edge: Arc<Edge>,
    pub limiter: Arc<Limiter>,
    pub screening: Screening,
    pub search: Arc<dyn SearchEngine>,
    pub schedule: Schedule,
    pub care: CarePanels,
    pub related: Related,
    /// What is known of the search engine's health.
    pub engine: Breaker,
    /// Passwords are hashed a few at a time: each takes 19 MiB.
    pub hashing: Arc<Semaphore>,
}

/// Why the community cannot be opened, in words for its operator.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(pub String);

impl StartError {
    /// Whether a server that runs already has what this process wanted for itself.
    pub(crate) fn is_in_use(&self) -> bool {
        self.0 == in_use() || self.0 == second_server()
    }
}

fn in_use() -> String {
    format!("{}; {SEVERAL_SERVERS}", SearchError::InUse)
}

fn second_server() -> String {
    format!("another server with a search index of its own runs on this database; {SEVERAL_SERVERS}")
}

fn start_error(error: impl std::fmt::Display) -> StartError {
    StartError(error.to_string())
}

impl App {
    /// Opens everything that the settings name; what is missing is made.
    pub fn open(config: Config, clock: Clock, ids: Ids) -> Result<Arc<Self>, StartError> {
        config.check().map_err(start_error)?;
        std::fs::create_dir_all(&config.data_dir)
            .map_err(|error| StartError(format!("{}: {error}", config.data_dir.display())))?;
        let location = config.location().map_err(start_error)?;
        let database = Database::open(&location, config.database.connections, clock, ids.clone())
            .map_err(start_error)?;
        let search = engine(&config)?;
        if database.is_shared() && !config.search.is_meilisearch() {
            // Each would bring its own index alone in step with its part of the changes.
            if !database.claim_alone(&location).map_err(start_error)? {
                return Err(StartError(second_server()));
            }
        }
        if !database.is_shared() && !config.search.is_meilisearch() {
            // The index directory is locked to this process, so whatever was being worked on died with the one before.
            outbox::release_all(&database).map_err(start_error)?;
        }
        Self::with(config, database, search, ids)
    }

    /// The same with a database and an index that are open already.
    pub fn with(
        config: Config,
        database: Database,
        search: Arc<dyn SearchEngine>,
        ids: Ids,
    ) -> Result<Arc<Self>, StartError> {
        let rules = rules(config.rules.packs.as_deref())?;
        database.write(|tx| watch::note(tx, &rules, None)).map_err(start_error)?;
        let limiter = Arc::new(Limiter::new(config.http.limit_factor));
        let key = secrets::form_key(&database).map_err(start_error)?;
        let for_errors = config.clone();
        let edge = Edge {
            origin: config.origin().to_owned(),
            https: config.is_https(),
            trusted_proxies: config.http.trusted_proxies.clone(),
            limiter: limiter.clone(),
            form_key: FormKey::new(key),
            ids,
            error_page: Box::new(move |refusal, id, kept| layout::error_page(&for_errors, refusal, id, kept)),
        };
        let zone = config.time_zone().map_err(start_error)?;
        Ok(Arc::new(Self {
            schedule: Schedule::new(&config.hours, zone).map_err(start_error)?,
            care: CarePanels::shipped().map_err(start_error)?,
            related: Related::default(),
            engine: Breaker::default(),
            screening: Screening::new(rules, learned(&config.rules)?),
            hashing: Arc::new(Semaphore::new(PARALLEL_HASHES)),
            edge: Arc::new(edge),
            config,
            database,
            limiter,
            search,
        }))
    }
}

const SEVERAL_SERVERS: &str = "to run several on PostgreSQL, name a Meilisearch in search.url";

/// The search engine that the settings name. A Meilisearch may be down at the start: posts are taken all the same.
fn engine(config: &Config) -> Result<Arc<dyn SearchEngine>, StartError> {
    if config.search.is_meilisearch() {
        return Ok(Arc::new(MeilisearchEngine::new(&meilisearch(config)).map_err(start_error)?));
    }
    match EmbeddedEngine::open(&config.data_dir.join("search")) {
        Ok(engine) => Ok(Arc::new(engine)),
        Err(SearchError::InUse) => Err(StartError(in_use())),
        Err(error) => Err(start_error(error)),
    }
}

/// The Meilisearch of the settings.
pub(crate) fn meilisearch(config: &Config) -> MeilisearchOptions {
    MeilisearchOptions {
        search_key: Some(config.search.search_key.clone()),
        write_key: Some(config.search.write_key.clone()),
        ..MeilisearchOptions::new(&config.search.url)
    }
}

/// The rules of a directory, or the shipped ones. A pack that does not compile stops the start: nothing runs unchecked.
pub fn rules(packs: Option<&Path>) -> Result<Arc<RuleSet>, StartError> {
    static SHIPPED: LazyLock<Result<Arc<RuleSet>, String>> = LazyLock::new(|| compiled(RuleSet::shipped()));
    match packs {
        Some(dir) => compiled(RuleSet::load(dir)).map_err(StartError),
        None => SHIPPED.clone().map_err(StartError),
    }
}

/// The learned score as the settings want it.
pub fn learned(settings: &Rules) -> Result<Option<Arc<Learned>>, StartError> {
    let acts = match settings.score {
        ScoreMode::Off => return Ok(None),
        ScoreMode::Shadow => false,
        ScoreMode::Active => true,
    };
    Ok(Some(Arc::new(Learned { scorer: scorer(settings.score_model.as_deref())?, acts })))
}

/// The model of a file, or the shipped one.
pub fn scorer(model: Option<&Path>) -> Result<Scorer, StartError> {
    let Some(path) = model else { return Scorer::shipped().map_err(|error| StartError(error.to_string())) };
    let wrong = |error: String| StartError(format!("{}: {error}", path.display()));
    let bytes = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
    Scorer::read(&bytes).map_err(|error| wrong(error.to_string()))
}

pub(crate) fn compiled(rules: Result<RuleSet, Vec<PackError>>) -> Result<Arc<RuleSet>, String> {
    let words =
        |errors: Vec<PackError>| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    rules.map(Arc::new).map_err(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_name_the_engine_and_a_second_server_is_told_what_it_needs() {
        let directory = tempfile::tempdir().unwrap();
        let mut config = Config { data_dir: directory.path().to_owned(), ..Config::default() };
        let first = engine(&config).unwrap();
        assert_eq!(first.name(), "embedded");
        let refused = engine(&config).err().unwrap().to_string();
        assert!(refused.contains("in use by another process") && refused.contains("search.url"), "{refused}");
        config.search.url = "http://127.0.0.1:1".into();
        assert_eq!(engine(&config).unwrap().name(), "meilisearch");
    }
}
