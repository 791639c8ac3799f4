//! A reader's words as questions that Meilisearch understands.
//!
//! Nothing but folded words (letters and digits) and our own quotation marks and minus signs is put into a question, so
//! no text of a reader can mean anything to Meilisearch but its words.

use super::Inner;
use super::ask::Scope;
use super::counts::{Snapshot, everything};
use crate::engine::SearchError;
use crate::parse::Parsed;
use crate::rank::Statistics;
use crate::text::Word;

/// Of more words the rarest are looked for. Meilisearch reads ten, quotations among them, and every choice of enough words
/// is a question of its own: fifteen of six, twenty-eight of eight.
const MOST_WORDS: usize = 6;
/// A document with all words stands before one that lacks the least of them.
const INCOMPLETE: f32 = 0.9;

/// A word to look for.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub word: Word,
    /// How it may differ from what is written.
    pub reading: Reading,
    /// How much it says.
    weight: f32,
    /// Documents that have it, at a guess.
    documents: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Any form of the word.
    Exact,
    /// Words that it begins. If it is a known stem by itself, that stem.
    Beginning { known: bool },
    /// Words that it may be a misspelling of.
    Misspelt,
}

impl Term {
    /// Any form of a word that says so much.
    pub(super) fn exact(word: Word, weight: f32) -> Self {
        Self { word, reading: Reading::Exact, weight, documents: 0 }
    }

    fn text(&self) -> String {
        match self.reading {
            Reading::Exact => format!("\"{}\"", self.word.stem),
            Reading::Beginning { known: true } => self.word.stem.clone(),
            Reading::Beginning { known: false } | Reading::Misspelt => self.word.text.clone(),
        }
    }
}

/// Questions, each with the weight of what it finds; a document that one of them finds is found.
pub(super) type Plan = Vec<(String, f32)>;

impl Inner {
    /// Reads the words of a query beside what the index knows of them.
    pub(super) async fn terms(&self, parsed: &Parsed) -> Result<Vec<Term>, SearchError> {
        let last = parsed.words.len().saturating_sub(1);
        let begins = |at: usize| parsed.unfinished && at == last;
        let both = |word: &Word| [(Scope::Stems, word.stem.clone()), (Scope::Words, word.text.clone())];
        let tally =
            self.count(parsed.words.iter().flat_map(both).chain(std::iter::once(everything()))).await?;
        let whole = parsed.words.iter().enumerate().filter(|(at, _)| !begins(*at));
        let respelled = self.respelled(whole.map(|(_, word)| word.text.clone()), &tally).await?;
        let snapshot = Snapshot { tally, respelled };
        let each = parsed.words.iter().enumerate().map(|(at, word)| {
            let known = snapshot.containing(&word.stem) > 0;
            let reading = match begins(at) {
                true => Reading::Beginning { known },
                false if known && !snapshot.respelled.contains_key(&word.text) => Reading::Exact,
                false => Reading::Misspelt,
            };
            let documents = snapshot.containing(&word.stem);
            Term { word: word.clone(), reading, weight: snapshot.idf(&word.stem), documents }
        });
        Ok(rarest(each.collect()))
    }
}

/// As many terms as can be looked for, those that say most.
pub(super) fn rarest(mut terms: Vec<Term>) -> Vec<Term> {
    while terms.len() > MOST_WORDS {
        let least = terms.iter().enumerate().min_by(|(_, a), (_, b)| a.weight.total_cmp(&b.weight));
        let Some((at, _)) = least else { break };
        terms.remove(at);
    }
    terms
}

/// How many of so many words a document must have: both of two, then three quarters.
pub(super) fn enough_of(words: usize) -> usize {
    if words <= 2 { words } else { words * 3 / 4 }
}

/// About how many documents have enough of the words, at most: each of them has one of the rarest.
pub(super) fn expected(terms: &[Term], enough: usize) -> u64 {
    let mut documents: Vec<u64> = terms.iter().map(|term| term.documents).collect();
    documents.sort_unstable();
    let rarest = (terms.len() + 1).saturating_sub(enough);
    documents.into_iter().take(rarest).fold(0, u64::saturating_add)
}

