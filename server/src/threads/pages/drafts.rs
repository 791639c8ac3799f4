//! `/me/drafts`: what is unfinished, and what came back.

use aftercare_frontend::content;
use aftercare_frontend::pages::{Draft, MyDrafts, Page, Returned};
use poem::web::{Path, Query};
use poem::{Response, handler};

use super::mine::titles_of;
use super::rows::After;
use crate::accounts::{Caller, Member};
use crate::app::App;
use crate::layout;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;
use crate::threads::store::DraftRow;
use crate::threads::{DraftId, drafts, read, withdraw};

/// Characters of a draft in the list.
const EXCERPT: usize = 200;

#[handler]
pub(crate) async fn list(caller: Caller<Member>, Query(query): Query<After>) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, member| {
            let found = read::drafts(db, member, query.cursor())?;
            let threads = found.rows.iter().filter_map(|row| row.thread_id).collect();
            let titles = titles_of(db, member, threads)?;
            let draft = |row: DraftRow| {
                let replies_to = row.thread_id.and_then(|id| titles.get(&id));
                in_list(&app, row.clone(), replies_to.map(String::as_str))
            };
            let mut chrome = layout::chrome(db, &app, Some(member), &csrf, "/me/drafts")?;
            chrome.flash = query.done.as_deref().and_then(done).map(str::to_owned);
            Ok(MyDrafts {
                chrome,
                csrf,
                drafts: found.rows.into_iter().map(draft).collect(),
                older: found.next.map(|next| format!("/me/drafts?after={}", next.encode())),
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

fn done(word: &str) -> Option<&'static str> {
    match word {
        "kept" => Some("Your draft is kept."),
        "withdrawn" => Some("You took your post back. Its words are here."),
        "discarded" => Some("The draft is gone."),
        _ => None,
    }
}

fn in_list(app: &App, row: DraftRow, replies_to: Option<&str>) -> Draft {
    let title = match (row.title.trim(), row.thread_id, replies_to) {
        ("", Some(_), Some(title)) => format!("Reply to: {title}"),
        ("", Some(_), None) => "A reply".to_owned(),
        ("", None, _) => "A question without a title".to_owned(),
        (title, ..) => title.to_owned(),
    };
    Draft {
        id: row.id.to_string(),
        title,
        excerpt: layout::excerpt(&words_of(&row.source), EXCERPT),
        when: layout::moment(&app.schedule, row.updated_at),
        returned: returned(app, &row),
    }
}

/// The beginning of a draft as it would read, without marks. One that cannot be shown as a post yet is shown as it was typed.
fn words_of(source: &str) -> String {
    // A list of many long drafts must not render all of each.
    let beginning: String = source.chars().take(EXCERPT * 5).collect();
    content::render(&beginning).map_or(beginning, |rendered| rendered.text)
}

/// Why it came back, and from whom.
pub(super) fn returned(app: &App, row: &DraftRow) -> Option<Returned> {
    let reason = row.reason.clone().filter(|reason| !reason.is_empty())?;
    let by = if reason == withdraw::TAKEN_BACK { "Taken back by you" } else { "Our team" };
    Some(Returned { by: by.to_owned(), when: layout::moment(&app.schedule, row.created_at), reason })
}

#[handler]
pub(crate) async fn discard(
    caller: Caller<Member>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = DraftId::parse(&id).ok_or_else(Refusal::not_found)?;
    form.0.finish(Some(()))?;
    caller.write(move |tx, member| drafts::discard(tx, member, id)).await?;
    Ok(see_other("/me/drafts?done=discarded"))
}
