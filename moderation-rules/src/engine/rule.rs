//! Puts the phrases that were found together as one rule asks.

use std::collections::BTreeMap;

use regex::Regex;

use super::code::Use;
use super::context::Around;
use super::find::{self, Found, Span};
use super::sieve::Sifted;
use super::{Engine, RuleHit};
use crate::budget::{Meter, OverBudget};
use crate::fold::{Folded, Folding, Plain, Token};
use crate::narrow::{narrow, wide};
use crate::pack::{Context, Examples, Scope};
use crate::personal::Check;

/// A rule, compiled. Phrases are named by their numbers.
#[derive(Debug)]
pub(crate) struct Rule {
    pub context: Context,
    pub scope: Scope,
    /// `any` and each group of `all`: every group must have a match.
    pub groups: Vec<Vec<usize>>,
    pub at_least: Option<(usize, Vec<usize>)>,
    pub unless: Vec<usize>,
    pub unless_post: Vec<usize>,
    /// With their numbers in the sieve.
    pub regexes: Vec<(usize, Regex)>,
    pub checks: Vec<Check>,
    pub examples: Examples,
}

/// `at_least` counts as a group of its own, behind as many others as a rule may have.
const COUNTED: u32 = 31;
pub(crate) const MOST_GROUPS: usize = 31;

impl Rule {
    /// The groups of phrases that it looks for, with their numbers.
    pub(crate) fn sought(&self) -> impl Iterator<Item = (u32, &[usize])> {
        let counted = self.at_least.iter().map(|(_, phrases)| (COUNTED, phrases.as_slice()));
        (0..COUNTED).zip(self.groups.iter().map(Vec::as_slice)).chain(counted)
    }

    /// Whether it can match where phrases of these groups were found.
    fn can_match(&self, groups: u32) -> bool {
        let all = (1_u32 << self.groups.len().min(MOST_GROUPS)) - 1;
        groups >> COUNTED == 1 || (all != 0 && groups & all == all)
    }

    fn is_raw(&self) -> bool {
        !self.regexes.is_empty() || !self.checks.is_empty()
    }
}

/// One text with everything that was found in it.
pub(crate) struct Place<'a> {
    pub engine: &'a Engine,
    pub text: &'a str,
    pub plain: &'a Plain<'a>,
    pub folded: &'a Folded,
    pub found: &'a Found<'a>,
    pub sifted: &'a Sifted,
    pub meter: &'a Meter,
}

