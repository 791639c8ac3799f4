//! The words of threads: ids, states, titles, cursors.

use aftercare_frontend::content;

use crate::platform::clock::UtcTime;
use crate::platform::fields::Fields;
use crate::platform::ids;
use crate::platform::limits;

crate::id_type! {
    /// A board.
    BoardId
}
crate::id_type! {
    /// A thread.
    ThreadId
}
crate::id_type! {
    /// A post.
    PostId
}
crate::id_type! {
    /// One wording of a post.
    RevisionId
}
crate::id_type! {
    /// A draft.
    DraftId
}

crate::text_enum! {
    /// Who may read a board.
    pub enum BoardAudience {
        Public = "public",
        /// Public, but search engines are asked to stay away.
        Unlisted = "unlisted",
        Members = "members",
        Invited = "invited",
    }
}

crate::text_enum! {
    /// A question in a board, or a conversation among its participants.
    pub enum ThreadKind { Question = "question", Conversation = "conversation" }
}

crate::text_enum! {
    /// What a post is in its thread.
    pub enum PostKind { Opening = "opening", Reply = "reply", Note = "note", Correction = "correction", Message = "message" }
}

crate::text_enum! {
    /// Whom a post is about.
    pub enum About {
        Me = "me",
        SomeoneICareFor = "someone_i_care_for",
        SomeoneWhoDied = "someone_who_died",
        General = "general",
    }
}

crate::text_enum! {
    /// Where a post stands. Only a public one shows to others, through its published revision.
    pub enum PostState {
        Held = "held",
        Public = "public",
        Refused = "refused",
        Hidden = "hidden",
        Removed = "removed",
        Withdrawn = "withdrawn",
    }
}

/// A thread's title: one line, 1–150 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    pub fn take(fields: &mut Fields, field: &str) -> Option<Self> {
        let text = fields.text(field);
        match Self::new(&text) {
            Ok(title) => Some(title),
            Err((code, message)) => {
                fields.fault(field, code, message);
                None
            }
        }
    }

    pub fn new(text: &str) -> Result<Self, (&'static str, String)> {
        let text = text.trim();
        if text.is_empty() {
            return Err(("required", "Please give it a title, so that others find it.".into()));
        }
        if text.chars().count() > limits::TITLE_CHARS {
            return Err(("too_long", "Please use at most 150 characters in the title.".into()));
        }
        content::line(text, limits::TITLE_CHARS)
            .map(Self)
            .map_err(|error| (error.code.as_str(), error.message))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where a list goes on: only the sort keys of the last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub at: UtcTime,
    pub id: i64,
}

impl Cursor {
    /// Before everything.
    pub const FIRST: Self = Self { at: UtcTime::MIN, id: i64::MIN };
    /// After everything.
    pub const LAST: Self = Self { at: UtcTime::MAX, id: i64::MAX };

    pub fn encode(self) -> String {
        format!("{}{}", ids::encode(self.at.micros()), ids::encode(self.id))
    }

    /// Anything but what [`Cursor::encode`] writes is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let at = UtcTime::from_micros(ids::decode(text.get(..13)?)?)?;
        Some(Self { at, id: ids::decode(text.get(13..)?)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_that_was_tampered_with_is_no_cursor() {
        let cursor = Cursor { at: UtcTime::from_micros(1_800_000_000_123_456).unwrap(), id: 77 };
        let text = cursor.encode();
        assert_eq!(Cursor::parse(&text), Some(cursor));
        for wrong in [
            "",
            "x",
            text.get(1..).unwrap(),
            &text.to_lowercase(),
            &format!("{text}0"),
            "ü123456789012345678901234567",
        ] {
            assert_eq!(Cursor::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_title_has_at_most_150_characters() {
        assert!(Title::new(&"ä".repeat(150)).is_ok());
        assert_eq!(Title::new(&"ä".repeat(151)).unwrap_err().0, "too_long");
        assert_eq!(Title::new("  ").unwrap_err().0, "required");
    }
}
