//! A text on its way in: rendered and read by the rules before any transaction, so that the act itself only decides where it goes.

use std::borrow::Cow;
use std::sync::Arc;

use aftercare_frontend::content::{self, RENDERER_VERSION, Rendered};
use moderation_rules::{Action, Hit, Need, RuleSet, Severity, Stage, Verdict};
use sha2::{Digest, Sha256};

use super::personal::{self, Masked};
use super::{About, PostId, PostState, ThreadId, Title};
use crate::accounts::{Member, MemberId};
use crate::platform::clock::UtcTime;
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;
use crate::platform::submissions::{self, SubmissionKey};
use crate::screening::{self, Cause, Screened, Screening};

/// A text with everything that is known about it before it is kept.
#[derive(Clone, Debug)]
pub struct Written {
    pub title: Option<Title>,
    pub source: String,
    pub rendered: Rendered,
    pub renderer: i32,
    pub hash: String,
    pub verdict: Verdict,
    /// What the author had left out of it.
    pub masked: Vec<Masked>,
    /// What rules in shadow matched.
    pub shadow: Vec<Hit>,
    pub(super) rules: Arc<RuleSet>,
}

impl Written {
    /// Renders and screens, wherever it may go: rules of every stage of care count. What cannot be rendered is refused by field; what the rules hold is not refused.
    pub fn new(screening: &Screening, title: Option<Title>, source: String) -> Result<Self, Refusal> {
        let rendered = content::render(&source)
            .map_err(|error| Refusal::field("body", error.code.as_str(), error.message))?;
        let hash = revision_hash(title.as_ref().map(Title::as_str), &source);
        let text = screening::screened_text(title.as_ref().map(Title::as_str), &rendered.text);
        let rules = screening.rules();
        let (verdict, shadow) = (screening.judge(&rules, &text), rules.evaluate_shadow(&text));
        Ok(Self {
            title,
            source,
            rendered,
            renderer: RENDERER_VERSION,
            hash,
            verdict,
            masked: Vec::new(),
            shadow,
            rules,
        })
    }

    /// The same in a board: rules for other stages of care than its own do not count there.
    pub fn at(&self, stage: Option<Stage>) -> Cow<'_, Self> {
        let (verdict, shadow) =
            (self.rules.at_stage(&self.verdict, stage), self.rules.hits_at(&self.shadow, stage));
        match verdict == self.verdict && shadow == self.shadow {
            true => Cow::Borrowed(self),
            false => Cow::Owned(Self { verdict, shadow, ..self.clone() }),
        }
    }

    /// What all rules said of it, for the record.
    pub fn screened(&self, at: UtcTime) -> Screened<'_> {
        Screened { verdict: &self.verdict, shadow: &self.shadow, at }
    }
}

/// SHA-256 over title and source, each with its length before it: what decisions, signatures and marks name.
pub fn revision_hash(title: Option<&str>, source: &str) -> String {
    let mut hash = Sha256::new();
    for part in [title.unwrap_or_default(), source] {
        hash.update(u64::try_from(part.len()).unwrap_or_default().to_be_bytes());
        hash.update(part.as_bytes());
    }
    hex::encode(hash.finalize())
}

/// What every posting form says beside its text.
#[derive(Clone, Debug)]
pub struct Posting {
    pub about: About,
    /// The author has been asked about a nudge and means it.
    pub confirmed: bool,
    /// What the rules take for personal data is to be left out.
    pub mask: bool,
    /// The author sits before a page that can ask about personal data. A program cannot; its text is held.
    pub by_page: bool,
    /// Form nonce or `Idempotency-Key`.
    pub key: Option<String>,
}

impl Posting {
    /// Reads `about` (by default `me`), `confirm`, `mask` and `nonce`.
    pub fn take(fields: &mut Fields) -> Self {
        let about = match fields.has("about") {
            true => fields.choice("about", About::parse),
            false => Some(About::Me),
        };
        let key = fields.optional_text("nonce").filter(|key| !key.is_empty());
        let (confirmed, mask) = (fields.flag("confirm"), fields.flag("mask"));
        Self { about: about.unwrap_or(About::Me), confirmed, mask, by_page: false, key }
    }

    /// The text as it is to be kept: rendered, screened, and without personal data where its author wants that.
    pub(super) fn write(
        &self,
        screening: &Screening,
        title: Option<Title>,
        source: String,
    ) -> Result<Written, Refusal> {
        let written = Written::new(screening, title, source)?;
        if self.mask { personal::mask(screening, written) } else { Ok(written) }
    }

