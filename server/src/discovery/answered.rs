//! "This answered me": somebody was about to ask, and a thread had the answer. It is counted; who it was is not kept beyond the day in
//! which the same form counts once.

use super::store;
use crate::accounts::{Member, Viewer};
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;
use crate::platform::submissions::{self, SubmissionKey};
use crate::screening;
use crate::threads::ThreadId;
use crate::threads::store as threads;

/// Which thread answered, from which form.
pub struct Answered {
    thread: ThreadId,
    nonce: Option<String>,
}

impl Answered {
    /// Reads `thread` and `nonce`; the rest of a question's form is let go with the question.
    pub fn parse(mut fields: Fields) -> Result<Self, Refusal> {
        for other in ["title", "body", "about", "confirm", "mask", "action"] {
            fields.optional_text(other);
        }
        let thread = ThreadId::parse(&fields.text("thread"));
        if thread.is_none() {
            fields.fault("thread", "not_found", "There is no such thread.");
        }
        let nonce = fields.optional_text("nonce").filter(|nonce| !nonce.is_empty());
        fields.finish(thread.map(|thread| Self { thread, nonce }))
    }
}

/// Counts it, once for each form. A draft that the form kept stays among the drafts.
pub fn answered(tx: &mut Tx, member: &Member, act: Answered) -> Result<ThreadId, Refusal> {
    member.must_be_active()?;
    let row = threads::thread(tx, &Viewer::of(member), act.thread)?.ok_or_else(Refusal::not_found)?;
    let id = row.id.to_string();
    let key = SubmissionKey::new(act.nonce.as_deref(), "answered", &[&id])?;
    if submissions::answered(tx, member.id(), key.as_ref())?.is_some() {
        return Ok(row.id);
    }
    submissions::remember(tx, member.id(), key.as_ref(), &id)?;
    // Nobody makes their own thread more helpful.
    if row.author_id != member.id() {
        store::count_help(tx, row.id)?;
        let opening = threads::post(tx, row.opening_post_id)?.ok_or_else(Refusal::not_found)?;
        let version = threads::bump(tx, &opening)?;
        screening::reindex(tx, &format!("post:{}", opening.id), version)?;
    }
    Ok(row.id)
}
