//! What a search finds.

use crate::document::Kind;

/// Counts are exact up to here, so that a large number neither costs time nor tells much.
pub const EXACT_UP_TO: usize = 200;

/// How many documents match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// At most [`EXACT_UP_TO`].
    Exact(usize),
    MoreThan200,
}

impl Total {
    /// The total for a plain count.
    pub fn of(count: usize) -> Self {
        if count > EXACT_UP_TO { Self::MoreThan200 } else { Self::Exact(count) }
    }
}

/// A stretch of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetPart {
    /// Plain text: whoever shows it escapes it.
    pub text: String,
    /// These are words that were searched for.
    pub marked: bool,
}

/// One document found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub id: String,
    pub kind: Kind,
    /// Comparable within one answer only.
    pub score: f32,
    pub title: String,
    pub snippet: Vec<SnippetPart>,
}

/// A match that may lie on another page: enough to check that it may be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub id: String,
    pub kind: Kind,
    pub board: Option<String>,
}

/// How many matches have one value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet<T> {
    pub value: T,
    pub total: Total,
}

/// The answer to a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Hits {
    /// The page that was asked for, best first.
    pub hits: Vec<Hit>,
    pub total: Total,
    /// How many each kind would find, whatever kinds the query is limited to. In the order of [`Kind::ALL`].
    pub kinds: Vec<Facet<Kind>>,
    /// How many each board would find, whatever boards the query is limited to. By name.
    pub boards: Vec<Facet<String>>,
    /// Every match if there are at most [`EXACT_UP_TO`], in no particular order; otherwise empty. See [`Hits::keep`].
    pub found: Vec<Found>,
    /// The text was longer than [`MAX_QUERY_CHARS`](crate::MAX_QUERY_CHARS); only its beginning was searched for.
    pub cut: bool,
    /// No document has (nearly) all the words; these have some of them.
    pub partial: bool,
    /// The query with misspelt words replaced, where it finds few as it was typed and more as it stands here. Made only of words
    /// that stand in texts which the viewer may find. It differs from what was typed in whole words alone.
    pub did_you_mean: Option<String>,
}

impl Default for Hits {
    fn default() -> Self {
        Self {
            hits: Vec::new(),
            total: Total::Exact(0),
            kinds: Vec::new(),
            boards: Vec::new(),
            found: Vec::new(),
            cut: false,
            partial: false,
            did_you_mean: None,
        }
    }
}

impl Hits {
    /// Drops what may not be shown. An index lags behind the database by a moment, so the caller checks every id
    /// against what the viewer may read now. Where the total is exact it and the facets that the query did not
    /// narrow are reduced too, so that a number does not betray what was hidden a second ago.
    pub fn keep(&mut self, readable: impl Fn(&str) -> bool) {
        self.hits.retain(|hit| readable(&hit.id));
        let Total::Exact(total) = self.total else { return };
        let (kept, gone): (Vec<Found>, Vec<Found>) =
            std::mem::take(&mut self.found).into_iter().partition(|found| readable(&found.id));
        self.found = kept;
        self.total = Total::Exact(total.saturating_sub(gone.len()));
        for lost in gone {
            lower(&mut self.kinds, |kind| *kind == lost.kind);
            lower(&mut self.boards, |board| Some(board) == lost.board.as_ref());
        }
    }
}

/// Takes one off the facet with this value, and the facet away at nothing.
fn lower<T>(facets: &mut Vec<Facet<T>>, is: impl Fn(&T) -> bool) {
    facets.retain_mut(|facet| {
        if let Total::Exact(count) = &mut facet.total
            && is(&facet.value)
        {
            *count = count.saturating_sub(1);
        }
        facet.total != Total::Exact(0)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(id: &str, kind: Kind) -> Found {
        Found { id: id.into(), kind, board: Some("knees".into()) }
    }

    #[test]
    fn what_may_not_be_read_is_neither_shown_nor_counted() {
        let mut hits = Hits {
            total: Total::Exact(2),
            kinds: vec![
                Facet { value: Kind::Thread, total: Total::Exact(1) },
                Facet { value: Kind::Post, total: Total::Exact(1) },
            ],
            boards: vec![Facet { value: "knees".into(), total: Total::Exact(2) }],
            found: vec![found("a", Kind::Thread), found("b", Kind::Post)],
            ..Hits::default()
        };
        hits.keep(|id| id == "a");
        assert_eq!(hits.total, Total::Exact(1));
        assert_eq!(hits.kinds, [Facet { value: Kind::Thread, total: Total::Exact(1) }]);
        assert_eq!(hits.boards, [Facet { value: "knees".into(), total: Total::Exact(1) }]);
        assert_eq!(hits.found, [found("a", Kind::Thread)]);
    }

    #[test]
    fn counts_are_exact_to_two_hundred() {
        assert_eq!(Total::of(200), Total::Exact(200));
        assert_eq!(Total::of(201), Total::MoreThan200);
    }
}
