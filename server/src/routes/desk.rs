//! Pages for staff: the desk, guidance in the making, and what those who run the place need.

use poem::EndpointExt;
use poem::endpoint::BoxEndpoint;
use poem::http::Method;

use crate::discovery::pages as discovery;
use crate::guidance::pages::desk as guidance;
use crate::oversight::pages::{audit, boards, dead_letters, people};
use crate::platform::http::registry::PageRoute;
use crate::platform::http::{Audience, GateLevel, Kind};
use crate::platform::limits::Limit;
use crate::review::pages::{decide, item, queue, unread};
use crate::screening::pages as rules;

use Audience::{NoText, Readers, Staff};
use GateLevel::{Admin, Clinician, Member, Moderator};

type Handler = fn() -> BoxEndpoint<'static>;

const fn get(path: &'static str, gate: GateLevel, audience: Audience, endpoint: Handler) -> PageRoute {
    route(Method::GET, path, gate, audience, Limit::Read, endpoint)
}

const fn post(path: &'static str, gate: GateLevel, audience: Audience, endpoint: Handler) -> PageRoute {
    route(Method::POST, path, gate, audience, Limit::Write, endpoint)
}

const fn route(
    method: Method,
    path: &'static str,
    gate: GateLevel,
    audience: Audience,
    limit: Limit,
    endpoint: Handler,
) -> PageRoute {
    PageRoute { method, path, gate, audience, limit, visitor_form: false, kind: Kind::Page, endpoint }
}

pub(super) const ROUTES: &[PageRoute] = &[
    // Moderators
    get("/desk", Moderator, Staff, || queue::desk.boxed()),
    get("/desk/items/{id}", Moderator, Staff, || item::open.boxed()),
    post("/desk/items/{id}/claim", Moderator, Staff, || decide::claim.boxed()),
    post("/desk/items/{id}/release", Moderator, Staff, || decide::release.boxed()),
    post("/desk/items/{id}/decide", Moderator, Staff, || decide::decide.boxed()),
    get("/desk/unread", Moderator, Readers, || unread::unread.boxed()),
    post("/desk/unread/{revision}/read", Moderator, NoText, || unread::mark_read.boxed()),
    get("/posts/{id}/guidance", Moderator, Readers, || guidance::attach::ask.boxed()),
    post("/posts/{id}/guidance", Moderator, Readers, || guidance::attach::attach.boxed()),
    // Staff; who of them, the act says
    get("/desk/guidance", Member, NoText, || guidance::list::list.boxed()),
    get("/desk/guidance/new", Member, NoText, || guidance::write::blank.boxed()),
    post("/desk/guidance/new", Member, NoText, || guidance::write::create.boxed()),
    get("/desk/guidance/{id}", Member, NoText, || guidance::article::open.boxed()),
    get("/desk/guidance/{id}/edit", Member, NoText, || guidance::write::edit.boxed()),
    post("/desk/guidance/{id}/edit", Member, NoText, || guidance::write::revise.boxed()),
    post("/desk/guidance/{id}/stop", Member, NoText, || guidance::article::stop.boxed()),
    post("/desk/guidance/{id}/reinstate", Member, NoText, || guidance::article::reinstate.boxed()),
    get("/desk/looked-for", Member, NoText, || discovery::in_vain.boxed()),
    // Clinicians
    post("/desk/guidance/{id}/sign", Clinician, NoText, || guidance::article::sign.boxed()),
    get("/posts/{id}/verify", Clinician, Readers, || guidance::verify::ask.boxed()),
    post("/posts/{id}/verify", Clinician, Readers, || guidance::verify::verify.boxed()),
    // Those who run the place
    get("/admin/boards", Admin, NoText, || boards::list.boxed()),
    post("/admin/boards", Admin, NoText, || boards::create.boxed()),
    post("/admin/boards/invite", Admin, NoText, || boards::let_in.boxed()),
    post("/admin/boards/stage", Admin, NoText, || boards::set_stage.boxed()),
    get("/admin/people", Admin, NoText, || people::list.boxed()),
    post("/admin/people", Admin, NoText, || people::give.boxed()),
    post("/admin/people/end", Admin, NoText, || people::end.boxed()),
    get("/admin/rules", Admin, NoText, || rules::list.boxed()),
    post("/admin/rules/reload", Admin, NoText, || rules::read_again.boxed()),
    get("/admin/rules/backtests", Admin, NoText, || rules::backtests::list.boxed()),
    post("/admin/rules/backtests", Admin, NoText, || rules::backtests::start.boxed()),
    get("/admin/rules/backtests/{id}", Admin, NoText, || rules::backtests::open.boxed()),
    post("/admin/rules/backtests/{id}/cancel", Admin, NoText, || rules::backtests::cancel.boxed()),
    get("/admin/dead-letters", Admin, NoText, || dead_letters::list.boxed()),
    post("/admin/dead-letters/retry", Admin, NoText, || dead_letters::retry_all.boxed()),
    post("/admin/dead-letters/{id}/retry", Admin, NoText, || dead_letters::retry.boxed()),
    get("/admin/audit", Admin, NoText, || audit::list.boxed()),
];
