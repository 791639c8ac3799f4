//! `aftercare rules backtest`: what drafted packs would do to the posts that are there.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args as ClapArgs;
use moderation_rules::RuleSet;

use super::Done;
use super::progress::Progress;
use crate::app;
use crate::platform::config::Config;
use crate::screening::backtest::{self, Pace, Trial};

#[derive(ClapArgs)]
pub(super) struct Args {
    /// The directory of drafted packs (*.toml)
    #[arg(long, value_name = "DIR")]
    pack: PathBuf,
    /// One JSON object instead of lines
    #[arg(long)]
    json: bool,
}

pub(super) fn run(config: &Config, args: &Args) -> Done {
    let draft = app::compiled(RuleSet::load_as_live(&args.pack))?;
    let trial = Trial {
        in_force: app::rules(config.rules.packs.as_deref())?,
        draft,
        learned: app::learned(&config.rules)?,
        pace: Pace::Full,
    };
    let database = super::open_database(config)?;
    let stop = stopped_by_hand()?;
    let mut progress = Progress::new("posts", database.read(backtest::posts).map_err(super::words)?);
    let report = trial.run(&database, &mut |done| {
        progress.reached(done);
        !stop.load(Ordering::Relaxed)
    });
    drop(progress);
    let report = report.map_err(super::words)?;
    match args.json {
        true => super::say(serde_json::to_string(&report)?),
        false => super::say(format_args!("{report}")),
    }
}

/// Becomes true on Ctrl-C.
fn stopped_by_hand() -> Result<Arc<AtomicBool>, std::io::Error> {
    let stop = Arc::new(AtomicBool::new(false));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let told = stop.clone();
    std::thread::spawn(move || {
        runtime.block_on(super::told_to_stop());
        told.store(true, Ordering::Relaxed);
    });
    Ok(stop)
}
