//! What a text must hold before a check is worth its regular expressions. Seeing that takes one look at each digit
//! and one pass for all literals; most texts then need none of the expressions at all.

/// Reasons to look more closely, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hints(u32);

impl Hints {
    pub(crate) const DIGIT: Self = Self(1);
    /// So many digits with nothing but separators between them.
    pub(crate) const SEVEN_DIGITS: Self = Self(1 << 1);
    pub(crate) const NINE_DIGITS: Self = Self(1 << 2);
    pub(crate) const TEN_DIGITS: Self = Self(1 << 3);
    pub(crate) const ELEVEN_DIGITS: Self = Self(1 << 4);
    /// A number and then a capital letter or another number: "14 Elm", "12 3rd".
    pub(crate) const NUMBER_AND_NAME: Self = Self(1 << 5);
    /// A number after "to", "at", "is" or "address".
    pub(crate) const NUMBER_SAID: Self = Self(1 << 6);
    /// A digit and two capitals: the second half of a postcode.
    pub(crate) const POSTCODE: Self = Self(1 << 7);
    /// Two capitals and five digits.
    pub(crate) const ZIP: Self = Self(1 << 8);
    /// Two letters that begin a word, and two digits.
    pub(crate) const IBAN: Self = Self(1 << 9);
    pub(crate) const AT: Self = Self(1 << 10);
    /// What the name of an account has: a digit, `@` or `_`.
    pub(crate) const ACCOUNT_SIGN: Self = Self(1 << 11);
    // The rest are literals, see `LITERALS`.
    pub(crate) const DOT: Self = Self(1 << 12);
    pub(crate) const LINK: Self = Self(1 << 13);
    pub(crate) const SERVICE: Self = Self(1 << 14);
    pub(crate) const RECORD: Self = Self(1 << 15);
    pub(crate) const FOREIGN_STREET: Self = Self(1 << 16);
    pub(crate) const PART_OF_ADDRESS: Self = Self(1 << 17);
    pub(crate) const LIVED: Self = Self(1 << 18);
    pub(crate) const SAID_ZIP: Self = Self(1 << 19);
    pub(crate) const BORN: Self = Self(1 << 20);
    pub(crate) const WARD: Self = Self(1 << 21);

    pub(crate) const ALL: Self = Self(u32::MAX);

    /// Whether all of these were seen.
    pub(crate) fn has(self, hints: Self) -> bool {
        self.0 & hints.0 == hints.0
    }

    pub(crate) fn add(&mut self, hints: Self) {
        self.0 |= hints.0;
    }

    /// What the bytes of a text show; the literals are left to the pass that looks for them all.
    pub(crate) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut hints = Self::default();
        for (byte, hint) in [(b'@', Self::AT), (b'@', Self::ACCOUNT_SIGN), (b'_', Self::ACCOUNT_SIGN)] {
            if bytes.contains(&byte) {
                hints.add(hint);
            }
        }
        let mut at = 0;
        // Digits in a row, whatever separators stand between them, and where they ended.
        let (mut row, mut ended) = (0, 0);
        while let Some(start) = digit_from(bytes, at) {
            hints.add(Self::DIGIT);
            hints.add(Self::ACCOUNT_SIGN);
            let digits = bytes.iter().skip(start).take_while(|b| b.is_ascii_digit()).count();
            let between = bytes.get(ended..start).unwrap_or_default();
            let apart = |b: &u8| !matches!(b, b' ' | b'(' | b')' | b'.' | b'/' | b'+' | b'-' | 0x80..);
            row = if between.iter().any(apart) { digits } else { row + digits };
            ended = start + digits;
            hints.add_row(row);
            hints.add_number(bytes, start, ended);
            at = ended;
        }
        hints
    }

    fn add_row(&mut self, digits: usize) {
        let rows = [
            (7, Self::SEVEN_DIGITS),
            (9, Self::NINE_DIGITS),
            (10, Self::TEN_DIGITS),
            (11, Self::ELEVEN_DIGITS),
        ];
        for (_, hint) in rows.into_iter().filter(|(least, _)| digits >= *least) {
            self.add(hint);
        }
    }

    /// What stands around one number.
    fn add_number(&mut self, bytes: &[u8], start: usize, end: usize) {
        let before = bytes.get(..start).unwrap_or_default();
        let after = bytes.get(end..).unwrap_or_default();
        if matches!(after, [first, second, ..] if first.is_ascii_uppercase() && second.is_ascii_uppercase()) {
            self.add(Self::POSTCODE);
        }
        let unlettered = match after {
            [letter, rest @ ..] if letter.is_ascii_alphabetic() => rest,
            _ => after,
        };
        let named = unlettered.strip_prefix(b",").unwrap_or(unlettered);
        if matches!(named, [b' ', next, ..] if next.is_ascii_uppercase() || next.is_ascii_digit() || !next.is_ascii())
        {
            self.add(Self::NUMBER_AND_NAME);
        }
        let word = before.trim_ascii_end();
        if word.len() < before.len() {
            let word = word.strip_suffix(b":").unwrap_or(word);
            if ["to", "at", "is", "address"].iter().any(|said| ends_with(word, said.as_bytes())) {
                self.add(Self::NUMBER_SAID);
            }
            let state = word.strip_suffix(b",").unwrap_or(word);
            if end - start >= 5
                && matches!(state, [.., a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase())
            {
                self.add(Self::ZIP);
            }
        }
        let country = matches!(before, [.., a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic());
        let begins = before
            .len()
            .checked_sub(3)
            .and_then(|at| before.get(at))
            .is_none_or(|b| !b.is_ascii_alphanumeric());
        if country && begins && end - start >= 2 {
            self.add(Self::IBAN);
        }
    }
}

/// Where the next digit stands. Most stretches of sixteen bytes have none, and that is told at once.
fn digit_from(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let without = |chunk: &&[u8]| !chunk.iter().fold(false, |any, b| any | b.is_ascii_digit());
    let skipped = rest.chunks_exact(16).take_while(without).count() * 16;
    rest.iter().skip(skipped).position(u8::is_ascii_digit).map(|at| from + skipped + at)
}

fn ends_with(word: &[u8], end: &[u8]) -> bool {
    word.len()
        .checked_sub(end.len())
        .and_then(|at| word.get(at..))
        .is_some_and(|w| w.eq_ignore_ascii_case(end))
}

/// What must hold where a literal was found for it to be a hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    Anywhere,
    /// No letter, digit or `_` follows.
    WordEnd,
    /// No letter, digit or `_` stands before it.
    WordStart,
    /// In this very case of letters.
    Exact,
    /// A digit at most so many bytes behind it.
    Number(usize),
    /// A digit right before it, or with a space or a comma between.
    AfterNumber,
}

