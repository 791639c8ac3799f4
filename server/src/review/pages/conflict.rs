//! The answer 409 at the desk: somebody was faster, or the text has changed. What was typed is kept.

use aftercare_frontend::pages::{DeskConflict, Kept, Page};
use aftercare_frontend::parts::Diff;
use poem::http::StatusCode;
use poem::{IntoResponse, Response};

use super::diff::diff;
use crate::accounts::{Caller, Moderator};
use crate::layout;
use crate::platform::db::Db;
use crate::platform::fields::Fields;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;
use crate::review::claim::LEASE;
use crate::review::store::{self, ItemRow};
use crate::review::{Choice, ItemId, ItemState};
use crate::screening::screened_text;
use crate::threads::RevisionId;
use crate::threads::store::{self as threads, RevisionRow};

/// The page for a conflict; any other refusal goes on to the error page.
pub(super) async fn conflict(
    caller: &Caller<Moderator>,
    id: ItemId,
    refusal: Refusal,
    typed: &Fields,
) -> Result<Response, Refusal> {
    if refusal.status != StatusCode::CONFLICT {
        return Err(refusal);
    }
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let (kept, read) = (kept(typed), RevisionId::parse(&typed.clone().text("revision")));
    let mut carried = carried(&mut typed.clone());
    let page = caller
        .read(move |db, moderator| {
            let item = store::item(db, id)?.ok_or_else(Refusal::not_found)?;
            let now = app.database.clock().now();
            let others = |item: &ItemRow| item.holder(now).filter(|holder| *holder != moderator.id());
            let holder = others(&item);
            let since = item.lease_until.map(|until| layout::moment(&app.schedule, until.plus(-LEASE)));
            let name = holder.map(|holder| store::name_of(db, holder)).transpose()?;
            let newest = store::unfinished_of(db, item.post_id)?.unwrap_or(id);
            let waits = store::item(db, newest)?.is_some_and(|newest| {
                matches!(newest.state, ItemState::Open | ItemState::Claimed) && others(&newest).is_none()
            });
            match waits && !carried.is_empty() {
                true => carried.insert(0, ("csrf".to_owned(), csrf.clone())),
                false => carried.clear(),
            }
            Ok(DeskConflict {
                chrome: layout::chrome(db, &app, Some(moderator), &csrf, format!("/desk/items/{id}"))?,
                item: newest.to_string(),
                heading: heading(refusal.code, name.as_deref()),
                explanation: explanation(&refusal, newest != id, !kept.is_empty()),
                holder: name.zip(since),
                diff: changed(db, &item, read)?,
                kept,
                carried,
            })
        })
        .await?;
    Ok(Html { status: StatusCode::CONFLICT, body: page.html() }.into_response())
}

fn heading(code: &str, holder: Option<&str>) -> String {
    match (code, holder) {
        ("claimed_by_other", Some(name)) => format!("{name} was a moment faster"),
        ("already_decided", _) => "This has been decided already".to_owned(),
        ("waiting_author", _) => "This waits for its author".to_owned(),
        ("not_claimed", _) => "You do not hold this item any more".to_owned(),
        _ => "This has changed since you opened it".to_owned(),
    }
}

/// The API names the newer item; a page leads to it.
fn explanation(refusal: &Refusal, replaced: bool, decided: bool) -> String {
    let nothing = if decided { " Your decision was not carried out." } else { "" };
    let what =
        if replaced { "The author has changed this text. The new one waits now." } else { &refusal.detail };
    format!("{what}{nothing}")
}

/// What the author has changed since the wording that the decision was about.
fn changed(db: &mut Db, item: &ItemRow, read: Option<RevisionId>) -> Result<Option<Diff>, Refusal> {
    let revisions = threads::revisions_of(db, item.post_id)?;
    let before = revisions.iter().find(|row| Some(row.id) == read);
    let text = |row: &RevisionRow| screened_text(row.title.as_deref(), &row.plain);
    Ok(before
        .zip(revisions.last())
        .filter(|(before, last)| before.id != last.id)
        .map(|(before, last)| diff(&text(before), &text(last))))
}

/// Takes what a decision says whatever the wording it was about. How urgent it was is not among it: the new text is another one.
pub(super) fn carried(fields: &mut Fields) -> Vec<(String, String)> {
    let names = ["choice", "guidance", "relation", "note", "reason"];
    let texts = names.into_iter().filter(|name| fields.has(name)).collect::<Vec<_>>();
    texts.into_iter().map(|name| (name.to_owned(), fields.text(name))).collect()
}

fn kept(typed: &Fields) -> Vec<Kept> {
    let mut typed = typed.clone();
    let choice = Choice::parse(&typed.text("choice")).map(|choice| match choice {
        Choice::Publish => "Publish it",
        Choice::PublishWithGuidance => "Publish it with guidance",
        Choice::PublishMasked => "Publish it with the marked words left out",
        Choice::AskChanges => "Ask for a change",
        Choice::Refuse => "Do not publish",
    });
    let rows = [
        ("What you decided", choice.unwrap_or_default().to_owned()),
        ("What you wrote to the author", typed.text("reason")),
        ("Your word on the card", typed.text("note")),
    ];
    let rows = rows.into_iter().filter(|(_, text)| !text.trim().is_empty());
    rows.map(|(label, text)| Kept { label: label.to_owned(), text }).collect()
}
