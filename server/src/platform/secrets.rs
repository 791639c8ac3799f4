//! Keys that are made once and shared by all servers of a community.

mod store;

use super::db::Database;
use super::refusal::Refusal;

/// The key that form tokens are derived from.
pub fn form_key(database: &Database) -> Result<String, Refusal> {
    if let Some(key) = database.read(|db| Ok(store::find(db, "form_key")?))? {
        return Ok(key);
    }
    database.write(|tx| match store::find(tx, "form_key")? {
        Some(key) => Ok(key),
        None => {
            let key = tx.ids.secret();
            store::insert(tx, "form_key", &key)?;
            Ok(key)
        }
    })
}
