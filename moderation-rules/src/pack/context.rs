//! The conditions that a rule may set on how its words are used.

/// Said, denied, or either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Polarity {
    #[default]
    Affirmed,
    Negated,
    Either,
}

/// When what is said was so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Now,
    Past,
}

/// Whom the words are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    Me,
    Reader,
    Other,
    /// Nobody is named: "chest pain since this morning".
    Unsaid,
}

/// What has to hold around a match for it to count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context {
    pub polarity: Polarity,
    /// Empty: anybody.
    pub about: Vec<About>,
    pub tense: Option<Tense>,
    pub asked: Option<bool>,
    pub quoted: Option<bool>,
}

/// The words in which a rule states its context.
const WORDS: &str = "\"even negated\", \"only negated\", \"about me\", \"about the reader\", \"about someone else\", \"now\", \
    \"past\", \"a question\", \"not a question\", \"quoted\", \"not quoted\"";

impl Context {
    pub(crate) fn add(&mut self, condition: &str) -> Result<(), String> {
        match condition {
            "even negated" => self.polarity = Polarity::Either,
            "only negated" => self.polarity = Polarity::Negated,
            "about me" => self.about.extend([About::Me, About::Unsaid]),
            "about the reader" => self.about.push(About::Reader),
            "about someone else" => self.about.push(About::Other),
            "now" => self.tense = Some(Tense::Now),
            "past" => self.tense = Some(Tense::Past),
            "a question" => self.asked = Some(true),
            "not a question" => self.asked = Some(false),
            "quoted" => self.quoted = Some(true),
            "not quoted" => self.quoted = Some(false),
            _ => return Err(format!("`{condition}` is no context; write some of {WORDS}")),
        }
        Ok(())
    }
}
