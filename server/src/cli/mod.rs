//! The command line, one verb a file. Errors go to stderr with exit code 1; wrong usage is 2.

mod backtest;
mod bench;
mod demo;
mod doctor;
mod import;
mod jsonl;
mod openapi;
mod progress;
mod reindex;
mod render;
mod routes;
mod rules;
mod search;
mod serve;
mod train;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::app::StartError;
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::db::Database;
use crate::platform::ids::Ids;
use crate::platform::refusal::Refusal;

/// A moderated patient community.
#[derive(Parser)]
#[command(name = "aftercare", version, arg_required_else_help = true)]
struct Cli {
    /// Settings file (see aftercare.example.toml); AFTERCARE_… variables go over it.
    #[arg(long, global = true, env = "AFTERCARE_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Look around in a throw-away community with people, threads and guidance
    Demo(demo::Args),
    /// Serve the community: migrates, then listens until Ctrl-C
    Serve,
    /// Bring in threads and guidance from JSON lines
    Import(import::Args),
    /// Add people
    #[command(subcommand)]
    User(user::Verb),
    /// Render Markdown as posts are rendered
    Render(render::Args),
    /// Check the rules, or read texts by them
    #[command(subcommand)]
    Rules(rules::Verb),
    /// Build the search index anew, measure search, and set up a Meilisearch
    #[command(subcommand)]
    Search(search::Verb),
    /// Check every invariant; exit code 1 if one is broken
    Doctor(doctor::Args),
    /// Print every route with its gate and audience
    Routes(routes::Args),
    /// Measure: what tests/load/bench drives
    #[command(subcommand)]
    Bench(bench::Verb),
    /// Print the OpenAPI document
    Openapi,
}

/// What a verb answers: done, or words for stderr.
type Done = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// Runs what the command line says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let config = || Config::load(cli.config.as_deref());
    let done = match cli.verb {
        Verb::Demo(args) => demo::run(&args),
        Verb::Serve => config().map_err(Into::into).and_then(serve::run),
        Verb::Import(args) => config().map_err(Into::into).and_then(|config| import::run(&config, &args)),
        Verb::User(verb) => config().map_err(Into::into).and_then(|config| user::run(&config, &verb)),
        Verb::Render(render::Args {}) => render::run(),
        Verb::Rules(verb) => rules::run(config, &verb),
        Verb::Search(verb) => search::run(config, &verb),
        Verb::Doctor(args) => config().map_err(Into::into).and_then(|config| doctor::run(config, &args)),
        Verb::Routes(args) => routes::run(&args),
        Verb::Bench(verb) => config().map_err(Into::into).and_then(|config| bench::run(config, &verb)),
        Verb::Openapi => openapi::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our output has had enough of it, as `head` has.
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("aftercare: {error}");
            ExitCode::from(1)
        }
    }
}

fn is_broken_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// The configured database alone, for verbs that need neither the search index nor a server.
fn open_database(config: &Config) -> Result<Database, StartError> {
    let failed = |error: String| StartError(error);
    std::fs::create_dir_all(&config.data_dir)
        .map_err(|error| failed(format!("{}: {error}", config.data_dir.display())))?;
    let location = config.location().map_err(|error| failed(error.to_string()))?;
    Database::open(&location, config.database.connections, Clock::system(), Ids::from_os())
        .map_err(|error| failed(error.to_string()))
}

/// A refusal in words for the operator: what is wrong, field by field, without a status.
fn words(refusal: Refusal) -> String {
    let cause = refusal.cause.as_ref().map(|cause| format!(" ({cause})")).unwrap_or_default();
    match refusal.fields.is_empty() {
        true => format!("{}{cause}", refusal.detail),
        false => {
            let fields: Vec<String> =
                refusal.fields.iter().map(|fault| format!("{}: {}", fault.field, fault.message)).collect();
            fields.join("\n")
        }
    }
}

/// Resolves on Ctrl-C or SIGTERM.
async fn told_to_stop() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}

/// Writes a line to stdout; a reader that has gone away is an error like any other, not a panic.
fn say(line: impl std::fmt::Display) -> Done {
    use std::io::Write;
    Ok(writeln!(std::io::stdout().lock(), "{line}")?)
}