    /// The same submission is the same text in the same place. A text that was not fit to be kept never comes so far as to have a key.
    pub(super) fn submission(
        &self,
        scope: &str,
        place: &str,
        written: &Result<Written, Refusal>,
    ) -> Result<Option<SubmissionKey>, Refusal> {
        let hash = written.as_ref().map_or("", |written| written.hash.as_str());
        SubmissionKey::new(self.key.as_deref(), scope, &[place, hash])
    }
}

/// Where a text went, and what its author may need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub thread: ThreadId,
    pub post: PostId,
    pub state: PostState,
    /// An edit of a public post waits; readers keep seeing the approved wording meanwhile.
    pub edit_waits: bool,
    pub needs: Vec<Need>,
    pub masked: Vec<Masked>,
}

/// Why a text has to wait for a person, if it has to.
pub(super) fn hold_cause(
    verdict: &Verdict,
    newcomer: bool,
    hold_newcomers: bool,
    has_links: bool,
) -> Option<(Cause, Severity)> {
    if verdict.is_failed_check() {
        return Some((Cause::CheckFailed, verdict.severity));
    }
    if screening::holds(verdict) {
        return Some((Cause::Rules, verdict.severity));
    }
    (newcomer && (hold_newcomers || has_links)).then_some((Cause::Newcomer, verdict.severity))
}

/// Asks an author once about what the rules would rather see changed. A rule that only tells what the author may need (green) asks nothing.
pub(super) fn ask_once(verdict: &Verdict, posting: &Posting) -> Result<(), Refusal> {
    let confirmed = posting.confirmed;
    if posting.by_page && !confirmed {
        personal::ask_once(verdict)?;
    }
    if verdict.action == Action::Nudge && verdict.severity > Severity::Green && !confirmed {
        return Err(Refusal::conflict(
            "confirm_first",
            "Before this goes up: it may say more about a person than you meant to, or sound harder than you meant it. \
             You can change it, or post it as it is.",
        ));
    }
    Ok(())
}

/// What the same submission got before. The needs are those of the text, which is the same.
pub(super) fn answered(
    tx: &mut Tx,
    member: &Member,
    key: Option<&SubmissionKey>,
    text: &Written,
) -> Result<Option<Outcome>, Refusal> {
    let Some(answer) = submissions::answered(tx, member.id(), key)? else { return Ok(None) };
    let post = PostId::parse(&answer).ok_or_else(|| Refusal::internal("a kept answer is no post id"))?;
    let post = super::store::post(tx, post)?.ok_or_else(Refusal::not_found)?;
    let stage = super::store::board_of_thread(tx, post.thread_id)?.and_then(|board| board.care());
    Ok(Some(Outcome {
        thread: post.thread_id,
        post: post.id,
        state: post.state,
        edit_waits: false,
        needs: text.at(stage).verdict.needs.clone(),
        masked: text.masked.clone(),
    }))
}

/// Keeps the answer for the same submission.
pub(super) fn remember(
    tx: &mut Tx,
    member: &Member,
    key: Option<&SubmissionKey>,
    outcome: &Outcome,
) -> Result<(), Refusal> {
    submissions::remember(tx, member.id(), key, &outcome.post.to_string())
}

/// Fewer than three posts so far have been public; staff are known.
pub(super) fn is_newcomer(tx: &mut Tx, member: &Member) -> Result<bool, Refusal> {
    Ok(!member.is_staff() && is_new(tx, member.id())?)
}

/// Fewer than three posts of this author so far have been public.
pub(super) fn is_new(tx: &mut Tx, author: MemberId) -> Result<bool, Refusal> {
    Ok(super::store::published_count(tx, author, 3)? < 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_tells_title_and_text_apart() {
        assert_ne!(revision_hash(Some("ab"), "c"), revision_hash(Some("a"), "bc"));
        assert_ne!(revision_hash(None, "abc"), revision_hash(Some("abc"), ""));
        assert_eq!(revision_hash(None, "abc"), revision_hash(None, "abc"));
    }

    #[test]
    fn a_failed_check_holds_whoever_wrote_it() {
        let cause = hold_cause(&Verdict::check_failed(), false, false, false);
        assert_eq!(cause, Some((Cause::CheckFailed, Severity::Red)));
        assert_eq!(hold_cause(&Verdict::allow(), false, true, true), None);
        assert_eq!(
            hold_cause(&Verdict::allow(), true, false, true),
            Some((Cause::Newcomer, Severity::Green))
        );
        assert_eq!(hold_cause(&Verdict::allow(), true, false, false), None);
    }
}
