//! How words are used: denied or said, about whom, when, as a question, in quotes.

use super::find::Span;
use super::matcher::Words;
use crate::budget::OverBudget;
use crate::fold::Sentence;
use crate::language::Cue;
use crate::pack::{About, Context, Polarity, Tense};

/// A negator reaches so many words forward within its clause.
const NEGATION_REACH: usize = 4;
/// "No fever, chills, night sweats or swelling" reaches further.
const LIST_REACH: usize = 14;
/// If nobody is named before the words, somebody named so soon after them is meant.
const NAMED_AFTER: usize = 2;

/// Words at which there is anything to ask.
const NEGATION: u32 = Cue::any(&[Cue::NEGATOR, Cue::LIST_NEGATOR, Cue::TURN]);
const PERSONS: u32 = Cue::any(&[Cue::ME, Cue::READER, Cue::OTHER]);
const TIMES: u32 = Cue::any(&[Cue::PAST, Cue::PRESENT]);

pub(crate) struct Around<'a> {
    pub words: &'a Words<'a>,
}

impl Around<'_> {
    /// Whether a match is used as the rule asks.
    pub(crate) fn fits(&self, context: &Context, span: Span) -> Result<bool, OverBudget> {
        let sentence = self.words.folded.sentence(span.sentence);
        if context.quoted.is_some_and(|wanted| wanted != self.quoted(span)) {
            return Ok(false);
        }
        let polarity = match context.polarity {
            Polarity::Either => true,
            Polarity::Affirmed => !self.negated(span, sentence)?,
            Polarity::Negated => self.negated(span, sentence)?,
        };
        if !polarity || (!context.about.is_empty() && !context.about.contains(&self.about(span, sentence)?)) {
            return Ok(false);
        }
        if let Some(tense) = context.tense
            && tense != self.tense(sentence)?
        {
            return Ok(false);
        }
        match context.asked {
            Some(wanted) => Ok(wanted == self.asked(sentence)?),
            None => Ok(true),
        }
    }

    fn at(&self, cue: Cue, token: usize, end: usize) -> Result<Option<usize>, OverBudget> {
        self.words.cue_at(cue, token, end)
    }

    fn quoted(&self, span: Span) -> bool {
        self.words.folded.tokens.get(span.first).is_some_and(|t| t.quoted)
    }

    fn clause(&self, token: usize) -> u32 {
        self.words.folded.tokens.get(token).map_or(0, |t| t.clause)
    }

    fn negated(&self, span: Span, sentence: Sentence) -> Result<bool, OverBudget> {
        let mut token = span.first;
        let mut turned = false;
        while token > sentence.first {
            token -= 1;
            let distance = span.first - token;
            if distance > LIST_REACH {
                return Ok(false);
            }
            if self.words.cues(token) & NEGATION == 0 {
                continue;
            }
            if let Some(end) = self.at(Cue::LIST_NEGATOR, token, sentence.end)?
                && end <= span.first
                && !turned
            {
                return Ok(self.at(Cue::UNDO, end, sentence.end)?.is_none() || end == span.first);
            }
            let near = distance <= NEGATION_REACH && self.clause(token) == self.clause(span.first);
            if near
                && let Some(end) = self.at(Cue::NEGATOR, token, sentence.end)?
                && end <= span.first
                && !turned
            {
                return Ok(self.at(Cue::UNDO, end, sentence.end)?.is_none() || end == span.first);
            }
            turned |= self.at(Cue::TURN, token, sentence.end)?.is_some();
        }
        Ok(false)
    }

    fn about(&self, span: Span, sentence: Sentence) -> Result<About, OverBudget> {
        for token in span.first..span.end {
            if let Some(about) = self.named(token, sentence)? {
                return Ok(about);
            }
        }
        for token in (sentence.first..span.first).rev() {
            if let Some(about) = self.named(token, sentence)? {
                return Ok(about);
            }
        }
        for token in span.end..sentence.end.min(span.end + NAMED_AFTER) {
            if let Some(about) = self.named(token, sentence)? {
                return Ok(about);
            }
        }
        Ok(About::Unsaid)
    }

    fn named(&self, token: usize, sentence: Sentence) -> Result<Option<About>, OverBudget> {
        if self.words.cues(token) & PERSONS == 0 {
            return Ok(None);
        }
        if self.at(Cue::OTHER, token, sentence.end)?.is_some() {
            return Ok(Some(About::Other));
        }
        if self.at(Cue::ME, token, sentence.end)?.is_some() {
            // "My mother", "my best friend": somebody else, met from the front.
            let mine = self.at(Cue::MY, token, sentence.end)?.is_some();
            for next in [token + 1, token + 2] {
                if mine && self.at(Cue::OTHER, next, sentence.end)?.is_some() {
                    return Ok(Some(About::Other));
                }
            }
            return Ok(Some(About::Me));
        }
        Ok(self.at(Cue::READER, token, sentence.end)?.map(|_| About::Reader))
    }

    fn tense(&self, sentence: Sentence) -> Result<Tense, OverBudget> {
        let mut past = false;
        for token in sentence.first..sentence.end {
            if self.words.cues(token) & TIMES == 0 {
                continue;
            }
            if self.at(Cue::PRESENT, token, sentence.end)?.is_some() {
                return Ok(Tense::Now);
            }
            past |= self.at(Cue::PAST, token, sentence.end)?.is_some();
        }
        Ok(if past { Tense::Past } else { Tense::Now })
    }

    fn asked(&self, sentence: Sentence) -> Result<bool, OverBudget> {
        Ok(sentence.asked || self.at(Cue::OPENER, sentence.first, sentence.end)?.is_some())
    }
}
