//! Granting a role. A clinician comes with register, number and expiry, and one registration belongs to one person.

use chrono::NaiveDate;

use super::{Admin, MemberId, Operator, Pseudonym, Role, store};
use crate::platform::audit::{self, Actor, Entry};
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;
use aftercare_frontend::content;

/// Whom to give what.
pub struct Grant {
    who: Who,
    role: Role,
    registration: Option<Registration>,
}

enum Who {
    Id(MemberId),
    Name(String),
}

/// A clinician's entry in a public register.
#[derive(Clone, Debug)]
pub struct Registration {
    pub register: String,
    pub number: String,
    pub expires_on: NaiveDate,
}

impl Registration {
    /// Reads a register's name, a number, and the day it expires (`YYYY-MM-DD`).
    pub fn new(
        register: &str,
        number: &str,
        expires: &str,
    ) -> Result<Self, (&'static str, &'static str, String)> {
        let line = |field: &'static str, text: &str| {
            content::line(text.trim(), 80).map_err(|error| (field, "invalid", error.message)).and_then(
                |line| match line.is_empty() {
                    true => Err((field, "required", "A clinician needs this.".to_owned())),
                    false => Ok(line),
                },
            )
        };
        let expires_on = NaiveDate::parse_from_str(expires.trim(), "%Y-%m-%d")
            .map_err(|_| ("expires", "invalid", "Please give the day as YYYY-MM-DD.".to_owned()))?;
        Ok(Self { register: line("register", register)?, number: line("number", number)?, expires_on })
    }
}

impl Grant {
    /// Reads `member` (an id) or `name`, `role`, and for a clinician `register`, `number`, `expires`.
    pub fn parse(mut fields: Fields) -> Result<Self, Refusal> {
        let (id, name) = (fields.text("member"), fields.text("name"));
        let who = match (MemberId::parse(&id), name.is_empty()) {
            (Some(id), _) => Some(Who::Id(id)),
            (None, false) if id.is_empty() => Some(Who::Name(name)),
            _ => {
                let code = if id.is_empty() { "required" } else { "not_found" };
                fields.fault("member", code, "Please say whom, by their id or their name.");
                None
            }
        };
        let role = fields.choice("role", Role::parse);
        let (register, number, expires) =
            (fields.text("register"), fields.text("number"), fields.text("expires"));
        let registration = match role {
            Some(Role::Clinician) => match Registration::new(&register, &number, &expires) {
                Ok(registration) => Some(registration),
                Err((field, code, message)) => {
                    fields.fault(field, code, message);
                    None
                }
            },
            _ => None,
        };
        fields.finish(who.zip(role).map(|(who, role)| Self { who, role, registration }))
    }
}

/// An admin grants a role; their password must be fresh.
pub fn grant(tx: &mut Tx, admin: &Admin, grant: &Grant) -> Result<MemberId, Refusal> {
    admin.must_be_fresh()?;
    let member = match &grant.who {
        Who::Id(id) => store::member(tx, *id)?,
        Who::Name(name) => match Pseudonym::unreserved(name) {
            Ok(name) => store::member_by_name(tx, &name.key())?,
            Err(_) => None,
        },
    };
    let member =
        member.ok_or_else(|| Refusal::field("member", "not_found", "Nobody here has this name or id."))?;
    apply(tx, admin.acting(), Some(admin.id()), member.id, grant.role, grant.registration.as_ref())?;
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
    by: Option<MemberId>,
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
            store::insert_credential(tx, member, entry, by)?;
        }
    }
    store::set_role(tx, member, role, true)?;
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
