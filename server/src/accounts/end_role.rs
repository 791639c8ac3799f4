//! Taking a role away. What was decided or signed in it stands; from this moment nothing more can be. Their sessions end, so that no
//! page of the desk stays open anywhere.

use super::whom::Whom;
use super::{Admin, Role, store};
use crate::platform::audit::{self, Entry};
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;

/// From whom to take what.
pub struct Ending {
    whom: Whom,
    role: Role,
}

impl Ending {
    /// Reads `member` (an id) or `name`, and `role`.
    pub fn parse(mut fields: Fields) -> Result<Self, Refusal> {
        let whom = Whom::take(&mut fields);
        let role = fields.choice("role", Role::parse);
        fields.finish(whom.zip(role).map(|(whom, role)| Self { whom, role }))
    }
}

/// An admin takes a role away; their password must be fresh. A role that is not held is away already.
pub fn end(tx: &mut Tx, admin: &Admin, ending: &Ending) -> Result<store::MemberRow, Refusal> {
    admin.must_be_fresh()?;
    let member = ending.whom.find(tx)?;
    if ending.role == Role::Admin && member.id == admin.id() {
        // So there is always one left.
        let words = "Nobody can give up being admin by themselves: please ask another admin to do it.";
        return Err(Refusal::field("role", "own_role", words));
    }
    if store::set_role(tx, member.id, ending.role, false)? == 0 {
        return Ok(member);
    }
    if ending.role == Role::Clinician {
        store::revoke_credentials(tx, member.id)?;
    }
    store::revoke_sessions_of(tx, member.id, Some(admin.session()))?;
    let entry = Entry {
        action: "role.end",
        object: ("member", member.id.0),
        revision_hash: None,
        reason: Some(ending.role.as_str()),
    };
    audit::record(tx, admin.acting(), &entry)?;
    store::member(tx, member.id)?.ok_or_else(Refusal::not_found)
}
