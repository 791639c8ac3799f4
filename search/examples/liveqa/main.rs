//! Measures suggestions on real consumer questions:
//! `cargo run --release --example liveqa -- DATA [--worst] [--meilisearch URL]`.
//!
//! DATA is the folder that holds `medquad`, `liveqa-med` and `mediqa2019-qa`. Titles are the questions, aliases
//! their focus, bodies the answers; whatever else a row says is not read.
//!
//! With a Meilisearch (its master key in MEILI_MASTER_KEY) both engines are measured, how often they agree on the first
//! answer, and what our own work adds to a bare request.

#[path = "../data/mod.rs"]
mod data;
mod judged;
mod latency;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use aftercare_search::{EmbeddedEngine, MeilisearchEngine, MeilisearchOptions, SearchEngine};
use data::{Failure, fill};

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(data) = arguments.first().map(PathBuf::from) else {
        return Err("usage: liveqa DATA [--worst] [--meilisearch URL]".into());
    };
    let worst = arguments.iter().any(|argument| argument == "--worst");
    let url = arguments.iter().skip_while(|argument| *argument != "--meilisearch").nth(1);
    let embedded = EmbeddedEngine::in_memory()?;
    let embedded_firsts = liveqa(&embedded, &data, worst).await?;
    mediqa(&EmbeddedEngine::in_memory()?, &data).await?;
    if let Some(url) = url {
        let options = options(url)?;
        let engine = MeilisearchEngine::new(&options)?;
        engine.reset().await?;
        let firsts = liveqa(&engine, &data, worst).await?;
        let same = firsts.iter().zip(&embedded_firsts).filter(|(a, b)| a == b).count();
        println!("the engines agree on the first answer to {same} of {} questions", firsts.len());
        latency::run(&engine, &options, &data).await?;
        let pools =
            MeilisearchEngine::new(&MeilisearchOptions { index: "aftercare-mediqa".into(), ..options })?;
        pools.reset().await?;
        mediqa(&pools, &data).await?;
    }
    Ok(())
}

fn options(url: &str) -> Result<MeilisearchOptions, Failure> {
    let master = std::env::var_os("MEILI_MASTER_KEY").and_then(|key| key.into_string().ok());
    let patient = Duration::from_secs(300);
    Ok(MeilisearchOptions {
        write_key: Some(master.ok_or("MEILI_MASTER_KEY is missing")?.into()),
        index: "aftercare-liveqa".into(),
        answer_within: patient,
        change_within: patient,
        ..MeilisearchOptions::new(url)
    })
}

async fn liveqa(engine: &dyn SearchEngine, data: &Path, worst: bool) -> Result<Vec<Option<String>>, Failure> {
    let started = Instant::now();
    let documents = judged::corpus(data)?;
    let count = documents.len();
    fill(engine, documents).await?;
    println!("{}: {count} documents indexed in {:.1} s", engine.name(), started.elapsed().as_secs_f32());
    let grades = judged::grades(data)?;
    let mut firsts = Vec::new();
    for form in [judged::Form::Message, judged::Form::Summary] {
        let started = Instant::now();
        let scores = judged::liveqa(engine, data, &grades, form, worst).await?;
        println!("LiveQA {form:?}: {scores}  ({:.1} s)", started.elapsed().as_secs_f32());
        firsts.extend(scores.firsts);
    }
    Ok(firsts)
}

async fn mediqa(engine: &dyn SearchEngine, data: &Path) -> Result<(), Failure> {
    let questions = judged::pools(data)?;
    fill(engine, judged::answers(&questions)).await?;
    for set in ["liveqa", "alexa", "validation"] {
        let scores = judged::mediqa(engine, &questions, set).await?;
        println!("MEDIQA {set}: {scores}");
    }
    Ok(())
}
