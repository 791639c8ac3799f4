//! `aftercare search reindex`: the index built anew, by this process or by the server that has it open.

use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args as ClapArgs;
use serde::Serialize;

use super::Done;
use super::progress::Progress;
use crate::app::App;
use crate::discovery::builds::{self, Build};
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::ids::Ids;

/// Between two looks at how far it is.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// The community goes on meanwhile: the old index answers until the new one takes its place.
#[derive(ClapArgs)]
pub(super) struct Args {
    /// One JSON object instead of a line
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    documents: i64,
    seconds: f64,
}

pub(super) fn run(config: Config, args: &Args) -> Done {
    let started = Instant::now();
    let database = super::open_database(&config)?;
    let id = builds::ask(&database).map_err(super::words)?;
    let runtime = tokio::runtime::Runtime::new()?;
    // A server that runs has the index open; it sees what is asked for and builds.
    let own = match App::open(config, Clock::system(), Ids::from_os()) {
        Ok(app) => Some(runtime.spawn(build(app))),
        Err(error) if error.is_in_use() => None,
        Err(error) => return Err(error.into()),
    };
    let built = follow(|| builds::look(&database, id).map_err(super::words))?;
    if let Some(own) = own {
        runtime.block_on(own)??;
    }
    if let Some(error) = built.error {
        return Err(format!("the index was not built, the old one goes on: {error}").into());
    }
    let report = Report { documents: built.done, seconds: started.elapsed().as_secs_f64() };
    match args.json {
        true => super::say(serde_json::to_string(&report)?),
        false => super::say(format_args!(
            "{} documents are in the new index ({:.1} s)",
            report.documents, report.seconds
        )),
    }
}

/// Builds, and brings in what changed meanwhile.
async fn build(app: Arc<App>) -> Result<(), String> {
    builds::work(&app).await.map_err(super::words)?;
    while crate::discovery::index::work(&app, "reindex").await.map_err(super::words)? > 0 {}
    Ok(())
}

fn follow(look: impl Fn() -> Result<Build, String>) -> Result<Build, String> {
    let mut bar: Option<Progress> = None;
    loop {
        let build = look()?;
        if build.ended_at.is_some() {
            return Ok(build);
        }
        let number = |value| u64::try_from(value).unwrap_or_default();
        if build.total > 0 {
            bar.get_or_insert_with(|| Progress::new("documents", number(build.total)))
                .reached(number(build.done));
        }
        std::thread::sleep(LOOK_EVERY);
    }
}
