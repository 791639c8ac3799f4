//! `/desk/guidance/{id}`: one article for staff: read exactly this text, sign it, stop it, bring it back.

use askama::Template;

use super::desk_guidance::ArticleState;
use crate::content::SanitizedHtml;
use crate::parts::{Chrome, FormField, FormState, GuidanceCard, Icon, Moment, Signer, Source, Stop};

/// Posted to `/desk/guidance/{id}/stop`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopField {
    Reason,
}

impl FormField for StopField {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Reason, "reason", "Why? Readers see this in place of the text")];
}

/// Bringing a stopped article back takes two people. Posted to `/desk/guidance/{id}/reinstate`.
#[derive(Debug, Clone)]
pub struct Reinstate {
    /// The whole hash of the stopped text, which may not be the newest one.
    pub hash: String,
    /// Who has agreed so far.
    pub agreed: Vec<String>,
    /// Why the viewer may not agree, such as `You have agreed already.`
    pub why_not: Option<String>,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/desk_version.html")]
pub struct DeskVersion {
    pub chrome: Chrome,
    pub id: String,
    pub title: String,
    pub state: ArticleState,
    pub version: u32,
    /// The whole hash; signing posts it back, so that nobody signs a text they have not seen.
    pub hash: String,
    /// What else the word is called that this explains.
    pub other_names: Vec<String>,
    pub html: SanitizedHtml,
    pub sources: Vec<Source>,
    /// What the rules would hold in a post with these words: the places to read twice.
    pub concerns: Vec<String>,
    pub author: String,
    pub review_due: Moment,
    pub signers: Vec<Signer>,
    /// How many signatures make it verified.
    pub needed: usize,
    pub csrf: String,
    pub may_sign: bool,
    /// Why the viewer may not sign, such as `You have signed this text already.`
    pub why_not: Option<String>,
    pub may_edit: bool,
    /// Set while it can be stopped.
    pub stop: Option<FormState<StopField>>,
    /// Set when it has been stopped.
    pub stopped: Option<Stop>,
    pub reinstate: Option<Reinstate>,
}

impl DeskVersion {
    /// The beginning of the hash, for people to compare.
    fn short_hash(&self) -> String {
        self.hash.chars().take(12).collect()
    }

    fn missing(&self) -> usize {
        self.needed.saturating_sub(self.signers.len())
    }

    pub fn sample() -> Self {
        let card = GuidanceCard::sample();
        Self {
            chrome: Chrome::sample_clinician("/desk/guidance/0HGSWELLING01"),
            id: card.id,
            title: card.title,
            state: ArticleState::InReview,
            version: 2,
            hash: "3f9a61c27be04d15a8c6f1e2d3b4a5968778695a4b3c2d1e0f9a8b7c6d5e4f30".to_owned(),
            html: card.html,
            other_names: Vec::new(),
            sources: card.sources,
            concerns: vec!["Advice to stop a medicine".to_owned()],
            author: "Ruth Okafor".to_owned(),
            review_due: Moment::sample_date(),
            signers: Signer::samples().into_iter().skip(1).collect(),
            needed: 2,
            csrf: "sample-csrf".to_owned(),
            may_sign: true,
            why_not: None,
            may_edit: true,
            stop: Some(FormState::new("sample-csrf")),
            stopped: None,
            reinstate: None,
        }
    }

    pub fn sample_stopped() -> Self {
        Self {
            state: ArticleState::Stopped,
            signers: Signer::samples(),
            may_sign: false,
            stop: None,
            stopped: Some(Stop::sample()),
            reinstate: Some(Reinstate {
                hash: "3f9a61c27be0".to_owned(),
                agreed: vec!["Imani".to_owned()],
                why_not: None,
            }),
            ..Self::sample()
        }
    }
}
