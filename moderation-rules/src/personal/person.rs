//! A full name together with what makes it one person.

use std::sync::LazyLock;

use regex::Regex;

use super::{Hints, Place, built};

const NAME: &str = r"\p{Lu}[\p{Ll}'-]+(?: \p{Lu}\.?)?(?: \p{Lu}[\p{Ll}'-]+){1,2}";
const DATE: &str = r"\d{1,4}(?:st|nd|rd|th)?[-/. ]{1,2}(?:\d{1,2}|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*)[-/., ]{1,2}\d{2,4}";

static BORN: LazyLock<Regex> = LazyLock::new(|| {
    let born = r"(?i:d\.?o\.?b\.?|date of birth|born(?: on)?|birth ?date)";
    built(&format!(
        r"{NAME}\W[^\n]{{0,60}}?\b{born}\W{{0,4}}(?:is |was )?{DATE}|{born}\W{{0,4}}{DATE}[^\n]{{0,40}}?{NAME}"
    ))
});

static ADMITTED: LazyLock<Regex> = LazyLock::new(|| {
    let ward = r"\b(?:Hospital|Infirmary|Clinic|Ward \w+)\b";
    built(&format!(
        r"{NAME}\W[^\n.]{{0,80}}?(?:admitted|seen|treated|operated|discharged)[^\n.]{{0,60}}?{ward}[^\n.]{{0,40}}?{DATE}"
    ))
});

/// A full name with a date of birth, or with hospital and date.
pub(super) fn names_with_birth(text: &str, hints: Hints) -> Vec<Place> {
    [(&*BORN, Hints::BORN), (&*ADMITTED, Hints::WARD)]
        .into_iter()
        .filter(|(_, hint)| hints.has(*hint))
        .flat_map(|(shape, _)| shape.find_iter(text))
        .map(|m| (m.start(), m.end()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_alone_is_nobody_in_particular() {
        for (text, count) in [
            ("Margaret Ellison, DOB 04/11/1961", 1),
            ("date of birth: 4 Nov 1961, Margaret Ellison", 1),
            ("Margaret Ellison was admitted to Northgate Hospital on 3/2/2024", 1),
            ("Margaret Ellison was kind to me", 0),
            ("born on 4 Nov 1961 in a small town", 0),
        ] {
            assert_eq!(names_with_birth(text, Hints::ALL).len(), count, "{text}");
        }
    }
}
