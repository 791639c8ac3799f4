//! `/search`: what was found, best first, with what stands around it.

mod address;
pub(crate) mod alike;
mod ask_here;
mod found;
mod looked_for;
mod saved;
mod suggest;

use aftercare_frontend::pages::{Found, InThread, Page, Search, SearchField};
use aftercare_frontend::parts::FormState;
use poem::http::{HeaderValue, StatusCode, header};
use poem::{IntoResponse, Request, Response, handler};

use self::address::Address;
use super::asked::Asking;
use super::find::{self, Findings};
use crate::accounts::{Caller, Viewer};
use crate::app::App;
use crate::layout;
use crate::platform::db::Db;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;
use crate::support::pages as support;
use crate::threads::pages::rows::board_link;
use crate::threads::{ThreadId, read, store as threads};

pub(crate) use self::looked_for::in_vain;
pub(crate) use self::saved::{delete_saved, keep_search};
pub(crate) use self::suggest::suggestions;

/// Results of a page, and how far the pages go.
const PAGE: usize = 20;
const LAST: usize = 1000;

/// How the search ended.
enum Ended {
    Blank,
    Answered(Findings),
    Refused(Refusal),
}

#[handler]
pub(crate) async fn search(caller: Caller<Viewer>, request: &Request) -> Result<Response, Refusal> {
    let address = Address::read(request.uri().query().unwrap_or_default());
    let ended = match asking(&caller.app, &address) {
        Err(refusal) => Ended::Refused(refusal),
        Ok(asking) if asking.text.is_empty() => Ended::Blank,
        Ok(asking) => match find::find(&caller, asking).await {
            Ok(findings) => Ended::Answered(findings),
            Err(refusal) if refusal.code == "search_unavailable" || !refusal.fields.is_empty() => {
                Ended::Refused(refusal)
            }
            Err(refusal) => return Err(refusal),
        },
    };
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let status = match &ended {
        Ended::Refused(refusal) => refusal.status,
        Ended::Blank | Ended::Answered(_) => StatusCode::OK,
    };
    let done = saved::done(request.uri().query().unwrap_or_default());
    let page = caller
        .read(move |db, viewer| {
            let mut page = draw(db, &app, viewer, &csrf, &address, ended)?;
            page.chrome.flash = done;
            Ok(page)
        })
        .await?;
    let mut response = Html { status, body: page.html() }.into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    Ok(response)
}

fn asking(app: &App, address: &Address) -> Result<Asking, Refusal> {
    let mut fields = address.fields();
    let asking = Asking::take(&mut fields, app.schedule.zone(), app.database.clock().now());
    fields.finish(Some(Asking { offset: address.offset(), limit: PAGE, ..asking }))
}

fn draw(
    db: &mut Db,
    app: &App,
    viewer: &Viewer,
    csrf: &str,
    address: &Address,
    ended: Ended,
) -> Result<Search, Refusal> {
    let mut form: FormState<SearchField> = layout::retype(FormState::new(""), &address.fields());
    let found = match ended {
        Ended::Blank => Found::Blank,
        Ended::Answered(findings) => found::found(db, app, viewer, address, findings)?,
        Ended::Refused(refusal) if refusal.fields.is_empty() => Found::Unavailable,
        Ended::Refused(refusal) => {
            form = layout::explain(form, &refusal);
            Found::Blank
        }
    };
    let needs = match address.value("q") {
        "" => Vec::new(),
        text => app.screening.evaluate(text).needs,
    };
    let thread = match ThreadId::parse(address.value("thread")) {
        Some(id) => threads::thread(db, viewer, id)?,
        None => None,
    };
    let mut chrome = layout::chrome(db, app, viewer.member(), csrf, "/search")?;
    // Results are no pages of their own for other search engines.
    chrome.no_index |= !address.value("q").is_empty();
    Ok(Search {
        chrome,
        form,
        boards: read::boards(db, viewer)?.iter().map(board_link).collect(),
        thread: thread.map(|thread| InThread {
            id: thread.id.to_string(),
            title: thread.title,
            out: address.with(&[("thread", "")]),
        }),
        found,
        saved: saved::beside(db, viewer, csrf, address)?,
        care: support::care_panels(app, &needs, support::region_of(app, viewer)),
    })
}
