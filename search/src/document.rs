//! What is indexed, and the changes that keep an index in step with the database.

use serde::{Deserialize, Serialize};

/// The sort of thing a document is. Readers filter by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Thread,
    Post,
    Guidance,
    Glossary,
}

impl Kind {
    /// Every kind, in the order in which facets list them.
    pub const ALL: [Self; 4] = [Self::Thread, Self::Post, Self::Guidance, Self::Glossary];

    /// The kind's name as it stands in URLs, the API and the indexes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Thread => "thread",
            Self::Post => "post",
            Self::Guidance => "guidance",
            Self::Glossary => "glossary",
        }
    }

    /// The kind with this name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Who may find a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everyone.
    Public,
    /// Everyone here, but web search engines are asked to stay away. Our own search does find it.
    Unlisted,
    /// Whoever is signed in.
    Members,
    /// Signed-in people who were invited to this board.
    Invited(String),
}

/// A published text, as readers see it. Held, refused and hidden text is never made into one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Unique over all kinds.
    pub id: String,
    pub kind: Kind,
    /// The board it stands in; guidance and glossary entries have none.
    pub board: Option<String>,
    pub audience: Audience,
    /// The thread a post belongs to (a thread names itself).
    pub thread: Option<String>,
    /// The key of whoever wrote it, as the server stores it; guidance has none.
    pub author: Option<String>,
    pub title: String,
    /// Other names of the same thing: lay words, brands, abbreviations.
    pub aliases: Vec<String>,
    /// Plain text, no markup.
    pub body: String,
    /// A clinician's "verified" mark stands on the published revision.
    pub verified: bool,
    /// Signed guidance is attached.
    pub has_guidance: bool,
    /// How many readers said that it helped them.
    pub helpful: u32,
    /// Microseconds since 1970.
    pub published_at: i64,
    /// Grows with every change of the row behind it.
    pub version: i64,
}

/// One step of an index towards the database.
///
/// Changes may arrive twice and in any order: for each id the highest version wins, the same version again
/// changes nothing, and at equal versions a removal wins over a text (when in doubt, nothing is shown).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Put(Document),
    /// The text is gone. A tombstone stays, so that an older `Put` that comes late does not bring it back.
    Remove {
        id: String,
        version: i64,
    },
}

impl Change {
    /// The id that this change is about.
    pub fn id(&self) -> &str {
        match self {
            Self::Put(document) => &document.id,
            Self::Remove { id, .. } => id,
        }
    }

    /// The version that this change leads to.
    pub fn version(&self) -> i64 {
        match self {
            Self::Put(document) => document.version,
            Self::Remove { version, .. } => *version,
        }
    }

    /// Whether an index that holds `held` must take this change in.
    pub fn supersedes(&self, held: Held) -> bool {
        match self.version().cmp(&held.version) {
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => matches!(self, Self::Remove { .. }) && !held.removed,
        }
    }

    /// What an index holds once it has taken this change in.
    pub fn leaves(&self) -> Held {
        Held { version: self.version(), removed: matches!(self, Self::Remove { .. }) }
    }
}

/// What an index knows about one id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub version: i64,
    /// A tombstone: the id was removed at this version.
    pub removed: bool,
}
