//! Where somebody lives.

use std::sync::LazyLock;

use regex::Regex;

use super::{Hints, Place, built};

static POSTCODE: LazyLock<Regex> = LazyLock::new(|| {
    built(
        r"\b(?:GIR ?0AA|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY]) ?[0-9][ABD-HJLNP-UW-Z]{2})\b",
    )
});

/// Full UK postcodes: about fifteen homes share one.
pub(super) fn postcodes(text: &str) -> Vec<Place> {
    POSTCODE.find_iter(text).map(|m| (m.start(), m.end())).collect()
}

const STREETS: &str = "street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|close|court|ct|crescent|cres|place|pl|terrace|gardens|grove|boulevard|blvd|square|sq|mews|highway|hwy|parkway|pkwy|circle|trail|alley|green|rise|row|way";

/// House number and a street by its English name: "14 Elm Tree Road".
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    built(&format!(
        r"\b\d{{1,5}}[A-Za-z]?,? (?:[NSEW]\.? )?(?:\p{{Lu}}[\w'.-]+ |\d{{1,3}}(?:st|nd|rd|th) ){{1,4}}(?i:{STREETS})\b"
    ))
});

/// Street names of other languages, before or after the number: "12 Rue des Lilas", "Lindenallee 73".
static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    built(
        r"(?i)\b(?:\d{1,5},? (?:rue|avenue|via|calle|rua|av(?:da|enida)?\.?|ul\.?|ulica|piazza|place|chemin|boulevard|impasse|quai|cours|plaza|paseo|carrer|largo|travessa|avinguda|passeig) \p{L}[\p{L}' .-]+|(?:rue|via|calle|rua|ul\.?|ulica|avda\.?|avenida|c/|r\.?) (?:\p{L}[\p{L}'.-]* ){1,4}\d{1,5}|\p{L}{2,}(?: ?stra(?:ss|ß)e| ?str\.|gasse| ?weg| ?allee| ?platz|gade|vej|gatan|vagen|gata| veien| vei|straat|laan|katu| tie| utca| utja| ut| wei|skov|ska) \d{1,5}[a-z]?)\b",
    )
});

/// Number, name, number: a house that is written from both ends, as European forms print it.
static BETWEEN: LazyLock<Regex> =
    LazyLock::new(|| built(r"\b\d{1,5} \p{Lu}[\p{L}'.-]{3,}(?: \p{L}[\p{L}'.-]*){0,4} \d{1,5}\b"));

/// Words that stand between two numbers and are no street.
const NOT_STREETS: [&str; 36] = [
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "weeks",
    "days",
    "months",
    "years",
    "hours",
    "times",
    "tablets",
    "pills",
    "units",
    "point",
    "over",
    "with",
    "from",
    "then",
    "after",
    "before",
    "stage",
    "grade",
    "level",
    "phase",
    "type",
    "sept",
    "minutes",
    "week",
    "day",
];

/// Unit, box and military addresses, and corners: no street name needed.
static PARTS: LazyLock<Regex> = LazyLock::new(|| {
    built(
        r"(?i)\b(?:apt|apartment|suite|flat)\.? (?:no\.? ?)?\d{1,5}\b|\bp\.? ?o\.? ?box \d+|\b(?:APO|FPO|DPO),? (?:AA|AE|AP)\b\.?(?: \d{5})?|\bthe corner of [^\n.?!]{3,60}?(?:\d{1,5}|\bstreet|\broad|\bavenue|\bstr)\b|\b(?:psc|unit|cmr) \d{3,5},? box \d+",
    )
});

/// A place said to be lived or met at: a name and a number after it.
static LIVED: LazyLock<Regex> = LazyLock::new(|| {
    built(
        r"(?i:\b(?:lives?|living|drops? (?:you|me) off|enter|located|situated|office is|station is|restaurant is|house is|home is)) (?i:on|at|in)\b(?i: the (?:north|south|east|west) side of)?(?: \d{1,5})?(?: [\p{Lu}\d][\p{L}\d'.-]*)(?: [\p{L}\d][\p{L}\d'.-]*){0,3} \d{1,5}\b|(?i:restaurant is|house is|office is|lives|live|drops you off) (?i:at) \d{1,5}(?: \d{1,5})? \p{L}{3,}",
    )
});