impl Place<'_> {
    /// Runs the rules that are asked for and can match.
    pub(crate) fn run(&self, asked: impl Fn(usize) -> bool) -> Result<Vec<RuleHit>, OverBudget> {
        let rules = &self.engine.rules;
        let mut groups = vec![0_u32; rules.len()];
        for found in self.uses() {
            if let Some(groups) = groups.get_mut(wide(found.0.rule)) {
                *groups |= 1 << found.0.group;
            }
        }
        let candidate: Vec<bool> = rules
            .iter()
            .zip(&groups)
            .enumerate()
            .map(|(number, (rule, groups))| (rule.can_match(*groups) || rule.is_raw()) && asked(number))
            .collect();
        let taken = |found: &(Use, Span)| candidate.get(wide(found.0.rule)).copied().unwrap_or_default();
        let mut uses: Vec<(Use, Span)> = self.uses().filter(taken).collect();
        // Stable: the places of one phrase stay in the order of the text.
        uses.sort_by_key(|(found, _)| *found);
        let mut hits = Vec::new();
        for (number, _) in candidate.iter().enumerate().filter(|(_, candidate)| **candidate) {
            let Some(rule) = rules.get(number) else { continue };
            self.meter.step()?;
            let from = uses.partition_point(|(found, _)| wide(found.rule) < number);
            let count = uses.get(from..).unwrap_or_default().partition_point(|(f, _)| wide(f.rule) == number);
            hits.extend(self.hits(number, rule, uses.get(from..from + count).unwrap_or_default())?);
        }
        Ok(hits)
    }

    /// For everything that was found, the rules that look for it.
    fn uses(&self) -> impl Iterator<Item = (Use, Span)> {
        let phrases = &self.engine.code.phrases;
        self.found.spans.iter().flat_map(|(phrase, span)| {
            let uses = phrases.get(wide(*phrase)).map_or(&[][..], |phrase| &phrase.uses);
            uses.iter().map(|found| (*found, *span))
        })
    }

    fn hits(&self, number: usize, rule: &Rule, uses: &[(Use, Span)]) -> Result<Vec<RuleHit>, OverBudget> {
        let mut spans = self.grouped(rule, uses)?;
        if let Some((count, _)) = &rule.at_least {
            spans.extend(self.counted(rule, *count, group(uses, COUNTED))?);
        }
        let mut hits: Vec<(Option<usize>, RuleHit)> = spans
            .into_iter()
            .filter_map(|span| self.hit(number, span).map(|hit| (Some(span.sentence), hit)))
            .collect();
        for (start, end) in self.raw(rule)? {
            let sentence = self.sentence_at(start);
            let (start, end) = self.plain.original(start, end);
            hits.push((sentence, RuleHit { start, end, rule: number, folding: None }));
        }
        if hits.is_empty() || self.barred_everywhere(rule)? {
            return Ok(Vec::new());
        }
        self.unbarred(rule, hits)
    }

    fn barred_everywhere(&self, rule: &Rule) -> Result<bool, OverBudget> {
        for phrase in &rule.unless_post {
            for sentence in 0..self.folded.sentences.len() {
                if self.stands(*phrase, sentence)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The hits in sentences in which no `unless` stands.
    fn unbarred(&self, rule: &Rule, hits: Vec<(Option<usize>, RuleHit)>) -> Result<Vec<RuleHit>, OverBudget> {
        let mut barred: BTreeMap<usize, bool> = BTreeMap::new();
        let mut free = Vec::new();
        for (sentence, hit) in hits {
            let Some(sentence) = sentence else {
                free.push(hit);
                continue;
            };
            let known = barred.get(&sentence).copied();
            let bar = match known {
                Some(bar) => bar,
                None => self.any_stands(&rule.unless, sentence)?,
            };
            barred.insert(sentence, bar);
            if !bar {
                free.push(hit);
            }
        }
        Ok(free)
    }

    fn any_stands(&self, phrases: &[usize], sentence: usize) -> Result<bool, OverBudget> {
        for phrase in phrases {
            if self.stands(*phrase, sentence)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn stands(&self, phrase: usize, sentence: usize) -> Result<bool, OverBudget> {
        find::stands(self.engine, &self.found.words, phrase, sentence)
    }

    /// Matches of `any` and of the groups of `all`, where every group has one within the scope.
    fn grouped(&self, rule: &Rule, uses: &[(Use, Span)]) -> Result<Vec<Span>, OverBudget> {
        let mut groups = Vec::new();
        for number in 0..narrow(rule.groups.len()) {
            let found = group(uses, number);
            if found.is_empty() {
                return Ok(Vec::new());
            }
            groups.push(found);
        }
        let mut fitting = Vec::new();
        for found in groups {
            let fit = self.fitting(rule, found)?;
            if fit.is_empty() {
                return Ok(Vec::new());
            }
            fitting.push(fit);
        }
        let Some((first, others)) = fitting.split_first() else { return Ok(Vec::new()) };
        let near = |a: usize, b: usize| match rule.scope {
            Scope::Sentence => a == b,
            Scope::Nearby => a.abs_diff(b) <= 1,
            Scope::Post => true,
        };
        let mut spans = Vec::new();
        for anchor in first {
            self.meter.step()?;
            let together = spans.len();
            spans.push(*anchor);
            for group in others {
                spans.extend(group.iter().find(|span| near(span.sentence, anchor.sentence)));
            }
            if spans.len() - together < fitting.len() {
                spans.truncate(together);
            }
        }
        Ok(spans)
    }

    /// Matches of `at_least`, if enough different phrases are there.
    fn counted(&self, rule: &Rule, count: usize, uses: &[(Use, Span)]) -> Result<Vec<Span>, OverBudget> {
        let mut spans = Vec::new();
        let mut different = 0;
        for found in uses.chunk_by(|(a, _), (b, _)| a == b) {
            let fit = self.fitting(rule, found)?;
            different += usize::from(!fit.is_empty());
            spans.extend(fit);
        }
        Ok(if different >= count { spans } else { Vec::new() })
    }

    fn fitting(&self, rule: &Rule, uses: &[(Use, Span)]) -> Result<Vec<Span>, OverBudget> {
        let around = Around { words: &self.found.words };
        let mut spans = Vec::new();
        for (_, span) in uses {
            self.meter.step()?;
            if around.fits(&rule.context, *span)? {
                spans.push(*span);
            }
        }
        Ok(spans)
    }

    fn hit(&self, rule: usize, span: Span) -> Option<RuleHit> {
        let tokens = self.folded.tokens.get(span.first..span.end)?;
        let (first, last) = (tokens.first()?, tokens.last()?);
        let (start, end) = self.plain.original(first.plain.start, last.plain.end);
        let folding = tokens.iter().filter_map(|t| t.folding.or_else(|| self.unfolded(t))).max();
        Some(RuleHit { start, end, rule, folding })
    }

    /// Whether compatibility forms, marks or invisible characters had to be resolved in a word.
    fn unfolded(&self, token: &Token) -> Option<Folding> {
        let (start, end) = self.plain.original(token.plain.start, token.plain.end);
        let same = self.text.get(start..end) == self.plain.text.get(token.plain.clone());
        (!same).then_some(Folding::Unicode)
    }

    /// What regular expressions and checks find in the plain copy.
    fn raw(&self, rule: &Rule) -> Result<Vec<(usize, usize)>, OverBudget> {
        let mut found = Vec::new();
        for (number, regex) in &rule.regexes {
            if self.sifted.expressions.get(*number).copied().unwrap_or(true) {
                found.extend(regex.find_iter(&self.plain.text).map(|m| (m.start(), m.end())));
                self.meter.look()?;
            }
        }
        for check in &rule.checks {
            found.extend(check.find(&self.plain.text, self.sifted.hints));
            self.meter.step()?;
        }
        found.retain(|(start, end)| start < end);
        Ok(found)
    }

    fn sentence_at(&self, plain: usize) -> Option<usize> {
        let after = self.folded.tokens.partition_point(|t| t.plain.end <= plain);
        self.folded.tokens.get(after).map(|t| t.sentence)
    }
}

/// The part of a rule's finds that belongs to one of its groups.
fn group(uses: &[(Use, Span)], number: u32) -> &[(Use, Span)] {
    let from = uses.partition_point(|(found, _)| found.group < number);
    let to = uses.partition_point(|(found, _)| found.group <= number);
    uses.get(from..to).unwrap_or_default()
}
