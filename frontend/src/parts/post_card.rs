//! A post in its thread, with everything that hangs on it.

use askama::Template;

use super::{About, FormField, FormState, GuidanceCard, Icon, Moment, OwnState, VerifiedMark, sample_html};
use crate::content::SanitizedHtml;

/// Who wrote it, as the community knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub name: String,
    /// Said behind the name for staff, such as `Moderator` or `Physiotherapist, HCPC PH000000`.
    pub role: Option<String>,
}

impl Author {
    pub fn member(name: impl Into<String>) -> Self {
        Self { name: name.into(), role: None }
    }

    /// The letter in the circle beside the post.
    pub fn initial(&self) -> String {
        self.name
            .chars()
            .find(|c| c.is_alphanumeric())
            .map(|c| c.to_uppercase().collect())
            .unwrap_or_default()
    }

    /// One of six soft colours, always the same for the same name.
    pub fn tint(&self) -> u32 {
        self.name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 6
    }
}

/// Set on the viewer's own posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPost {
    pub state: OwnState,
    /// The honest time, while it waits: `Usually read within two hours. Somebody is here until 22:00.`
    pub expected: Option<String>,
    pub can_edit: bool,
    pub can_withdraw: bool,
}

/// The form with which a clinician verifies a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerifyField {
    Passage,
    Revision,
}

impl FormField for VerifyField {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Passage, "passage", "The exact words that are true in general"),
        (Self::Revision, "revision", "The version you have read"),
    ];
}

/// Set where the viewer is staff.
#[derive(Debug, Clone)]
pub struct StaffTools {
    /// The item at the desk, where there is one.
    pub item: Option<String>,
    /// Whether the viewer may put guidance under it.
    pub attaches: bool,
    /// Set for clinicians, on posts that are public.
    pub verify: Option<FormState<VerifyField>>,
}

/// The post.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/post_card.html")]
pub struct PostCard {
    pub id: String,
    pub is_opening: bool,
    pub author: Author,
    pub about: About,
    pub posted: Moment,
    pub edited: Option<Moment>,
    /// Staff read it first, and it appeared after posts that people had already read.
    pub approved_later: Option<Moment>,
    pub html: SanitizedHtml,
    pub guidance: Vec<GuidanceCard>,
    pub verified: Vec<VerifiedMark>,
    pub own: Option<OwnPost>,
    pub staff: Option<StaffTools>,
}

impl PostCard {
    fn is_waiting(&self) -> bool {
        self.own.as_ref().is_some_and(|own| own.state != OwnState::Public)
    }

    pub fn sample() -> Self {
        Self {
            id: "0HPOST0000001".to_owned(),
            is_opening: true,
            author: Author::member("Rowan"),
            about: About::Me,
            posted: Moment::sample(),
            edited: None,
            approved_later: None,
            html: sample_html(
                "Six weeks after my new hip, my leg is still swollen every evening. It goes down at night. \
                 The nurse said *a few weeks*.\n\nIs anybody else still swollen? What helped?",
            ),
            guidance: vec![GuidanceCard::sample()],
            verified: vec![],
            own: None,
            staff: None,
        }
    }

    pub fn sample_reply() -> Self {
        Self {
            id: "0HPOST0000002".to_owned(),
            is_opening: false,
            author: Author::member("Teodora"),
            posted: Moment::new("2026-11-24T09:02:00Z", "today at 09:02"),
            edited: Some(Moment::new("2026-11-24T09:20:00Z", "today at 09:20")),
            html: sample_html(
                "Mine lasted nearly three months, and then one week it was simply gone. \
                 Short walks, a few times a day, help more than one long one.",
            ),
            guidance: vec![],
            verified: vec![VerifiedMark::sample()],
            ..Self::sample()
        }
    }

    pub fn sample_staff_reply() -> Self {
        Self {
            id: "0HPOST0000003".to_owned(),
            author: Author { name: "Imani".to_owned(), role: Some("Moderator".to_owned()) },
            approved_later: Some(Moment::new("2026-11-24T10:00:00Z", "today at 10:00")),
            html: sample_html(
                "Hello Rowan, I have added what our clinicians say about swelling under your question.",
            ),
            guidance: vec![GuidanceCard::sample_stopped()],
            verified: vec![],
            edited: None,
            ..Self::sample_reply()
        }
    }

    pub fn sample_own_waiting() -> Self {
        Self {
            id: "0HPOST0000004".to_owned(),
            author: Author::member("Rowan"),
            about: About::SomeoneICareFor,
            html: sample_html("My mother had hers done too. She was told to ring the ward on 01632 960 123."),
            verified: vec![],
            edited: None,
            own: Some(OwnPost {
                state: OwnState::Waiting,
                expected: Some(
                    "Most posts are read within two hours. Somebody is here until 22:00 today.".to_owned(),
                ),
                can_edit: true,
                can_withdraw: true,
            }),
            ..Self::sample_reply()
        }
    }
}

impl askama::filters::HtmlSafe for PostCard {}
