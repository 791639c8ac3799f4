//! Drafts: text that is its author's alone. What was refused or withdrawn comes back here; nothing is ever lost.

use super::store::{self, DraftRow, PostCore};
use super::{About, DraftId, PostId, ThreadId};
use crate::accounts::{Member, Viewer};
use crate::platform::db::{Db, Tx};
use crate::platform::fields::Fields;
use crate::platform::limits;
use crate::platform::refusal::Refusal;
use crate::platform::submissions::{self, SubmissionKey};

/// What is kept. A draft may be half-finished: title and text may be empty, but not longer than a post.
pub struct Keeping {
    pub place: Place,
    pub title: String,
    pub source: String,
    pub about: About,
}

/// Where the draft is meant to go.
pub enum Place {
    /// A board, by slug.
    Board(String),
    Thread(ThreadId),
    /// Where it was meant to go before.
    Same,
}

impl Keeping {
    /// The same with `board` (a slug) or `thread` (an id).
    pub fn parse_with_place(mut fields: Fields) -> Result<Self, Refusal> {
        let (board, thread) = (fields.text("board"), fields.text("thread"));
        let place = match (board.as_str(), thread.as_str()) {
            ("", "") => {
                fields.fault("board", "required", "Please say where it is meant to go.");
                Place::Same
            }
            (_, "") => Place::Board(board),
            (_, id) => match ThreadId::parse(id) {
                Some(id) => Place::Thread(id),
                None => {
                    fields.fault("thread", "not_found", "There is no such thread.");
                    Place::Same
                }
            },
        };
        Self::parse(place, fields)
    }

    /// Reads `title`, `body`, `about`; ignores what only posting needs.
    pub fn parse(place: Place, mut fields: Fields) -> Result<Self, Refusal> {
        let (title, source) = (fields.text("title"), fields.text("body"));
        let about = match fields.has("about") {
            true => fields.choice("about", About::parse).unwrap_or(About::Me),
            false => About::Me,
        };
        let _ = (fields.flag("confirm"), fields.optional_text("nonce"));
        must_fit(&mut fields, &title, &source);
        fields.finish(Some(Self { place, title, source, about }))
    }
}

/// An unfinished text may be empty, but not longer than a post, and it holds nothing that cannot be kept.
pub fn must_fit(fields: &mut Fields, title: &str, source: &str) {
    if title.chars().count() > limits::TITLE_CHARS {
        fields.fault("title", "too_long", "Please use at most 150 characters in the title.");
    }
    if source.len() > limits::POST_BYTES {
        fields.fault("body", "too_long", "This is too long to keep as one draft.");
    }
    for (field, text) in [("title", title), ("body", source)] {
        if text.contains('\0') {
            fields.fault(field, "nul", "There is an invisible character in this text that we cannot keep.");
        }
    }
}

/// Keeps a new draft.
pub fn keep(tx: &mut Tx, member: &Member, keeping: &Keeping) -> Result<DraftId, Refusal> {
    let (board, thread) = match &keeping.place {
        Place::Board(slug) => {
            let board = store::board_for(tx, &Viewer::of(member), slug)?.ok_or_else(Refusal::not_found)?;
            (Some(board.id), None)
        }
        Place::Thread(id) => {
            let thread = store::thread(tx, &Viewer::of(member), *id)?.ok_or_else(Refusal::not_found)?;
            (None, Some(thread.id))
        }
        Place::Same => return Err(Refusal::internal("a new draft needs a place")),
    };
    Ok(store::insert_draft(tx, member.id(), (board, thread), keeping)?)
}

