//! The people of the demo, and the accounts to sign in with: one of each role, and a second clinician for the second signature.

use std::collections::HashMap;

use serde::Serialize;

use super::seed::during;
use super::words::{Person, Words};
use crate::accounts::grant_role::{self, Registration};
use crate::accounts::{Email, MemberId, Operator, Pseudonym, Region, Role, SessionKind, join, sign_in};
use crate::platform::db::Tx;
use crate::platform::ids::Ids;
use crate::platform::refusal::Refusal;

/// Whom one can sign in as, by their key in the words.
const SIGN_INS: [(&str, &str); 5] = [
    ("member", "patient"),
    ("moderator", "moderator"),
    ("clinician", "clinician"),
    ("clinician", "clinician2"),
    ("admin", "admin"),
];

/// An account to sign in with.
#[derive(Clone, Debug, Serialize)]
pub struct Account {
    pub role: &'static str,
    pub name: String,
    pub email: String,
    pub password: String,
    /// For the API, good for the life of the demo.
    pub token: String,
    #[serde(skip)]
    pub(super) member: Option<MemberId>,
}

/// Everybody, by key.
pub(super) struct People {
    pub ids: HashMap<String, MemberId>,
    pub accounts: Vec<Account>,
}

/// Makes everybody with their roles.
pub(super) fn gather(tx: &mut Tx, operator: &Operator, words: &Words) -> Result<People, Refusal> {
    let mut people = People { ids: HashMap::new(), accounts: Vec::new() };
    for person in &words.member {
        let sign_in = SIGN_INS.iter().find(|(_, key)| *key == person.key);
        let password = pass_phrase(tx.ids);
        let added = match sign_in {
            Some(_) => join::add(tx, operator, &person.name, &person.email, &password, &person.region),
            None => extra(tx, operator, person),
        };
        let id = added
            .and_then(|id| grant(tx, operator, id, person).map(|()| id))
            .map_err(|refusal| during(&format!("adding {}", person.key), refusal))?;
        people.ids.insert(person.key.clone(), id);
        if let Some((role, _)) = sign_in {
            let (name, email) = (person.name.clone(), person.email.clone());
            people.accounts.push(Account {
                role,
                name,
                email,
                password,
                token: String::new(),
                member: Some(id),
            });
        }
    }
    // The order of the table, whatever the order of the words.
    people.accounts.sort_by_key(|account| SIGN_INS.iter().position(|(role, _)| *role == account.role));
    Ok(people)
}

fn extra(tx: &mut Tx, operator: &Operator, person: &Person) -> Result<MemberId, Refusal> {
    let name =
        Pseudonym::unreserved(&person.name).map_err(|(code, words)| Refusal::field("name", code, words))?;
    let email = Email::new(&person.email).ok_or_else(|| Refusal::field("email", "invalid", "no address"))?;
    let region =
        Region::new(&person.region).ok_or_else(|| Refusal::field("region", "not_a_choice", "no region"))?;
    join::extra(tx, operator, &name, &email, &region)
}

fn grant(tx: &mut Tx, operator: &Operator, id: MemberId, person: &Person) -> Result<(), Refusal> {
    for role in &person.roles {
        let role = Role::parse(role).ok_or_else(|| Refusal::field("roles", "not_a_choice", "no role"))?;
        let registration = match role {
            Role::Clinician => Some(Registration::parse(&person.register, &person.number, &person.expires)?),
            _ => None,
        };
        grant_role::grant_by_operator(tx, operator, id, role, registration.as_ref())?;
    }
    Ok(())
}

/// Gives every account a token.
pub(super) fn issue_tokens(
    tx: &mut Tx,
    operator: &Operator,
    accounts: &mut [Account],
) -> Result<(), Refusal> {
    for account in accounts {
        if let Some(member) = account.member {
            account.token = sign_in::token_for(tx, operator, member, SessionKind::Bearer)?;
        }
    }
    Ok(())
}

/// Three words and four digits, other ones at every start: easy to type, and not to be guessed by another user of the machine.
fn pass_phrase(ids: &Ids) -> String {
    const WORDS: [&str; 64] = [
        "amber", "apple", "barley", "basket", "beacon", "birch", "blanket", "bramble", "breeze", "bridge",
        "butter", "candle", "cedar", "cherry", "clover", "copper", "cotton", "cricket", "daisy", "drift",
        "ember", "fennel", "fern", "garden", "ginger", "harbour", "hazel", "heather", "honey", "island",
        "ivory", "jasmine", "kettle", "ladder", "lantern", "lemon", "linen", "maple", "marble", "meadow",
        "mellow", "mitten", "nettle", "olive", "orchard", "paddle", "pebble", "pepper", "pillow", "plum",
        "quilt", "river", "rowan", "saddle", "silver", "spruce", "summer", "thimble", "timber", "velvet",
        "walnut", "willow", "window", "wool",
    ];
    let chance = ids.secret();
    let number = |from: usize| {
        chance
            .get(from..from + 8)
            .and_then(|digits| usize::from_str_radix(digits, 16).ok())
            .unwrap_or_default()
    };
    let word = |from: usize| WORDS.get(number(from) % WORDS.len()).copied().unwrap_or("river");
    format!("{}-{}-{}-{:04}", word(0), word(8), word(16), number(24) % 10_000)
}
