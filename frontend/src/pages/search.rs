//! `/search`.

use askama::Template;

use crate::parts::{BoardLink, CarePanel, Choice, Chrome, FormField, FormState, Icon};

mod found;
mod samples;
mod saved;

pub use found::{AskHere, Found, Hit, HitKind, Results, Way, Ways};
pub use saved::{KeepField, KeepSearch, SavedSearch, SavedSearches};

/// The fields of the search form, which is sent by GET.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchField {
    Query,
    Board,
    Kind,
    Author,
    When,
    From,
    To,
    Verified,
    Guidance,
    Sort,
    Thread,
}

impl FormField for SearchField {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Query, "q", "What are you looking for?"),
        (Self::Board, "board", "Board"),
        (Self::Kind, "kind", "Kind"),
        (Self::Author, "author", "Written by"),
        (Self::When, "when", "When"),
        (Self::From, "from", "From this day"),
        (Self::To, "to", "To this day"),
        (Self::Verified, "verified", "A clinician has verified it"),
        (Self::Guidance, "guidance", "With signed guidance"),
        (Self::Sort, "sort", "Order"),
        (Self::Thread, "thread", "Thread"),
    ];
}

impl SearchField {
    /// The fields that stand folded away until somebody needs them.
    const FOLDED: [Self; 7] =
        [Self::Author, Self::When, Self::From, Self::To, Self::Verified, Self::Guidance, Self::Sort];
}

/// The thread that is searched in.
#[derive(Debug, Clone)]
pub struct InThread {
    pub id: String,
    pub title: String,
    /// The same search everywhere.
    pub out: String,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/search.html")]
pub struct Search {
    pub chrome: Chrome,
    pub form: FormState<SearchField>,
    /// The boards that the viewer may read.
    pub boards: Vec<BoardLink>,
    pub thread: Option<InThread>,
    pub found: Found,
    /// What the member keeps; visitors keep nothing.
    pub saved: Option<SavedSearches>,
    /// Help, where the words typed show that it may be needed.
    pub care: Vec<CarePanel>,
}

impl Search {
    fn board_choices(&self) -> Vec<Choice> {
        let all = Choice::new("", "All boards");
        std::iter::once(all)
            .chain(self.boards.iter().map(|board| Choice::new(&board.slug, &board.name)))
            .collect()
    }

    fn kind_choices() -> Vec<Choice> {
        let all = Choice::new("", "Everything");
        std::iter::once(all)
            .chain(HitKind::ALL.iter().map(|kind| Choice::new(kind.value(), kind.label())))
            .collect()
    }

    fn when_choices() -> [Choice; 4] {
        [("", "At any time"), ("week", "Last week"), ("month", "Last month"), ("year", "Last year")]
            .map(|(value, label)| Choice::new(value, label))
    }

    fn sort_choices() -> [Choice; 3] {
        [("", "Best match first"), ("newest", "Newest first"), ("helpful", "Most helpful first")]
            .map(|(value, label)| Choice::new(value, label))
    }

    /// Whether one of the folded fields has something to show.
    fn is_unfolded(&self) -> bool {
        SearchField::FOLDED
            .into_iter()
            .any(|field| !self.form.value(field).is_empty() || self.form.error(field).is_some())
    }
}
