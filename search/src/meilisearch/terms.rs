//! A reader's words as questions that Meilisearch understands.
//!
//! Nothing but folded words (letters and digits) and our own quotation marks and minus signs is put into a question, so
//! no text of a reader can mean anything to Meilisearch but its words.

use std::ops::Range;

use super::Inner;
use super::ask::Scope;
use super::counts::{Snapshot, everything};
use crate::alike::{ALIKE, Alike};
use crate::engine::SearchError;
use crate::parse::Parsed;
use crate::rank::Statistics;
use crate::text::Word;

/// Of more words the rarest are looked for. Meilisearch reads ten, quotations among them, and every choice of enough words
/// is a question of its own: fifteen of six, twenty-eight of eight.
const MOST_WORDS: usize = 6;
/// A document with all words stands before one that lacks the least of them.
const INCOMPLETE: f32 = 0.9;
/// So often a query is read anew, each time with another name of something in place of what was typed.
const MOST_READINGS: usize = 4;
/// Questions with other names in them: each costs time, and of many words every choice is a question of its own.
const MOST_NAMED: usize = 8;

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
    /// Its place among the typed words.
    at: usize,
    /// How many of the typed words it stands for.
    covers: usize,
    /// What is looked for in their place.
    name: Option<&'static str>,
}

/// Another name of what some words say.
#[derive(Clone, Debug)]
pub(super) struct OtherName {
    /// Stems with blanks between them.
    pub name: &'static str,
    /// Places of those words.
    at: Range<usize>,
    documents: u64,
}

impl OtherName {
    fn all(alike: &Alike) -> Vec<Self> {
        let name = |name: &&'static str| Self { name, at: alike.at.clone(), documents: 0 };
        alike.names.iter().map(name).collect()
    }
}

/// What a query looks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    pub words: Vec<Term>,
    pub names: Vec<OtherName>,
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
        Self { word, reading: Reading::Exact, weight, documents: 0, at: 0, covers: 1, name: None }
    }

    fn text(&self) -> String {
        if let Some(name) = self.name {
            return format!("\"{name}\"");
        }
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
    pub(super) async fn terms(&self, parsed: &Parsed) -> Result<Terms, SearchError> {
        let last = parsed.words.len().saturating_sub(1);
        let begins = |at: usize| parsed.unfinished && at == last;
        let both = |word: &Word| [(Scope::Stems, word.stem.clone()), (Scope::Words, word.text.clone())];
        let mut names: Vec<OtherName> = parsed.alike.iter().flat_map(OtherName::all).collect();
        let names_too = names.iter().map(|name| (Scope::Stems, name.name.to_owned()));
        let counted = parsed.words.iter().flat_map(both).chain(names_too).chain([everything()]);
        let tally = self.count(counted.collect::<Vec<_>>()).await?;
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
            let weight = snapshot.idf(&word.stem);
            Term { word: word.clone(), reading, weight, documents, at, covers: 1, name: None }
        });
        for name in &mut names {
            name.documents = snapshot.containing(name.name);
        }
        names.retain(|name| name.documents > 0);
        names.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.name.cmp(b.name)));
        Ok(Terms { words: rarest(each.collect()), names })
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
pub(super) fn expected(terms: &Terms, enough: usize) -> u64 {
    let all = |term: &Term| {
        let named = terms.names.iter().filter(|name| name.at.contains(&term.at)).map(|name| name.documents);
        named.fold(term.documents, u64::saturating_add)
    };
    let mut documents: Vec<u64> = terms.words.iter().map(all).collect();
    documents.sort_unstable();
    let rarest = (documents.len() + 1).saturating_sub(enough);
    documents.into_iter().take(rarest).fold(0, u64::saturating_add)
}

