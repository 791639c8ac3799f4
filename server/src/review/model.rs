use crate::platform::clock::UtcTime;
use crate::platform::ids;

crate::id_type! {
    /// One decision.
    DecisionId
}

crate::text_enum! {
    /// What a moderator can decide about a text.
    pub enum Choice {
        Publish = "publish",
        PublishWithGuidance = "publish_with_guidance",
        /// Without what the rules marked as personal data, or as a method or place of harm.
        PublishMasked = "publish_masked",
        AskChanges = "ask_changes",
        Refuse = "refuse",
    }
}

impl Choice {
    /// The author must be told why.
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::AskChanges | Self::Refuse)
    }
}

/// Where the queue goes on: severity, age, id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueCursor {
    pub rank: i32,
    pub opened_at: UtcTime,
    pub id: i64,
}

impl QueueCursor {
    pub fn encode(self) -> String {
        format!("{}{}{}", self.rank, ids::encode(self.opened_at.micros()), ids::encode(self.id))
    }

    pub fn parse(text: &str) -> Option<Self> {
        let rank = text.get(..1)?.parse().ok().filter(|rank| (0..=3).contains(rank))?;
        let opened_at = UtcTime::from_micros(ids::decode(text.get(1..14)?)?)?;
        Some(Self { rank, opened_at, id: ids::decode(text.get(14..)?)? })
    }
}