impl Where {
    pub(crate) fn holds(self, text: &str, start: usize, end: usize, literal: &str) -> bool {
        let bytes = text.as_bytes();
        let in_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
        let before = bytes.get(..start).unwrap_or_default();
        let after = bytes.get(end..).unwrap_or_default();
        match self {
            Self::Anywhere => true,
            Self::WordEnd => !after.first().is_some_and(in_word),
            Self::WordStart => !before.last().is_some_and(in_word),
            Self::Exact => text.get(start..end) == Some(literal),
            Self::Number(within) => after.iter().take(within).any(u8::is_ascii_digit),
            Self::AfterNumber => {
                let before = before.strip_suffix(b" ").unwrap_or(before);
                before.strip_suffix(b",").unwrap_or(before).last().is_some_and(u8::is_ascii_digit)
            }
        }
    }
}

/// The literals of which a check needs one. Where an expression is changed, its literals change with it; the tests
/// of the checks and of the packs go through both.
pub(crate) const LITERALS: [(Hints, Where, &[&str]); 15] = [
    (Hints::DOT, Where::Anywhere, &["dot"]),
    (Hints::LINK, Where::Anywhere, &["http://", "https://", "www."]),
    (
        Hints::LINK,
        Where::WordEnd,
        &[
            ".com", ".net", ".org", ".info", ".biz", ".shop", ".xyz", ".online", ".site", ".ru", ".cc",
            ".ly", ".io",
        ],
    ),
    (
        Hints::SERVICE,
        Where::WordEnd,
        &[
            "whatsapp",
            "whats app",
            "telegram",
            "snap",
            "snapchat",
            "insta",
            "instagram",
            "facebook",
            "fb",
            "messenger",
            "kik",
            "wickr",
            "signal",
            "discord",
            "skype",
            "twitter",
            "tiktok",
        ],
    ),
    (
        Hints::RECORD,
        Where::Anywhere,
        &[
            "mrn",
            "medical record",
            "hospital n",
            "hospital id",
            "patient n",
            "patient id",
            "record n",
            "licence",
            "license",
            "passport",
            "insurance n",
            "insurance id",
            "policy n",
            "member id",
            "membership id",
            "case n",
            "claim n",
            "account n",
        ],
    ),
    (
        Hints::FOREIGN_STREET,
        Where::AfterNumber,
        &[
            "rue ",
            "avenue ",
            "via ",
            "calle ",
            "rua ",
            "av ",
            "av. ",
            "avda",
            "avenida",
            "ul ",
            "ul. ",
            "ulica ",
            "piazza ",
            "place ",
            "chemin ",
            "boulevard ",
            "impasse ",
            "quai ",
            "cours ",
            "plaza ",
            "paseo ",
            "carrer ",
            "largo ",
            "travessa ",
            "avinguda ",
            "passeig ",
        ],
    ),
    (
        Hints::FOREIGN_STREET,
        Where::WordStart,
        &["rue ", "via ", "calle ", "rua ", "ul ", "ul. ", "ulica ", "avda", "avenida ", "c/ ", "r ", "r. "],
    ),
    (
        Hints::FOREIGN_STREET,
        Where::Number(2),
        &[
            "strasse", "straße", "straẞe", "str.", "gasse", "weg", "allee", "platz", "gade", "vej", "gatan",
            "vagen", "gata", "vei", "veien", "straat", "laan", "katu", "tie", "utca", "utja", "ut", "wei",
            "skov", "ska",
        ],
    ),
    (Hints::PART_OF_ADDRESS, Where::Number(7), &["apt", "apartment", "suite", "flat", "psc", "unit", "cmr"]),
    (Hints::PART_OF_ADDRESS, Where::Number(2), &["box"]),
    (Hints::PART_OF_ADDRESS, Where::WordEnd, &["apo", "fpo", "dpo", "the corner of"]),
    (
        Hints::LIVED,
        Where::WordEnd,
        &[
            "live on",
            "live at",
            "live in",
            "lives on",
            "lives at",
            "lives in",
            "living on",
            "living at",
            "living in",
            "off on",
            "off at",
            "off in",
            "enter on",
            "enter at",
            "enter in",
            "located on",
            "located at",
            "located in",
            "situated on",
            "situated at",
            "situated in",
            "office is",
            "station is",
            "restaurant is",
            "house is",
            "home is",
        ],
    ),
    (Hints::SAID_ZIP, Where::Number(60), &["zip", "postal code", "postcode", "post code"]),
    (
        Hints::BORN,
        Where::Number(24),
        &["dob", "d.ob", "do.b", "d.o.b", "date of birth", "born", "birthdate", "birth date"],
    ),
    (Hints::WARD, Where::Exact, &["Hospital", "Infirmary", "Clinic", "Ward "]),
];
