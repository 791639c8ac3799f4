//! The command line, one verb a file. Errors go to stderr with exit code 1; wrong usage is 2.

mod openapi;
mod routes;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::platform::config::Config;

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
    /// Serve the community: migrates, then listens until Ctrl-C
    Serve,
    /// Print every route with its gate and audience
    Routes(routes::Args),
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
        Verb::Serve => config().map_err(Into::into).and_then(serve::run),
        Verb::Routes(args) => routes::run(&args),
        Verb::Openapi => openapi::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("aftercare: {error}");
            ExitCode::from(1)
        }
    }
}

/// Logs as JSON lines on stderr; `RUST_LOG` chooses what. The format escapes, so no text can forge a line.
fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,access=info,alarm=info,aftercare=info"));
    // A second start in the same process (tests) keeps the first.
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init().ok();
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