/// A ZIP code that is said to be one.
static SAID_ZIP: LazyLock<Regex> = LazyLock::new(|| {
    built(
        r"(?i)\b(?:zip(?: ?code)?|postal code|post ?code)\b(?:\W{1,3}|\b(?:is|was|my)\b){1,4}\d{5}(?:-\d{4})?\b",
    )
});

/// Town, two-letter state and ZIP code.
static ZIP: LazyLock<Regex> =
    LazyLock::new(|| built(r"\b\p{Lu}[\p{L}.'-]+(?: \p{Lu}[\p{L}.'-]+)*,? [A-Z]{2},?\s+\d{5}(?:-\d{4})?\b"));

/// Said to be an address.
static SAID: LazyLock<Regex> = LazyLock::new(|| {
    built(
        r"(?i:\b(?:address(?: is)?|i live at|i'm at|lives at|located at|(?:sent?|deliver(?:ed)?|posted|mailed|come|came|moved|shipp?(?:ed)?)(?: \w+){0,5} to)\b:?)\s{1,3}\d{1,5}[a-zA-Z]?,? \p{L}[\p{L}'.-]{2,}(?:[ ,]+[\p{L}\d'.-]+){0,6}",
    )
});

/// Without one of these, no shape can match.
pub(super) const HINTS: [Hints; 7] = [
    Hints::NUMBER_AND_NAME,
    Hints::FOREIGN_STREET,
    Hints::PART_OF_ADDRESS,
    Hints::ZIP,
    Hints::NUMBER_SAID,
    Hints::LIVED,
    Hints::SAID_ZIP,
];

pub(super) fn addresses(text: &str, hints: Hints) -> Vec<Place> {
    if !hints.has(Hints::DIGIT) && !text.contains("corner of") {
        return Vec::new();
    }
    let is_street = |m: &regex::Match<'_>| {
        let words = m.as_str().to_lowercase();
        !words.split(' ').any(|word| NOT_STREETS.contains(&word.trim_matches(['.', ','])))
    };
    let between = hints.has(Hints::NUMBER_AND_NAME).then(|| BETWEEN.find_iter(text).filter(is_street));
    let shapes = [
        (&*ENGLISH, Hints::NUMBER_AND_NAME),
        (&*FOREIGN, Hints::FOREIGN_STREET),
        (&*PARTS, Hints::PART_OF_ADDRESS),
        (&*ZIP, Hints::ZIP),
        (&*SAID, Hints::NUMBER_SAID),
        (&*LIVED, Hints::LIVED),
        (&*SAID_ZIP, Hints::SAID_ZIP),
    ];
    let seen = shapes.into_iter().filter(|(_, hint)| hints.has(*hint));
    let always = seen.flat_map(|(shape, _)| shape.find_iter(text));
    always.chain(between.into_iter().flatten()).map(|m| (m.start(), m.end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, found: bool) {
        assert_eq!(!addresses(text, Hints::ALL).is_empty(), found, "{text:?}");
    }

    #[test]
    fn addresses_in_several_shapes() {
        check("I live at 14 Elm Tree Road, ring twice", true);
        check("send it to 22 Lower Mill Lane", true);
        check("12 rue des Lilas", true);
        check("Lindenallee 73", true);
        check("70 Algrave 49\nPresby", true);
        check("P.O. Box 418", true);
        check("Springfield, IL 62704", true);
        check("the corner of Mill Road and High Street", true);
        check("Flat 12", true);
    }

    #[test]
    fn numbers_in_ordinary_posts_are_no_addresses() {
        check("I take 5 Tablets 3 times a day", false);
        check("on 12 March 2019 I had surgery", false);
        check("2 weeks after the op I drove down the road", false);
        check("my score was 7 out of 10", false);
        check("it is located at L4 and L5", false);
    }

    #[test]
    fn full_postcodes() {
        assert_eq!(postcodes("near SW1A 1AA").len(), 1);
        assert!(postcodes("vitamin B12 5MG, the M25 and A1C 7").is_empty());
    }
}
