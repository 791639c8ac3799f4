//! Pages for readers and members, and the assets.

use poem::EndpointExt;
use poem::endpoint::BoxEndpoint;
use poem::http::Method;

use crate::accounts::pages as accounts;
use crate::discovery::pages as discovery;
use crate::guidance::pages::{glossary, reader as guidance};
use crate::layout;
use crate::notices::pages as notices;
use crate::platform::http::registry::PageRoute;
use crate::platform::http::{Audience, GateLevel, Kind};
use crate::platform::limits::Limit;
use crate::support::pages as support;
use crate::threads::pages as threads;

use Audience::{Author, NoText, Readers};
use GateLevel::{Member, Public};

type Endpoint = fn() -> BoxEndpoint<'static>;

/// What is read without changing anything.
const fn reads(
    path: &'static str,
    gate: GateLevel,
    (audience, limit, kind): (Audience, Limit, Kind),
    endpoint: Endpoint,
) -> PageRoute {
    PageRoute { method: Method::GET, path, gate, audience, limit, visitor_form: false, kind, endpoint }
}

const fn get(path: &'static str, gate: GateLevel, audience: Audience, endpoint: Endpoint) -> PageRoute {
    reads(path, gate, (audience, Limit::Read, Kind::Page), endpoint)
}

const fn post(path: &'static str, gate: GateLevel, audience: Audience, endpoint: Endpoint) -> PageRoute {
    let (limit, kind) = (Limit::Write, Kind::Page);
    PageRoute { method: Method::POST, path, gate, audience, limit, visitor_form: false, kind, endpoint }
}

/// A form for visitors, by the limit that its sending has.
const fn visitors(path: &'static str, endpoint: Endpoint) -> PageRoute {
    let (limit, kind, audience) = (Limit::Read, Kind::Page, NoText);
    PageRoute { method: Method::GET, path, gate: Public, audience, limit, visitor_form: true, kind, endpoint }
}

/// Sends a visitor's form.
const fn sends(path: &'static str, limit: Limit, endpoint: Endpoint) -> PageRoute {
    let (kind, audience) = (Kind::Page, NoText);
    PageRoute {
        method: Method::POST,
        path,
        gate: Public,
        audience,
        limit,
        visitor_form: true,
        kind,
        endpoint,
    }
}

const fn file(path: &'static str, kind: Kind, endpoint: Endpoint) -> PageRoute {
    reads(path, Public, (NoText, Limit::Read, kind), endpoint)
}

const fn searches(path: &'static str, limit: Limit, endpoint: Endpoint) -> PageRoute {
    reads(path, Public, (Readers, limit, Kind::Page), endpoint)
}

pub(super) const ROUTES: &[PageRoute] = &[
    file("/assets/{hash}/{name}", Kind::Asset, || layout::asset.boxed()),
    file("/api/openapi.json", Kind::Api, || layout::openapi.boxed()),
    file("/robots.txt", Kind::Page, || support::robots.boxed()),
    // Everybody reads.
    get("/", Public, Readers, || threads::home::show.boxed()),
    get("/boards/{slug}", Public, Author, || threads::board::show.boxed()),
    get("/threads/{id}", Public, Author, || threads::thread::show.boxed()),
    get("/posts/{id}", Public, NoText, || threads::place::go.boxed()),
    get("/guidance", Public, Readers, || guidance::library.boxed()),
    get("/guidance/{id}", Public, Readers, || guidance::show.boxed()),
    get("/glossary", Public, Readers, || glossary::glossary.boxed()),
    searches("/search", Limit::Search, || discovery::search.boxed()),
    searches("/search/suggest", Limit::Suggest, || discovery::suggestions.boxed()),
    get("/help", Public, NoText, || support::help.boxed()),
    get("/about", Public, NoText, || support::about.boxed()),
    get("/privacy", Public, NoText, || support::privacy.boxed()),
    // Coming and going.
    visitors("/join", || accounts::join::show.boxed()),
    sends("/join", Limit::SignUp, || accounts::join::submit.boxed()),
    visitors("/sign-in", || accounts::sign_in::show.boxed()),
    sends("/sign-in", Limit::SignIn, || accounts::sign_in::submit.boxed()),
    post("/sign-out", Public, NoText, || accounts::sign_in::out.boxed()),
    // Members write.
    get("/boards/{slug}/ask", Member, NoText, || threads::ask::show.boxed()),
    post("/boards/{slug}/ask", Member, Author, || threads::ask::submit.boxed()),
    post("/threads/{id}/reply", Member, Author, || threads::reply::submit.boxed()),
    get("/posts/{id}/edit", Member, Author, || threads::edit::show.boxed()),
    post("/posts/{id}/edit", Member, Author, || threads::edit::submit.boxed()),
    get("/posts/{id}/withdraw", Member, Author, || threads::withdraw::show.boxed()),
    post("/posts/{id}/withdraw", Member, NoText, || threads::withdraw::submit.boxed()),
    // What is one's own.
    get("/me", Member, NoText, || accounts::me::show.boxed()),
    post("/me/settings", Member, NoText, || accounts::me::save.boxed()),
    post("/me/sessions/end", Member, NoText, || accounts::me::end_sessions.boxed()),
    get("/me/posts", Member, Author, || threads::mine::show.boxed()),
    get("/me/drafts", Member, Author, || threads::drafts::list.boxed()),
    get("/me/drafts/{id}", Member, Author, || threads::draft::show.boxed()),
    post("/me/drafts/{id}", Member, Author, || threads::draft::submit.boxed()),
    post("/me/drafts/{id}/delete", Member, NoText, || threads::drafts::discard.boxed()),
    get("/me/notices", Member, Author, || notices::notices.boxed()),
    post("/search/saved", Member, Readers, || discovery::keep_search.boxed()),
    post("/search/saved/{id}/delete", Member, NoText, || discovery::delete_saved.boxed()),
    post("/me/notices", Member, NoText, || notices::mark_read.boxed()),
];
