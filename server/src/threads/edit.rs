//! Editing: a new revision, screened like the first. A held edit of a public post leaves the approved wording before readers;
//! an edit of a post that waits never publishes it.

use super::publish;
use super::store;
use super::written::{self, Outcome, Posting, Written};
use super::{About, PostId, PostKind, PostState, RevisionId, Title};
use crate::accounts::Member;
use crate::app::App;
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;
use crate::screening::{self, Cause};

/// A new wording, ready to be kept.
pub struct Edit {
    post: PostId,
    written: Written,
    posting: Posting,
    /// Whom it is about, where the form asked again.
    about: Option<About>,
}

impl Edit {
    /// Reads `title` (openings only), `body`, `about` (unchanged where it is missing), `confirm`, `mask`, `nonce`.
    pub fn parse(app: &App, post: PostId, mut fields: Fields) -> Result<Self, Refusal> {
        let title = match fields.has("title") {
            true => Some(Title::take(&mut fields, "title")),
            false => None,
        };
        let source = fields.text("body");
        let asked = fields.has("about");
        let posting = Posting::take(&mut fields);
        let about = asked.then_some(posting.about);
        let sent = title.clone().flatten();
        let written = fields.settle(posting.write(&app.screening, sent, source));
        let title_fits = !matches!(title, Some(None));
        let edit = written.map(|written| Self { post, written, posting, about });
        fields.finish(edit.filter(|_| title_fits))
    }

    /// Its author can be asked about personal data.
    pub fn by_page(mut self) -> Self {
        self.posting.by_page = true;
        self
    }
}

/// Keeps the new wording. Only the author's own posts exist here; anybody else's is "not found".
pub fn edit(tx: &mut Tx, member: &Member, edit: &Edit) -> Result<Outcome, Refusal> {
    member.must_be_active()?;
    let post = store::post(tx, edit.post)?
        .filter(|post| post.author_id == member.id())
        .ok_or_else(Refusal::not_found)?;
    match (post.kind == PostKind::Opening, edit.written.title.is_some()) {
        (true, false) => {
            return Err(Refusal::field(
                "title",
                "required",
                "Please give it a title, so that others find it.",
            ));
        }
        (false, true) => return Err(Refusal::field("title", "unknown_field", "A reply has no title.")),
        _ => {}
    }
    if !matches!(post.state, PostState::Public | PostState::Held) {
        return Err(Refusal::conflict(
            "not_editable",
            "This post is closed. If it came back to you, you find it among your drafts and can post it anew from there.",
        ));
    }
    let board = store::board_of_thread(tx, post.thread_id)?;
    let written = edit.written.at(board.as_ref().and_then(|board| board.care()));
    let latest = store::revision(tx, post.latest_revision_id)?.ok_or_else(Refusal::not_found)?;
    let done = |state, edit_waits| Outcome {
        thread: post.thread_id,
        post: post.id,
        state,
        edit_waits,
        needs: written.verdict.needs.clone(),
        masked: written.masked.clone(),
    };
    if latest.hash != written.hash {
        written::ask_once(&written.verdict, &edit.posting)?;
    }
    if let Some(about) = edit.about {
        store::set_about(tx, post.id, about)?;
    }
    if latest.hash == written.hash {
        return Ok(done(
            post.state,
            post.published_revision_id.is_some_and(|shown| shown != post.latest_revision_id),
        ));
    }
    let revision = RevisionId::new(tx.ids, tx.now);
    let now = tx.now;
    let number = store::next_number(tx, post.id)?;
    store::insert_revision(tx, revision, post.id, number, member.id(), &written, now)?;
    store::set_latest(tx, &post, revision)?;
    screening::record_verdict(tx, revision.0, &written.hash, written.screened(now))?;
    let newcomer = written::is_newcomer(tx, member)?;
    let hold_newcomers = board.is_some_and(|board| board.hold_newcomers);
    let links = written.rendered.html.as_str().contains("<a ");
    let cause = written::hold_cause(&written.verdict, newcomer, hold_newcomers, links);
    let waiting = store::waits(tx, &post)?;
    let key = (post.id.0, revision.0, written.hash.as_str());
    if waiting {
        // What a person has been asked to look at stays with a person, at no less than its urgency.
        let before = screening::store::unfinished_severity(tx, post.id.0)?;
        let severity = before.map_or(written.verdict.severity, |before| before.max(written.verdict.severity));
        let cause = cause.map_or(Cause::EditedWhileHeld, |(cause, _)| cause);
        screening::open_item(tx, key, cause, severity)?;
        return Ok(done(post.state, post.state == PostState::Public));
    }
    match cause {
        Some((cause, severity)) => {
            screening::open_item(tx, key, cause, severity)?;
            Ok(done(post.state, true))
        }
        None => {
            // A flag that nobody has looked at yet moves on to the new wording: an edit does not wipe it away.
            match screening::store::unfinished_severity(tx, post.id.0)? {
                Some(before) => {
                    let severity = before.max(written.verdict.severity);
                    screening::open_item(tx, key, Cause::EditedWhileHeld, severity)?;
                }
                None => publish::flag(tx, &post, revision, &written)?,
            }
            publish::show(tx, &post, revision, false)?;
            Ok(done(PostState::Public, false))
        }
    }
}
