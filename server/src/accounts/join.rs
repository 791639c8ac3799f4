//! Joining: a pseudonym, an address, a password, a region, "I am an adult".

use super::password;
use super::store::{self, NewMember};
use super::{AgeBand, Contact, Email, MemberId, MemberState, Operator, Password, Pseudonym, Region};
use moderation_rules::{Action, Verdict};

use crate::app::App;
use crate::platform::audit::{self, Entry};
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::refusal::{FieldError, Refusal};

/// What a person fills in.
pub struct Joining {
    name: Pseudonym,
    email: Email,
    password: Password,
    region: Region,
}

impl Joining {
    /// Reads `name`, `email`, `password`, `region`, `adult`.
    pub fn parse(mut fields: Fields) -> Result<Self, Refusal> {
        let name = Pseudonym::take(&mut fields, "name");
        let email = Email::take(&mut fields, "email");
        let password = Password::take(&mut fields, "password");
        let region = Region::take(&mut fields, "region");
        if !fields.flag("adult") {
            fields.fault("adult", "required", "This community is for adults. If you are under 18, the help page shows who is there for you.");
        }
        let value = name.zip(email).zip(password).zip(region);
        fields.finish(value.map(|(((name, email), password), region)| Self { name, email, password, region }))
    }

    /// Hashes the password: slow, so before the transaction, and only a few at a time. Blocks: for a thread that may.
    pub fn hashed(self, app: &App) -> Result<Hashed, Refusal> {
        must_be_fit(&app.screening.evaluate(self.name.as_str()))?;
        let turn =
            tokio::runtime::Handle::current().block_on(app.hashing.acquire()).map_err(Refusal::internal)?;
        let password_hash = password::hash(&self.password)?;
        drop(turn);
        Ok(Hashed { name: self.name, email: self.email, password_hash, region: self.region })
    }
}

/// A name stands beside every post, so it passes the same rules as one, whoever gives it.
pub fn must_be_fit(name: &Verdict) -> Result<(), Refusal> {
    match name.action {
        Action::Allow | Action::Nudge => Ok(()),
        Action::Flag | Action::Hold => {
            Err(Refusal::field("name", "not_allowed", "Please choose another name."))
        }
    }
}

/// The same, ready to be kept.
pub struct Hashed {
    name: Pseudonym,
    email: Email,
    password_hash: String,
    region: Region,
}

/// Makes the account. A name or an address that is taken is refused by field.
pub fn join(tx: &mut Tx, hashed: &Hashed) -> Result<MemberId, Refusal> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, message: &str| {
        faults.push(FieldError { field: field.into(), code: "taken", message: message.into() });
    };
    if store::name_taken(tx, &hashed.name.key())? {
        fault("name", "Somebody here already has a name like this. Please choose another.");
    }
    if store::email_taken(tx, &hashed.email.key())? {
        fault("email", "This address cannot be used for a new account. If it is yours, please sign in.");
    }
    if !faults.is_empty() {
        return Err(Refusal::fields(faults));
    }
    insert(tx, hashed, false)
}

/// An operator's new member, who may carry a role's word in the name.
pub fn add(
    tx: &mut Tx,
    operator: &Operator,
    name: &str,
    email: &str,
    password: &str,
    region: &str,
) -> Result<MemberId, Refusal> {
    let name =
        Pseudonym::unreserved(name).map_err(|(code, message)| Refusal::field("name", code, message))?;
    let email =
        Email::new(email).ok_or_else(|| Refusal::field("email", "invalid", "This is no e-mail address."))?;
    let password =
        Password::new(password).map_err(|(code, message)| Refusal::field("password", code, message))?;
    let region = Region::new(region)
        .ok_or_else(|| Refusal::field("region", "not_a_choice", "A region has two letters."))?;
    let hashed = Hashed { password_hash: password::hash(&password)?, name, email, region };
    let id = join(tx, &hashed)?;
    audit::record(
        tx,
        operator.actor(),
        &Entry { action: "member.add", object: ("member", id.0), revision_hash: None, reason: None },
    )?;
    Ok(id)
}

/// The author of imported posts: an ordinary member whom nobody can sign in as.
pub fn imported(
    tx: &mut Tx,
    _: &Operator,
    name: &Pseudonym,
    email: &Email,
    region: &Region,
) -> Result<MemberId, Refusal> {
    insert(tx, &locked(name, email, region), true)
}

/// Somebody of the demo whom nobody signs in as; otherwise a member like any other.
pub fn extra(
    tx: &mut Tx,
    _: &Operator,
    name: &Pseudonym,
    email: &Email,
    region: &Region,
) -> Result<MemberId, Refusal> {
    join(tx, &locked(name, email, region))
}

fn locked(name: &Pseudonym, email: &Email, region: &Region) -> Hashed {
    Hashed {
        name: name.clone(),
        email: email.clone(),
        password_hash: password::LOCKED.to_owned(),
        region: region.clone(),
    }
}

fn insert(tx: &mut Tx, hashed: &Hashed, imported: bool) -> Result<MemberId, Refusal> {
    let id = MemberId::new(tx.ids, tx.now);
    let now = tx.now;
    store::insert_member(
        tx,
        &NewMember {
            id,
            name: hashed.name.as_str(),
            name_key: &hashed.name.key(),
            email: hashed.email.as_str(),
            email_key: &hashed.email.key(),
            password_hash: &hashed.password_hash,
            region: hashed.region.as_str(),
            age_band: AgeBand::Adult,
            state: MemberState::Active,
            contact: Contact::InApp,
            neutral_titles: false,
            exposure_consent: false,
            moderator: false,
            clinician: false,
            admin: false,
            imported,
            created_at: now,
            last_seen_at: now,
        },
    )?;
    Ok(id)
}
