//! `/desk/items/{id}`: everything a moderator needs for one decision.

use askama::Template;

use super::desk_queue::{DeskTab, DeskTabs};
use crate::content::SanitizedHtml;
use crate::parts::{
    About, Author, BoardLink, Choice, Chrome, Diff, FormField, FormState, GuidanceOption, GuidancePicker,
    Icon, Marked, Moment, Severity, TextPart, sample_html,
};

/// Who works on an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    Free,
    Mine { until: Moment },
    By { name: String, until: Moment },
}

/// A rule that asked for a person.
#[derive(Debug, Clone)]
pub struct RuleHit {
    pub title: String,
    /// Why it exists, as its author wrote it.
    pub why: String,
    pub severity: Severity,
    pub category: String,
    /// Such as `medication/stop-tablets v3`.
    pub id: String,
}

/// A public post of the thread, for reading along.
#[derive(Debug, Clone)]
pub struct ContextPost {
    pub author: Author,
    pub when: Moment,
    pub html: SanitizedHtml,
}

/// The author so far.
#[derive(Debug, Clone)]
pub struct History {
    pub name: String,
    /// Such as `March 2026`.
    pub joined: String,
    /// Counts with what they count, such as `41` and `public posts`.
    pub counts: Vec<(u32, String)>,
}

/// An earlier version of the same post, and what changed after it.
#[derive(Debug, Clone)]
pub struct RevisionRow {
    pub when: Moment,
    /// Such as `public until 09:20` or `never public`.
    pub label: String,
    pub diff: Diff,
}

/// The decision. Posted to `/desk/items/{id}/decide`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecideField {
    ItemVersion,
    Revision,
    Choice,
    Find,
    Guidance,
    Relation,
    Note,
    Reason,
    Triage,
}

impl FormField for DecideField {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::ItemVersion, "item_version", "The version of this item"),
        (Self::Revision, "revision", "The version of the text"),
        (Self::Choice, "choice", "What happens with this text?"),
        (Self::Find, "q", "Find other guidance"),
        (Self::Guidance, "guidance", "Which guidance?"),
        (Self::Relation, "relation", "How does it relate to the post?"),
        (Self::Note, "note", "A word of your own on the card"),
        (Self::Reason, "reason", "What you write to the author"),
        (Self::Triage, "triage", "How urgent was it really?"),
    ];
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/desk_item.html")]
pub struct DeskItem {
    pub chrome: Chrome,
    pub tabs: DeskTabs,
    pub item: String,
    pub severity: Severity,
    /// Such as `Question`, `Reply` or `Edit of a public reply`.
    pub kind: String,
    /// Such as `due in 40 minutes`.
    pub clock: String,
    pub is_late: bool,
    pub since: Moment,
    /// The title with the matching words marked; replies have none.
    pub title: Option<Marked>,
    pub body: Marked,
    pub author: Author,
    pub about: About,
    /// First characters of the hash that the decision names.
    pub hash: String,
    pub rules: Vec<RuleHit>,
    /// The rules did not run to their end, so nothing is known about the text.
    pub check_failed: bool,
    pub board: BoardLink,
    pub thread_title: String,
    pub thread_url: String,
    pub context: Vec<ContextPost>,
    pub history: History,
    pub revisions: Vec<RevisionRow>,
    pub guidance: Vec<GuidanceOption>,
    /// The words that can be left out: personal data, a method or place of harm.
    pub left_out: Vec<String>,
    pub claim: Claim,
    /// For the claim and release buttons.
    pub csrf: String,
    /// Set where the viewer may decide: they hold the claim and it is not their own post.
    pub decide: Option<FormState<DecideField>>,
    /// Why the viewer may not decide.
    pub why_not: Option<String>,
    /// Where guidance is put under what is public of this post, where nothing is being decided here.
    pub attach_url: Option<String>,
}

impl DeskItem {
    fn choices(&self) -> Vec<Choice> {
        let mut choices = vec![Choice::new("publish", "Publish it").with_hint("Exactly this text.")];
        if self.offers_guidance() {
            choices.push(
                Choice::new("publish_with_guidance", "Publish it with guidance")
                    .with_hint("Choose the card below."),
            );
        }
        if !self.left_out.is_empty() {
            let words: Vec<String> = self.left_out.iter().map(|words| format!("“{words}”")).collect();
            let hint = format!(
                "Leaves out {}, and nothing else. A mark in brackets says so, and the author hears of it.",
                words.join(", ")
            );
            choices.push(Choice::new("publish_masked", "Publish it with this left out").with_hint(hint));
        }
        choices.push(
            Choice::new("ask_changes", "Ask for a change")
                .with_hint("The author changes it, and one of us reads it again."),
        );
        choices.push(
            Choice::new("refuse", "Do not publish")
                .with_hint("It goes back to the author as a draft, with your reason."),
        );
        choices
    }

