//! Which phrases of a rule stand together as `any`, `all` and `at_least` ask.

use super::code::{Role, Use};
use super::context::Around;
use super::find::{Span, places};
use super::rule::{Place, Rule};
use crate::budget::OverBudget;
use crate::pack::Scope;

impl Place<'_> {
    /// Matches of `any` and of the groups of `all`, where every group has one within the scope.
    pub(super) fn grouped(&self, rule: &Rule, found: &[(Use, Span)]) -> Result<Vec<Span>, OverBudget> {
        // The groups that were looked for everywhere.
        let mut known: Vec<Option<Vec<Span>>> = vec![None; rule.groups.len()];
        for ((number, known), _) in (0..).zip(&mut known).zip(&rule.everywhere).filter(|(_, looked)| **looked)
        {
            let spans = self.fitting(rule, in_role(found, Role::Group(number)))?;
            if spans.is_empty() {
                return Ok(Vec::new());
            }
            *known = Some(spans);
        }
        let known = |group: usize| known.get(group).and_then(Option::as_deref);
        let anchors = match (known(0), known(rule.trigger)) {
            (Some(anchors), _) => anchors.to_vec(),
            (None, Some(trigger)) => self.anchors(rule, trigger)?,
            (None, None) => return Ok(Vec::new()),
        };
        if rule.groups.len() == 1 {
            return Ok(anchors);
        }
        let mut spans = Vec::new();
        // What stands near the anchors of one sentence.
        let mut near: Option<(usize, Vec<Span>)> = None;
        for anchor in anchors {
            if near.as_ref().is_none_or(|(sentence, _)| *sentence != anchor.sentence) {
                near = Some((anchor.sentence, self.near(rule, known, anchor.sentence)?));
            }
            if let Some((_, others)) =
                near.as_ref().filter(|(_, others)| others.len() + 1 == rule.groups.len())
            {
                spans.push(anchor);
                spans.extend(others);
            }
        }
        Ok(spans)
    }

    /// Matches of the first group so near to one of the group that the rule was tried by that both can belong
    /// together.
    fn anchors(&self, rule: &Rule, trigger: &[Span]) -> Result<Vec<Span>, OverBudget> {
        let mut sentences: Vec<usize> =
            trigger.iter().flat_map(|span| self.scope(rule.scope, span.sentence)).collect();
        sentences.sort_unstable();
        sentences.dedup();
        sentences.retain(|sentence| self.may_stand(rule, 0, *sentence));
        let mut anchors = Vec::new();
        for sentence in sentences {
            for phrase in rule.groups.first().into_iter().flatten() {
                self.fitting_places(rule, *phrase, sentence, &mut anchors)?;
            }
        }
        Ok(anchors)
    }

    /// For each group but the first, its first match near a sentence; fewer if a group has none.
    fn near<'k>(
        &self,
        rule: &Rule,
        known: impl Fn(usize) -> Option<&'k [Span]>,
        sentence: usize,
    ) -> Result<Vec<Span>, OverBudget> {
        let mut near = Vec::new();
        for (number, phrases) in rule.groups.iter().enumerate().skip(1) {
            let scope = self.scope(rule.scope, sentence);
            let first = match known(number) {
                Some(spans) => spans.iter().find(|span| scope.contains(&span.sentence)).copied(),
                None => self.first_of(rule, number, phrases, sentence)?,
            };
            match first {
                Some(first) => near.push(first),
                None => break,
            }
        }
        Ok(near)
    }

    fn first_of(
        &self,
        rule: &Rule,
        group: usize,
        phrases: &[usize],
        sentence: usize,
    ) -> Result<Option<Span>, OverBudget> {
        let mut sentences: Vec<usize> = self.scope(rule.scope, sentence).collect();
        sentences.retain(|near| self.may_stand(rule, group, *near));
        let mut spans = Vec::new();
        for phrase in phrases {
            for near in &sentences {
                self.fitting_places(rule, *phrase, *near, &mut spans)?;
                if let Some(first) = spans.first() {
                    return Ok(Some(*first));
                }
            }
        }
        Ok(None)
    }

    /// Whether any phrase of a group can stand in a sentence.
    fn may_stand(&self, rule: &Rule, group: usize, sentence: usize) -> bool {
        let words = &self.found.words;
        rule.telling.get(group).is_some_and(|set| words.has_any(*set, words.folded.sentence(sentence)))
    }

    /// The sentences that belong together with one.
    fn scope(&self, scope: Scope, sentence: usize) -> std::ops::Range<usize> {
        let all = self.folded.sentences.len();
        match scope {
            Scope::Sentence => sentence..sentence + 1,
            Scope::Nearby => sentence.saturating_sub(1)..(sentence + 2).min(all),
            Scope::Post => 0..all,
        }
    }

    fn fitting_places(
        &self,
        rule: &Rule,
        phrase: usize,
        sentence: usize,
        fitting: &mut Vec<Span>,
    ) -> Result<(), OverBudget> {
        let Some(phrase) = self.engine.code.phrases.get(phrase) else { return Ok(()) };
        let around = Around { words: &self.found.words };
        let mut spans = Vec::new();
        places(&self.found.words, phrase, sentence, |span| spans.push(span))?;
        for span in spans {
            if around.fits(&rule.context, span)? {
                fitting.push(span);
            }
        }
        Ok(())
    }

    /// Matches of `at_least`, if enough different phrases are there.
    pub(super) fn counted(
        &self,
        rule: &Rule,
        count: usize,
        found: &[(Use, Span)],
    ) -> Result<Vec<Span>, OverBudget> {
        let mut spans = Vec::new();
        let mut different = 0;
        for found in found.chunk_by(|(a, _), (b, _)| a == b) {
            let fit = self.fitting(rule, found)?;
            different += usize::from(!fit.is_empty());
            spans.extend(fit);
        }
        Ok(if different >= count { spans } else { Vec::new() })
    }

    fn fitting(&self, rule: &Rule, found: &[(Use, Span)]) -> Result<Vec<Span>, OverBudget> {
        let around = Around { words: &self.found.words };
        let mut spans = Vec::new();
        for (_, span) in found {
            self.meter.step()?;
            if around.fits(&rule.context, *span)? {
                spans.push(*span);
            }
        }
        Ok(spans)
    }
}

/// The part of a rule's finds that has a role.
pub(super) fn in_role(found: &[(Use, Span)], role: Role) -> &[(Use, Span)] {
    let from = found.partition_point(|(found, _)| found.role < role);
    let to = found.partition_point(|(found, _)| found.role <= role);
    found.get(from..to).unwrap_or_default()
}
