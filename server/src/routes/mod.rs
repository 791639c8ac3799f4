//! The table of contents: every page, asset and operation, with who may call it and whose text it may hand out.

mod api;
mod desk;
mod reader;

use std::marker::PhantomData;
use std::sync::Arc;

use poem::middleware::{AddDataEndpoint, CatchPanic, PanicHandler};
use poem::{Endpoint, EndpointExt, Response, Route, get};
use poem_openapi::OpenApiService;

use crate::app::App;
use crate::oversight::metrics;
use crate::platform::http::registry::{self, Documented, Mounted, PageRoute, RegistryError};
use crate::platform::http::{Policy, Shell};
use crate::platform::refusal::Refusal;

/// The whole site for one community.
pub fn build(app: &Arc<App>) -> Result<impl Endpoint<Output = Response> + use<>, RegistryError> {
    build_with(app, &[])
}

/// The same with routes that only this server has (the bench's static body), behind the same guard.
pub(crate) fn build_with(
    app: &Arc<App>,
    extra: &[PageRoute],
) -> Result<impl Endpoint<Output = Response> + use<>, RegistryError> {
    let mut all = mounted()?;
    all.extend(registry::pages(extra));
    let routes = registry::mount(all, &app.edge)?;
    let inner: AddDataEndpoint<_, Arc<App>> = routes.data(app.clone());
    let inner = inner.with(CatchPanic::new().with_handler(Stumble));
    Ok(Shell { edge: app.edge.clone(), inner })
}

/// Every route's policy, in the order of the tables: what `aftercare routes` prints and the tests walk through.
pub fn policies() -> Result<Vec<Arc<Policy>>, RegistryError> {
    Ok(mounted()?.into_iter().map(|route| route.policy).collect())
}

/// Every operation of the API with its policy.
pub fn operations() -> Result<Vec<(&'static str, Arc<Policy>)>, RegistryError> {
    Ok(mounted()?.into_iter().filter_map(|route| route.operation_id.map(|id| (id, route.policy))).collect())
}

fn mounted() -> Result<Vec<Mounted>, RegistryError> {
    let mut all = registry::pages(reader::ROUTES);
    all.extend(registry::pages(desk::ROUTES));
    all.extend(registry::api(api::all(), api::ROUTES)?);
    Ok(all)
}

/// Metrics, for a door of their own.
pub(crate) fn metrics(app: Arc<App>) -> impl Endpoint<Output = Response> {
    let tell = poem::endpoint::make_sync(move |_| {
        let told = metrics::text(&app.database);
        told.map(|text| Response::builder().content_type("text/plain; version=0.0.4").body(text)).map_err(
            |refusal| {
                tracing::error!(%refusal, "metrics cannot be told");
                poem::Error::from_status(poem::http::StatusCode::SERVICE_UNAVAILABLE)
            },
        )
    });
    Route::new().at("/metrics", get(tell)).map_to_response()
}

/// The OpenAPI document.
pub fn openapi() -> String {
    let documented = Documented(api::all(), PhantomData::<api::Table>);
    OpenApiService::new(documented, "Aftercare", env!("CARGO_PKG_VERSION"))
        .description(api::DESCRIPTION)
        .spec()
}

/// A panic in a handler is a fault of ours: told as one, and logged by the panic hook.
#[derive(Clone)]
struct Stumble;

impl PanicHandler for Stumble {
    type Response = Response;

    fn get_response(&self, _: Box<dyn std::any::Any + Send + 'static>) -> Response {
        crate::platform::http::problem(&Refusal::internal("a handler panicked"), "")
    }
}
