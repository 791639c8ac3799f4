//! Settings: one TOML file, `AFTERCARE_…` variables over it, the command line over both. Every value stands, with its
//! meaning, in `aftercare.example.toml`, which a test loads.

mod search;

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::db::Location;
pub use search::Search;

/// All settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub community: Community,
    pub http: Http,
    pub database: DatabaseSettings,
    pub hours: Hours,
    pub rules: Rules,
    pub search: Search,
    /// Where files live: the SQLite database, the search index.
    pub data_dir: PathBuf,
}

/// What the community is called and where its members are.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Community {
    pub name: String,
    /// IANA zone in which times are shown.
    pub time_zone: String,
    /// Where the quick-exit link leads.
    pub quick_exit_url: String,
    /// Region whose help lines a visitor sees.
    pub default_region: String,
}

/// How the server is reached.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Http {
    pub listen: SocketAddr,
    /// The address people type, such as `https://community.example.org`. Must be https unless it is this machine.
    pub public_url: String,
    /// Addresses of reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Multiplies every rate limit; 1 in a real community.
    pub limit_factor: NonZeroU32,
    /// Most connections at the same time, in all and from one address.
    pub connections: usize,
    pub connections_per_address: usize,
    /// Where metrics are told in the text format of Prometheus; nowhere unless it is set, and only to this machine.
    pub metrics_listen: Option<SocketAddr>,
}

/// Which database.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DatabaseSettings {
    /// `postgres://…`, or a file ending in `.sqlite`; empty: `aftercare.sqlite` in the data directory.
    #[serde(serialize_with = "redact")]
    pub url: SecretString,
    /// Connections that read (SQLite), or all connections (PostgreSQL).
    pub connections: u32,
}

/// When moderators are at work: what pages promise is computed from here.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Hours {
    /// One entry a weekday, `mon` … `sun`, each `HH:MM-HH:MM`; a day without entry is unstaffed.
    pub weekly: std::collections::BTreeMap<String, String>,
    /// Days without staff, `YYYY-MM-DD`.
    pub holidays: Vec<String>,
    /// Hours within which a held post is usually read while staff are there.
    pub usual_wait_hours: u32,
}

/// Which rules.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// A directory of packs that replaces the shipped ones.
    pub packs: Option<PathBuf>,
    /// What the learned score may do.
    pub score: ScoreMode,
    /// A model that replaces the shipped one.
    pub score_model: Option<PathBuf>,
    /// Days that a rule is in shadow before a reload may make it live; 0 asks for none, nor for a second person. A back-test it takes
    /// either way.
    pub shadow_days: u32,
}

/// What the learned triage score may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScoreMode {
    Off,
    /// Noted with each verdict and shown to moderators; holds nothing.
    #[default]
    Shadow,
    /// Holds what it reaches. It never releases anything.
    Active,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            community: Community::default(),
            http: Http::default(),
            database: DatabaseSettings::default(),
            hours: Hours::default(),
            rules: Rules::default(),
            search: Search::default(),
            data_dir: PathBuf::from("./data"),
        }
    }
}

impl Default for Community {
    fn default() -> Self {
        Self {
            name: "Aftercare".into(),
            time_zone: "Europe/London".into(),
            quick_exit_url: "https://www.bbc.co.uk/weather".into(),
            default_region: "GB".into(),
        }
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self { packs: None, score: ScoreMode::default(), score_model: None, shadow_days: 7 }
    }
}

impl Default for Http {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8000)),
            public_url: "http://127.0.0.1:8000".into(),
            trusted_proxies: Vec::new(),
            limit_factor: NonZeroU32::MIN,
            connections: 1000,
            connections_per_address: 64,
            metrics_listen: None,
        }
    }
}

impl Default for DatabaseSettings {
    fn default() -> Self {
        Self { url: SecretString::from(String::new()), connections: 8 }
    }
}

impl Default for Hours {
    fn default() -> Self {
        let weekly =
            ["mon", "tue", "wed", "thu", "fri"].map(|day| (day.to_owned(), "09:00-21:00".to_owned()));
        Self { weekly: weekly.into(), holidays: Vec::new(), usual_wait_hours: 2 }
    }
}

fn redact<S: serde::Serializer>(_: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("")
}

impl std::fmt::Debug for DatabaseSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DatabaseSettings").field("url", &"…").field("connections", &self.connections).finish()
    }
}

/// Why the settings cannot be used, in words that name the setting.
#[derive(Debug, thiserror::Error)]
#[error("settings: {0}")]
pub struct ConfigError(pub String);

