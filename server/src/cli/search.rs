//! `aftercare search trec`: an engine measured with files.

use std::path::PathBuf;

use aftercare_search::EmbeddedEngine;
use aftercare_search::trec::{self, Mode, Options};
use clap::{Args as ClapArgs, Subcommand, ValueEnum};

use super::{Done, progress};

#[derive(Subcommand)]
pub(super) enum Verb {
    /// Index documents, put queries, print a run file
    ///
    /// Documents are lines {"id", "title", "body", "aliases"?}, queries lines {"id", "text"} of any length; either file may be
    /// gzipped. Prints `qid Q0 docid rank score tag`.
    Trec(Trec),
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

pub(super) fn run(verb: &Verb) -> Done {
    let Verb::Trec(trec) = verb;
    match trec.engine {
        Engine::Embedded => embedded(trec),
        Engine::Meilisearch => Err("the engine meilisearch is not in this version; it comes with discovery. Please use --engine embedded".into()),
    }
}

fn embedded(trec: &Trec) -> Done {
    let named = |path: &PathBuf| trec::open(path).map_err(|error| format!("{}: {error}", path.display()));
    // How much there is behind a gzip is not known beforehand, so this shows what has been read.
    let mut docs = progress::reading("reading documents", named(&trec.docs)?);
    let mut queries = progress::reading("answering queries", named(&trec.queries)?);
    let directory = tempfile::tempdir()?;
    let engine = EmbeddedEngine::open(directory.path())?;
    let mode = match trec.mode {
        How::Suggest => Mode::Suggest,
        How::Search => Mode::Search,
    };
    let options = Options { top: usize::from(trec.top), mode, tag: "embedded".to_owned() };
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let mut report = |problem: trec::Problem| eprintln!("aftercare: {problem}");
    let run = trec::run(&engine, &mut docs, &mut queries, &options, &mut out, &mut report);
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
