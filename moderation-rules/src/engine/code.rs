//! What phrases become once all words are known: programs, the sets they ask about, and an index to try each where
//! its rarest word stands.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::index::{Entry, Index, Wanted};
use super::present::{NeedBook, NeedId, Needs};
use super::rule::Rule;
use crate::language::{
    CueBook, CueNodes, Key, Lexicon, Look, Pattern, Pc, Programs, SetId, Sets, Vocabulary, WordSet, weights,
};
use crate::narrow::narrow;
use crate::pack::RuleState;

#[derive(Debug)]
pub(crate) struct Code {
    pub lexicon: Lexicon,
    pub sets: Sets,
    pub programs: Programs,
    pub cues: CueBook,
    pub phrases: Vec<Phrase>,
    pub index: Index,
    pub needs: Needs,
}

/// A phrase, compiled: one program or several whose matches stand close together.
#[derive(Debug)]
pub(crate) struct Phrase {
    pub parts: Vec<Part>,
    /// At most so many words between neighbouring parts.
    pub apart: usize,
    /// The rules that are tried because of it.
    pub uses: Vec<Use>,
}

/// A part of a phrase. Most places are passed over because of what their words look like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub pc: Pc,
    /// The words of which one must be there.
    pub key: SetId,
    /// The words that can stand first and second, and what they look like.
    pub first: (Look, SetId),
    pub second: (Look, SetId),
}

/// A rule that looks for a phrase, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Use {
    pub rule: u32,
    pub role: Role,
    /// Its place among the phrases that the rule looks for.
    pub order: u32,
}

/// What finding a phrase does for a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// It is one of the group with this number.
    Group(u32),
    /// It is one of `at_least`.
    Counted,
}

impl Code {
    /// Writes the programs of all phrases and plans which groups of each rule are looked for everywhere. The others,
    /// and what bars a match, are looked for where those were found.
    pub(crate) fn write(
        vocabulary: &Vocabulary,
        cues: &CueNodes,
        patterns: Vec<Pattern>,
        rules: &mut [Rule],
        states: &[RuleState],
    ) -> Self {
        let lexicon = Lexicon::of(vocabulary);
        let mut sets = Sets::new(&lexicon, vocabulary.len());
        let mut programs = Programs::default();
        let cues = CueBook::of(cues, &lexicon, &mut programs, &mut sets);
        let weights = weights(vocabulary);
        let keys: Vec<Vec<Key>> = patterns
            .iter()
            .map(|pattern| pattern.parts.iter().map(|part| Key::of(part, &weights)).collect())
            .collect();
        let mut phrases: Vec<Phrase> = Vec::new();
        for (pattern, keys) in patterns.iter().zip(&keys) {
            let mut part = |(sequence, key): (_, &Key)| Part {
                pc: programs.write(sequence, &mut sets),
                key: sets.number(&key.words),
                first: (sets.look(key.first.as_ref()), sets.number_or_any(key.first.as_ref())),
                second: (sets.look(key.second.as_ref()), sets.number_or_any(key.second.as_ref())),
            };
            let parts = pattern.parts.iter().map(Vec::as_slice).zip(keys).map(&mut part).collect();
            phrases.push(Phrase { parts, apart: pattern.apart, uses: Vec::new() });
        }
        let mut wanted = vec![Wanted::default(); phrases.len()];
        for ((number, rule), state) in (0..).zip(rules).zip(states) {
            let cost = |phrase: &usize| {
                keys.get(*phrase).and_then(|keys| cheapest(keys)).map_or(0, |(_, key)| key.cost)
            };
            rule.plan(|phrases| phrases.iter().map(cost).sum());
            rule.telling = rule.groups.iter().map(|group| sets.number(&telling(group, &keys))).collect();
            for (role, order, phrase) in rule.sought() {
                if let (Some(phrase), Some(wanted)) = (phrases.get_mut(phrase), wanted.get_mut(phrase)) {
                    phrase.uses.push(Use { rule: number, role, order });
                    wanted.add(Wanted::of(*state));
                }
            }
        }
        let used = phrases.iter().zip(&keys).filter(|(phrase, _)| !phrase.uses.is_empty());
        let spares = spares(used.map(|(_, keys)| keys.as_slice()));
        let mut sought = Vec::new();
        for (number, (phrase, wanted)) in
            phrases.iter().zip(wanted).enumerate().filter(|(_, (p, _))| !p.uses.is_empty())
        {
            let keys = keys.get(number).map_or(&[][..], Vec::as_slice);
            let Some((place, key)) = cheapest(keys) else { continue };
            let Some(part) = phrase.parts.get(place) else { continue };
            let entry = Entry {
                phrase: narrow(number),
                whole: phrase.parts.len() == 1,
                part: *part,
                least: u16::try_from(key.least).unwrap_or(0),
                most: u16::try_from(key.most).unwrap_or(u16::MAX),
                wanted,
            };
            sought.push((&key.words, others(keys, key, &spares), entry));
        }
        let mut book = NeedBook::default();
        number_needs(&mut book, sought.iter().flat_map(|(_, others, _)| others.iter().flatten()), &sets);
        let number =
            |words: Option<&(u64, WordSet)>| words.map_or(NeedId::NOTHING, |(_, words)| book.of(words));
        let sought =
            sought.into_iter().map(|(key, others, entry)| (key, others.map(number), entry)).collect();
        let index = Index::new(sought, &lexicon, &sets);
        let needs = book.finish(&lexicon);
        Self { lexicon, sets, programs, cues, phrases, index, needs }
    }
}

