//! Measures suggestions on real consumer questions: `cargo run --release --example liveqa -- DATA [--worst]`.
//!
//! DATA is the folder that holds `medquad`, `liveqa-med` and `mediqa2019-qa`. Titles are the questions, aliases
//! their focus, bodies the answers; whatever else a row says is not read.

#[path = "../data/mod.rs"]
mod data;
mod judged;

use std::path::{Path, PathBuf};
use std::time::Instant;

use aftercare_search::EmbeddedEngine;
use data::{Failure, fill};

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let Some(data) = arguments.next().map(PathBuf::from) else {
        return Err("usage: liveqa DATA [--worst]".into());
    };
    let worst = arguments.next().is_some_and(|argument| argument == "--worst");
    liveqa(&data, worst).await?;
    mediqa(&data).await
}

async fn liveqa(data: &Path, worst: bool) -> Result<(), Failure> {
    let engine = EmbeddedEngine::in_memory()?;
    let started = Instant::now();
    let documents = judged::corpus(data)?;
    let count = documents.len();
    fill(&engine, documents).await?;
    println!("{count} documents indexed in {:.1} s", started.elapsed().as_secs_f32());
    let grades = judged::grades(data)?;
    for form in [judged::Form::Message, judged::Form::Summary] {
        let started = Instant::now();
        let scores = judged::liveqa(&engine, data, &grades, form, worst).await?;
        println!("LiveQA {form:?}: {scores}  ({:.1} s)", started.elapsed().as_secs_f32());
    }
    Ok(())
}

async fn mediqa(data: &Path) -> Result<(), Failure> {
    let engine = EmbeddedEngine::in_memory()?;
    let questions = judged::pools(data)?;
    fill(&engine, judged::answers(&questions)).await?;
    for set in ["liveqa", "alexa", "validation"] {
        let scores = judged::mediqa(&engine, &questions, set).await?;
        println!("MEDIQA {set}: {scores}");
    }
    Ok(())
}
