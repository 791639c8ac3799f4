//! A member's own choices: region for help lines, how to be reached, neutral page titles.

use super::{Contact, Member, Region, store};
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;

/// What can be chosen.
pub struct Settings {
    region: Region,
    contact: Contact,
    neutral_titles: bool,
}

impl Settings {
    /// Reads `region`, `contact`, `neutral_titles`.
    pub fn parse(mut fields: Fields) -> Result<Self, Refusal> {
        let region = Region::take(&mut fields, "region");
        let contact = fields.choice("contact", Contact::parse);
        let neutral_titles = fields.flag("neutral_titles");
        fields.finish(region.zip(contact).map(|(region, contact)| Self { region, contact, neutral_titles }))
    }
}

/// Keeps the choices.
pub fn save(tx: &mut Tx, member: &Member, settings: &Settings) -> Result<(), Refusal> {
    store::update_settings(
        tx,
        member.id(),
        settings.region.as_str(),
        settings.contact,
        settings.neutral_titles,
    )?;
    Ok(())
}
