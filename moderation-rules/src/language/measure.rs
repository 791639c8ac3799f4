//! Numbers with units: `{>=38C}`, `{>=20}`, `{>4000mg}`, `{<=14days}`.

/// What a number is compared in. The text may use another unit of the same kind; it is converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A bare number.
    Count,
    /// Degrees Celsius; degrees Fahrenheit are converted, a bare number is read as whichever a body can have.
    Celsius,
    /// Milligrams; grams and micrograms are converted.
    Milligrams,
    /// Days; hours, weeks, months and years are converted.
    Days,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Measure {
    pub least: f64,
    pub most: f64,
    pub unit: Unit,
}

impl Measure {
    /// Reads `>=38C`, `<14days`, `20-60` or nothing (any number).
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
        let sign_end = text.find(|c: char| !matches!(c, '<' | '>' | '=')).unwrap_or(text.len());
        let (sign, rest) = text.split_at(sign_end);
        let value_end = rest.find(|c: char| !digits(c)).unwrap_or(rest.len());
        let (value, unit) = rest.split_at(value_end);
        let unit = match unit.trim() {
            "" => Unit::Count,
            "C" => Unit::Celsius,
            "mg" => Unit::Milligrams,
            "days" => Unit::Days,
            _ => return None,
        };
        let (least, most) = match (sign, value.split_once('-')) {
            ("", None) if value.is_empty() => (f64::NEG_INFINITY, f64::INFINITY),
            ("", Some((low, high))) => (low.parse().ok()?, high.parse().ok()?),
            ("", None) | ("=", _) => (value.parse().ok()?, value.parse().ok()?),
            (">=", _) => (value.parse().ok()?, f64::INFINITY),
            (">", _) => (value.parse::<f64>().ok()?.next_up(), f64::INFINITY),
            ("<=", _) => (f64::NEG_INFINITY, value.parse().ok()?),
            ("<", _) => (f64::NEG_INFINITY, value.parse::<f64>().ok()?.next_down()),
            _ => return None,
        };
        Some(Self { least, most, unit })
    }

    /// Whether `words` begin with a number in range; if so, how many words it takes with its unit.
    pub(crate) fn matches<'t>(&self, mut words: impl Iterator<Item = &'t str>) -> Option<usize> {
        let value = number_in(words.next()?)?;
        let mut unit = words.next().unwrap_or_default();
        let mut taken = 1;
        if self.unit == Unit::Celsius && unit.starts_with("deg") {
            unit = words.next().unwrap_or_default();
            taken = 2;
        }
        let factor = convert(self.unit, value, unit);
        let (value, with_unit) = match (self.unit, factor) {
            (Unit::Count, _) => (value, false),
            (_, Some(converted)) => (converted, true),
            (Unit::Celsius, None) => (bare_temperature(value)?, false),
            (_, None) => return None,
        };
        let inside = (self.least..=self.most).contains(&value);
        inside.then_some(taken + usize::from(with_unit))
    }
}

fn convert(to: Unit, value: f64, unit: &str) -> Option<f64> {
    match (to, unit) {
        (Unit::Celsius, "c" | "celsius" | "centigrade") => Some(value),
        (Unit::Celsius, "f" | "fahrenheit") => Some((value - 32.0) / 1.8),
        (Unit::Milligrams, "mg" | "mgs" | "milligram" | "milligrams") => Some(value),
        (Unit::Milligrams, "g" | "gram" | "grams") => Some(value * 1000.0),
        (Unit::Milligrams, "mcg" | "microgram" | "micrograms" | "ug") => Some(value / 1000.0),
        (Unit::Days, "hour" | "hours" | "hrs" | "hr" | "h") => Some(value / 24.0),
        (Unit::Days, "day" | "days") => Some(value),
        (Unit::Days, "week" | "weeks" | "wk" | "wks") => Some(value * 7.0),
        (Unit::Days, "month" | "months") => Some(value * 30.0),
        (Unit::Days, "year" | "years" | "yr" | "yrs") => Some(value * 365.0),
        _ => None,
    }
}

/// A temperature without its unit says which one it is by its size.
fn bare_temperature(value: f64) -> Option<f64> {
    match value {
        34.0..=43.0 => Some(value),
        93.0..=110.0 => Some((value - 32.0) / 1.8),
        _ => None,
    }
}

/// Numbers that are written as words.
pub(super) const SPELLED: [(&str, u16); 20] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("hundred", 100),
    ("thousand", 1000),
];

/// The number that a word is, written in digits or spelled out.
pub(crate) fn number_in(word: &str) -> Option<f64> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.parse().ok();
    }
    SPELLED.iter().find(|(spelled, _)| *spelled == word).map(|(_, value)| f64::from(*value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(measure: &str, text: &str, taken: Option<usize>) {
        let measure = Measure::parse(measure).unwrap();
        assert_eq!(measure.matches(text.split(' ')), taken, "{measure:?} {text}");
    }

    #[test]
    fn units_are_converted_before_comparing() {
        check(">=38C", "38.5 c", Some(2));
        check(">=38C", "101 f now", Some(2));
        check(">=38C", "39 degrees celsius", Some(3));
        check(">=38C", "98.6 f", None);
        check(">=38C", "37.2 c", None);
        check(">=38C", "103", Some(1));
        check(">=38C", "400 people", None);
        check(">4000mg", "5 g", Some(2));
        check(">4000mg", "4000 mg", None);
        check("<=14days", "two weeks", Some(2));
        check("<=14days", "three weeks", None);
        check(">=20", "twenty tablets", Some(1));
        check("20-60", "61", None);
        check("", "7", Some(1));
    }

    #[test]
    fn a_measure_that_nobody_can_read_is_refused() {
        for wrong in [">>3", ">=x", ">=3 stones", "a"] {
            assert!(Measure::parse(wrong).is_none(), "{wrong}");
        }
    }
}
