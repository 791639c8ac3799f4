//! Keys that can do no more than they must.

use meilisearch_sdk::client::Client;
use meilisearch_sdk::key::{Action, KeyBuilder};
use secrecy::SecretString;

use super::MeilisearchOptions;
use super::failure::failed;
use super::http::Http;
use super::within;
use crate::engine::SearchError;

/// The two keys that processes are given in place of the master key.
#[derive(Clone, Debug)]
pub struct ScopedKeys {
    /// May search.
    pub search: SecretString,
    /// May search, fill and set up.
    pub write: SecretString,
}

/// Makes both keys for indexes whose names begin as `options` say. The master key is used for nothing else and not kept.
pub async fn scoped_keys(
    options: &MeilisearchOptions,
    master: &SecretString,
) -> Result<ScopedKeys, SearchError> {
    let url = options.url.trim_end_matches('/');
    let client = Client::new_with_client(url, None::<String>, Http::with_key(master)?);
    // With the formats to come, and the index that `search trec` makes beside it.
    let index = format!("{}*", options.index);
    let make = async |name: &str, actions: &[Action]| {
        let mut wanted = KeyBuilder::new();
        wanted.with_name(name).with_index(&index).with_actions(actions.iter().cloned());
        let made = within(options.answer_within, async {
            client.create_key(&wanted).await.map(|made| made.key).map_err(failed)
        });
        made.await.map(SecretString::from)
    };
    Ok(ScopedKeys {
        search: make("aftercare search", &[Action::Search]).await?,
        write: make(
            "aftercare write",
            &[
                Action::Search,
                Action::DocumentsAdd,
                Action::DocumentsDelete,
                Action::IndexesCreate,
                Action::IndexesDelete,
                Action::IndexesGet,
                // The SDK has no name for it.
                Action::Unknown("indexes.swap".to_owned()),
                Action::SettingsUpdate,
                Action::TasksGet,
            ],
        )
        .await?,
    })
}
