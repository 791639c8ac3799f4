//! Making boards, and inviting members to those that are by invitation.

use super::store::{self, BoardRow};
use super::{BoardAudience, BoardId};
use crate::accounts::{Admin, MemberId, Operator, Pseudonym};
use crate::platform::audit::{self, Actor, Entry};
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::limits;
use crate::platform::refusal::Refusal;
use crate::screening::{CareStage, Screening};
use aftercare_frontend::content;

/// A board to be.
#[derive(Clone, Debug)]
pub struct NewBoard {
    pub slug: String,
    pub name: String,
    pub description: String,
    pub audience: BoardAudience,
    pub hold_newcomers: bool,
    pub stage: Option<CareStage>,
}

impl NewBoard {
    /// Reads `slug`, `name`, `description`, `audience`, `hold_newcomers`, `stage`.
    pub fn parse(screening: &Screening, mut fields: Fields) -> Result<Self, Refusal> {
        let slug = fields.text("slug").trim().to_owned();
        let shaped = limits::BOARD_SLUG_BYTES.contains(&slug.len())
            && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !slug.starts_with('-')
            && !slug.ends_with('-');
        if !shaped {
            fields.fault(
                "slug",
                "invalid",
                "Please use 2 to 40 small letters, digits and dashes for the address.",
            );
        }
        let mut line = |field: &str, most: usize| {
            let text = fields.text(field);
            match content::line(&text, most) {
                Ok(line) => {
                    if let Some(objection) = screening.objection(&line) {
                        fields.fault(field, "not_fit", objection);
                    }
                    Some(line)
                }
                Err(error) => {
                    fields.fault(field, error.code.as_str(), error.message);
                    None
                }
            }
        };
        let name = line("name", limits::BOARD_NAME_CHARS);
        let description = line("description", limits::BOARD_DESCRIPTION_CHARS);
        let audience = fields.choice("audience", BoardAudience::parse);
        let hold_newcomers = fields.flag("hold_newcomers");
        let stage = take_stage(&mut fields);
        let value = name.zip(description).zip(audience).filter(|_| shaped);
        fields.finish(value.map(|((name, description), audience)| Self {
            slug,
            name,
            description,
            audience,
            hold_newcomers,
            stage,
        }))
    }
}

/// An admin makes a board.
pub fn create(tx: &mut Tx, admin: &Admin, board: &NewBoard) -> Result<BoardId, Refusal> {
    insert(tx, admin.acting(), board)
}

/// The operator makes one (import, demo, first set-up).
pub fn create_by_operator(tx: &mut Tx, operator: &Operator, board: &NewBoard) -> Result<BoardId, Refusal> {
    insert(tx, operator.actor(), board)
}

fn insert(tx: &mut Tx, actor: Actor, board: &NewBoard) -> Result<BoardId, Refusal> {
    if store::slug_taken(tx, &board.slug)? {
        return Err(Refusal::field("slug", "taken", "There is a board at this address already."));
    }
    let id = store::insert_board(tx, board)?;
    let reason = Some(board.audience.as_str());
    audit::record(
        tx,
        actor,
        &Entry { action: "board.create", object: ("board", id.0), revision_hash: None, reason },
    )?;
    Ok(id)
}

/// Reads `stage`; nothing, where rules of every stage are to count.
pub fn parse_stage(mut fields: Fields) -> Result<Option<CareStage>, Refusal> {
    let stage = take_stage(&mut fields);
    fields.finish(Some(stage))
}

fn take_stage(fields: &mut Fields) -> Option<CareStage> {
    match fields.optional_text("stage").as_deref() {
        None | Some("") => None,
        Some(word) => CareStage::parse(word).or_else(|| {
            fields.fault("stage", "not_a_choice", "Please choose one of the answers offered.");
            None
        }),
    }
}

/// An admin says which stage of care a board is about. It counts for what is written from then on.
pub fn set_stage(
    tx: &mut Tx,
    admin: &Admin,
    board: &str,
    stage: Option<CareStage>,
) -> Result<BoardRow, Refusal> {
    let board = store::board_by_slug(tx, board)?.ok_or_else(Refusal::not_found)?;
    store::set_board_stage(tx, board.id, stage)?;
    let reason = Some(stage.map_or("every stage", CareStage::as_str));
    let entry = Entry { action: "board.stage", object: ("board", board.id.0), revision_hash: None, reason };
    audit::record(tx, admin.acting(), &entry)?;
    Ok(BoardRow { stage, ..board })
}

/// Reads whom to invite: `name`.
pub fn parse_invitation(mut fields: Fields) -> Result<String, Refusal> {
    let name = fields.text("name");
    let key = Pseudonym::unreserved(&name).map(|name| name.key());
    match key {
        Ok(key) => fields.finish(Some(key)),
        Err((code, message)) => {
            fields.fault("name", code, message);
            fields.finish(None)
        }
    }
}

/// An admin lets a member into a board that is by invitation.
pub fn invite(tx: &mut Tx, admin: &Admin, board: &str, name_key: &str) -> Result<MemberId, Refusal> {
    let board = store::board_by_slug(tx, board)?.ok_or_else(Refusal::not_found)?;
    let member = crate::accounts::store::member_by_name(tx, name_key)?
        .ok_or_else(|| Refusal::field("name", "not_found", "Nobody here has this name."))?;
    store::insert_board_member(tx, board.id, member.id)?;
    let reason = Some(board.slug.as_str());
    let entry =
        Entry { action: "board.invite", object: ("member", member.id.0), revision_hash: None, reason };
    audit::record(tx, admin.acting(), &entry)?;
    Ok(member.id)
}
