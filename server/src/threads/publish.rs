//! The few moves by which a text comes before readers or goes from them. Nothing else writes a post's state.

use super::store::{self, PostCore};
use super::written::{self, Outcome, Written};
use super::{About, BoardId, PostId, PostKind, PostState, RevisionId, ThreadId};
use crate::accounts::{Member, MemberId, Operator};
use crate::platform::clock::UtcTime;
use crate::platform::db::Tx;
use crate::platform::outbox::{self, Topic};
use crate::platform::refusal::Refusal;
use crate::screening::{self, Cause};
use moderation_rules::Action;

/// Where a new post goes.
pub struct NewPost {
    pub thread: ThreadId,
    pub board: BoardId,
    /// The post opens the thread, in this board.
    pub opens: Option<BoardId>,
    pub kind: PostKind,
    pub about: About,
    pub hold_newcomers: bool,
    /// When it was said, for imported posts; otherwise now.
    pub at: Option<UtcTime>,
    /// Nobody is told of it: what was said elsewhere long ago is no news.
    pub quiet: bool,
}

/// Keeps a new post with its first revision: public at once, or held with an item for a person. One transaction with all it sets off.
pub fn create(tx: &mut Tx, author: &Member, new: &NewPost, text: &Written) -> Result<Outcome, Refusal> {
    let newcomer = written::is_newcomer(tx, author)?;
    insert(tx, author.id(), new, text, newcomer)
}

/// The same for an author who is not here (import), judged by the same measure.
pub fn create_as(
    tx: &mut Tx,
    _: &Operator,
    author: MemberId,
    new: &NewPost,
    text: &Written,
) -> Result<Outcome, Refusal> {
    let newcomer = written::is_new(tx, author)?;
    insert(tx, author, new, text, newcomer)
}

fn insert(
    tx: &mut Tx,
    author: MemberId,
    new: &NewPost,
    text: &Written,
    newcomer: bool,
) -> Result<Outcome, Refusal> {
    let has_links = text.rendered.html.as_str().contains("<a ");
    let cause = written::hold_cause(&text.verdict, newcomer, new.hold_newcomers, has_links);
    let post = PostId::new(tx.ids, tx.now);
    let revision = RevisionId::new(tx.ids, tx.now);
    let at = new.at.unwrap_or(tx.now);
    let state = if cause.is_some() { PostState::Held } else { PostState::Public };
    if let Some(board) = new.opens {
        store::insert_thread(tx, new.thread, board, post, at)?;
    }
    store::insert_post(tx, (post, new.thread, author), (new.kind, new.about, state), revision, at)?;
    store::insert_revision(tx, revision, post, 1, author, text, at)?;
    screening::record_verdict(tx, revision.0, &text.hash, text.screened(at))?;
    let core = PostCore {
        id: post,
        thread_id: new.thread,
        author_id: author,
        kind: new.kind,
        state,
        published_revision_id: (state == PostState::Public).then_some(revision),
        latest_revision_id: revision,
        version: 1,
    };
    match cause {
        Some((cause, severity)) => {
            screening::open_item(tx, (post.0, revision.0, &text.hash), cause, severity)?;
        }
        None => {
            flag(tx, &core, revision, text)?;
            came_before_readers(tx, &core, new.quiet)?;
        }
    }
    Ok(Outcome {
        thread: new.thread,
        post,
        state,
        edit_waits: false,
        needs: text.verdict.needs.clone(),
        masked: text.masked.clone(),
    })
}

/// Public, but a person should look: `flag` opens an item beside the public text.
pub(super) fn flag(
    tx: &mut Tx,
    post: &PostCore,
    revision: RevisionId,
    text: &Written,
) -> Result<(), Refusal> {
    if text.verdict.action == Action::Flag {
        screening::open_item(tx, (post.id.0, revision.0, &text.hash), Cause::Rules, text.verdict.severity)?;
    }
    Ok(())
}

/// Shows this revision to readers. `late`: a person approved it after others had read on.
pub fn show(tx: &mut Tx, post: &PostCore, revision: RevisionId, late: bool) -> Result<(), Refusal> {
    store::set_public(tx, post, revision, late)?;
    let shown = PostCore {
        state: PostState::Public,
        published_revision_id: Some(revision),
        version: post.version + 1,
        ..post.clone()
    };
    came_before_readers(tx, &shown, false)
}

/// Takes a post from readers, or leaves a held one unseen for good.
pub fn take_away(tx: &mut Tx, post: &PostCore, to: PostState) -> Result<(), Refusal> {
    store::set_unpublished(tx, post, to)?;
    went_from_readers(tx, post)
}

fn came_before_readers(tx: &mut Tx, post: &PostCore, quiet: bool) -> Result<(), Refusal> {
    store::recount(tx, post.thread_id)?;
    touch_index(tx, post)?;
    if post.kind != PostKind::Opening && !quiet {
        let payload = serde_json::json!({ "post": post.id.to_string() });
        outbox::push(tx, Topic::Notice, &format!("reply:{}", post.id), 1, &payload)?;
    }
    Ok(())
}

fn went_from_readers(tx: &mut Tx, post: &PostCore) -> Result<(), Refusal> {
    store::recount(tx, post.thread_id)?;
    touch_index(tx, &PostCore { version: post.version + 1, ..post.clone() })
}

/// Asks for the search documents that this post has part in. When an opening comes or goes, its replies come or go with it.
fn touch_index(tx: &mut Tx, post: &PostCore) -> Result<(), Refusal> {
    screening::reindex(tx, &format!("post:{}", post.id), post.version)?;
    if post.kind == PostKind::Opening && post.version > 1 {
        for (reply, version) in store::bump_replies(tx, post.thread_id, post.id)? {
            screening::reindex(tx, &format!("post:{reply}"), version)?;
        }
    }
    Ok(())
}
