//! Authors from elsewhere: ordinary members whom nobody can sign in as. The same author of the same source is the same member.

use moderation_rules::Action;
use sha2::{Digest, Sha256};

use super::{Importer, Tally, store};
use crate::accounts::{Email, MemberId, Pseudonym, join, store as accounts};
use crate::platform::db::Tx;
use crate::platform::refusal::Refusal;

/// Somebody who wrote elsewhere.
pub(super) struct Author {
    email: Email,
    /// Their name there, if it can be one here.
    name: Option<Pseudonym>,
    /// Names to go by otherwise, the second should the first be taken.
    others: [Pseudonym; 2],
}

impl Author {
    /// The author with this name in a source.
    pub(super) fn named(importer: &Importer, source: &str, name: &str) -> Result<Self, String> {
        let pseudonym = Pseudonym::new(name).ok();
        // Names are read by everybody, so the rules read them too.
        let fine =
            pseudonym.filter(|name| importer.screening.evaluate(name.as_str()).action == Action::Allow);
        Self::new(&["named", source, name], fine)
    }

    /// Whoever had this part in a thread, when the source does not name them.
    pub(super) fn unnamed(source: &str, thread: &str, part: &str) -> Result<Self, String> {
        Self::new(&["unnamed", source, thread, part], None)
    }

    fn new(identity: &[&str], name: Option<Pseudonym>) -> Result<Self, String> {
        let digest = digest(identity);
        let start = |length: usize| digest.get(..length).unwrap_or(&digest);
        let email = Email::new(&format!("{}@imported.invalid", start(32)))
            .ok_or("no address could be made for the author")?;
        let other = |length| Pseudonym::new(&format!("member-{}", start(length))).map_err(|(_, words)| words);
        Ok(Self { email, name, others: [other(6)?, other(13)?] })
    }

    /// This author as a member; made if new, and then counted.
    pub(super) fn member(
        &self,
        importer: &Importer,
        tx: &mut Tx,
        tally: &mut Tally,
    ) -> Result<MemberId, Refusal> {
        if let Some(member) = store::imported_member(tx, &self.email)? {
            return Ok(member);
        }
        for name in self.name.iter().chain(&self.others) {
            if !accounts::name_taken(tx, &name.key())? {
                tally.members += 1;
                return join::imported(tx, &importer.operator, name, &self.email, &importer.region);
            }
        }
        Err(Refusal::conflict("taken", "Every name for this author is taken."))
    }
}

/// SHA-256 over the parts, each with its length before it, in hex.
pub(super) fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or_default().to_be_bytes());
        hash.update(part.as_bytes());
    }
    hex::encode(hash.finalize())
}
