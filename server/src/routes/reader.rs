//! Pages for readers and members, and the assets.

use poem::EndpointExt;
use poem::http::Method;

use crate::layout;
use crate::platform::http::registry::PageRoute;
use crate::platform::http::{Audience, GateLevel, Kind};
use crate::platform::limits::Limit;

pub(super) const ROUTES: &[PageRoute] = &[
    PageRoute {
        method: Method::GET,
        path: "/assets/{hash}/{name}",
        gate: GateLevel::Public,
        audience: Audience::NoText,
        limit: Limit::Read,
        visitor_form: false,
        kind: Kind::Asset,
        endpoint: || layout::asset.boxed(),
    },
    PageRoute {
        method: Method::GET,
        path: "/api/openapi.json",
        gate: GateLevel::Public,
        audience: Audience::NoText,
        limit: Limit::Read,
        visitor_form: false,
        kind: Kind::Api,
        endpoint: || layout::openapi.boxed(),
    },
];
