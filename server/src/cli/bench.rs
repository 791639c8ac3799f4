//! `aftercare bench`: what `tests/load/bench` drives. On this machine alone, in a directory that goes afterwards.

use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};
use serde_json::json;

use super::Done;
use crate::app::App;
use crate::bench::{posting, reading};
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::ids::Ids;
use crate::serve;

#[derive(Subcommand)]
pub(super) enum Verb {
    /// Serve a large community and a static body of a thread page's size
    Serve(Serving),
    /// Post, against a bare loop of the same inserts
    Post(Posting),
}

#[derive(ClapArgs)]
pub(super) struct Serving {
    #[arg(long)]
    json: bool,
    #[arg(long, default_value_t = 100_000)]
    posts: usize,
}

#[derive(ClapArgs)]
pub(super) struct Posting {
    #[arg(long)]
    json: bool,
    #[arg(long, default_value_t = 2000)]
    count: u32,
    /// Where the SQLite database is made; a temporary directory otherwise
    #[arg(long)]
    data: Option<PathBuf>,
}

pub(super) fn run(config: Config, verb: &Verb) -> Done {
    match verb {
        Verb::Serve(serving) => serve(serving),
        Verb::Post(posting) => post(config, posting),
    }
}

fn serve(serving: &Serving) -> Done {
    let runtime = tokio::runtime::Runtime::new()?;
    let directory = tempfile::Builder::new().prefix("aftercare-bench-").tempdir()?;
    let mut config = Config { data_dir: directory.path().to_owned(), ..Config::default() };
    config.http.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    config.http.limit_factor = NonZeroU32::new(1_000_000).unwrap_or(NonZeroU32::MIN);
    config.http.connections_per_address = config.http.connections;
    let app = App::open(config, Clock::system(), Ids::from_os())?;
    let community = reading::fill(&app, serving.posts)?;
    runtime.block_on(async {
        reading::set_body(reading::page_of(&app, &community).await?);
        let listener = serve::listen(&app).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let told = json!({ "url": url, "cookie": community.cookie, "thread": community.thread, "static": reading::STATIC_PATH });
        println!("{told}");
        serve::serve_with(app, listener, super::told_to_stop(), reading::ROUTES, serve::Workers::None).await?;
        Done::Ok(())
    })?;
    directory.close()?;
    Ok(())
}

fn post(mut config: Config, posting: &Posting) -> Done {
    let directory = tempfile::Builder::new().prefix("aftercare-bench-").tempdir()?;
    config.data_dir = posting.data.clone().unwrap_or_else(|| directory.path().to_owned());
    let app = App::open(config, Clock::system(), Ids::from_os())?;
    let rates = posting::measure(&app, posting.count)?;
    match posting.json {
        true => println!("{}", json!({ "acts_per_second": rates.acts, "bare_per_second": rates.bare })),
        false => println!("{:.0} acts/s, {:.0}/s for the bare inserts", rates.acts, rates.bare),
    }
    Ok(())
}