/// What a set of words spares by being asked for: the cost of looking for all phrases that need it.
type Spares<'k> = BTreeMap<&'k WordSet, u64>;

fn spares<'k>(phrases: impl Iterator<Item = &'k [Key]>) -> Spares<'k> {
    let mut spares = Spares::new();
    for keys in phrases {
        let Some((_, key)) = cheapest(keys) else { continue };
        for (_, words) in keys.iter().flat_map(|key| &key.needs).filter(|(_, words)| *words != key.words) {
            let spared = spares.entry(words).or_default();
            *spared = key.cost.saturating_add(*spared);
        }
    }
    spares
}

/// The three rarest sets of words that a phrase needs beside those of its key, of those that spare more than noting them costs.
fn others<'k>(keys: &'k [Key], key: &Key, spares: &Spares<'_>) -> [Option<&'k (u64, WordSet)>; 3] {
    let spared = |words: &WordSet| spares.get(words).copied().unwrap_or_default();
    let mut needs: Vec<&(u64, WordSet)> = keys.iter().flat_map(|key| &key.needs).collect();
    needs.retain(|(weight, words)| *words != key.words && *weight <= spared(words));
    needs.sort_by_key(|(weight, _)| *weight);
    let mut needs = needs.into_iter();
    [needs.next(), needs.next(), needs.next()]
}

/// The commonest first: what a common word meets then stands close together.
fn number_needs<'k>(book: &mut NeedBook, needs: impl Iterator<Item = &'k &'k (u64, WordSet)>, sets: &Sets) {
    let mut needs: Vec<&(u64, WordSet)> = needs.copied().collect();
    needs.sort_by_key(|(weight, _)| Reverse(*weight));
    needs.iter().for_each(|(_, words)| book.number(words, sets));
}

/// The words of which one must be there for any of a group of phrases.
fn telling(group: &[usize], keys: &[Vec<Key>]) -> WordSet {
    let keys = group.iter().filter_map(|phrase| cheapest(keys.get(*phrase)?));
    WordSet::of(keys.flat_map(|(_, key)| key.words.iter()).collect())
}

/// The part of a phrase by which it is best looked for.
fn cheapest(keys: &[Key]) -> Option<(usize, &Key)> {
    keys.iter().enumerate().min_by_key(|(_, key)| key.cost)
}
