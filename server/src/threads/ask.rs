//! Asking: a new thread in a board. Public at once unless a rule holds it.

use super::publish::{self, NewPost};
use super::written::{self, Outcome, Posting, Written};
use super::{PostKind, ThreadId, Title, store};
use crate::accounts::{Member, Viewer};
use crate::app::App;
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;
use crate::platform::submissions::SubmissionKey;

/// A question, ready to be kept.
pub struct Question {
    board: String,
    posting: Posting,
    written: Written,
    key: Option<SubmissionKey>,
}

impl Question {
    /// Reads `title`, `body`, `about`, `confirm`, `mask`, `nonce` for the board with this slug.
    pub fn parse(app: &App, board: String, mut fields: Fields) -> Result<Self, Refusal> {
        let title = Title::take(&mut fields, "title");
        let source = fields.text("body");
        let posting = Posting::take(&mut fields);
        let written = posting.write(&app.screening, title.clone(), source);
        let key = posting.submission("ask", &board, &written)?;
        let written = fields.settle(written);
        fields.finish(title.and(written).map(|written| Self { board, posting, written, key }))
    }

    /// Its author can be asked about personal data.
    pub fn by_page(mut self) -> Self {
        self.posting.by_page = true;
        self
    }
}

/// Keeps a question, or answers what the same submission got before.
pub fn ask(tx: &mut Tx, member: &Member, question: &Question) -> Result<Outcome, Refusal> {
    member.must_be_active()?;
    if let Some(outcome) = written::answered(tx, member, question.key.as_ref(), &question.written)? {
        return Ok(outcome);
    }
    let board = store::board_for(tx, &Viewer::of(member), &question.board)?.ok_or_else(Refusal::not_found)?;
    let written = question.written.at(board.care());
    written::ask_once(&written.verdict, &question.posting)?;
    let thread = ThreadId::new(tx.ids, tx.now);
    let new = NewPost {
        thread,
        board: board.id,
        opens: Some(board.id),
        kind: PostKind::Opening,
        about: question.posting.about,
        hold_newcomers: board.hold_newcomers,
        at: None,
        quiet: false,
    };
    let outcome = publish::create(tx, member, &new, &written)?;
    written::remember(tx, member, question.key.as_ref(), &outcome)?;
    Ok(outcome)
}
