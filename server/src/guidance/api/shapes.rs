//! What the API says of guidance.

use poem_openapi::Object;

use crate::guidance::read::{Card, Signed};
use crate::guidance::store::{ArticleSummary, DeskRow};
use crate::platform::clock::UtcTime;

/// Where a statement comes from.
#[derive(Object)]
pub(super) struct SourceDoc {
    title: String,
    publisher: String,
    /// http or https.
    url: String,
    /// As the publisher gives it.
    date: Option<String>,
}

/// A version's text.
#[derive(Object)]
pub(super) struct VersionIn {
    /// One line, at most 150 characters.
    #[oai(validator(min_length = 1, max_length = 150))]
    title: String,
    /// Markdown, at most 32 KiB, in plain language.
    body: String,
    /// Day of the next review, YYYY-MM-DD, in the future.
    review_due: String,
    /// One to ten.
    #[oai(validator(min_items = 1, max_items = 10))]
    sources: Vec<SourceDoc>,
    /// Set, be it empty, where a word of the glossary is explained: other names of it with commas between them, at most ten with 60
    /// characters each. The text has at most 600 characters then.
    other_names: Option<String>,
}

/// A clinician's name under exact text.
#[derive(Object)]
pub(super) struct SignatureOut {
    name: String,
    register: String,
    number: String,
    signed_at: String,
}

/// Why and since when a version is stopped.
#[derive(Object)]
pub(super) struct StopOut {
    /// What readers see.
    reason: String,
    /// What was typed, where readers see a neutral sentence instead; for staff alone.
    staff_reason: Option<String>,
    stopped_at: String,
    /// One of the two who must agree has said that it can be lifted.
    lifting: bool,
}

/// A version with everything that stands behind it.
#[derive(Object)]
pub struct GuidanceOut {
    /// The article.
    id: String,
    /// This version.
    version: String,
    number: i32,
    title: String,
    /// Set for a word of the glossary: what else it is called.
    other_names: Option<Vec<String>>,
    html: String,
    text: String,
    /// `draft`, `in_review`, `verified`, `stopped` or `superseded`.
    state: String,
    /// SHA-256 of the text, the sources and the review date: what signatures name.
    hash: String,
    /// Day of the next review.
    review_due: String,
    /// The review date has passed.
    under_review: bool,
    signatures: Vec<SignatureOut>,
    sources: Vec<SourceDoc>,
    stopped: Option<StopOut>,
    /// For staff: titles of the rules that would hold a post with these words. Read those places twice before signing.
    concerns: Vec<String>,
}

impl GuidanceOut {
    pub(super) fn new(signed: Signed, now: UtcTime) -> Self {
        let under_review = signed.is_overdue(now.date());
        let html = signed.version.safe_html().as_str().to_owned();
        let Signed { version, signatures, sources, stop } = signed;
        Self {
            id: version.article_id.to_string(),
            version: version.id.to_string(),
            number: version.number,
            other_names: version.other_names(),
            title: version.title,
            html,
            text: version.plain,
            state: version.state.to_string(),
            hash: version.hash,
            review_due: version.review_due.to_string(),
            under_review,
            signatures: signatures
                .into_iter()
                .map(|row| SignatureOut {
                    name: row.name,
                    register: row.register,
                    number: row.number,
                    signed_at: row.signed_at.rfc3339(),
                })
                .collect(),
            sources: sources
                .into_iter()
                .map(|row| SourceDoc {
                    title: row.title,
                    publisher: row.publisher,
                    url: row.url,
                    date: Some(row.published).filter(|date| !date.is_empty()),
                })
                .collect(),
            stopped: stop.map(|row| StopOut {
                reason: row.reason,
                staff_reason: row.staff_reason,
                stopped_at: row.stopped_at.rfc3339(),
                lifting: row.first_lifted_by.is_some(),
            }),
            concerns: Vec::new(),
        }
    }

    pub(super) fn with_concerns(self, concerns: Vec<String>) -> Self {
        Self { concerns, ..self }
    }
}

impl GuidanceOut {
    /// What was stopped is not handed out any more: readers learn that it was stopped, why, and when.
    pub(super) fn for_readers(self) -> Self {
        match self.stopped {
            Some(stop) => Self {
                html: String::new(),
                text: String::new(),
                stopped: Some(StopOut { staff_reason: None, ..stop }),
                ..self
            },
            None => self,
        }
    }
}

/// A card under a post.
#[derive(Object)]
pub struct CardOut {
    /// What it does for the post: `answers`, `adds` or `corrects`.
    relation: String,
    /// The moderator's note.
    note: String,
    guidance: GuidanceOut,
}

impl CardOut {
    pub fn new(card: Card, now: UtcTime) -> Self {
        let stopped = card.signed.stop.is_some();
        Self {
            relation: card.relation.to_string(),
            note: if stopped { String::new() } else { card.note },
            guidance: GuidanceOut::new(card.signed, now).for_readers(),
        }
    }
}

/// An article in a list.
#[derive(Object)]
pub(super) struct SummaryOut {
    id: String,
    version: String,
    number: i32,
    title: String,
    state: String,
    review_due: String,
}

impl From<ArticleSummary> for SummaryOut {
    fn from(row: ArticleSummary) -> Self {
        Self {
            id: row.id.to_string(),
            version: row.version_id.to_string(),
            number: row.number,
            title: row.title,
            state: row.state.to_string(),
            review_due: row.review_due.to_string(),
        }
    }
}

impl From<DeskRow> for SummaryOut {
    fn from(row: DeskRow) -> Self {
        Self {
            id: row.id.to_string(),
            version: row.version_id.to_string(),
            number: row.number,
            title: row.title,
            state: row.state.to_string(),
            review_due: row.review_due.to_string(),
        }
    }
}

/// Articles.
#[derive(Object)]
pub(super) struct LibraryOut {
    pub(super) articles: Vec<SummaryOut>,
    /// Pass as `cursor` for the next page; absent on the last.
    pub(super) next: Option<String>,
}

/// Words that clinicians have explained.
#[derive(Object)]
pub(super) struct GlossaryOut {
    pub(super) words: Vec<GuidanceOut>,
    /// Pass as `cursor` for the next page; absent on the last.
    pub(super) next: Option<String>,
}

/// What the signer has read.
#[derive(Object)]
pub(super) struct SignIn {
    /// The version's hash.
    hash: String,
}

/// Why it is stopped.
#[derive(Object)]
pub(super) struct StopIn {
    /// Readers see it.
    reason: Option<String>,
}

/// What to attach.
#[derive(Object)]
pub(super) struct AttachIn {
    /// Id of a verified version.
    guidance_version: String,
    /// `answers` (default), `adds` or `corrects`.
    relation: Option<String>,
    note: Option<String>,
}

/// A general statement to stand behind.
#[derive(Object)]
pub(super) struct VerifyIn {
    /// Words that stand in the post.
    passage: String,
    /// Hash of the wording that was read; another one is a conflict.
    hash: Option<String>,
}
