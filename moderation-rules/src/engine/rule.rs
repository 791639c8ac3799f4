//! Puts the phrases that were found together as one rule asks.

use std::collections::{BTreeMap, BTreeSet};

use super::compile::Rule;
use super::context::Around;
use super::find::{self, Found, Span};
use super::sieve::Sifted;
use super::{Engine, RuleHit};
use crate::budget::{Meter, OverBudget};
use crate::fold::{Folded, Folding, Plain, Token};
use crate::pack::Scope;

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
    /// The rules that can match: those with a phrase that was found, and those that look at the raw text.
    pub(crate) fn candidates(&self) -> BTreeSet<usize> {
        let compiled = &self.engine.compiled;
        let named = self.found.spans.keys().filter_map(|phrase| compiled.rules_of.get(phrase)).flatten();
        named.chain(&compiled.raw_rules).copied().collect()
    }

    pub(crate) fn hits(&self, number: usize) -> Result<Vec<RuleHit>, OverBudget> {
        let Some(rule) = self.engine.compiled.rules.get(number) else { return Ok(Vec::new()) };
        let mut spans = self.grouped(rule)?;
        if let Some((count, phrases)) = &rule.at_least {
            spans.extend(self.counted(rule, *count, phrases)?);
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
    fn grouped(&self, rule: &Rule) -> Result<Vec<Span>, OverBudget> {
        let mut groups = Vec::new();
        for phrases in rule.groups.iter() {
            groups.push(self.fitting(rule, phrases)?);
        }
        let Some(first) = groups.first() else { return Ok(Vec::new()) };
        if groups.iter().any(Vec::is_empty) {
            return Ok(Vec::new());
        }
        let near = |a: usize, b: usize| match rule.scope {
            Scope::Sentence => a == b,
            Scope::Nearby => a.abs_diff(b) <= 1,
            Scope::Post => true,
        };
        let mut spans = Vec::new();
        for anchor in first {
            self.meter.step()?;
            let mut together = vec![*anchor];
            for group in groups.iter().skip(1) {
                together.extend(group.iter().find(|span| near(span.sentence, anchor.sentence)));
            }
            if together.len() == groups.len() {
                spans.extend(together);
            }
        }
        Ok(spans)
    }

    /// Matches of `at_least`, if enough different phrases are there.
    fn counted(&self, rule: &Rule, count: usize, phrases: &[usize]) -> Result<Vec<Span>, OverBudget> {
        let mut spans = Vec::new();
        let mut different = 0;
        for phrase in phrases {
            let found = self.fitting(rule, std::slice::from_ref(phrase))?;
            different += usize::from(!found.is_empty());
            spans.extend(found);
        }
        Ok(if different >= count { spans } else { Vec::new() })
    }

    fn fitting(&self, rule: &Rule, phrases: &[usize]) -> Result<Vec<Span>, OverBudget> {
        let around = Around { words: &self.found.words, cues: &self.engine.cues };
        let mut spans = Vec::new();
        for span in phrases.iter().flat_map(|phrase| self.found.of(*phrase)) {
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
