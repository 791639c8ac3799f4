//! Search as the API writes it.

use aftercare_search::Total;
use poem_openapi::Object;

use crate::discovery::find::{Finding, InBoard};
use crate::discovery::looked_for::LookedFor;
use crate::threads::api::CareOut;

/// A stretch of a snippet.
#[derive(Object)]
pub(super) struct SnippetOut {
    pub(super) text: String,
    /// These are words that were searched for.
    pub(super) marked: bool,
}

/// One thing found.
#[derive(Object)]
pub(super) struct FindingOut {
    /// `thread`, `post`, `guidance` or `glossary`.
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) title: String,
    /// Where the page is.
    pub(super) path: String,
    pub(super) thread: Option<String>,
    pub(super) snippet: Vec<SnippetOut>,
}

/// How many there are of a kind.
#[derive(Object)]
pub(super) struct FacetOut {
    pub(super) kind: String,
    pub(super) total: u32,
    /// There are more than `total`.
    pub(super) more: bool,
}

/// How many there are in a board.
#[derive(Object)]
pub(super) struct BoardFacetOut {
    /// The board's slug.
    pub(super) board: String,
    pub(super) name: String,
    pub(super) total: u32,
    /// There are more than `total`.
    pub(super) more: bool,
}

/// What was found, best first.
#[derive(Object)]
pub(super) struct FindingsOut {
    pub(super) findings: Vec<FindingOut>,
    pub(super) total: u32,
    /// There are more than `total`.
    pub(super) more: bool,
    /// How many each kind would find, whatever kind was chosen.
    pub(super) kinds: Vec<FacetOut>,
    /// How many each board would find, whatever board was chosen.
    pub(super) boards: Vec<BoardFacetOut>,
    /// No text has (nearly) all the words; these have some of them.
    pub(super) partial: bool,
    /// The query as it was probably meant, where it finds more.
    pub(super) did_you_mean: Option<String>,
    /// Pass as `cursor` for the next page; absent on the last.
    pub(super) next: Option<String>,
}

pub(super) fn count(total: Total) -> (u32, bool) {
    match total {
        Total::Exact(count) => (u32::try_from(count).unwrap_or(u32::MAX), false),
        Total::MoreThan200 => (200, true),
    }
}

impl From<Finding> for FindingOut {
    fn from(finding: Finding) -> Self {
        let part = |part: aftercare_search::SnippetPart| SnippetOut { text: part.text, marked: part.marked };
        Self {
            kind: finding.kind.name().to_owned(),
            id: finding.id,
            title: finding.title,
            path: finding.path,
            thread: finding.thread.map(|thread| thread.to_string()),
            snippet: finding.snippet.into_iter().map(part).collect(),
        }
    }
}

impl From<InBoard> for BoardFacetOut {
    fn from(board: InBoard) -> Self {
        let (total, more) = count(board.total);
        Self { board: board.slug, name: board.name, total, more }
    }
}

/// A title that may be meant.
#[derive(Object)]
pub(super) struct SuggestionOut {
    /// `thread`, `guidance` or `glossary`.
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) title: String,
    /// Where the page is.
    pub(super) path: String,
}

impl From<Finding> for SuggestionOut {
    fn from(finding: Finding) -> Self {
        Self {
            kind: finding.kind.name().to_owned(),
            id: finding.id,
            title: finding.title,
            path: finding.path,
        }
    }
}

/// Titles for words that are still being typed.
#[derive(Object)]
pub(super) struct SuggestionsOut {
    /// Eight at most, best first.
    pub(super) suggestions: Vec<SuggestionOut>,
    /// Help for whoever types, where the words show that it may be needed. Beside a crisis or an emergency nothing is suggested.
    pub(super) care: Vec<CareOut>,
}

/// Two words that people looked for together.
#[derive(Object)]
pub(super) struct LookedForRowOut {
    pub(super) words: String,
    /// The most people in one week.
    pub(super) people: i64,
    /// The Monday of the last week in which at least five did.
    pub(super) week: String,
}

impl From<LookedFor> for LookedForRowOut {
    fn from(row: LookedFor) -> Self {
        Self { words: row.words, people: row.people, week: row.week.to_string() }
    }
}

/// What people look for in vain, most people first.
#[derive(Object)]
pub(super) struct LookedForOut {
    pub(super) rows: Vec<LookedForRowOut>,
}
