//! `/posts/{id}`: on to the page of its thread that the post stands on.

use poem::web::Path;
use poem::{Response, handler};

use crate::accounts::{Caller, Member, Viewer};
use crate::platform::clock::UtcTime;
use crate::platform::db::Db;
use crate::platform::http::see_other;
use crate::platform::limits::PAGE_ROWS;
use crate::platform::refusal::Refusal;
use crate::threads::{Cursor, PostId, PostKind, PostState, ThreadId, read, store};

#[handler]
pub(crate) async fn go(caller: Caller<Viewer>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id = PostId::parse(&id).ok_or_else(Refusal::not_found)?;
    let path = caller
        .read(move |db, viewer| match read::place_of(db, viewer, id) {
            Ok((thread, cursor)) => Ok(address(thread, cursor, id)),
            Err(refusal) if refusal.code == "not_found" => match viewer.member() {
                Some(member) => own_place(db, viewer, member, id),
                None => Err(refusal),
            },
            Err(refusal) => Err(refusal),
        })
        .await?;
    Ok(see_other(&path))
}

fn address(thread: ThreadId, cursor: Option<Cursor>, post: PostId) -> String {
    let after = cursor.map(|cursor| format!("?after={}", cursor.encode())).unwrap_or_default();
    format!("/threads/{thread}{after}#p-{post}")
}

/// A post that nobody else sees stands behind the last one that everybody sees, or, closed, among the author's own posts.
fn own_place(db: &mut Db, viewer: &Viewer, member: &Member, id: PostId) -> Result<String, Refusal> {
    let post = read::own_post(db, member, id)?;
    let public = store::thread(db, viewer, post.thread_id)?;
    if post.state != PostState::Held || (public.is_none() && post.kind != PostKind::Opening) {
        return Ok("/me/posts".to_owned());
    }
    let end = UtcTime::from_micros(253_402_300_799_000_000).map(|at| Cursor { at, id: i64::MAX });
    let count = match end {
        Some(end) if public.is_some() => store::count_before(db, post.thread_id, end)?,
        _ => 0,
    };
    let start = (count - 1).max(0) / PAGE_ROWS * PAGE_ROWS;
    let cursor = if start == 0 { None } else { store::cursor_at(db, post.thread_id, start - 1)? };
    Ok(address(post.thread_id, cursor, id))
}
