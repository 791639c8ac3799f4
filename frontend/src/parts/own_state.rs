//! What has become of a member's own post, in words that blame nobody.

/// Shown to the author alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnState {
    Public,
    /// A member of staff reads it first.
    Waiting,
    /// Readers see the earlier version while somebody reads the edit.
    EditWaiting,
    /// A moderator asks for a change; the author edits the post where it is.
    ChangesAsked,
    /// It came back with a reason and lies among the drafts.
    Refused,
    Withdrawn,
    /// It was public and staff have taken it down.
    TakenDown,
}

impl OwnState {
    pub fn label(&self) -> &'static str {
        match self {
            Self::Public => "Public",
            Self::Waiting => "Waiting to be read",
            Self::EditWaiting => "Your edit is waiting",
            Self::ChangesAsked => "Back with you, for a change",
            Self::Refused => "Not published",
            Self::Withdrawn => "You took it back",
            Self::TakenDown => "Taken down",
        }
    }

    /// The sentence behind the label.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Public => "Everybody who may read this board can see it.",
            Self::Waiting => {
                "Only you and our team can see it for now. A person from our team reads it first."
            }
            Self::EditWaiting => {
                "Readers still see what you wrote before. A person from our team reads the new version first."
            }
            Self::ChangesAsked => {
                "Our team wrote to you what to change. Edit your post, and somebody reads it again."
            }
            Self::Refused | Self::TakenDown => {
                "Our team wrote to you why. Your text is safe in your drafts; you can change it there and post it again."
            }
            Self::Withdrawn => "Nobody can see it any more.",
        }
    }

    /// The class in the style sheet.
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Public => "good",
            Self::Waiting | Self::EditWaiting => "wait",
            Self::ChangesAsked | Self::Refused | Self::TakenDown => "back",
            Self::Withdrawn => "gone",
        }
    }
}
