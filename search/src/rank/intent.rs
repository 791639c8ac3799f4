//! What kind of thing is asked about a topic.

use crate::text::Word;

/// Kinds of questions that patients ask and guidance answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Intent {
    Meaning,
    Cause,
    Symptom,
    Diagnosis,
    Treatment,
    Prevention,
    Outlook,
    Complication,
    Inheritance,
    Risk,
    Dose,
    SideEffect,
    Caution,
    Interaction,
    Storage,
    Contents,
    Research,
    Overdose,
    Support,
}

impl Intent {
    const ALL: [Self; 19] = [
        Self::Meaning,
        Self::Cause,
        Self::Symptom,
        Self::Diagnosis,
        Self::Treatment,
        Self::Prevention,
        Self::Outlook,
        Self::Complication,
        Self::Inheritance,
        Self::Risk,
        Self::Dose,
        Self::SideEffect,
        Self::Caution,
        Self::Interaction,
        Self::Storage,
        Self::Contents,
        Self::Research,
        Self::Overdose,
        Self::Support,
    ];

    /// Stems (one word, or two side by side) that ask for it, in a question as in a title.
    fn cues(self) -> &'static [&'static str] {
        match self {
            Self::Meaning => &[
                "what is",
                "what are",
                "what exact",
                "inform about",
                "inform on",
                "know about",
                "more about",
                "definit",
                "explain",
                "knowledg",
                "learn about",
            ],
            Self::Cause => &[
                "caus",
                "whi",
                "reason for",
                "due to",
                "lead to",
                "result from",
                "come from",
                "trigger",
                "aggrav",
                "origin",
                "becaus of",
                "bring on",
            ],
            Self::Symptom => &["symptom", "sign of", "sign and", "look like", "feel like", "signal"],
            Self::Diagnosis => &[
                "diagnos",
                "diagnosi",
                "diagnost",
                "test",
                "detect",
                "exam",
                "screen",
                "scan",
                "biopsi",
                "evalu",
                "tell if",
                "check for",
            ],
            Self::Treatment => &[
                "treat",
                "treatment",
                "therapi",
                "cure",
                "remedi",
                "reliev",
                "relief",
                "medic for",
                "manag",
                "get rid",
                "help with",
                "what to",
                "do for",
                "heal",
            ],
            Self::Prevention => &["prevent", "avoid", "protect", "reduc the", "lower the", "vaccin"],
            Self::Outlook => &[
                "outlook",
                "prognosi",
                "life expect",
                "surviv",
                "long term",
                "progress",
                "fatal",
                "death",
                "die",
                "success rate",
                "recov",
                "recoveri",
                "go away",
                "over time",
            ],
            Self::Complication => &[
                "complic",
                "lead to",
                "caus",
                "damag",
                "later",
                "effect of",
                "effect on",
                "result in",
                "come back",
            ],
            Self::Inheritance => &[
                "inherit",
                "genet",
                "hereditari",
                "gene",
                "carrier",
                "pass down",
                "run in",
                "matern",
                "patern",
            ],
            Self::Risk => &[
                "risk", "who get", "catch", "contagi", "spread", "transmit", "suscept", "get it", "like to",
                "chanc", "at risk",
            ],
            Self::Dose => &[
                "dosag",
                "dose",
                "how often",
                "how mani",
                "how much",
                "mg",
                "maximum",
                "take it",
                "be use",
                "should be",
                "when to",
                "evening",
                "even",
            ],
            Self::SideEffect => &["side effect", "advers", "reaction", "implic", "effect of"],
            Self::Caution => &[
                "precaut",
                "safe",
                "allerg",
                "contraind",
                "warn",
                "harm",
                "ok to",
                "okay to",
                "should not",
                "pregnant",
                "pregnanc",
                "breastfeed",
                "stop use",
                "stop take",
                "befor use",
            ],
            Self::Interaction => &["interact", "togeth", "mix", "combin", "same time", "with other"],
            Self::Storage => &["storag", "store", "refriger", "expir", "dispos", "temperatur", "shelf"],
            Self::Contents => &["ingredi", "compon", "contain", "made of", "how much", "steroid"],
            Self::Research => &["research", "clinic trial", "trial", "studi"],
            Self::Overdose => &["overdos", "too mani", "too much", "swallow", "poison"],
            Self::Support => &[
                "specialist",
                "what doctor",
                "support group",
                "organ",
                "where can",
                "where to",
                "laboratori",
                "clinic",
                "resourc",
                "group",
            ],
        }
    }
}

/// What a text asks, each intent once.
pub(super) fn intents(words: &[Word]) -> Vec<Intent> {
    let pairs: Vec<String> = words.windows(2).map(pair).collect();
    let asked = |cue: &str| match cue.contains(' ') {
        true => pairs.iter().any(|pair| pair == cue),
        false => words.iter().any(|word| word.stem == cue),
    };
    Intent::ALL.into_iter().filter(|intent| intent.cues().iter().any(|cue| asked(cue))).collect()
}

/// Whether a stem serves to ask rather than to name a topic.
pub(super) fn is_cue(stem: &str) -> bool {
    Intent::ALL.into_iter().any(|intent| intent.cues().contains(&stem))
}

fn pair(two: &[Word]) -> String {
    two.iter().map(|word| word.stem.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::analyse;

    #[test]
    fn reads_what_is_asked() {
        assert_eq!(intents(&analyse("Can I store it in the fridge?")), [Intent::Storage]);
        assert_eq!(intents(&analyse("treatments")), [Intent::Treatment]);
        assert!(intents(&analyse("my knee")).is_empty());
    }
}
