//! Puts the phrases that were found together as one rule asks.

use std::collections::BTreeSet;

use super::compile::Rule;
use super::context::Around;
use super::find::{Found, Span};
use super::{Engine, RuleHit};
use crate::budget::{Meter, OverBudget};
use crate::fold::{Folded, Plain};
use crate::pack::Scope;

/// One text with everything that was found in it.
pub(crate) struct Place<'a> {
    pub engine: &'a Engine,
    pub plain: &'a Plain<'a>,
    pub folded: &'a Folded,
    pub found: &'a Found<'a>,
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
        if rule.unless_post.iter().any(|phrase| !self.found.of(*phrase).is_empty()) {
            return Ok(Vec::new());
        }
        let mut spans = self.grouped(rule)?;
        if let Some((count, phrases)) = &rule.at_least {
            spans.extend(self.counted(rule, *count, phrases)?);
        }
        let barred: BTreeSet<usize> =
            rule.unless.iter().flat_map(|phrase| self.found.of(*phrase)).map(|span| span.sentence).collect();
        spans.retain(|span| !barred.contains(&span.sentence));
        let mut hits: Vec<RuleHit> = spans.into_iter().filter_map(|span| self.hit(number, span)).collect();
        for (start, end) in self.raw(rule)? {
            if !self.sentence_at(start).is_some_and(|sentence| barred.contains(&sentence)) {
                let (start, end) = self.plain.original(start, end);
                hits.push(RuleHit { start, end, rule: number, folding: None });
            }
        }
        Ok(hits)
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
        let folding = tokens.iter().filter_map(|t| t.folding).max();
        Some(RuleHit { start: first.start, end: last.end.max(first.end), rule, folding })
    }

    /// What regular expressions and checks find in the plain copy.
    fn raw(&self, rule: &Rule) -> Result<Vec<(usize, usize)>, OverBudget> {
        let mut found = Vec::new();
        for regex in &rule.regexes {
            found.extend(regex.find_iter(&self.plain.text).map(|m| (m.start(), m.end())));
            self.meter.look()?;
        }
        for check in &rule.checks {
            found.extend(check.find(&self.plain.text));
            self.meter.look()?;
        }
        found.retain(|(start, end)| start < end);
        Ok(found)
    }

    fn sentence_at(&self, plain: usize) -> Option<usize> {
        let after = self.folded.tokens.partition_point(|t| t.plain.end <= plain);
        self.folded.tokens.get(after).map(|t| t.sentence)
    }
}
