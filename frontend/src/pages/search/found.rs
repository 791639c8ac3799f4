//! What a search came to.

use crate::parts::{BoardLink, Icon, Moment, SnippetPart};

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HitKind {
    Thread,
    Post,
    Guidance,
    /// A word and what it means.
    Glossary,
}

impl HitKind {
    pub const ALL: [Self; 4] = [Self::Thread, Self::Post, Self::Guidance, Self::Glossary];

    pub fn value(&self) -> &'static str {
        match self {
            Self::Thread => "thread",
            Self::Post => "post",
            Self::Guidance => "guidance",
            Self::Glossary => "glossary",
        }
    }

    pub fn label(&self) -> &'static str {
        match self {
            Self::Thread => "Question",
            Self::Post => "Reply",
            Self::Guidance => "Signed guidance",
            Self::Glossary => "Explained word",
        }
    }

    /// Many of them, as facets list them.
    pub fn plural(&self) -> &'static str {
        match self {
            Self::Thread => "Questions",
            Self::Post => "Replies",
            Self::Guidance => "Signed guidance",
            Self::Glossary => "Explained words",
        }
    }

    pub(super) fn icon(&self) -> Icon {
        match self {
            Self::Guidance | Self::Glossary => Icon::Leaf,
            Self::Thread | Self::Post => Icon::Talk,
        }
    }
}

/// One result.
#[derive(Debug, Clone)]
pub struct Hit {
    pub kind: HitKind,
    pub url: String,
    pub title: Vec<SnippetPart>,
    pub snippet: Vec<SnippetPart>,
    pub board: Option<BoardLink>,
    pub author: Option<String>,
    pub when: Moment,
    /// A clinician has verified it as it stands.
    pub is_verified: bool,
}

/// A link to the same search, narrowed.
#[derive(Debug, Clone)]
pub struct Way {
    pub label: String,
    /// Such as `12` or `more than 200`.
    pub count: String,
    pub url: String,
    /// The search is narrowed like this already.
    pub is_chosen: bool,
}

/// Links that narrow the search by one thing.
#[derive(Debug, Clone)]
pub struct Ways {
    /// Such as `Narrow down by board`.
    pub label: &'static str,
    pub ways: Vec<Way>,
}

/// A page of results.
#[derive(Debug, Clone)]
pub struct Results {
    pub hits: Vec<Hit>,
    /// Such as `14 results` or `more than 200 results`.
    pub total: String,
    /// No text has all the words; these have some.
    pub is_partial: bool,
    pub ways: Vec<Ways>,
    pub older: Option<String>,
}

/// Where a question can be asked of people.
#[derive(Debug, Clone)]
pub struct AskHere {
    pub board: String,
    /// The form, with the words filled in where they can be a title.
    pub url: String,
}

/// What the search came to.
#[derive(Debug, Clone)]
pub enum Found {
    /// Nothing was asked.
    Blank,
    Hits {
        results: Results,
        /// The words that were probably meant, and the search for them.
        meant: Option<(String, String)>,
        /// Words beyond the longest query were not looked for.
        was_cut: bool,
    },
    /// The results end before this page.
    Beyond {
        first: String,
    },
    Nothing {
        meant: Option<(String, String)>,
        asks: Vec<AskHere>,
    },
    /// The search engine does not answer.
    Unavailable,
}
