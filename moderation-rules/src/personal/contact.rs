//! Ways to reach somebody: telephone numbers, mail addresses, links, accounts elsewhere.

use std::sync::LazyLock;

use regex::Regex;

use super::{Hints, Place, built, cue_before, digits};

/// Words after which a bare run of digits is a telephone number.
const PHONE_CUES: [&str; 17] = [
    "phone",
    "tel",
    "call",
    "mobile",
    "cell",
    "text",
    "txt",
    "whatsapp",
    "ring",
    "fax",
    "answering",
    "reach",
    "contact",
    "dial",
    "number is",
    "my number",
    "office",
];

static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    built(
        r"(?:\+|\b00)?\(?\b\d{1,5}\)?(?:[ \u{a0}]?[-./ (][ (]?\d{1,5}\)?|\d|[-(]\d+\)?){2,12}(?:\s?(?:x|ext\.?)\s?\d{1,5})?\b",
    )
});

/// Telephone numbers: shapes that can be nothing else, and any fitting digits after a word such as "call".
pub(super) fn phones(text: &str) -> Vec<Place> {
    let is_phone = |m: &regex::Match<'_>| {
        let written = m.as_str();
        let number = written.split(['x', 'e']).next().unwrap_or_default();
        let count = digits(number).len();
        (7..=15).contains(&count)
            && !is_date_or_range(number)
            && !(text.get(..m.start()).unwrap_or_default().ends_with(['.', ',', '$', '£', '€', '#']))
            && (looks_like_phone(number, count) || cue_before(text, m.start(), 40, &PHONE_CUES))
    };
    PHONE.find_iter(text).filter(is_phone).map(|m| (m.start(), m.end())).collect()
}

/// `+44 7700 900123`, `020 7946 0018`, `(555) 010-4477`, `555-010-4477`.
fn looks_like_phone(number: &str, count: usize) -> bool {
    let groups: Vec<usize> =
        number.split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|l| *l > 0).collect();
    let international = number.starts_with('+') && count >= 9;
    let national =
        number.trim_start_matches('(').starts_with('0') && (9..=14).contains(&count) && groups.len() <= 6;
    let american = matches!(groups.as_slice(), [3, 3, 4] | [1, 3, 3, 4]);
    let bracketed = number.starts_with('(') && count >= 8;
    international || national || american || bracketed
}

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    built(
        r"^\D*(?:\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)?\d{2}|(?:19|20)\d{2}[-./ ]\d{1,2}[-./ ]\d{1,2}|(?:19|20)\d{2}\s?[-/]\s?(?:19|20)?\d{2}|\d{1,3}\.\d+([-/ ]\d{1,3}\.\d+)*|\d{1,3}-\d{1,3}|\d{1,3}/\d{1,3}(?:[/ ]+\d{1,3}/\d{1,3})*)(?:\D*$|[ T]\d{1,2}:?$)",
    )
});

/// Dates, years, doses, blood pressures and ranges are numbers too.
fn is_date_or_range(number: &str) -> bool {
    DATE.is_match(number)
}

static EMAIL: LazyLock<Regex> = LazyLock::new(|| built(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b"));
static SPELLED_EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    built(
        r"(?i)\b[\w.+-]+\s*(?:@|[\[(]\s*at\s*[\])]|\sat\s)\s*(?:gmail|hotmail|yahoo|outlook|icloud|proton(?:mail)?|aol|live|[\w-]+)\s*(?:\.|[\[(]\s*dot\s*[\])]|\sdot\s)\s*(?:com|net|org|co|uk|de|fr|eu|info|me)\b",
    )
});

pub(super) fn emails(text: &str, hints: Hints) -> Vec<Place> {
    let plain = hints.has(Hints::AT).then(|| EMAIL.find_iter(text)).into_iter().flatten();
    let spelled = hints.has(Hints::DOT).then(|| SPELLED_EMAIL.find_iter(text)).into_iter().flatten();
    let spelled =
        spelled.filter(|m| m.as_str().to_lowercase().contains("dot") && !EMAIL.is_match(m.as_str()));
    plain.chain(spelled).map(|m| (m.start(), m.end())).collect()
}

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    built(
        r"(?i)\b(?:https?://|www\.)[^\s<>]{3,}|\b[a-z0-9][a-z0-9-]+\.(?:com|net|org|info|biz|shop|xyz|online|site|ru|cc|ly|io)(?:/[^\s<>]*)?\b",
    )
});

pub(super) fn links(text: &str) -> Vec<Place> {
    let is_link = |m: &regex::Match<'_>| !text.get(..m.start()).unwrap_or_default().ends_with('@');
    LINK.find_iter(text).filter(is_link).map(|m| (m.start(), m.end())).collect()
}

static HANDLE: LazyLock<Regex> = LazyLock::new(|| {
    built(
        r"(?i)\b(?:whats ?app|telegram|snap(?:chat)?|insta(?:gram)?|facebook|fb|messenger|kik|wickr|signal|discord|skype|twitter|tiktok)\b\W{1,3}(?:me |us |is |at |on |name |user |id )?\W{0,2}@?[a-z0-9_.]*[0-9_@][a-z0-9_.]{2,}",
    )
});

/// An account elsewhere, named by service: "telegram @pharm_24".
pub(super) fn handles(text: &str) -> Vec<Place> {
    HANDLE.find_iter(text).map(|m| (m.start(), m.end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(find: fn(&str) -> Vec<Place>, text: &str, found: &[&str]) {
        let places: Vec<&str> = find(text).into_iter().filter_map(|(s, e)| text.get(s..e)).collect();
        assert_eq!(places, found, "{text:?}");
    }

    fn all_emails(text: &str) -> Vec<Place> {
        emails(text, Hints::ALL)
    }

    #[test]
    fn telephone_numbers() {
        check(phones, "Ring me on 07700 900123 tonight", &["07700 900123"]);
        check(phones, "+44 7700 900-123", &["+44 7700 900-123"]);
        check(phones, "(555) 010-4477 or 555.010.4478x12", &["(555) 010-4477", "555.010.4478x12"]);
        check(phones, "my number is 449 4898", &["449 4898"]);
        check(phones, "tel 72 128 827", &["72 128 827"]);
    }

    #[test]
    fn numbers_that_are_no_telephone_numbers() {
        for text in [
            "on 2019-05-12 10:30",
            "12/05/2019",
            "BP 120/80, 118/76, 130/85",
            "platelets 250000",
            "between 2015-2018",
            "take 500 mg 3 times for 7 days",
            "call 999 or 111",
            "1.5-2.5 3.5",
            "it cost £1000000",
        ] {
            check(phones, text, &[]);
        }
    }

    #[test]
    fn mail_links_and_accounts() {
        check(all_emails, "write to jo.bloggs+x@example.org.", &["jo.bloggs+x@example.org"]);
        check(all_emails, "jo (at) example (dot) org", &["jo (at) example (dot) org"]);
        check(all_emails, "we met at home dot", &[]);
        check(links, "see www.example.org/page or example.com", &["www.example.org/page", "example.com"]);
        check(handles, "telegram: @pharm_24", &["telegram: @pharm_24"]);
        check(handles, "I am on facebook too", &[]);
    }
}
