//! `/guidance/{id}`: one article as everybody sees it; prints on paper.

use askama::Template;

use crate::content::SanitizedHtml;
use crate::parts::{Chrome, GuidanceCard, Icon, Moment, Signer, Source, Stop};

/// Something that happened to the article.
#[derive(Debug, Clone)]
pub struct VersionRow {
    pub when: Moment,
    /// Such as `Version 2 signed by Dr Asha Nair` or `Stopped by Imani, moderator`.
    pub what: String,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/guidance_article.html")]
pub struct GuidanceArticle {
    pub chrome: Chrome,
    pub id: String,
    pub title: String,
    pub version: u32,
    /// Set for a word of the glossary: what else it is called.
    pub other_names: Option<Vec<String>>,
    pub html: SanitizedHtml,
    pub signers: Vec<Signer>,
    pub sources: Vec<Source>,
    pub review_due: Moment,
    pub overdue: bool,
    /// Set when it was stopped: the text is not shown.
    pub stopped: Option<Stop>,
    pub history: Vec<VersionRow>,
}

impl GuidanceArticle {
    pub fn sample() -> Self {
        let card = GuidanceCard::sample();
        let row = |utc: &str, shown: &str, what: &str| VersionRow {
            when: Moment::new(utc, shown),
            what: what.to_owned(),
        };
        Self {
            chrome: Chrome { path: "/guidance/0HGSWELLING01".to_owned(), ..Chrome::sample() },
            id: card.id,
            title: card.title,
            version: 2,
            other_names: None,
            html: card.html,
            signers: card.signers,
            sources: card.sources,
            review_due: card.review_due,
            overdue: false,
            stopped: None,
            history: vec![
                row("2026-05-01", "1 May 2026", "Version 2 signed by Dr Asha Nair and Tomasz Zielinski"),
                row("2025-11-03", "3 November 2025", "Version 1 signed by Dr Asha Nair and Ruth Okafor"),
            ],
        }
    }

    pub fn sample_stopped() -> Self {
        Self { stopped: Some(Stop::sample()), ..Self::sample() }
    }
}