/// Questions that together find every document with so many of the words, all quotations and nothing excluded.
pub(super) fn plan(terms: &[Term], parsed: &Parsed, enough: usize) -> Plan {
    let always = always(parsed);
    let whole: f32 = terms.iter().map(|term| term.weight).sum();
    let all = (question(&always, terms.iter()), 1.0);
    let some = subsets(terms, enough).into_iter().filter(|some| some.len() < terms.len());
    let some = some.map(|some| {
        let said: f32 = some.iter().map(|term| term.weight).sum();
        let share = if whole > 0.0 { said / whole } else { 1.0 };
        (question(&always, some.into_iter()), INCOMPLETE * share.max(0.01))
    });
    std::iter::once(all).chain(some).collect()
}

/// What every question has: the quotations, and what must not occur.
fn always(parsed: &Parsed) -> String {
    let stems = |words: &[Word]| words.iter().map(|word| word.stem.as_str()).collect::<Vec<_>>().join(" ");
    let quoted = parsed.phrases.iter().map(|phrase| match phrase.as_slice() {
        // One word in quotes is meant as it is written.
        [word] => format!("\"{}\" ", word.text),
        words => format!("\"{}\" ", stems(words)),
    });
    let excluded = parsed.excluded.iter().map(|words| format!("-\"{}\" ", stems(words)));
    quoted.chain(excluded).collect()
}

fn question<'a>(always: &str, terms: impl Iterator<Item = &'a Term>) -> String {
    let mut text = always.to_owned();
    for term in terms {
        text.push_str(&term.text());
        // A blank behind it says that a word is not the beginning of another; an unfinished one is always the last.
        if !matches!(term.reading, Reading::Beginning { .. }) {
            text.push(' ');
        }
    }
    text
}

/// Every choice of so many of the terms.
fn subsets(terms: &[Term], many: usize) -> Vec<Vec<&Term>> {
    match terms.split_first() {
        _ if many == 0 => vec![Vec::new()],
        None => Vec::new(),
        Some((first, rest)) => {
            let mut with = subsets(rest, many - 1);
            with.iter_mut().for_each(|some| some.insert(0, first));
            with.extend(subsets(rest, many));
            with
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    fn planned(text: &str, enough: usize) -> Vec<String> {
        let parsed = parse(text);
        let last = parsed.words.len() - 1;
        let term = |(at, word): (usize, &Word)| Term {
            word: word.clone(),
            reading: if parsed.unfinished && at == last {
                Reading::Beginning { known: false }
            } else {
                Reading::Exact
            },
            weight: 1.0,
            documents: 0,
        };
        let terms: Vec<Term> = parsed.words.iter().enumerate().map(term).collect();
        plan(&terms, &parsed, enough).into_iter().map(|(question, _)| question).collect()
    }

    #[test]
    fn every_choice_of_enough_words_is_a_question() {
        assert_eq!(
            planned("sore knees brace", 2),
            ["\"sore\" \"knee\" brace", "\"sore\" \"knee\" ", "\"sore\" brace", "\"knee\" brace"]
        );
        assert_eq!(planned("sore knees ", 2), ["\"sore\" \"knee\" "]);
    }

    #[test]
    fn quotations_and_exclusions_stand_in_every_question() {
        assert_eq!(planned("brace \"night pains\" -surgery", 1), ["\"night pain\" -\"surgeri\" \"brace\" "]);
    }

    proptest::proptest! {
        #[test]
        fn questions_are_words_and_our_own_signs(text in "[a-c\"\\\\=*:() -]{0,40}|\\PC{0,40}") {
            let parsed = parse(&text);
            for sign in always(&parsed).chars() {
                assert!(sign.is_alphanumeric() || matches!(sign, '"' | '-' | ' ') || !sign.is_ascii());
            }
        }
    }
}
