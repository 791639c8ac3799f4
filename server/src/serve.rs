//! Running: the listener, the workers beside it, and an orderly end.

use std::sync::Arc;
use std::time::Duration;

use poem::Server;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::{App, StartError};
use crate::platform::http::Bouncer;
use crate::platform::http::registry::PageRoute;
use crate::platform::refusal::Refusal;
use crate::platform::{outbox, submissions};
use crate::screening::watch as rules;
use crate::{discovery, notices, routes};

/// How often a worker looks whether there is something to do.
const LOOK_EVERY: Duration = Duration::from_millis(150);
/// How often the index is compared with the database, both ways.
const COMPARE_EVERY: Duration = Duration::from_secs(900);
/// And after a comparison that failed.
const COMPARE_AGAIN: Duration = Duration::from_secs(20);
/// How often somebody looks whether a new index is asked for.
const LOOK_FOR_BUILDS_EVERY: Duration = Duration::from_secs(1);
/// How long open requests may take to end after the word to stop.
const DRAIN: Duration = Duration::from_secs(8);

/// A place to listen, known before the first request.
pub async fn listen(app: &App) -> Result<TcpListener, StartError> {
    let address = app.config.http.listen;
    TcpListener::bind(address)
        .await
        .map_err(|error| StartError(format!("cannot listen on {address}: {error}")))
}

/// Whether the workers run beside the requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workers {
    Beside,
    /// The bench measures requests alone.
    None,
}

/// Serves until `stop` resolves, then lets open requests end.
pub async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) -> Result<(), StartError> {
    serve_with(app, listener, stop, &[], Workers::Beside).await
}

/// The same with routes of its own, with or without workers.
pub(crate) async fn serve_with(
    app: Arc<App>,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
    extra: &[PageRoute],
    workers: Workers,
) -> Result<(), StartError> {
    let http = &app.config.http;
    let door =
        Bouncer::new(listener, http.connections, http.connections_per_address, http.trusted_proxies.clone());
    let site = routes::build_with(&app, extra).map_err(|error| StartError(error.to_string()))?;
    let (stopping, stopped) = watch::channel(false);
    let workers = match workers {
        Workers::Beside => start_workers(&app, &stopped),
        Workers::None => Vec::new(),
    };
    let metrics = tell_metrics(&app).await?;
    let result = Server::new_with_acceptor(door).run_with_graceful_shutdown(site, stop, Some(DRAIN)).await;
    if let Some(metrics) = metrics {
        metrics.abort();
    }
    // Workers end after the last request, so that what it set off is at least written down.
    stopping.send(true).ok();
    for worker in workers {
        worker.await.ok();
    }
    result.map_err(|error| StartError(error.to_string()))
}

/// Tells metrics on a door of their own, which only this machine can reach, if the settings name one.
async fn tell_metrics(app: &Arc<App>) -> Result<Option<tokio::task::JoinHandle<()>>, StartError> {
    let Some(address) = app.config.http.metrics_listen else { return Ok(None) };
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| StartError(format!("cannot tell metrics on {address}: {error}")))?;
    let site = routes::metrics(app.clone());
    Ok(Some(tokio::spawn(async move {
        let told = Server::new_with_acceptor(Bouncer::new(listener, 16, 16, Vec::new())).run(site).await;
        if let Err(error) = told {
            tracing::error!(%error, "metrics are no longer told");
        }
    })))
}

/// The workers; each ends when `stopped` turns true.
pub fn start_workers(app: &Arc<App>, stopped: &watch::Receiver<bool>) -> Vec<tokio::task::JoinHandle<()>> {
    let name = format!("worker-{}", app.database.ids().secret().get(..8).unwrap_or_default());
    let index = tokio::spawn(keep_index(app.clone(), name.clone(), stopped.clone()));
    let compared = tokio::spawn(keep_compared(app.clone(), stopped.clone()));
    let notices = tokio::spawn(keep_notices(app.clone(), name, stopped.clone()));
    let tidy = tokio::spawn(now_and_then(app.clone(), stopped.clone(), "forgetting old rows", |app| {
        // Answered submissions after a day, finished effects after a week, who looked for what when its week is over.
        submissions::forget_old(&app.database)?;
        discovery::looked_for::close_weeks(&app.database)?;
        let week_ago = app.database.clock().now().plus(-chrono::Duration::days(7));
        outbox::forget(&app.database, week_ago)
    }));
    let rules = tokio::spawn(now_and_then(app.clone(), stopped.clone(), "looking at the rules", |app| {
        rules::alarm(&app.database, &app.screening.rules())
    }));
    let builds = tokio::spawn(keep_builds(app.clone(), stopped.clone()));
    vec![index, compared, notices, tidy, rules, builds]
}

/// Waits, unless it is time to stop.
async fn pause(stopped: &mut watch::Receiver<bool>, span: Duration) -> bool {
    tokio::select! {
        _ = stopped.wait_for(|stop| *stop) => false,
        () = tokio::time::sleep(span) => true,
    }
}

async fn keep_index(app: Arc<App>, name: String, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        match discovery::index::work(&app, &name).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(refusal) => tracing::warn!(%refusal, "the index worker met an error"),
        }
        if !pause(&mut stopped, LOOK_EVERY).await {
            break;
        }
    }
}

/// Compares index and database. Beside the worker, because what is published now must not wait for a look at everything.
async fn keep_compared(app: Arc<App>, mut stopped: watch::Receiver<bool>) {
    loop {
        let compared = tokio::select! {
            compared = discovery::reconcile::reconcile(&app) => compared,
            _ = stopped.wait_for(|stop| *stop) => return,
        };
        let next = match compared {
            Ok(_) => COMPARE_EVERY,
            Err(refusal) => {
                tracing::warn!(%refusal, "the index could not be compared with the database");
                COMPARE_AGAIN
            }
        };
        if !pause(&mut stopped, next).await {
            return;
        }
    }
}

/// Builds the index anew when an operator asks for it. The word to stop cuts a build off; the next start begins it again.
async fn keep_builds(app: Arc<App>, mut stopped: watch::Receiver<bool>) {
    let mut told = stopped.clone();
    while pause(&mut stopped, LOOK_FOR_BUILDS_EVERY).await {
        let built = tokio::select! {
            built = discovery::builds::work(&app) => built,
            _ = told.wait_for(|stop| *stop) => return,
        };
        if let Err(refusal) = built {
            tracing::warn!(%refusal, "a new index could not be built");
        }
    }
}

async fn keep_notices(app: Arc<App>, name: String, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        match notices::deliver::work(&app, &name).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(refusal) => tracing::warn!(%refusal, "the notice worker met an error"),
        }
        if !pause(&mut stopped, LOOK_EVERY).await {
            break;
        }
    }
}

/// Does something every ten minutes.
async fn now_and_then(
    app: Arc<App>,
    mut stopped: watch::Receiver<bool>,
    what: &str,
    work: fn(&App) -> Result<(), Refusal>,
) {
    while pause(&mut stopped, Duration::from_secs(600)).await {
        let app = app.clone();
        let done = tokio::task::spawn_blocking(move || work(&app));
        if !matches!(done.await, Ok(Ok(()))) {
            tracing::warn!("{what} has failed; it is tried again in ten minutes");
        }
    }
}
