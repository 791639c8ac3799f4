//! Numbers that belong to one person: with their check digits where they have some.

use std::sync::LazyLock;

use regex::Regex;

use super::{Place, built, cue_before, digits};

static TEN: LazyLock<Regex> = LazyLock::new(|| built(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b"));

/// NHS numbers: ten digits, the last a check digit modulo 11; said to be one, or written 3-3-4.
pub(super) fn nhs_numbers(text: &str) -> Vec<Place> {
    let fits = |m: &regex::Match<'_>| {
        let spaced = m.as_str().len() > 10;
        nhs_check(&digits(m.as_str()))
            && (spaced || cue_before(text, m.start(), 40, &["nhs", "health service"]))
    };
    TEN.find_iter(text).filter(fits).map(|m| (m.start(), m.end())).collect()
}

fn nhs_check(digits: &[u32]) -> bool {
    let [weighted @ .., last] = digits else { return false };
    let sum: u32 = weighted.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = (11 - sum % 11) % 11;
    check == *last && check != 10 && digits.iter().any(|d| *d != 0)
}

static SSN: LazyLock<Regex> = LazyLock::new(|| built(r"\b\d{3}([- ]?)\d{2}([- ]?)\d{4}\b"));

/// Numbers in the shape of a US social security number.
pub(super) fn social_security(text: &str) -> Vec<Place> {
    let fits = |m: &regex::Match<'_>| {
        let written = m.as_str();
        let possible = !written.starts_with("000") && !written.starts_with("666");
        let hyphens = written.matches('-').count() == 2;
        possible
            && (hyphens || cue_before(text, m.start(), 40, &["ssn", "social security", "social insurance"]))
    };
    SSN.find_iter(text).filter(fits).map(|m| (m.start(), m.end())).collect()
}

static LONG: LazyLock<Regex> = LazyLock::new(|| built(r"\b\d{4}(?:[ -]?\d){7,15}\b"));

/// Payment cards: the Luhn check holds, or somebody says that it is one.
pub(super) fn cards(text: &str) -> Vec<Place> {
    let fits = |m: &regex::Match<'_>| {
        let digits = digits(m.as_str());
        (12..=19).contains(&digits.len())
            && (digits.len() >= 13 && issued(&digits) && luhn(&digits)
                || cue_before(text, m.start(), 30, &["card", "visa", "mastercard"]))
    };
    LONG.find_iter(text).filter(fits).map(|m| (m.start(), m.end())).collect()
}

/// Card numbers of the large schemes begin with these digits.
fn issued(digits: &[u32]) -> bool {
    digits.first().is_some_and(|first| (2..=6).contains(first))
}

fn luhn(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(at, d)| if at % 2 == 1 { doubled(*d) } else { *d }).sum();
    sum.is_multiple_of(10)
}

static IBAN: LazyLock<Regex> =
    LazyLock::new(|| built(r"(?i)\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,4})?\b"));

pub(super) fn ibans(text: &str) -> Vec<Place> {
    let fits = |m: &regex::Match<'_>| iban_check(m.as_str()) || cue_before(text, m.start(), 25, &["iban"]);
    IBAN.find_iter(text).filter(fits).map(|m| (m.start(), m.end())).collect()
}

/// ISO 13616: the first four characters moved to the end, letters as numbers, modulo 97 is one.
fn iban_check(written: &str) -> bool {
    let compact: Vec<char> = written.chars().filter(|c| *c != ' ').collect();
    let Some((head, tail)) = compact.split_at_checked(4) else { return false };
    let mut rest = 0;
    for digit in tail.iter().chain(head).filter_map(|c| c.to_digit(36)) {
        rest = if digit > 9 { (rest * 100 + digit) % 97 } else { (rest * 10 + digit) % 97 };
    }
    rest == 1
}

static RECORD: LazyLock<Regex> = LazyLock::new(|| {
    built(
        r"(?i)\b(?:mrn|medical record|hospital (?:number|no|id)|patient (?:number|no|id)|record (?:number|no)|driv(?:er'?s?|ing) licen[cs]e|licen[cs]e (?:number|no)|passport|insurance (?:number|no|id)|policy (?:number|no)|member(?:ship)? id|case (?:number|no)|claim (?:number|no)|account (?:number|no))\b(?:[ .:#,-]|\b(?:is|was|number|no|id|my|the)\b){0,8}([a-z]{0,4}-?\d[\da-z-]{3,})",
    )
});

/// Numbers of hospital records, licences, passports and policies: recognised by what they are said to be.
pub(super) fn record_numbers(text: &str) -> Vec<Place> {
    RECORD.captures_iter(text).filter_map(|c| c.get(1)).map(|m| (m.start(), m.end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(find: fn(&str) -> Vec<Place>, text: &str, found: &[&str]) {
        let places: Vec<&str> = find(text).into_iter().filter_map(|(s, e)| text.get(s..e)).collect();
        assert_eq!(places, found, "{text:?}");
    }

    #[test]
    fn check_digits_decide() {
        check(nhs_numbers, "my NHS number 943 476 5919", &["943 476 5919"]);
        check(nhs_numbers, "943 476 5918", &[]);
        check(nhs_numbers, "NHS no. 9434765919", &["9434765919"]);
        check(cards, "4111 1111 1111 1111", &["4111 1111 1111 1111"]);
        check(cards, "4111 1111 1111 1112", &[]);
        check(ibans, "GB82 WEST 1234 5698 7654 32", &["GB82 WEST 1234 5698 7654 32"]);
        check(ibans, "GB83 WEST 1234 5698 7654 32", &[]);
    }

    #[test]
    fn shapes_and_words_decide_where_there_are_no_check_digits() {
        check(social_security, "123-45-6789", &["123-45-6789"]);
        check(social_security, "SSN 123456789", &["123456789"]);
        check(social_security, "666-45-6789 and 123456789", &[]);
        check(record_numbers, "hospital number: K4412098", &["K4412098"]);
        check(record_numbers, "driver's license number is A1253258", &["A1253258"]);
        check(record_numbers, "the hospital number one choice", &[]);
    }
}
