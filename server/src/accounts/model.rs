//! The words of accounts: pseudonyms, addresses, regions, roles, states.

use aftercare_frontend::content;
use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;

use crate::platform::fields::Fields;
use crate::platform::limits;

crate::id_type! {
    /// A member.
    MemberId
}
crate::id_type! {
    /// A session.
    SessionId
}
crate::id_type! {
    /// One grant of a clinician's credential.
    CredentialId
}

crate::text_enum! {
    /// What somebody may do beyond a member.
    pub enum Role { Member = "member", Moderator = "moderator", Clinician = "clinician", Admin = "admin" }
}

crate::text_enum! {
    /// Age as told; a suspected minor has a safeguarding route.
    pub enum AgeBand { Adult = "adult", MinorSuspected = "minor_suspected" }
}

crate::text_enum! {
    /// Where an account stands. Suspended is a state, not an error: such a member can still read and sign in.
    pub enum MemberState { Active = "active", Suspended = "suspended", Memorial = "memorial", Closed = "closed" }
}

crate::text_enum! {
    /// How it is safe to reach somebody.
    pub enum Contact { None = "none", InApp = "in_app", NeutralMail = "neutral_mail" }
}

/// A name chosen for here; never required to be a real one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pseudonym(String);

impl Pseudonym {
    /// Words that readers would take for a role.
    const RESERVED: [&str; 12] = [
        "nurse",
        "doctor",
        "dr",
        "surgeon",
        "consultant",
        "clinician",
        "moderator",
        "mod",
        "admin",
        "staff",
        "pharmacist",
        "gp",
    ];

    /// Takes a name from what was sent.
    pub fn take(fields: &mut Fields, field: &str) -> Option<Self> {
        let text = fields.text(field);
        match Self::new(&text) {
            Ok(name) => Some(name),
            Err((code, message)) => {
                fields.fault(field, code, message);
                None
            }
        }
    }

    /// Checks a name: 3–20 characters, one line, no role in it.
    pub fn new(text: &str) -> Result<Self, (&'static str, String)> {
        let name = Self::unreserved(text)?;
        let role = name
            .0
            .split(|c: char| !c.is_alphanumeric())
            .find(|word| Self::RESERVED.contains(&word.to_lowercase().as_str()));
        match role {
            Some(word) => {
                Err(("reserved", format!("Names here do not say a role, so please leave out “{word}”.")))
            }
            None => Ok(name),
        }
    }

    /// The same, for staff whom an operator or admin names.
    pub fn unreserved(text: &str) -> Result<Self, (&'static str, String)> {
        let text = text.trim();
        let count = text.chars().count();
        if count < *limits::NAME_CHARS.start() {
            return Err((
                "too_short",
                "Please choose a name of at least 3 characters. It need not be your real one.".into(),
            ));
        }
        if count > *limits::NAME_CHARS.end() {
            return Err(("too_long", "Please choose a name of at most 20 characters.".into()));
        }
        match content::line(text, *limits::NAME_CHARS.end()) {
            Ok(line) if fold(&line).is_empty() => {
                Err(("invalid", "Please use letters or digits in the name.".into()))
            }
            Ok(line) => Ok(Self(line)),
            Err(error) => Err(("invalid", error.message)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two names must differ in: case, accents-as-typed and spacing do not count.
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

/// Where a list of people goes on: after the folded name of the last one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameCursor(String);

impl NameCursor {
    pub fn of(name: &str) -> Self {
        Self(fold(name))
    }

    pub fn key(&self) -> &str {
        &self.0
    }

    /// In hexadecimal, because names have letters that no address has.
    pub fn encode(&self) -> String {
        hex::encode(&self.0)
    }

    pub fn parse(text: &str) -> Option<Self> {
        let key = String::from_utf8(hex::decode(text).ok()?).ok()?;
        (!key.is_empty() && key.chars().all(char::is_alphanumeric)).then_some(Self(key))
    }
}

/// Folded copy for unique keys: NFKC, lower case, letters and digits only.
fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// An e-mail address, checked for shape only; what it is worth shows when a mail arrives.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    pub fn take(fields: &mut Fields, field: &str) -> Option<Self> {
        let text = fields.text(field);
        let email = Self::new(&text);
        if email.is_none() {
            fields.fault(
                field,
                "invalid",
                "Please check the e-mail address; it should look like name@example.org.",
            );
        }
        email
    }

    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        let shaped = !local.is_empty()
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && text.len() <= limits::EMAIL_CHARS
            && !text
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '"'));
        shaped.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Two spellings of one address have the same key.
    pub fn key(&self) -> String {
        self.0.nfkc().flat_map(char::to_lowercase).collect()
    }
}

