//! Whom a form means: by id, as programs know people, or by name, as people do.

use super::store::{self, MemberRow};
use super::{MemberId, Pseudonym};
use crate::platform::db::Db;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;

/// A member, by id or by name.
pub enum Whom {
    Id(MemberId),
    Name(String),
}

const NOBODY: &str = "Nobody here has this name or id.";

impl Whom {
    /// Reads `member` (an id) or `name`.
    pub fn take(fields: &mut Fields) -> Option<Self> {
        let (id, name) = (fields.text("member"), fields.text("name"));
        let mut fault = |field: &str, code: &'static str, words: &str| {
            fields.fault(field, code, words);
            None
        };
        match (id.as_str(), name.as_str()) {
            ("", "") => fault("member", "required", "Please say whom, by their id or their name."),
            ("", _) => Some(Self::Name(name)),
            (id, "") => match MemberId::parse(id) {
                Some(id) => Some(Self::Id(id)),
                None => fault("member", "not_found", NOBODY),
            },
            _ => fault("name", "not_both", "Please say whom by their id or by their name, not by both."),
        }
    }

    pub fn find(&self, db: &mut Db) -> Result<MemberRow, Refusal> {
        let (field, member) = match self {
            Self::Id(id) => ("member", store::member(db, *id)?),
            Self::Name(name) => match Pseudonym::unreserved(name) {
                Ok(name) => ("name", store::member_by_name(db, &name.key())?),
                Err(_) => ("name", None),
            },
        };
        member.ok_or_else(|| Refusal::field(field, "not_found", NOBODY))
    }
}
