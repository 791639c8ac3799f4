//! Settings of the search engine.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::{ConfigError, redact, travels_safely};

/// Which search engine.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Search {
    /// The address of a Meilisearch; empty: the embedded index in the data directory, which one server alone can have.
    pub url: String,
    /// For answering readers.
    #[serde(serialize_with = "redact")]
    pub search_key: SecretString,
    /// For keeping the index in step.
    #[serde(serialize_with = "redact")]
    pub write_key: SecretString,
}

impl Default for Search {
    fn default() -> Self {
        let none = || SecretString::from(String::new());
        Self { url: String::new(), search_key: none(), write_key: none() }
    }
}

impl Search {
    /// Whether a Meilisearch is named.
    pub fn is_meilisearch(&self) -> bool {
        !self.url.is_empty()
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let missing = |key: &SecretString| key.expose_secret().is_empty();
        if !self.is_meilisearch() {
            return Ok(());
        }
        if !travels_safely(&self.url) {
            return Err(ConfigError(
                "search.url must start with https:// unless Meilisearch is on this very machine".into(),
            ));
        }
        if missing(&self.search_key) || missing(&self.write_key) {
            return Err(ConfigError(
                "search.url needs search.search_key and search.write_key; `aftercare search keys` makes them"
                    .into(),
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::config::Config;

    #[test]
    fn a_meilisearch_is_reached_safely_and_with_both_keys() {
        let check = |url: &str, search: &str, write: &str| {
            let key = |key: &str| SecretString::from(key.to_owned());
            let search = Search { url: url.into(), search_key: key(search), write_key: key(write) };
            Config { search, ..Config::default() }.check().map_err(|error| error.to_string())
        };
        assert_eq!(check("", "", ""), Ok(()));
        for url in ["http://127.0.0.1:7700", "http://localhost:7700/", "https://search.example.org"] {
            assert_eq!(check(url, "s", "w"), Ok(()));
        }
        for url in [
            "http://search.example.org",
            "http://127.0.0.1.example.org",
            "http://localhost:1@example.org",
            "x",
        ] {
            assert!(
                check(url, "s", "w").unwrap_err().contains("search.url must start with https://"),
                "{url}"
            );
        }
        for (search, write) in [("s", ""), ("", "w")] {
            assert!(check("https://x", search, write).unwrap_err().contains("aftercare search keys"));
        }
    }
}
