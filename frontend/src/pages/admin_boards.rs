//! `/admin/boards`.

use askama::Template;

use crate::parts::{BoardLink, Choice, Chrome, FormField, FormState, Icon};

/// The fields of a new board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoardField {
    Name,
    Slug,
    Description,
    Audience,
    HoldNewcomers,
    Stage,
}

impl FormField for BoardField {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Name, "name", "Name"),
        (Self::Slug, "slug", "Address"),
        (Self::Description, "description", "What is it for, in one line?"),
        (Self::Audience, "audience", "Who may read it?"),
        (
            Self::HoldNewcomers,
            "hold_newcomers",
            "A person reads the first posts of new members before they show",
        ),
        (Self::Stage, "stage", "Which stage of care is it about?"),
    ];
}

/// The fields for another stage of care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageField {
    Board,
    Stage,
}

impl FormField for StageField {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Board, "board", "Which board?"), (Self::Stage, "stage", "Which stage of care is it about?")];
}

/// The fields of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InviteField {
    Board,
    Name,
}

impl FormField for InviteField {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Board, "board", "Into which board?"), (Self::Name, "name", "Whom? Their name here")];
}

/// A board that exists.
#[derive(Debug, Clone)]
pub struct BoardRow {
    pub board: BoardLink,
    pub description: String,
    /// Such as `Everybody` or `Members only`.
    pub audience: String,
    /// Such as `After an operation`.
    pub stage: String,
    pub hold_newcomers: bool,
    pub threads: u32,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/admin_boards.html")]
pub struct AdminBoards {
    pub chrome: Chrome,
    pub boards: Vec<BoardRow>,
    pub form: FormState<BoardField>,
    pub stage: FormState<StageField>,
    /// The boards that are by invitation; without any there is nobody to invite.
    pub by_invitation: Vec<Choice>,
    pub invite: FormState<InviteField>,
}

impl AdminBoards {
    fn audiences() -> Vec<Choice> {
        vec![
            Choice::new("public", "Everybody"),
            Choice::new("unlisted", "Everybody, but search engines are asked to stay out"),
            Choice::new("members", "Members only"),
            Choice::new("invited", "Invited members only"),
        ]
    }

    /// The stages of care, as they are sent and in words.
    pub const STAGES: [(&'static str, &'static str); 7] = [
        ("", "No stage in particular"),
        ("general", "Everyday illness"),
        ("after_surgery", "After an operation"),
        ("chemotherapy", "Chemotherapy and cancer treatment"),
        ("pregnancy", "Pregnancy and birth"),
        ("mental_health", "Mental health"),
        ("end_of_life", "End of life"),
    ];

    fn stages() -> Vec<Choice> {
        Self::STAGES.map(|(value, words)| Choice::new(value, words)).into()
    }

    fn every_board(&self) -> Vec<Choice> {
        self.boards.iter().map(|row| Choice::new(&row.board.slug, &row.board.name)).collect()
    }

    pub fn sample() -> Self {
        Self {
            chrome: Chrome::sample_admin("/admin/boards"),
            boards: vec![BoardRow {
                board: BoardLink::sample(),
                description: "New joints, stairs, sleep, and the first walk outside.".to_owned(),
                audience: "Everybody".to_owned(),
                stage: "After an operation".to_owned(),
                hold_newcomers: false,
                threads: 24,
            }],
            form: FormState::new("sample-csrf")
                .with_nonce("sample-nonce")
                .with(BoardField::Audience, "public"),
            stage: FormState::new("sample-csrf"),
            by_invitation: vec![Choice::new("young-adults", "Young adults")],
            invite: FormState::new("sample-csrf").with(InviteField::Board, "young-adults"),
        }
    }
}
