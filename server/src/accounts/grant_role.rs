//! Granting a role. A clinician comes with register, number and expiry, and one registration belongs to one person. Whoever gets
//! a role signs in again: their sessions from before end.

use chrono::NaiveDate;

use super::whom::Whom;
use super::{Admin, MemberId, Operator, Role, store};
use crate::platform::audit::{self, Actor, Entry};
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::limits;
use crate::platform::refusal::Refusal;
use aftercare_frontend::content::{self, ContentCode};

/// Whom to give what.
pub struct Grant {
    whom: Whom,
    role: Role,
    registration: Option<Registration>,
}

/// A clinician's entry in a public register.
#[derive(Clone, Debug)]
pub struct Registration {
    pub register: String,
    pub number: String,
    pub expires_on: NaiveDate,
}

impl Registration {
    /// Reads `register`, `number` and `expires` (`YYYY-MM-DD`).
    pub fn take(fields: &mut Fields) -> Option<Self> {
        let mut line = |field: &str| {
            let text = fields.text(field);
            match content::line(&text, limits::REGISTER_CHARS) {
                Ok(line) => Some(line),
                Err(error) if error.code == ContentCode::Empty => {
                    fields.fault(field, "required", "A clinician needs this.");
                    None
                }
                Err(error) => {
                    fields.fault(field, error.code.as_str(), error.message);
                    None
                }
            }
        };
        let (register, number) = (line("register"), line("number"));
        let expires_on = NaiveDate::parse_from_str(fields.text("expires").trim(), "%Y-%m-%d").ok();
        if expires_on.is_none() {
            fields.fault("expires", "invalid", "Please give the day as YYYY-MM-DD.");
        }
        Some(Self { register: register?, number: number?, expires_on: expires_on? })
    }

    /// The same from words that came another way than by form.
    pub fn parse(register: &str, number: &str, expires: &str) -> Result<Self, Refusal> {
        let pairs = [("register", register), ("number", number), ("expires", expires)];
        let pairs = pairs.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let mut fields = Fields::from_pairs(pairs);
        let registration = Self::take(&mut fields);
        fields.finish(registration)
    }
}

impl Grant {
    /// Reads `member` (an id) or `name`, `role`, and for a clinician `register`, `number`, `expires`.
    pub fn parse(mut fields: Fields) -> Result<Self, Refusal> {
        let whom = Whom::take(&mut fields);
        let role = fields.choice("role", Role::parse);
        let registration = match role {
            Some(Role::Clinician) => Registration::take(&mut fields),
            _ => {
                // The form sends these beside every role; they count for one.
                let _ = (fields.text("register"), fields.text("number"), fields.text("expires"));
                None
            }
        };
        fields.finish(whom.zip(role).map(|(whom, role)| Self { whom, role, registration }))
    }
}

/// An admin grants a role; their password must be fresh.
pub fn grant(tx: &mut Tx, admin: &Admin, grant: &Grant) -> Result<MemberId, Refusal> {
    admin.must_be_fresh()?;
    let member = grant.whom.find(tx)?;
    apply(tx, admin.acting(), Some(admin), member.id, grant.role, grant.registration.as_ref())?;
    Ok(member.id)
}

/// The operator grants a role from the command line.
pub fn grant_by_operator(
    tx: &mut Tx,
    operator: &Operator,
    member: MemberId,
    role: Role,
    registration: Option<&Registration>,
) -> Result<(), Refusal> {
    apply(tx, operator.actor(), None, member, role, registration)
}

fn apply(
    tx: &mut Tx,
    actor: Actor,
    by: Option<&Admin>,
    member: MemberId,
    role: Role,
    registration: Option<&Registration>,
) -> Result<(), Refusal> {
    if role == Role::Clinician {
        let Some(registration) = registration else {
            return Err(Refusal::field(
                "register",
                "required",
                "A clinician needs a register, a number and an expiry.",
            ));
        };
        if registration.expires_on < tx.now.date() {
            return Err(Refusal::field("expires", "in_the_past", "This registration has already expired."));
        }
        if store::registration_taken(tx, &registration.register, &registration.number, member)? {
            return Err(Refusal::field("number", "taken", "This registration belongs to another member."));
        }
        let renewed = store::renew_credential(
            tx,
            member,
            &registration.register,
            &registration.number,
            registration.expires_on,
        )?;
        if renewed == 0 {
            store::revoke_credentials(tx, member)?;
        }
        let entry = (registration.register.as_str(), registration.number.as_str(), registration.expires_on);
        if renewed == 0 {
            store::insert_credential(tx, member, entry, by.map(|admin| admin.id()))?;
        }
    }
    if store::set_role(tx, member, role, true)? > 0 {
        // A session from before the role may stand open anywhere. The one in which the role was given had its password just now.
        store::revoke_sessions_of(tx, member, by.map(|admin| admin.session()))?;
    }
    audit::record(
        tx,
        actor,
        &Entry {
            action: "role.grant",
            object: ("member", member.0),
            revision_hash: None,
            reason: Some(role.as_str()),
        },
    )
}
