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
    /// For each group, whether it is looked for everywhere; the one that costs least to look for always is.
    pub everywhere: Vec<bool>,
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

/// The bit for `at_least` among those for groups.
const COUNTED: u32 = 31;
const MOST_EVERYWHERE: usize = 31;
/// Phrases that cost no more are looked for everywhere.
const CHEAP: u64 = 600;

impl Rule {
    /// Chooses the groups that are looked for everywhere: the one that costs least and whatever costs little. The
    /// rule is tried where all of those were found.
    pub(crate) fn plan(&mut self, cost: impl Fn(&[usize]) -> u64) {
        let costs: Vec<u64> = self.groups.iter().take(MOST_EVERYWHERE).map(|group| cost(group)).collect();
        let least = costs.iter().min().copied().unwrap_or_default();
        self.everywhere = costs.iter().map(|cost| *cost <= least.max(CHEAP)).collect();
        self.everywhere.resize(self.groups.len(), false);
        self.trigger = costs.iter().position(|cost| *cost == least).unwrap_or_default();
    }

    /// The phrases that are looked for everywhere, with their roles and places.
    pub(crate) fn sought(&self) -> Vec<(Role, u32, usize)> {
        let groups = (0..).zip(&self.groups).zip(&self.everywhere).filter(|(_, everywhere)| **everywhere);
        let roles = groups.map(|((number, group), _)| (Role::Group(number), group));
        let counted = self.at_least.iter().map(|(_, phrases)| (Role::Counted, phrases));
        roles
            .chain(counted)
            .flat_map(|(role, group)| (0..).zip(group).map(move |(order, phrase)| (role, order, *phrase)))
            .collect()
    }

    /// Whether all groups that are looked for everywhere are among these.
    fn can_match(&self, seen: u32) -> bool {
        let groups = (0..COUNTED).zip(&self.everywhere).filter(|(_, everywhere)| **everywhere);
        let all = groups.fold(0, |all, (number, _)| all | 1 << number);
        (all != 0 && seen & all == all) || seen >> COUNTED == 1
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
        let mut found: Vec<(Use, Span)> = self.uses().filter(|(found, _)| asked(wide(found.rule))).collect();
        let mut seen = vec![0_u32; rules.len()];
        for (found, _) in &found {
            let bit = match found.role {
                Role::Group(number) => number.min(COUNTED),
                Role::Counted => COUNTED,
            };
            if let Some(seen) = seen.get_mut(wide(found.rule)) {
                *seen |= 1 << bit;
            }
        }
        let candidate = |rule: usize, seen: u32| {
            asked(rule)
                && rules.get(rule).is_some_and(|rule| rule.is_raw() || (seen != 0 && rule.can_match(seen)))
        };
        let candidates: Vec<bool> =
            seen.iter().enumerate().map(|(rule, seen)| candidate(rule, *seen)).collect();
        found.retain(|(found, _)| candidates.get(wide(found.rule)).copied().unwrap_or_default());
        // Stable: the places of one phrase stay in the order of the text.
        found.sort_by_key(|(found, _)| *found);
        let mut hits = Vec::new();
        for (number, (rule, _)) in
            rules.iter().zip(candidates).enumerate().filter(|(_, (_, candidate))| *candidate)
        {
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
        let mut spans = self.grouped(rule, found)?;
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
        let (start, end) = self.plain.original(first.plain().start, last.plain().end);
        let folding = tokens.iter().filter_map(|t| t.folding.or_else(|| self.unfolded(t))).max();
        Some(RuleHit { start, end, rule, folding })
    }

    /// Whether compatibility forms, marks or invisible characters had to be resolved in a word.
    fn unfolded(&self, token: &Token) -> Option<Folding> {
        let (start, end) = self.plain.original(token.plain().start, token.plain().end);
        let same = self.text.get(start..end) == self.plain.text.get(token.plain());
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
        let after = self.folded.tokens.partition_point(|t| t.plain().end <= plain);
        self.folded.tokens.get(after).map(|t| wide(t.sentence))
    }
}
