//! What a reader asks for.

use crate::document::Kind;

/// The longest text that is searched for, in characters. What is longer is cut at a word, and
/// [`Hits::cut`](crate::Hits) says so; whole posts go to [`suggest`](crate::SearchEngine::suggest) instead.
pub const MAX_QUERY_CHARS: usize = 200;
/// The most hits on one page.
pub const MAX_LIMIT: usize = 50;
/// How far paging reaches; a page beyond is empty.
pub const MAX_OFFSET: usize = 1_000;
/// The most suggestions that one request returns.
pub const MAX_SUGGESTIONS: usize = 5_000;

/// A search. Any text is a valid query: `"quoted words"` must stand together, `-word` must not occur, the last
/// word may be unfinished, and anything that cannot be read that way is read as plain words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub text: String,
    pub filters: Filters,
    pub viewer: ViewerScope,
    pub sort: Sort,
    /// Hits to skip, at most [`MAX_OFFSET`].
    pub offset: usize,
    /// Hits to return, at most [`MAX_LIMIT`].
    pub limit: usize,
}

impl Query {
    /// The first page of ten for a text, as somebody without an account would see it.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), limit: 10, ..Self::default() }
    }
}

/// What a hit must be. Empty lists and `None` leave everything in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    pub kinds: Vec<Kind>,
    pub boards: Vec<String>,
    pub thread: Option<String>,
    pub verified: Option<bool>,
    pub has_guidance: Option<bool>,
    /// The key of whoever wrote it.
    pub author: Option<String>,
    /// Microseconds since 1970: at or after this moment …
    pub published_from: Option<i64>,
    /// … and before this one.
    pub published_to: Option<i64>,
}

/// On whose behalf is searched. The default sees least.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ViewerScope {
    /// Not signed in: public and unlisted boards.
    #[default]
    Anonymous,
    /// Signed in: members' boards too, and these invited ones.
    Member { invited_boards: Vec<String> },
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Relevance,
    Newest,
    /// Verified answers first, then what helped most readers, then relevance.
    MostHelpful,
}

/// A request for documents that answer a whole post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuggestQuery {
    /// Of any length; reduced to its telling terms.
    pub text: String,
    /// Kinds to suggest; empty means all.
    pub kinds: Vec<Kind>,
    pub viewer: ViewerScope,
    /// How many, at most [`MAX_SUGGESTIONS`].
    pub top: usize,
}
