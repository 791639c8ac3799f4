//! `/admin/people`: members and their roles.

use askama::Template;

use crate::parts::{Choice, Chrome, FormField, FormState, Icon};

/// The fields of granting a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantField {
    Name,
    Role,
    Register,
    Number,
    Expires,
}

impl FormField for GrantField {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Name, "name", "The member's name"),
        (Self::Role, "role", "The role"),
        (Self::Register, "register", "Register, for clinicians"),
        (Self::Number, "number", "Number in the register"),
        (Self::Expires, "expires", "Registration ends on"),
    ];
}

/// A role that somebody holds.
#[derive(Debug, Clone)]
pub struct HeldRole {
    /// As the form sends it, such as `moderator`.
    pub value: String,
    /// Such as `Moderator`.
    pub label: String,
    /// Whoever looks at the page may take it away.
    pub may_end: bool,
}

/// A member.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub roles: Vec<HeldRole>,
    /// Such as `GMC 0000000, until 31 May 2028`.
    pub credential: Option<String>,
    /// Such as `March 2026`.
    pub joined: String,
    /// Such as `suspended`.
    pub state: Option<String>,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/admin_people.html")]
pub struct AdminPeople {
    pub chrome: Chrome,
    pub people: Vec<Person>,
    pub form: FormState<GrantField>,
    pub older: Option<String>,
}

impl AdminPeople {
    fn roles() -> Vec<Choice> {
        ["Moderator", "Clinician", "Admin"]
            .iter()
            .map(|role| Choice::new(role.to_lowercase(), *role))
            .collect()
    }

    pub fn sample() -> Self {
        let held = |role: &str| HeldRole {
            value: role.to_lowercase(),
            label: role.to_owned(),
            may_end: role != "Admin",
        };
        let person = |id: &str, name: &str, roles: &[&str], credential: Option<&str>| Person {
            id: id.to_owned(),
            name: name.to_owned(),
            roles: roles.iter().map(|role| held(role)).collect(),
            credential: credential.map(str::to_owned),
            joined: "March 2026".to_owned(),
            state: None,
        };
        Self {
            chrome: Chrome::sample_admin("/admin/people"),
            people: vec![
                person(
                    "0HMEMBER00001",
                    "Dr Asha Nair",
                    &["Clinician"],
                    Some("GMC 0000000, until 31 May 2028"),
                ),
                person("0HMEMBER00002", "Imani", &["Moderator"], None),
                person("0HMEMBER00004", "Marguerite", &["Moderator", "Admin"], None),
                Person { state: Some("suspended".to_owned()), ..person("0HMEMBER00003", "Rowan", &[], None) },
            ],
            form: FormState::new("sample-csrf")
                .with_nonce("sample-nonce")
                .with(GrantField::Role, "moderator"),
            older: None,
        }
    }
}