/// Keeps a draft once for each form: sending the same form again changes the draft that it made before, if that is still there.
pub fn keep_once(
    tx: &mut Tx,
    member: &Member,
    nonce: Option<&str>,
    keeping: &Keeping,
) -> Result<DraftId, Refusal> {
    let key = form_key(nonce)?;
    match submissions::answered(tx, member.id(), key.as_ref())? {
        Some(kept) => match DraftId::parse(&kept) {
            Some(id) if store::update_draft(tx, member.id(), id, keeping)? > 0 => Ok(id),
            // A page that keeps drafts by itself may come late: what was thrown away or posted must not rise again.
            _ => Err(Refusal::conflict(
                "draft_gone",
                "This draft was posted or thrown away meanwhile. Your words are still here; keeping them once more makes a new draft of them.",
            )),
        },
        None => {
            let id = keep(tx, member, keeping)?;
            submissions::remember(tx, member.id(), key.as_ref(), &id.to_string())?;
            Ok(id)
        }
    }
}

/// The text of this form has been posted: the draft that it kept along the way goes, and none comes after it.
pub fn discard_kept(tx: &mut Tx, member: &Member, nonce: Option<&str>) -> Result<(), Refusal> {
    let key = form_key(nonce)?;
    match submissions::answered(tx, member.id(), key.as_ref())? {
        Some(kept) => {
            if let Some(id) = DraftId::parse(&kept) {
                store::delete_draft(tx, member.id(), id)?;
            }
            Ok(())
        }
        None => submissions::remember(tx, member.id(), key.as_ref(), "posted"),
    }
}

/// The words change from one time to the next, so the key does not cover them.
fn form_key(nonce: Option<&str>) -> Result<Option<SubmissionKey>, Refusal> {
    SubmissionKey::new(nonce, "draft", &[])
}

/// Changes a draft of one's own.
pub fn update(tx: &mut Tx, member: &Member, id: DraftId, keeping: &Keeping) -> Result<(), Refusal> {
    match store::update_draft(tx, member.id(), id, keeping)? {
        0 => Err(Refusal::not_found()),
        _ => Ok(()),
    }
}

/// Throws a draft of one's own away.
pub fn discard(tx: &mut Tx, member: &Member, id: DraftId) -> Result<(), Refusal> {
    match store::delete_draft(tx, member.id(), id)? {
        0 => Err(Refusal::not_found()),
        _ => Ok(()),
    }
}

/// The text of a draft has been posted: the draft goes, and a second press of the button finds the post.
pub fn posted(
    tx: &mut Tx,
    member: &Member,
    id: DraftId,
    nonce: Option<&str>,
    post: PostId,
) -> Result<(), Refusal> {
    store::delete_draft(tx, member.id(), id)?;
    let key = posting_key(id, nonce)?;
    if submissions::answered(tx, member.id(), key.as_ref())?.is_none() {
        submissions::remember(tx, member.id(), key.as_ref(), &post.to_string())?;
    }
    Ok(())
}

/// The post that this form has made of the draft already.
pub fn post_of(
    tx: &mut Tx,
    member: &Member,
    id: DraftId,
    nonce: Option<&str>,
) -> Result<Option<PostId>, Refusal> {
    let key = posting_key(id, nonce)?;
    Ok(submissions::answered(tx, member.id(), key.as_ref())?.and_then(|post| PostId::parse(&post)))
}

fn posting_key(id: DraftId, nonce: Option<&str>) -> Result<Option<SubmissionKey>, Refusal> {
    SubmissionKey::new(nonce, "posted", &[&id.to_string()])
}

/// One draft of one's own.
pub fn one(db: &mut Db, member: &Member, id: DraftId) -> Result<DraftRow, Refusal> {
    store::draft(db, member.id(), id)?.ok_or_else(Refusal::not_found)
}

/// Gives the latest wording of a post back to its author, with the reason. Where a moderator left something out of it, the author's
/// own words come back.
pub fn bring_back(tx: &mut Tx, post: &PostCore, reason: &str) -> Result<(), Refusal> {
    let latest = store::revision(tx, post.latest_revision_id)?.ok_or_else(Refusal::not_found)?;
    let mut own = store::revisions_of(tx, post.id)?;
    own.retain(|row| row.number <= latest.number && row.editor_id == post.author_id);
    let revision = own.pop().unwrap_or(latest);
    store::return_draft(tx, post, revision.title.as_deref().unwrap_or_default(), &revision.source, reason)?;
    Ok(())
}
