//! Replying in a thread that the member can read.

use super::publish::{self, NewPost};
use super::written::{self, Outcome, Posting, Written};
use super::{PostKind, ThreadId, store};
use crate::accounts::{Member, Viewer};
use crate::app::App;
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;
use crate::platform::submissions::SubmissionKey;

/// A reply, ready to be kept.
pub struct Reply {
    thread: ThreadId,
    posting: Posting,
    written: Written,
    key: Option<SubmissionKey>,
}

impl Reply {
    /// Reads `body`, `about`, `confirm`, `mask`, `nonce`.
    pub fn parse(app: &App, thread: ThreadId, mut fields: Fields) -> Result<Self, Refusal> {
        let source = fields.text("body");
        let posting = Posting::take(&mut fields);
        let written = posting.write(&app.screening, None, source);
        let key = posting.submission("reply", &thread.to_string(), &written)?;
        let written = fields.settle(written);
        fields.finish(written.map(|written| Self { thread, posting, written, key }))
    }

    /// Its author can be asked about personal data.
    pub fn by_page(mut self) -> Self {
        self.posting.by_page = true;
        self
    }
}

/// Keeps a reply, or answers what the same submission got before.
pub fn reply(tx: &mut Tx, member: &Member, reply: &Reply) -> Result<Outcome, Refusal> {
    member.must_be_active()?;
    if let Some(outcome) = written::answered(tx, member, reply.key.as_ref(), &reply.written)? {
        return Ok(outcome);
    }
    let thread = store::thread(tx, &Viewer::of(member), reply.thread)?.ok_or_else(Refusal::not_found)?;
    if thread.locked {
        return Err(Refusal::conflict(
            "locked",
            "This thread is closed for new replies. Your words are kept; you can ask anew.",
        ));
    }
    let board = store::board(tx, thread.board_id)?.ok_or_else(Refusal::not_found)?;
    let written = reply.written.at(board.care());
    written::ask_once(&written.verdict, &reply.posting)?;
    let new = NewPost {
        thread: thread.id,
        board: board.id,
        opens: None,
        kind: PostKind::Reply,
        about: reply.posting.about,
        hold_newcomers: board.hold_newcomers,
        at: None,
        quiet: false,
    };
    let outcome = publish::create(tx, member, &new, &written)?;
    written::remember(tx, member, reply.key.as_ref(), &outcome)?;
    Ok(outcome)
}
