//! Searches that a member keeps under a name. What somebody looks for here tells of their health: nobody else reads these, and no
//! notice ever comes of them.

use aftercare_frontend::content;

use super::asked::{Asking, NAMES};
use super::store::saved as store;
use crate::accounts::Member;
use crate::app::App;
use crate::platform::address::encode_query;
use crate::platform::db::{Db, Tx};
use crate::platform::fields::Fields;
use crate::platform::http::form;
use crate::platform::limits;
use crate::platform::refusal::Refusal;

pub use super::store::saved::SavedRow;

crate::id_type! {
    /// A search that is kept.
    SavedId
}

/// A search and its name.
pub struct Saving {
    pub name: String,
    /// What stands behind the question mark.
    pub address: String,
}

impl Saving {
    /// Reads `name`, and in `query` what stands in the address of a search.
    pub fn parse(app: &App, mut fields: Fields) -> Result<Self, Refusal> {
        let (name, query) = (fields.text("name"), fields.text("query"));
        let name = match content::line(&name, limits::SAVED_NAME_CHARS) {
            Ok(name) => Some(name),
            Err(error) => {
                fields.fault("name", error.code.as_str(), error.message);
                None
            }
        };
        let address = match address(app, &query) {
            Ok(address) if address.is_empty() => {
                fields.fault("query", "required", "Please type what you look for, or choose a filter.");
                None
            }
            Ok(address) if address.len() > limits::SAVED_BYTES => {
                fields.fault("query", "too_long", "This search is too long to keep.");
                None
            }
            Ok(address) => Some(address),
            Err(refusal) => {
                let why = refusal.fields.into_iter().next().map_or(refusal.detail, |fault| fault.message);
                fields.fault("query", "invalid", why);
                None
            }
        };
        fields.finish(name.zip(address).map(|(name, address)| Self { name, address }))
    }
}

/// The same search as pages write it; one that would be refused cannot be kept.
fn address(app: &App, query: &str) -> Result<String, Refusal> {
    let pairs: Vec<(String, String)> =
        form::parse(query.as_bytes())?.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
    let mut fields = Fields::from_pairs(pairs.iter().cloned());
    let asking = Asking::take(&mut fields, app.schedule.zone(), app.database.clock().now());
    fields.finish(Some(asking))?;
    let value = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
    let set = NAMES.into_iter().filter_map(|name| Some(format!("{name}={}", encode_query(value(name)?))));
    Ok(set.collect::<Vec<_>>().join("&"))
}

/// One's own, by name.
pub fn list(db: &mut Db, member: &Member) -> Result<Vec<SavedRow>, Refusal> {
    Ok(store::saved_of(db, member.id())?)
}

/// Keeps a search. The same search under the same name is kept once.
pub fn keep(tx: &mut Tx, member: &Member, saving: &Saving) -> Result<SavedRow, Refusal> {
    let kept = store::saved_of(tx, member.id())?;
    match kept.iter().find(|row| row.name == saving.name) {
        Some(same) if same.address == saving.address => return Ok(same.clone()),
        Some(_) => {
            return Err(Refusal::field("name", "taken", "You have another search with this name already."));
        }
        None => {}
    }
    if kept.len() >= limits::SAVED_SEARCHES {
        let message = format!(
            "You have {} searches. Please delete one before you keep another.",
            limits::SAVED_SEARCHES
        );
        return Err(Refusal::field("name", "too_many", message));
    }
    Ok(store::insert(tx, member.id(), saving)?)
}

/// Forgets one.
pub fn delete(tx: &mut Tx, member: &Member, id: SavedId) -> Result<(), Refusal> {
    match store::delete(tx, member.id(), id)? {
        0 => Err(Refusal::not_found()),
        _ => Ok(()),
    }
}
