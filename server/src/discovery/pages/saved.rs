//! The searches that a member keeps: beside the search page, with a form each to keep and to delete.

use aftercare_frontend::pages::{KeepField, KeepSearch, Page, SavedSearch, SavedSearches};
use aftercare_frontend::parts::FormState;
use poem::web::Path;
use poem::{IntoResponse, Response, handler};

use super::address::Address;
use super::{Ended, draw};
use crate::accounts::{Caller, Member, Viewer};
use crate::discovery::saved::{self, SavedId, SavedRow, Saving};
use crate::layout;
use crate::platform::db::Db;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;

#[handler]
pub(crate) async fn keep_search(caller: Caller<Member>, form: Form) -> Result<Response, Refusal> {
    let (typed, sent) = (form.0.clone(), form.0);
    let kept = caller
        .prepare(move |app| Saving::parse(app, sent), |tx, member, saving| saved::keep(tx, member, &saving))
        .await;
    let refusal = match kept {
        Ok(row) => return Ok(see_other(&format!("/search?{}&done=kept", row.address))),
        Err(refusal) => layout::about_the_form(refusal)?,
    };
    let status = refusal.status;
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, member| {
            let (viewer, query) = (Viewer::of(member), typed.clone().text("query"));
            let mut page = draw(db, &app, &viewer, &csrf, &Address::read(&query), Ended::Blank)?;
            let form = layout::explain(layout::retype(FormState::new(&csrf), &typed), &refusal);
            if let Some(saved) = &mut page.saved {
                saved.keep = Some(KeepSearch { form, query });
            }
            Ok(page)
        })
        .await?;
    Ok(Html { status, body: page.html() }.into_response())
}

#[handler]
pub(crate) async fn delete_saved(
    caller: Caller<Member>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = SavedId::parse(&id).ok_or_else(Refusal::not_found)?;
    form.0.finish(Some(()))?;
    caller.write(move |tx, member| saved::delete(tx, member, id)).await?;
    Ok(see_other("/search?done=deleted"))
}

/// What has just been done.
pub(super) fn done(query: &str) -> Option<String> {
    let done = query.split('&').find_map(|pair| pair.strip_prefix("done="))?;
    let said = match done {
        "kept" => "Your search is kept.",
        "deleted" => "The search is deleted.",
        _ => return None,
    };
    Some(said.to_owned())
}

/// One's own searches, and the form to keep the one in the address. Visitors have none.
pub(super) fn beside(
    db: &mut Db,
    viewer: &Viewer,
    csrf: &str,
    address: &Address,
) -> Result<Option<SavedSearches>, Refusal> {
    let Some(member) = viewer.member() else { return Ok(None) };
    let row = |row: SavedRow| SavedSearch {
        id: row.id.to_string(),
        url: format!("/search?{}", row.address),
        name: row.name,
    };
    let same = address.with(&[]);
    let query = same.split_once('?').map(|(_, query)| query.to_owned());
    let keep = query.map(|query| KeepSearch { form: FormState::<KeepField>::new(csrf), query });
    let rows = saved::list(db, member)?.into_iter().map(row).collect();
    Ok(Some(SavedSearches { csrf: csrf.to_owned(), rows, keep }))
}
