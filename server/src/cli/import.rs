//! `aftercare import`: threads and guidance from elsewhere, into the configured database. A server may run meanwhile.

use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::time::Instant;

use aftercare_search::trec;
use clap::Args as ClapArgs;

use super::Done;
use super::progress::Progress;
use crate::accounts::{Operator, Region};
use crate::app;
use crate::import::{self, Guidance, Importer, Tally, Threads, Told};
use crate::platform::config::Config;
use crate::platform::log;
use crate::screening::Screening;

/// Every post passes the rules; what they hold waits in the review queue. Guidance arrives as drafts. Rows that were imported
/// before are known by their id and left as they are, so the same import can be run again. Nobody is sent a notice.
#[derive(ClapArgs)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(true)))]
pub(super) struct Args {
    /// JSON lines, may be gzipped: {thread_id, title, body, replies: [{text, author?, created_at?}], author?, created_at?, board?}
    #[arg(long, value_name = "FILE", group = "what")]
    threads: Option<PathBuf>,
    /// JSON lines, may be gzipped: {id, question, answer, focus?, source?, url?}
    #[arg(long, value_name = "FILE", group = "what")]
    guidance: Option<PathBuf>,
}

pub(super) fn run(config: &Config, args: &Args) -> Done {
    log::start();
    let region = Region::new(&config.community.default_region)
        .ok_or("settings: community.default_region must be two letters, such as GB")?;
    let screening = Screening::new(app::rules(config.rules.packs.as_deref())?, app::learned(&config.rules)?);
    // Both files are looked at before anything is written.
    let files = [("threads", &args.threads), ("guidance", &args.guidance)]
        .into_iter()
        .filter_map(|(what, path)| {
            path.as_deref().map(|path| lines_of(path).map(|lines| (what, path, lines)))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let database = super::open_database(config)?;
    let now = database.clock().now();
    let importer = Importer { database, screening, operator: Operator::at_the_command_line(), region, now };
    for (what, path, lines) in files {
        let tally = bring_in(&importer, what, path, lines)?;
        if tally.is_empty() && lines > 0 {
            return Err(format!("{}: not one line of this file could be used", path.display()).into());
        }
    }
    Ok(())
}

fn bring_in(
    importer: &Importer,
    what: &'static str,
    path: &Path,
    lines: u64,
) -> Result<Tally, Box<dyn std::error::Error + Send + Sync>> {
    let started = Instant::now();
    let mut progress = Progress::new(what, lines);
    let mut tell = |told| match told {
        Told::Lines(read) => progress.reached(read),
        Told::About(line, words) => progress.say(&format!("{}:{line}: {words}", path.display())),
    };
    let input = trec::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let tally = match what {
        "threads" => import::import::<Threads>(importer, input, &mut tell),
        _ => import::import::<Guidance>(importer, input, &mut tell),
    };
    drop(progress);
    let tally = tally.map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{} ({lines} lines, {:.1} s)\n{tally}", path.display(), started.elapsed().as_secs_f64());
    Ok(tally)
}

fn lines_of(path: &Path) -> Result<u64, String> {
    let named = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut input = trec::open(path).map_err(named)?;
    let mut lines = 0;
    while input.skip_until(b'\n').map_err(named)? > 0 {
        lines += 1;
    }
    Ok(lines)
}
