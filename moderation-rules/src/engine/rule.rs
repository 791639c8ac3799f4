//! Puts the phrases that were found together as one rule asks.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use regex::Regex;

use super::code::{Role, Use};
use super::find::{Found, Span, stands};
use super::groups::in_role;
use super::sieve::Sifted;
use super::{Engine, RuleHit};
use crate::budget::{Meter, OverBudget};
use crate::fold::{Folded, Folding, Plain, Signs, Token, signs};
use crate::narrow::wide;
use crate::pack::{Context, Examples, Scope};
use crate::personal::Check;

/// A rule, compiled. Phrases are named by their numbers.
#[derive(Debug)]
pub(crate) struct Rule {
    pub context: Context,
    pub scope: Scope,
    /// `any` and each group of `all`: every group must have a match.
    pub groups: Vec<Vec<usize>>,
    /// The group that the rule is tried by.
    pub trigger: usize,
    pub at_least: Option<(usize, Vec<usize>)>,
    pub unless: Vec<usize>,
    pub unless_post: Vec<usize>,
    pub regexes: Vec<Expression>,
    pub checks: Vec<Check>,
    pub examples: Examples,
}

/// A regular expression of a rule.
#[derive(Debug)]
pub(crate) struct Expression {
    /// Its number in the sieve.
    pub number: usize,
    pub regex: Regex,
    /// It cannot tell one typographic sign from another.
    pub blind: bool,
}

impl Rule {
    /// Lets the rule be tried by the group that costs least.
    pub(crate) fn choose_trigger(&mut self, cost: impl Fn(&[usize]) -> u64) {
        let costs = self.groups.iter().map(|group| cost(group)).enumerate();
        self.trigger = costs.min_by_key(|(_, cost)| *cost).map_or(0, |(number, _)| number);
    }

    /// The phrases that are looked for everywhere, with their roles and places.
    pub(crate) fn sought(&self) -> Vec<(Role, u32, usize)> {
        let trigger = self.groups.get(self.trigger).into_iter().flatten();
        let counted = self.at_least.iter().flat_map(|(_, phrases)| phrases);
        let trigger = (0..).zip(trigger).map(|(order, phrase)| (Role::Trigger, order, *phrase));
        trigger.chain((0..).zip(counted).map(|(order, phrase)| (Role::Counted, order, *phrase))).collect()
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
    /// The plain copy with its signs as single bytes, made where it is asked for.
    pub signs: OnceCell<Signs<'a>>,
    pub meter: &'a Meter,
}

impl Place<'_> {
    /// Runs the rules that are asked for and can match.
    pub(crate) fn run(&self, asked: impl Fn(usize) -> bool) -> Result<Vec<RuleHit>, OverBudget> {
        let rules = &self.engine.rules;
        let mut candidate: Vec<bool> = rules.iter().map(Rule::is_raw).collect();
        let mut found: Vec<(Use, Span)> = self.uses().filter(|(found, _)| asked(wide(found.rule))).collect();
        for (found, _) in &found {
            if let Some(candidate) = candidate.get_mut(wide(found.rule)) {
                *candidate = true;
            }
        }
        // Stable: the places of one phrase stay in the order of the text.
        found.sort_by_key(|(found, _)| *found);
        let mut hits = Vec::new();
        for (number, (rule, candidate)) in rules.iter().zip(candidate).enumerate() {
            if !candidate || !asked(number) {
                continue;
            }
            self.meter.step()?;
            let from = found.partition_point(|(found, _)| wide(found.rule) < number);
            let to = found.partition_point(|(found, _)| wide(found.rule) <= number);
            hits.extend(self.hits(number, rule, found.get(from..to).unwrap_or_default())?);
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

    fn hits(&self, number: usize, rule: &Rule, found: &[(Use, Span)]) -> Result<Vec<RuleHit>, OverBudget> {
        let mut spans = self.grouped(rule, in_role(found, Role::Trigger))?;
        if let Some((count, _)) = &rule.at_least {
            spans.extend(self.counted(rule, *count, in_role(found, Role::Counted))?);
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
        let phrase = self.engine.code.phrases.get(phrase);
        phrase.map_or(Ok(false), |phrase| stands(&self.found.words, phrase, sentence))
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
        let signs = || self.signs.get_or_init(|| signs(&self.plain.text));
        let placed = |(start, end): (usize, usize)| (signs().place(start), signs().place(end));
        for expression in &rule.regexes {
            if self.sifted.expressions.get(expression.number).copied().unwrap_or(true) {
                let regex = &expression.regex;
                if expression.blind {
                    let places = regex.find_iter(&signs().text).map(|m| placed((m.start(), m.end())));
                    found.extend(places);
                } else {
                    found.extend(regex.find_iter(&self.plain.text).map(|m| (m.start(), m.end())));
                }
                self.meter.look()?;
            }
        }
        for check in &rule.checks {
            if check.is_worth(self.sifted.hints) {
                found.extend(check.find(&signs().text, self.sifted.hints).into_iter().map(placed));
                self.meter.look()?;
            }
        }
        found.retain(|(start, end)| start < end);
        Ok(found)
    }

    fn sentence_at(&self, plain: usize) -> Option<usize> {
        let after = self.folded.tokens.partition_point(|t| t.plain.end <= plain);
        self.folded.tokens.get(after).map(|t| t.sentence)
    }
}