impl Config {
    /// Reads the file (if given, it must exist) and the environment (`AFTERCARE_HTTP__LISTEN` sets `http.listen`).
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            figment = figment.merge(Toml::file_exact(file));
        }
        let config: Self = figment
            .merge(
                Env::prefixed("AFTERCARE_")
                    .ignore(&["config", "test_meilisearch", "test_postgres", "test_sqlite_only", "bin"])
                    .split("__"),
            )
            .extract()
            .map_err(|error| ConfigError(error.to_string()))?;
        config.check()?;
        Ok(config)
    }

    /// Checks what types cannot say.
    pub fn check(&self) -> Result<(), ConfigError> {
        self.time_zone()?;
        super::hours::Schedule::new(&self.hours, self.time_zone()?)?;
        if !travels_safely(&self.http.public_url) {
            return Err(ConfigError(
                "http.public_url must start with https:// (health talk must not travel in the open)".into(),
            ));
        }
        if self.http.metrics_listen.is_some_and(|at| !at.ip().is_loopback()) {
            return Err(ConfigError("http.metrics_listen must be an address of this machine".into()));
        }
        self.search.check()
    }

    /// The zone in which times are shown.
    pub fn time_zone(&self) -> Result<Tz, ConfigError> {
        self.community.time_zone.parse().map_err(|_| {
            ConfigError(format!(
                "community.time_zone: {:?} is no zone; one is \"Europe/London\"",
                self.community.time_zone
            ))
        })
    }

    /// Where the rows are.
    pub fn location(&self) -> Result<Location, ConfigError> {
        match self.database.url.expose_secret() {
            "" => Ok(Location::Sqlite(self.data_dir.join("aftercare.sqlite"))),
            url => Location::parse(url).map_err(|error| ConfigError(error.to_string())),
        }
    }

    /// Whether cookies may carry the `__Host-` prefix and `Secure`.
    pub fn is_https(&self) -> bool {
        self.http.public_url.starts_with("https://")
    }

    /// Scheme, host and port as a browser sends them in `Origin`.
    pub fn origin(&self) -> &str {
        let url = self.http.public_url.as_str();
        let after_scheme = url.find("://").map_or(0, |at| at + 3);
        let end =
            url.get(after_scheme..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| after_scheme + at);
        url.get(..end).unwrap_or(url)
    }
}

/// Whether what is sent there is encrypted or does not leave this machine.
fn travels_safely(url: &str) -> bool {
    let loopback = ["http://127.0.0.1", "http://localhost", "http://[::1]"].iter().any(|start| {
        url.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
    });
    // What stands before an @ is a password, and what stands behind it the real machine.
    url.starts_with("https://") || (loopback && !url.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    const EXAMPLE: &str = include_str!("../../../aftercare.example.toml");

    /// Every setting of a table, as `table.name`.
    fn settings(table: &str, value: &Value, found: &mut Vec<(String, String)>) {
        for (name, value) in value.as_object().unwrap() {
            match value {
                // A list of days is one setting.
                Value::Object(_) if name != "weekly" => settings(name, value, found),
                _ => found.push((table.to_owned(), name.clone())),
            }
        }
    }

    #[test]
    fn the_example_file_says_the_defaults() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("aftercare.toml");
        std::fs::write(&file, EXAMPLE).unwrap();
        let example = Figment::from(Toml::file_exact(&file)).extract::<Config>().unwrap();
        assert_eq!(serde_json::to_value(&example).unwrap(), serde_json::to_value(Config::default()).unwrap());
        assert_eq!(example.database.url.expose_secret(), Config::default().database.url.expose_secret());
        example.check().unwrap();
    }

    #[test]
    fn the_example_file_names_every_setting_and_says_what_it_is() {
        let mut found = Vec::new();
        settings("", &serde_json::to_value(Config::default()).unwrap(), &mut found);
        assert!(found.len() > 15, "{found:?}");
        let (mut table, mut explained, mut named) = (String::new(), false, Vec::new());
        for line in EXAMPLE.lines() {
            let open = line.trim_start_matches("# ");
            let name = open
                .split_once(" = ")
                .map(|(name, _)| name)
                .filter(|name| name.bytes().all(|c| c.is_ascii_lowercase() || c == b'_'));
            if let Some(head) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                if let Some((outer, inner)) = head.split_once('.') {
                    named.push((outer.to_owned(), inner.to_owned()));
                }
                table = head.to_owned();
            } else if let Some(name) = name {
                assert!(explained, "nothing is said of {table}.{name}");
                named.push((table.clone(), name.to_owned()));
            } else if line.is_empty() {
                explained = false;
            }
            explained |= line.starts_with("# ") && name.is_none() || table == "hours.weekly";
        }
        let missing: Vec<_> = found.iter().filter(|setting| !named.contains(setting)).collect();
        assert!(missing.is_empty(), "not in aftercare.example.toml: {missing:?}");
    }

    #[test]
    fn metrics_are_told_to_this_machine_only() {
        let check = |address: &str| {
            let http = Http { metrics_listen: Some(address.parse().unwrap()), ..Http::default() };
            Config { http, ..Config::default() }.check().is_ok()
        };
        assert!(check("127.0.0.1:9464") && check("[::1]:9464"));
        assert!(!check("0.0.0.0:9464") && !check("192.0.2.7:9464") && !check("[::]:9464"));
    }

    #[test]
    fn a_secret_is_not_printed() {
        let mut config = Config::default();
        config.database.url = SecretString::from("postgres://u:hush@h/d".to_owned());
        config.search.write_key = SecretString::from("hush".to_owned());
        assert!(!format!("{config:?}").contains("hush"));
        assert!(!serde_json::to_string(&config).unwrap().contains("hush"));
    }
}
