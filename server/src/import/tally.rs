//! What came of an import.

use std::collections::BTreeMap;
use std::fmt;

use moderation_rules::{Action, Verdict};

use crate::threads::PostState;

/// Counts of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub threads: u64,
    pub public: u64,
    /// Public, with a review item.
    pub flagged: u64,
    pub held: u64,
    /// Held posts by category of what matched, or by the other reason. A post with two categories counts in both.
    pub held_by: BTreeMap<&'static str, u64>,
    pub articles: u64,
    pub members: u64,
    /// Threads, replies and articles that had been imported before.
    pub known: u64,
    /// Lines, or single replies, that could not be used.
    pub unusable: u64,
    /// Texts that had to be changed to fit.
    pub changed: u64,
    /// About what was changed or left out, for the operator.
    pub notes: Vec<String>,
}

impl Tally {
    /// Counts one new post.
    pub(super) fn count(&mut self, state: PostState, verdict: &Verdict) {
        if state == PostState::Public {
            self.public += 1;
            self.flagged += u64::from(verdict.action == Action::Flag);
            return;
        }
        self.held += 1;
        let reasons: Vec<&'static str> = match verdict {
            Verdict { reason: Some(reason), .. } => vec![reason.as_str()],
            Verdict { action: Action::Hold, categories, .. } => {
                categories.iter().map(|category| category.as_str()).collect()
            }
            _ => vec!["newcomer"],
        };
        for reason in reasons {
            *self.held_by.entry(reason).or_default() += 1;
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.threads += other.threads;
        self.public += other.public;
        self.flagged += other.flagged;
        self.held += other.held;
        for (category, count) in other.held_by {
            *self.held_by.entry(category).or_default() += count;
        }
        self.articles += other.articles;
        self.members += other.members;
        self.known += other.known;
        self.unusable += other.unusable;
        self.changed += other.changed;
        self.notes.extend(other.notes);
    }

    /// Nothing of the file was of use.
    pub fn is_empty(&self) -> bool {
        self.threads + self.public + self.held + self.articles + self.known == 0
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let posts = self.public + self.held;
        writeln!(f, "threads:   {} new", self.threads)?;
        writeln!(
            f,
            "posts:     {posts} new, {} public ({} of them flagged for review), {} held",
            self.public, self.flagged, self.held
        )?;
        for (category, count) in &self.held_by {
            writeln!(f, "  held:    {count} for {category}")?;
        }
        writeln!(f, "guidance:  {} new drafts", self.articles)?;
        writeln!(f, "members:   {} new", self.members)?;
        writeln!(f, "known:     {} imported before, left as they are", self.known)?;
        writeln!(f, "changed:   {} to fit, named above", self.changed)?;
        write!(f, "not used:  {}, named above", self.unusable)
    }
}
