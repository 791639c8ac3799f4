//! A candidate's text, taken apart.

use crate::rank::Candidate;
use crate::text::{Word, analyse};

/// Bodies are read up to so many words.
const BODY_WORDS: usize = 1_500;
/// A heading at the start of a body that has no title of its own is at most so long.
const HEADING_BYTES: usize = 160;

pub(super) struct Reading {
    pub title: Vec<Word>,
    pub aliases: Vec<Vec<Word>>,
    /// Aliases, and the parts of the title: names that stand in brackets or between semicolons.
    pub names: Vec<Vec<Word>>,
    pub body: Vec<Word>,
}

impl Reading {
    pub(super) fn of(candidate: &Candidate) -> Self {
        let title = match candidate.title.trim() {
            "" => heading(&candidate.body),
            title => title,
        };
        let aliases: Vec<Vec<Word>> = candidate.aliases.iter().map(|alias| analyse(alias)).collect();
        let parts = title.split(['(', ')', ';', ':']).map(analyse).filter(|part| !part.is_empty());
        Self {
            names: aliases.iter().cloned().chain(parts).collect(),
            title: analyse(title),
            aliases,
            body: analyse(&candidate.body).into_iter().take(BODY_WORDS).collect(),
        }
    }
}

/// The stems of what a candidate is called: the ones whose rarity is asked for beside the question's own.
pub(crate) fn name_stems(candidate: &Candidate) -> impl Iterator<Item = String> {
    Reading::of(candidate).names.into_iter().flatten().map(|word| word.stem)
}

/// What a text without title begins with: up to a colon or the end of the line.
fn heading(body: &str) -> &str {
    let end = body.find([':', '\n']).filter(|end| *end <= HEADING_BYTES);
    end.and_then(|end| body.get(..end)).unwrap_or_default()
}
