//! `aftercare doctor`: checks every invariant; exit code 1 if one is broken.

use std::collections::HashSet;

use clap::Args as ClapArgs;

use super::Done;
use crate::app::App;
use crate::discovery;
use crate::discovery::reconcile::{Comparison, Difference};
use crate::oversight::doctor::{self, Check, Report};
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::db::Database;
use crate::platform::ids::Ids;
use crate::platform::outbox::{self, Topic};

#[derive(ClapArgs)]
pub(super) struct Args {
    /// One JSON object instead of lines
    #[arg(long)]
    json: bool,
}

pub(super) fn run(config: Config, args: &Args) -> Done {
    let report = examine(config)?;
    if args.json {
        super::say(serde_json::to_string(&report)?)?;
    } else {
        for check in &report.checks {
            println!("{} {:22} {}", if check.ok { "ok    " } else { "BROKEN" }, check.id, check.detail);
        }
    }
    match report.ok {
        true => Ok(()),
        false => Err("an invariant is broken; see the lines above".into()),
    }
}

fn examine(config: Config) -> Result<Report, Box<dyn std::error::Error + Send + Sync>> {
    let database = Database::open(&config.location()?, 2, Clock::system(), Ids::from_os())?;
    let report = doctor::examine(&database)?;
    drop(database);
    let index = match App::open(config, Clock::system(), Ids::from_os()) {
        Ok(app) => index_check(&app)?,
        // The running server holds the index and compares it itself at every start.
        Err(error) => Check { id: "search_index", ok: true, detail: format!("not compared: {error}") },
    };
    Ok(report.with(index))
}

/// Brings the index in step with what is due and compares it with the rows.
fn index_check(app: &std::sync::Arc<App>) -> Result<Check, Box<dyn std::error::Error + Send + Sync>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        while discovery::index::work(app, "doctor").await? > 0 {}
        // What another server's worker has taken is on its way; only what nobody will bring is broken.
        let coming: HashSet<String> =
            outbox::waiting_keys(&app.database, Topic::Index)?.into_iter().collect();
        let (mut broken, mut on_their_way) = (0_usize, 0_usize);
        let mut comparison = Comparison::new(app.database.clone());
        while let Some(found) = comparison.next(&*app.search).await? {
            for difference in found {
                match difference {
                    Difference::Stale(key) if coming.contains(&key) => on_their_way += 1,
                    _ => broken += 1,
                }
            }
        }
        let detail = format!(
            "{broken} documents differ between index and database, {on_their_way} more are on their way"
        );
        Ok(Check { id: "search_index", ok: broken == 0, detail })
    })
}
