//! The route registry: every route has its policy here, or the program does not start.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use poem::Route;
use poem::endpoint::BoxEndpoint;
use poem::http::Method;
use poem::{EndpointExt, RouteMethod};
use poem_openapi::OpenApi;
use poem_openapi::registry::{MetaApi, MetaPath, MetaSecurityScheme, Registry};

use super::guard::{Edge, Guard};
use super::policy::{Audience, GateLevel, Kind, Policy};
use crate::platform::limits::Limit;

/// A page or asset and how to make its handler.
pub struct PageRoute {
    pub method: Method,
    pub path: &'static str,
    pub gate: GateLevel,
    pub audience: Audience,
    pub limit: Limit,
    pub visitor_form: bool,
    pub kind: Kind,
    pub endpoint: fn() -> BoxEndpoint<'static>,
}

/// An operation of the API. poem-openapi knows its path; its policy is here.
pub struct ApiRoute {
    pub operation_id: &'static str,
    pub gate: GateLevel,
    pub audience: Audience,
    pub limit: Limit,
}

/// Where the API lives.
pub const API_PREFIX: &str = "/api/v1";

/// Why the routes cannot be put together. Found at start-up, and by a test.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    #[error("{0} {1} has no operation id")]
    NoOperationId(Method, String),
    #[error("operation {0:?} has no policy in the registry")]
    NoPolicy(&'static str),
    #[error("the registry names operation {0:?}, which no API has")]
    NoOperation(&'static str),
    #[error("operation {0:?} stands twice")]
    Twice(&'static str),
    #[error("{0} {1} stands twice")]
    RouteTwice(Method, String),
}

/// A route with its policy and handler, ready to be mounted.
pub struct Mounted {
    pub policy: Arc<Policy>,
    pub operation_id: Option<&'static str>,
    endpoint: BoxEndpoint<'static>,
}

/// The pages' part of the registry.
pub fn pages(routes: &[PageRoute]) -> Vec<Mounted> {
    let mounted = |route: &PageRoute| Mounted {
        policy: Arc::new(Policy {
            method: route.method.clone(),
            path: route.path.to_owned(),
            gate: route.gate,
            audience: route.audience,
            kind: route.kind,
            limit: route.limit,
            visitor_form: route.visitor_form,
        }),
        operation_id: None,
        endpoint: (route.endpoint)(),
    };
    routes.iter().map(mounted).collect()
}

/// The API's part: every operation must have exactly one policy, and every policy an operation.
pub fn api<T: OpenApi>(api: T, routes: &'static [ApiRoute]) -> Result<Vec<Mounted>, RegistryError> {
    let mut table: HashMap<String, HashMap<Method, BoxEndpoint<'static>>> = HashMap::new();
    api.add_routes(&mut table);
    // poem numbers path parameters, the document names them; both sides are compared without names.
    let mut handlers: HashMap<(Method, String), BoxEndpoint<'static>> = HashMap::new();
    for (path, methods) in table {
        for (method, endpoint) in methods {
            handlers.insert((method, shape(&path)), endpoint);
        }
    }
    let mut mounted: Vec<Mounted> = Vec::new();
    for path in T::meta().into_iter().flat_map(|meta| meta.paths) {
        for operation in path.operations {
            let id = operation
                .operation_id
                .ok_or_else(|| RegistryError::NoOperationId(operation.method.clone(), path.path.clone()))?;
            if mounted.iter().any(|other| other.operation_id == Some(id)) {
                return Err(RegistryError::Twice(id));
            }
            let route =
                routes.iter().find(|route| route.operation_id == id).ok_or(RegistryError::NoPolicy(id))?;
            let endpoint = handlers
                .remove(&(operation.method.clone(), shape(&path.path)))
                .ok_or(RegistryError::NoOperation(id))?;
            let policy = Arc::new(Policy {
                method: operation.method,
                path: format!("{API_PREFIX}{}", path.path),
                gate: route.gate,
                audience: route.audience,
                kind: Kind::Api,
                limit: route.limit,
                visitor_form: false,
            });
            mounted.push(Mounted { policy, operation_id: Some(id), endpoint });
        }
    }
    match routes
        .iter()
        .find(|route| !mounted.iter().any(|done| done.operation_id == Some(route.operation_id)))
    {
        Some(route) => Err(RegistryError::NoOperation(route.operation_id)),
        None => Ok(mounted),
    }
}

/// A path without the names of its parameters.
fn shape(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with([':', '{']) { "{}" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// Puts everything behind its guard. Nothing else adds a route.
pub fn mount(all: Vec<Mounted>, edge: &Arc<Edge>) -> Result<Route, RegistryError> {
    let mut by_path: BTreeMap<String, RouteMethod> = BTreeMap::new();
    let mut seen: Vec<(Method, String)> = Vec::new();
    for Mounted { policy, endpoint, .. } in all {
        let key = (policy.method.clone(), shape(&policy.path));
        if seen.contains(&key) {
            return Err(RegistryError::RouteTwice(policy.method.clone(), policy.path.clone()));
        }
        seen.push(key);
        // One spelling of the parameters for all methods of a path: handlers of the API ask for them by number.
        let path = numbered(&policy);
        let method = policy.method.clone();
        let guard = Guard { policy, edge: edge.clone(), inner: endpoint };
        let methods = by_path.remove(&path).unwrap_or_default().method(method, guard);
        by_path.insert(path, methods);
    }
    let mount = |route: Route, (path, methods): (String, RouteMethod)| route.at(path, methods.boxed());
    Ok(by_path.into_iter().fold(Route::new(), mount))
}

fn numbered(policy: &Policy) -> String {
    match policy.kind {
        Kind::Api => {
            let mut number = 0;
            let part = |part: &str| match part.starts_with('{') {
                true => {
                    number += 1;
                    format!(":param{}", number - 1)
                }
                false => part.to_owned(),
            };
            policy.path.split('/').map(part).collect::<Vec<_>>().join("/")
        }
        _ => policy.poem_path(),
    }
}

/// Operations of one path may stand in several parts of the API; in the document a second entry would hide the first.
fn one_entry_a_path(parts: Vec<MetaApi>) -> Vec<MetaPath> {
    let mut paths: Vec<MetaPath> = Vec::new();
    for path in parts.into_iter().flat_map(|part| part.paths) {
        match paths.iter_mut().find(|known| known.path == path.path) {
            Some(known) => known.operations.extend(path.operations),
            None => paths.push(path),
        }
    }
    paths
}

/// The table of an API's policies, as a type, because `OpenApi::meta` takes no `self`.
pub trait Policies {
    const ROUTES: &'static [ApiRoute];
}

/// The API as the document describes it: full paths, and for every operation what it asks of the caller.
pub struct Documented<T, P>(pub T, pub std::marker::PhantomData<P>);

impl<T: OpenApi, P: Policies> OpenApi for Documented<T, P> {
    fn meta() -> Vec<MetaApi> {
        let mut all = vec![MetaApi { paths: one_entry_a_path(T::meta()) }];
        for path in all.iter_mut().flat_map(|meta| &mut meta.paths) {
            path.path = format!("{API_PREFIX}{}", path.path);
            for operation in &mut path.operations {
                let route = P::ROUTES.iter().find(|route| Some(route.operation_id) == operation.operation_id);
                if route.is_none_or(|route| route.gate != GateLevel::Public) {
                    operation.security = vec![HashMap::from([("bearer", Vec::new())])];
                }
            }
        }
        all
    }

    fn register(registry: &mut Registry) {
        registry.create_security_scheme(
            "bearer",
            MetaSecurityScheme {
                ty: "http",
                description: Some("A token from create_session."),
                name: None,
                key_in: None,
                scheme: Some("bearer"),
                bearer_format: None,
                flows: None,
                openid_connect_url: None,
            },
        );
        T::register(registry);
    }

    fn add_routes(self, table: &mut HashMap<String, HashMap<Method, BoxEndpoint<'static>>>) {
        self.0.add_routes(table);
    }
}
