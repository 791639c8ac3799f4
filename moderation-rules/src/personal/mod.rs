//! Checks for personal data that words alone cannot describe: shapes with check digits.

mod address;
mod contact;
mod hints;
mod numbers;
mod person;

pub(crate) use hints::{Hints, LITERALS, Where};

/// Byte range in the plain copy.
type Place = (usize, usize);

/// A check that a rule can name in `check = [...]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    Phone,
    Email,
    Link,
    NhsNumber,
    SocialSecurity,
    Card,
    Iban,
    RecordNumber,
    Address,
    Postcode,
    NameWithBirth,
    Handle,
}

const CHECKS: [(&str, Check); 12] = [
    ("phone", Check::Phone),
    ("email", Check::Email),
    ("link", Check::Link),
    ("nhs_number", Check::NhsNumber),
    ("social_security", Check::SocialSecurity),
    ("card", Check::Card),
    ("iban", Check::Iban),
    ("record_number", Check::RecordNumber),
    ("address", Check::Address),
    ("postcode", Check::Postcode),
    ("name_with_birth", Check::NameWithBirth),
    ("handle", Check::Handle),
];

impl Check {
    pub(crate) fn named(name: &str) -> Option<Self> {
        CHECKS.iter().find(|(known, _)| *known == name).map(|(_, check)| *check)
    }

    pub(crate) fn names() -> String {
        CHECKS.map(|(name, _)| name).join(", ")
    }

    /// Compiles what the check needs, while packs are loaded: the first post must not pay for it out of its time.
    pub(crate) fn prepare(self) {
        self.find("7 at the corner of 1@a.b", Hints::ALL);
    }

    /// Where a text holds what is checked for. The hints are those of the same text.
    pub(crate) fn find(self, text: &str, hints: Hints) -> Vec<Place> {
        match self {
            Self::Phone if hints.has(Hints::SEVEN_DIGITS) => contact::phones(text),
            Self::Email => contact::emails(text, hints),
            Self::Link if hints.has(Hints::LINK) => contact::links(text),
            Self::Handle if hints.has(Hints::SERVICE) && hints.has(Hints::ACCOUNT_SIGN) => {
                contact::handles(text)
            }
            Self::NhsNumber if hints.has(Hints::TEN_DIGITS) => numbers::nhs_numbers(text),
            Self::SocialSecurity if hints.has(Hints::NINE_DIGITS) => numbers::social_security(text),
            Self::Card if hints.has(Hints::ELEVEN_DIGITS) => numbers::cards(text),
            Self::Iban if hints.has(Hints::IBAN) => numbers::ibans(text),
            Self::RecordNumber if hints.has(Hints::RECORD) && hints.has(Hints::DIGIT) => {
                numbers::record_numbers(text)
            }
            Self::Address => address::addresses(text, hints),
            Self::Postcode if hints.has(Hints::POSTCODE) => address::postcodes(text),
            Self::NameWithBirth if hints.has(Hints::DIGIT) => person::names_with_birth(text, hints),
            _ => Vec::new(),
        }
    }
}

/// A regular expression that is part of the program. Compiled once; a test compiles them all.
fn built(pattern: &str) -> regex::Regex {
    regex::Regex::new(pattern).expect("a pattern of the program, compiled by the tests")
}

/// The digits of a number, whatever stands between them.
fn digits(written: &str) -> Vec<u32> {
    written.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// Whether one of `cues` stands in the `reach` characters before `at`, beginning a word.
fn cue_before(text: &str, at: usize, reach: usize, cues: &[&str]) -> bool {
    let before: String = text.get(..at).unwrap_or_default().chars().rev().take(reach).collect();
    let before: String = before.chars().rev().flat_map(char::to_lowercase).collect();
    cues.iter().any(|cue| {
        before.match_indices(cue).any(|(found, _)| {
            let prior = before.get(..found).and_then(|b| b.chars().next_back());
            prior.is_none_or(|c| !c.is_alphabetic())
        })
    })
}