    /// A search that found nothing must not take away the field that it was typed in.
    fn offers_guidance(&self) -> bool {
        let looked = |form: &FormState<DecideField>| !form.value(DecideField::Find).is_empty();
        !self.guidance.is_empty() || self.decide.as_ref().is_some_and(looked)
    }

    fn picker(&self, form: &FormState<DecideField>) -> GuidancePicker {
        let fields = [DecideField::Find, DecideField::Guidance, DecideField::Relation, DecideField::Note];
        let action = format!("/desk/items/{}/decide", self.item);
        GuidancePicker::new(form, fields, "No guidance", &self.guidance, action)
    }

    fn triage() -> Vec<Choice> {
        Severity::ALL.iter().rev().map(|severity| Choice::new(severity.value(), severity.label())).collect()
    }
}

impl DeskItem {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome::sample_moderator("/desk/items/0HITEM0000003"),
            tabs: DeskTabs::sample(DeskTab::Queue),
            item: "0HITEM0000003".to_owned(),
            severity: Severity::Amber,
            kind: "Edit of a public reply".to_owned(),
            clock: "due in 3 hours".to_owned(),
            is_late: false,
            since: Moment::new("2026-11-24T08:12:00Z", "18 minutes ago"),
            title: None,
            body: Marked {
                parts: vec![
                    TextPart::plain("I was dizzy every morning too.\n\nIn the end I "),
                    TextPart::marked(
                        "just left mine out for a week",
                        "Stop a prescribed medicine",
                        Severity::Amber,
                    ),
                    TextPart::plain(" and felt much better. Maybe try it."),
                ],
            },
            author: Author::member("longwayhome"),
            about: About::Me,
            hash: "3f9a61c2".to_owned(),
            rules: vec![RuleHit {
                title: "Stop a prescribed medicine".to_owned(),
                why: "Leaving out some medicines without advice can be dangerous. Readers may copy it."
                    .to_owned(),
                severity: Severity::Amber,
                category: "Medicines".to_owned(),
                id: "medication/stop-medicine v3".to_owned(),
            }],
            check_failed: false,
            board: BoardLink { slug: "heart".to_owned(), name: "Heart".to_owned() },
            thread_title: "Dizzy on the new tablets".to_owned(),
            thread_url: "/threads/0HDIZZYTABLET".to_owned(),
            context: vec![ContextPost {
                author: Author::member("Rowan"),
                when: Moment::new("2026-11-23T19:00:00Z", "yesterday at 19:00"),
                html: sample_html(
                    "They changed my tablets on Monday and the room turns when I get up. Anyone else?",
                ),
            }],
            history: History {
                name: "longwayhome".to_owned(),
                joined: "March 2026".to_owned(),
                counts: vec![
                    (41, "public posts".to_owned()),
                    (2, "held before".to_owned()),
                    (0, "not published".to_owned()),
                ],
            },
            revisions: vec![RevisionRow {
                when: Moment::new("2026-11-24T07:40:00Z", "today at 07:40"),
                label: "public now".to_owned(),
                diff: Diff::sample(),
            }],
            guidance: GuidanceOption::samples(),
            left_out: vec![],
            claim: Claim::Mine { until: Moment::new("2026-11-24T08:44:00Z", "08:44") },
            csrf: "sample-csrf".to_owned(),
            decide: Some(
                FormState::new("sample-csrf")
                    .with_nonce("sample-nonce")
                    .with(DecideField::ItemVersion, "4")
                    .with(DecideField::Revision, "0HREVISION004")
                    .with(DecideField::Triage, "amber"),
            ),
            why_not: None,
            attach_url: None,
        }
    }

    /// Held by a colleague.
    pub fn sample_claimed() -> Self {
        Self {
            severity: Severity::Crisis,
            title: Some(Marked { parts: vec![TextPart::plain("The nights are the worst")] }),
            claim: Claim::By {
                name: "Jonas".to_owned(),
                until: Moment::new("2026-11-24T08:45:00Z", "08:45"),
            },
            decide: None,
            why_not: Some("Jonas is working on this.".to_owned()),
            attach_url: Some("/posts/0HPOST0000002/guidance".to_owned()),
            check_failed: true,
            is_late: true,
            clock: "3 minutes late".to_owned(),
            ..Self::sample()
        }
    }

    /// With something that can be left out.
    pub fn sample_personal() -> Self {
        let number = "01632 960 123";
        Self {
            body: Marked {
                parts: vec![
                    TextPart::plain("Who walks with me on Sundays? Ring "),
                    TextPart::marked(number, "A telephone number", Severity::Amber),
                    TextPart::plain(" after six."),
                ],
            },
            left_out: vec![number.to_owned()],
            ..Self::sample()
        }
    }

    /// Free to be taken.
    pub fn sample_free() -> Self {
        Self { claim: Claim::Free, decide: None, ..Self::sample() }
    }
}
