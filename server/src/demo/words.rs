//! The shape of `server/demo/community.toml`.

use chrono::Duration;
use serde::Deserialize;

use crate::platform::refusal::Refusal;
use crate::screening::CareStage;
use crate::threads::BoardAudience;

const WORDS: &str = include_str!("../../demo/community.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub board: Vec<Board>,
    pub member: Vec<Person>,
    pub article: Vec<Article>,
    pub thread: Vec<Thread>,
    pub draft: Vec<Draft>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Board {
    pub slug: String,
    pub name: String,
    pub description: String,
    pub audience: String,
    /// The stage of care it is about, if it is about one.
    pub stage: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    pub key: String,
    pub name: String,
    pub email: String,
    pub region: String,
    pub roles: Vec<String>,
    #[serde(default)]
    pub register: String,
    #[serde(default)]
    pub number: String,
    #[serde(default)]
    pub expires: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Article {
    pub key: String,
    pub title: String,
    pub body: String,
    pub author: String,
    pub sources: Vec<serde_json::Map<String, serde_json::Value>>,
    pub review_days: u64,
    pub signed_by: Vec<String>,
    /// What else it is called, for a word of the glossary.
    pub other_names: Option<String>,
    /// Why it was stopped, for one that was.
    pub stop_reason: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Thread {
    pub board: String,
    pub title: String,
    #[serde(flatten)]
    pub opening: Post,
    #[serde(default, rename = "reply")]
    pub replies: Vec<Post>,
}

#[derive(Deserialize)]
pub(super) struct Post {
    pub author: String,
    pub about: String,
    pub hours_ago: f64,
    pub body: String,
    pub attach: Option<Attach>,
    pub verify: Option<Verify>,
    /// `held`: it waits for a person, and nobody has looked yet.
    pub expect: Option<String>,
    pub decided: Option<Decided>,
    #[serde(default)]
    pub withdrawn: bool,
    /// What its author changed it to.
    pub edited: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attach {
    pub article: String,
    pub relation: String,
    pub by: String,
    pub note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Verify {
    pub by: String,
    pub passage: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decided {
    pub by: String,
    pub choice: String,
    pub reason: String,
    pub article: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Draft {
    pub author: String,
    pub board: String,
    pub title: String,
    pub body: String,
    /// Why a moderator gave it back, for one that was posted first.
    pub reason: Option<String>,
}

impl Words {
    pub(super) fn shipped() -> Result<Self, toml::de::Error> {
        toml::from_str(WORDS)
    }
}

impl Board {
    pub(super) fn stage(&self) -> Result<Option<CareStage>, Refusal> {
        let word = |word: &String| {
            CareStage::parse(word)
                .ok_or_else(|| Refusal::internal("a board of the demo has a stage that is none"))
        };
        self.stage.as_ref().map(word).transpose()
    }

    pub(super) fn audience(&self) -> Option<BoardAudience> {
        BoardAudience::parse(&self.audience)
    }
}

impl Post {
    /// How long before the start of the demo it was written.
    pub(super) fn ago(&self) -> Duration {
        hours(self.hours_ago)
    }

    /// Whether the rules are to hold it.
    pub(super) fn is_held(&self) -> bool {
        self.decided.is_some() || self.expect.as_deref() == Some("held")
    }
}

/// A span that is written as hours; one that no clock could show counts as none.
pub(super) fn hours(hours: f64) -> Duration {
    std::time::Duration::try_from_secs_f64(hours * 3600.0)
        .ok()
        .and_then(|span| Duration::from_std(span).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::threads::About;

    #[test]
    fn every_word_of_the_file_that_chooses_something_is_known() {
        let words = Words::shipped().unwrap();
        assert!(words.board.iter().all(|board| board.audience().is_some()));
        let posts =
            words.thread.iter().flat_map(|thread| std::iter::once(&thread.opening).chain(&thread.replies));
        for post in posts {
            assert!(About::parse(&post.about).is_some(), "{}", post.about);
            assert!(matches!(post.expect.as_deref(), None | Some("held")), "{:?}", post.expect);
            assert!(post.ago() > Duration::zero(), "{} is not in the past", post.hours_ago);
        }
    }

    /// Flattened structs cannot refuse what they do not know; the others do.
    #[test]
    fn no_word_of_a_post_is_without_use() {
        let used =
            "board title reply author about hours_ago body attach verify expect decided withdrawn edited";
        let file: toml::Table = WORDS.parse().unwrap();
        let threads = file["thread"].as_array().unwrap();
        let replies = threads.iter().filter_map(|thread| thread.get("reply")?.as_array()).flatten();
        for name in threads.iter().chain(replies).flat_map(|post| post.as_table().unwrap().keys()) {
            assert!(used.split(' ').any(|known| known == name), "{name} is not used");
        }
    }
}