/// A new password: 10 to 256 characters, any of them, and not one that everybody tries first.
#[derive(Clone)]
pub struct Password(SecretString);

impl Password {
    pub fn take(fields: &mut Fields, field: &str) -> Option<Self> {
        let text = fields.text(field);
        match Self::new(&text) {
            Ok(password) => Some(password),
            Err((code, message)) => {
                fields.fault(field, code, message);
                None
            }
        }
    }

    pub fn new(text: &str) -> Result<Self, (&'static str, String)> {
        let count = text.chars().count();
        if count < *limits::PASSWORD_CHARS.start() {
            return Err((
                "too_short",
                "Please use at least 10 characters. A few words that only you would put together work well."
                    .into(),
            ));
        }
        if count > *limits::PASSWORD_CHARS.end() {
            return Err(("too_long", "Please use at most 256 characters.".into()));
        }
        if text.contains('\0') {
            return Err((
                "nul",
                "There is an invisible character in this password. Please type it again.".into(),
            ));
        }
        // Fewer guesses than the longest list of common passwords has lines.
        if zxcvbn::zxcvbn(text, &[]).guesses() < 3500 {
            return Err((
                "too_common",
                "This password is one of the first that others would try. Please choose another.".into(),
            ));
        }
        Ok(Self(SecretString::from(text.to_owned())))
    }

    pub(super) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// A country by its two letters, for help lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region(String);

impl Region {
    pub fn take(fields: &mut Fields, field: &str) -> Option<Self> {
        let text = fields.text(field);
        let region = Self::new(&text);
        if region.is_none() {
            fields.fault(
                field,
                "not_a_choice",
                "Please choose the country you live in, so that we can show the right help lines.",
            );
        }
        region
    }

    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())).then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, fault: Option<&str>) {
        assert_eq!(Pseudonym::new(name).err().map(|(code, _)| code), fault, "{name:?}");
    }

    #[test]
    fn names_have_three_to_twenty_characters_and_no_role() {
        check("Al", Some("too_short"));
        check("Ali", None);
        check(&"a".repeat(20), None);
        check(&"a".repeat(21), Some("too_long"));
        check("Nurse Jo", Some("reserved"));
        check("Dr. Kim", Some("reserved"));
        check("Andrea", None);
        check("…!?", Some("invalid"));
        assert_eq!(
            Pseudonym::new("two\nlines").map(|name| name.0),
            Ok("two lines".into()),
            "a line break is a space"
        );
    }

    #[test]
    fn a_list_of_people_goes_on_after_a_name_and_after_nothing_else() {
        let cursor = NameCursor::of("Zoë 3");
        assert_eq!(NameCursor::parse(&cursor.encode()), Some(cursor));
        for wrong in ["", "zoë3", "00", "7a6f6", "20"] {
            assert_eq!(NameCursor::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn passwords_have_ten_characters_and_are_not_the_first_guess() {
        let code = |text: &str| Password::new(text).err().map(|(code, _)| code);
        assert_eq!(code("short-one"), Some("too_short"));
        assert_eq!(code("plain-tea-cup"), None);
        assert_eq!(code("1234567890"), Some("too_common"));
        assert_eq!(code(&"q7 ".repeat(85)), None);
        assert_eq!(code(&"x".repeat(257)), Some("too_long"));
    }

    #[test]
    fn an_address_has_one_key() {
        assert_eq!(Email::new(" Sam@Example.ORG ").unwrap().key(), "sam@example.org");
        for wrong in
            ["", "sam", "sam@", "@example.org", "sam@localhost", "a b@example.org", "a@b.c\r\nBcc: x@y.z"]
        {
            assert!(Email::new(wrong).is_none(), "{wrong:?}");
        }
    }
}
