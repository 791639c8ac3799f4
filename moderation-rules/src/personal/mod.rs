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

    /// Whether a text with these hints can hold what is checked for.
    pub(crate) fn is_worth(self, hints: Hints) -> bool {
        match self {
            Self::Phone => hints.has(Hints::SEVEN_DIGITS),
            Self::Email => hints.has(Hints::AT) || hints.has(Hints::DOT),
            Self::Link => hints.has(Hints::LINK),
            Self::Handle => hints.has(Hints::SERVICE) && hints.has(Hints::ACCOUNT_SIGN),
            Self::NhsNumber => hints.has(Hints::TEN_DIGITS),
            Self::SocialSecurity => hints.has(Hints::NINE_DIGITS),
            Self::Card => hints.has(Hints::ELEVEN_DIGITS),
            Self::Iban => hints.has(Hints::IBAN),
            Self::RecordNumber => hints.has(Hints::RECORD) && hints.has(Hints::DIGIT),
            Self::Address => address::HINTS.iter().any(|hint| hints.has(*hint)),
            Self::Postcode => hints.has(Hints::POSTCODE),
            Self::NameWithBirth => {
                hints.has(Hints::DIGIT) && (hints.has(Hints::BORN) || hints.has(Hints::WARD))
            }
        }
    }

    /// Where a text holds what is checked for. The hints are those of the same text.
    pub(crate) fn find(self, text: &str, hints: Hints) -> Vec<Place> {
        match self {
            Self::Phone => contact::phones(text),
            Self::Email => contact::emails(text, hints),
            Self::Link => contact::links(text),
            Self::Handle => contact::handles(text),
            Self::NhsNumber => numbers::nhs_numbers(text),
            Self::SocialSecurity => numbers::social_security(text),
            Self::Card => numbers::cards(text),
            Self::Iban => numbers::ibans(text),
            Self::RecordNumber => numbers::record_numbers(text),
            Self::Address => address::addresses(text, hints),
            Self::Postcode => address::postcodes(text),
            Self::NameWithBirth => person::names_with_birth(text, hints),
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
