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
use crate::language::SetId;
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
    /// For each group, the words of which one must be there.
    pub telling: Vec<SetId>,
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

/// Phrases that cost no more are looked for everywhere.
const CHEAP: u64 = 800;

impl Rule {
    /// Chooses the groups that are looked for everywhere: the one that costs least and what costs little more. The
    /// rule is tried where all of those were found.
    pub(crate) fn plan(&mut self, cost: impl Fn(&[usize]) -> u64) {
        let costs: Vec<u64> = self.groups.iter().map(|group| cost(group)).collect();
        let least = costs.iter().min().copied().unwrap_or_default();
        self.everywhere = costs.iter().map(|cost| *cost <= least.saturating_mul(2).max(CHEAP)).collect();
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

    /// Whether all groups that are looked for everywhere, or some of `at_least`, are among these finds.
    fn can_match(&self, found: &[(Use, Span)]) -> bool {
        let has = |role| !in_role(found, role).is_empty();
        let mut groups = (0..).zip(&self.everywhere).filter(|(_, everywhere)| **everywhere);
        has(Role::Counted) || (!self.groups.is_empty() && groups.all(|(number, _)| has(Role::Group(number))))
    }

    /// Whether it looks at the text itself, not only at its words.
    pub(crate) fn is_raw(&self) -> bool {
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
        let mut found: Vec<(Use, Span)> = Vec::with_capacity(2 * self.found.spans.len());
        found.extend(self.uses().filter(|(found, _)| asked(wide(found.rule))));
        // Stable: the places of one phrase stay in the order of the text.
        found.sort_by_key(|(found, _)| *found);
        let mut hits = Vec::new();
        for found in found.chunk_by(|(a, _), (b, _)| a.rule == b.rule) {
            let Some((first, _)) = found.first() else { continue };
            let number = wide(first.rule);
            if let Some(rule) = rules.get(number).filter(|rule| rule.can_match(found)) {
                hits.extend(self.hits(number, rule, found)?);
            }
        }
        for number in self.engine.raw_rules.iter().filter(|number| asked(**number)) {
            if let Some(rule) = rules.get(*number) {
                hits.extend(self.raw_hits(*number, rule)?);
            }
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
        let hits = spans.into_iter().filter_map(|span| Some((Some(span.sentence), self.hit(number, span)?)));
        self.unbarred(rule, hits.collect())
    }

    fn raw_hits(&self, number: usize, rule: &Rule) -> Result<Vec<RuleHit>, OverBudget> {
        let mut hits = Vec::new();
        for (start, end) in self.raw(rule)? {
            let sentence = self.sentence_at(start);
            let (start, end) = self.plain.original(start, end);
            hits.push((sentence, RuleHit { start, end, rule: number, folding: None }));
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

    /// The hits in sentences in which no `unless` stands; none if an `unless_post` stands anywhere.
    fn unbarred(&self, rule: &Rule, hits: Vec<(Option<usize>, RuleHit)>) -> Result<Vec<RuleHit>, OverBudget> {
        if hits.is_empty() || self.barred_everywhere(rule)? {
            return Ok(Vec::new());
        }
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