/// Questions that together find every document with so many of the words, all quotations and nothing excluded. What is found
/// by another name counts less; of very many names only some are asked for.
pub(super) fn plan(terms: &Terms, parsed: &Parsed, enough: usize) -> Plan {
    let always = always(parsed);
    let whole: f32 = terms.words.iter().map(|term| term.weight).sum();
    let mut plan = Plan::new();
    let mut typed = None;
    for Read { terms: reading, replaced } in readings(terms) {
        let otherwise = if replaced > 0 { ALIKE } else { 1.0 };
        if replaced > 0 {
            typed.get_or_insert(plan.len());
        }
        let complete = std::iter::once(reading.iter().collect::<Vec<_>>());
        for some in complete.chain(subsets(&reading, enough)) {
            // The same question stands in the plan for an earlier reading.
            if replaced > 0 && some.iter().all(|term| term.name.is_none()) {
                continue;
            }
            let said: f32 = some.iter().map(|term| term.weight).sum();
            let share = if whole > 0.0 { said / whole } else { 1.0 };
            let all = some.len() == reading.len();
            let weight = if all { 1.0 } else { INCOMPLETE * share.max(0.01) };
            let text = question(&always, some.into_iter());
            if plan.iter().all(|(known, _)| *known != text) {
                plan.push((text, otherwise * weight));
            }
        }
    }
    plan.truncate(typed.unwrap_or(plan.len()) + MOST_NAMED);
    plan
}

/// A query as it was typed, or with other names in it.
struct Read {
    terms: Vec<Term>,
    replaced: usize,
}

/// The query as it stands, then with one other name, then with two.
fn readings(terms: &Terms) -> Vec<Read> {
    let mut readings = vec![Read { terms: terms.words.clone(), replaced: 0 }];
    let mut next = 0;
    while let Some(reading) = readings.get(next) {
        let others = terms.names.iter().filter_map(|name| reading.with(name)).collect::<Vec<_>>();
        readings.extend(others);
        readings.truncate(MOST_READINGS);
        next += 1;
    }
    readings
}

impl Read {
    /// The same with a name in place of the words that it stands for, unless some are replaced already.
    fn with(&self, name: &OtherName) -> Option<Self> {
        let (said, mut terms): (Vec<Term>, Vec<Term>) =
            self.terms.iter().cloned().partition(|term| term.name.is_none() && name.at.contains(&term.at));
        let first = said.first()?;
        // Only forwards, so that no two readings differ in their order alone.
        if terms.iter().any(|term| term.name.is_some() && term.at >= first.at) {
            return None;
        }
        let named = Term {
            reading: Reading::Exact,
            weight: said.iter().map(|term| term.weight).sum(),
            documents: name.documents,
            covers: said.len(),
            name: Some(name.name),
            ..first.clone()
        };
        // An unfinished word stays the last one.
        let place = terms.iter().take_while(|term| term.at < named.at).count();
        terms.insert(place, named);
        Some(Self { terms, replaced: self.replaced + 1 })
    }
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

/// Every choice of terms that stand for so many words.
fn subsets(terms: &[Term], many: usize) -> Vec<Vec<&Term>> {
    match terms.split_first() {
        _ if many == 0 => vec![Vec::new()],
        None => Vec::new(),
        Some((first, rest)) => {
            let mut with = subsets(rest, many.saturating_sub(first.covers));
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
            at,
            covers: 1,
            name: None,
        };
        let words = parsed.words.iter().enumerate().map(term).collect();
        let names = parsed.alike.iter().flat_map(OtherName::all);
        let terms = Terms { words, names: names.take(2).collect() };
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
    fn another_name_stands_for_all_of_its_words() {
        assert_eq!(
            planned("atrial fibrillation diet", 2),
            [
                "\"atrial\" \"fibril\" diet",
                "\"atrial\" \"fibril\" ",
                "\"atrial\" diet",
                "\"fibril\" diet",
                "\"af\" diet",
                "\"af\" ",
                "\"afib\" diet",
                "\"afib\" ",
            ]
        );
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
