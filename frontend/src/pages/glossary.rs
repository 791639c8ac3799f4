//! `/glossary`: what words mean.

use askama::Template;

use crate::content::SanitizedHtml;
use crate::parts::{Chrome, Icon, Moment, Signer};

/// A word and what it means.
#[derive(Debug, Clone)]
pub struct ExplainedWord {
    /// Of the article that it is signed as.
    pub id: String,
    pub word: String,
    /// What else it is called.
    pub other_names: Vec<String>,
    pub html: SanitizedHtml,
    pub signers: Vec<Signer>,
    pub review_due: Moment,
    pub is_overdue: bool,
    pub is_stopped: bool,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/glossary.html")]
pub struct Glossary {
    pub chrome: Chrome,
    pub words: Vec<ExplainedWord>,
    pub older: Option<String>,
}

impl Glossary {
    /// First letters with the word that each begins at.
    fn letters(&self) -> Vec<(String, &str)> {
        let mut letters: Vec<(String, &str)> = Vec::new();
        for word in &self.words {
            let letter: String = word.word.chars().take(1).flat_map(char::to_uppercase).collect();
            if letters.last().is_none_or(|(last, _)| *last != letter) {
                letters.push((letter, &word.id));
            }
        }
        letters
    }

    pub fn sample() -> Self {
        let signer = |name: &str| Signer {
            name: name.to_owned(),
            register: "GMC 7012345".to_owned(),
            when: Moment::sample_date(),
        };
        let word = |id: &str, word: &str, names: &[&str], is_stopped| ExplainedWord {
            id: id.to_owned(),
            word: word.to_owned(),
            other_names: names.iter().map(|name| (*name).to_owned()).collect(),
            html: SanitizedHtml::from_store(
                "<p>A medicine that makes blood clots less likely.</p>".to_owned(),
            ),
            signers: vec![signer("Dr Asha Nair"), signer("Tomasz Zielinski")],
            review_due: Moment::sample_date(),
            is_overdue: false,
            is_stopped,
        };
        Self {
            chrome: Chrome { path: "/glossary".to_owned(), ..Chrome::sample() },
            words: vec![
                word("0HGANTICOAG01", "Anticoagulant", &["blood thinner"], false),
                word("0HGSTOMA00001", "Stoma", &[], true),
            ],
            older: None,
        }
    }

    pub fn sample_empty() -> Self {
        Self { words: Vec::new(), ..Self::sample() }
    }
}
