//! `aftercare search trec`: an engine measured with files. `aftercare search keys`: what a Meilisearch lets us do.

use std::path::PathBuf;
use std::time::Duration;

use aftercare_search::trec::{self, Mode, Options};
use aftercare_search::{EmbeddedEngine, MeilisearchEngine, MeilisearchOptions, SearchEngine, scoped_keys};
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use secrecy::{ExposeSecret, SecretString};

use super::{Done, progress, reindex};
use crate::app::meilisearch;
use crate::platform::config::{Config, ConfigError};

#[derive(Subcommand)]
pub(super) enum Verb {
    /// Build a new search index beside the old one and let it take its place
    Reindex(reindex::Args),
    /// Index documents, put queries, print a run file
    ///
    /// Documents are lines {"id", "title", "body", "aliases"?}, queries lines {"id", "text"} of any length; either file may be
    /// gzipped. Prints `qid Q0 docid rank score tag`.
    Trec(Trec),
    /// Make the two keys that servers need for a Meilisearch, and print them as settings
    ///
    /// The master key is used for nothing else and need not be kept on any server.
    Keys(Keys),
}

#[derive(ClapArgs)]
pub(super) struct Keys {
    /// The address of the Meilisearch
    #[arg(long)]
    url: String,
    #[arg(long, env = "MEILI_MASTER_KEY", hide_env_values = true)]
    master_key: SecretString,
}

#[derive(ClapArgs)]
pub(super) struct Trec {
    #[arg(long, value_name = "FILE")]
    docs: PathBuf,
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    #[arg(long, value_enum, default_value_t = Engine::Embedded)]
    engine: Engine,
    /// Results for each query, at most
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    top: u16,
    /// suggest: queries are whole posts; search: they are typed into the search box
    #[arg(long, value_enum, default_value_t = How::Suggest)]
    mode: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Engine {
    Embedded,
    Meilisearch,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum How {
    Suggest,
    Search,
}

pub(super) fn run(config: impl FnOnce() -> Result<Config, ConfigError>, verb: &Verb) -> Done {
    match verb {
        Verb::Trec(trec) => match trec.engine {
            Engine::Embedded => {
                let directory = tempfile::tempdir()?;
                measure(trec, &EmbeddedEngine::open(directory.path())?)
            }
            Engine::Meilisearch => measure(trec, &beside(&config()?)?),
        },
        Verb::Keys(keys) => print_keys(keys),
        Verb::Reindex(args) => reindex::run(config()?, args),
    }
}

/// An index of its own beside the community's, in the Meilisearch of the settings. A measure may take its time.
fn beside(config: &Config) -> Result<MeilisearchEngine, Box<dyn std::error::Error + Send + Sync>> {
    if !config.search.is_meilisearch() {
        return Err("--engine meilisearch needs search.url and its keys in the settings".into());
    }
    let patient = Duration::from_secs(120);
    let options =
        MeilisearchOptions { answer_within: patient, change_within: patient, ..meilisearch(config) };
    let index = format!("{}-trec", options.index);
    Ok(MeilisearchEngine::new(&MeilisearchOptions { index, ..options })?)
}

fn print_keys(asked: &Keys) -> Done {
    let options = MeilisearchOptions::new(&asked.url);
    let made = tokio::runtime::Runtime::new()?.block_on(scoped_keys(&options, &asked.master_key))?;
    println!("[search]\nurl = {:?}", asked.url);
    println!("search_key = {:?}", made.search.expose_secret());
    println!("write_key = {:?}", made.write.expose_secret());
    Ok(())
}

fn measure(trec: &Trec, engine: &dyn SearchEngine) -> Done {
    let named = |path: &PathBuf| trec::open(path).map_err(|error| format!("{}: {error}", path.display()));
    // How much there is behind a gzip is not known beforehand, so this shows what has been read.
    let mut docs = progress::reading("reading documents", named(&trec.docs)?);
    let mut queries = progress::reading("answering queries", named(&trec.queries)?);
    let mode = match trec.mode {
        How::Suggest => Mode::Suggest,
        How::Search => Mode::Search,
    };
    let options = Options { top: usize::from(trec.top), mode, tag: engine.name().to_owned() };
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let mut report = |problem: trec::Problem| eprintln!("aftercare: {problem}");
    let run = trec::run(engine, &mut docs, &mut queries, &options, &mut out, &mut report);
    let summary = tokio::runtime::Runtime::new()?.block_on(run)?;
    eprintln!(
        "{} documents, {} queries, {} of them without a result, {} lines that could not be used",
        summary.documents,
        summary.queries,
        summary.unanswered.len(),
        summary.problems
    );
    if summary.documents == 0 {
        return Err(format!("{}: no document in this file", trec.docs.display()).into());
    }
    Ok(())
}
