//! `/threads/{id}`: a thread in pages, and the form for a reply under it.

use aftercare_frontend::pages::{Page, ReplyField, Thread};
use aftercare_frontend::parts::{BoardLink, Chrome, FormState};
use poem::handler;
use poem::web::{Path, Query};

use super::post_card;
use super::rows::After;
use crate::accounts::{Caller, Member, Viewer};
use crate::app::App;
use crate::discovery::related;
use crate::layout;
use crate::platform::db::Db;
use crate::platform::http::Html;
use crate::platform::limits::PAGE_ROWS;
use crate::platform::refusal::Refusal;
use crate::threads::store::{self, ThreadRow};
use crate::threads::{BoardAudience, Cursor, PostKind, ThreadId, read};

#[handler]
pub(crate) async fn show(
    caller: Caller<Viewer>,
    Path(id): Path<String>,
    Query(after): Query<After>,
) -> Result<Html, Refusal> {
    let id = ThreadId::parse(&id).ok_or_else(Refusal::not_found)?;
    let (app, csrf, nonce) = (caller.app.clone(), caller.csrf(), caller.nonce());
    let first = after.cursor().is_none();
    let proposed = if first { related::of(&caller, id).await? } else { Vec::new() };
    let page = caller
        .read(move |db, viewer| {
            let mut chrome = layout::chrome(db, &app, viewer.member(), &csrf, format!("/threads/{id}"))?;
            chrome.flash = after.done.as_deref().and_then(done).map(str::to_owned);
            match public(db, &app, (viewer, &csrf), chrome.clone(), (id, after.cursor())) {
                Ok(mut page) => {
                    let rows = related::readable(db, viewer, &proposed)?;
                    page.related = rows.into_iter().map(|(id, title)| (id.to_string(), title)).collect();
                    Ok(with_reply_form(page, viewer, &csrf, &nonce))
                }
                // A question that waits has no thread yet, except for the person who asked it.
                Err(refusal) if refusal.code == "not_found" => own_waiting(db, &app, viewer, chrome, id),
                Err(refusal) => Err(refusal),
            }
        })
        .await?;
    Ok(Html::ok(page.html()))
}

fn done(what: &str) -> Option<&'static str> {
    (what == "answered").then_some(
        "Good. Your question was not posted; if you kept a draft of it, that is still among your drafts.",
    )
}

/// The frame of a thread's page, without posts: what a reply's preview and errors stand in.
pub(super) fn bare(mut chrome: Chrome, thread: &ThreadRow) -> Thread {
    chrome.no_index |= thread.audience != BoardAudience::Public;
    Thread {
        chrome,
        id: thread.id.to_string(),
        title: thread.title.clone(),
        board: BoardLink { slug: thread.board_slug.clone(), name: thread.board_name.clone() },
        search_url: Some(format!("/search?thread={}", thread.id)),
        posts: Vec::new(),
        earlier: None,
        later: None,
        reply: None,
        closed: None,
        preview: None,
        care: Vec::new(),
        autosave_url: None,
        related: Vec::new(),
    }
}

fn public(
    db: &mut Db,
    app: &App,
    (viewer, csrf): (&Viewer, &str),
    chrome: Chrome,
    (id, after): (ThreadId, Option<Cursor>),
) -> Result<Thread, Refusal> {
    let found = read::thread(db, viewer, id, after)?;
    let locked = found.thread.locked;
    let mut page = bare(chrome, &found.thread);
    page.posts =
        post_card::public_posts(db, app, (viewer, csrf), id, found.posts.rows, &found.edits_waiting)?;
    page.later = found.posts.next.map(|next| format!("/threads/{id}?after={}", next.encode()));
    page.earlier = earlier(db, id, after)?;
    if let Some(member) = viewer.member().filter(|_| page.later.is_none()) {
        page.posts.extend(post_card::waiting_posts(db, app, member, found.own_waiting)?);
    }
    page.closed = locked.then(|| "This thread is closed for new replies.".to_owned());
    Ok(page)
}

/// Where the page before this one starts.
fn earlier(db: &mut Db, id: ThreadId, after: Option<Cursor>) -> Result<Option<String>, Refusal> {
    let Some(after) = after else { return Ok(None) };
    let start = store::count_before(db, id, after)? + 1 - PAGE_ROWS;
    let cursor = if start > 0 { store::cursor_at(db, id, start - 1)? } else { None };
    Ok(Some(match cursor {
        Some(cursor) => format!("/threads/{id}?after={}", cursor.encode()),
        None => format!("/threads/{id}"),
    }))
}

fn with_reply_form(mut page: Thread, viewer: &Viewer, csrf: &str, nonce: &str) -> Thread {
    let Some(member) = viewer.member().filter(|_| page.closed.is_none()) else { return page };
    match member.must_be_active() {
        Ok(()) => {
            page.autosave_url = Some(reply_path(&page.id));
            page.reply = Some(FormState::new(csrf).with_nonce(nonce).with(ReplyField::About, "me"));
        }
        Err(refusal) => page.closed = Some(refusal.detail),
    }
    page
}

pub(super) fn reply_path(id: &str) -> String {
    format!("/threads/{id}/reply")
}

fn own_waiting(
    db: &mut Db,
    app: &App,
    viewer: &Viewer,
    chrome: Chrome,
    id: ThreadId,
) -> Result<Thread, Refusal> {
    let member: &Member = viewer.member().ok_or_else(Refusal::not_found)?;
    let mut rows = store::own_unseen_in(db, member.id(), id)?;
    rows.retain(|row| row.kind == PostKind::Opening);
    let opening = rows.first().ok_or_else(Refusal::not_found)?;
    Ok(Thread {
        chrome,
        id: id.to_string(),
        title: opening.title.clone().unwrap_or_default(),
        board: BoardLink { slug: opening.board_slug.clone(), name: opening.board_name.clone() },
        search_url: None,
        posts: post_card::waiting_posts(db, app, member, rows)?,
        earlier: None,
        later: None,
        reply: None,
        closed: Some("Others can answer once your question is public.".to_owned()),
        preview: None,
        care: Vec::new(),
        autosave_url: None,
        related: Vec::new(),
    })
}
