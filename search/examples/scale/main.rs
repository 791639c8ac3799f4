//! Measures the embedded engine at scale:
//! `cargo run --release -p aftercare-search --example scale -- [--keep DIR] [--seconds S] [--batch N] POSTS…`.
//!
//! For each number of posts an index is filled, asked by both cores one question after the other (how many a second is the
//! capacity), then asked at half of that rate at moments that do not wait for answers. Latency counts from the moment at which
//! a question should have been asked. `--keep` leaves the indexes in DIR and uses those that are there.

mod asked;
mod made;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use aftercare_search::{Change, EmbeddedEngine, SearchEngine};
use asked::{KINDS, asked};
use made::{Community, Dice};
use tokio::task::JoinSet;

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Latencies = Vec<Vec<Duration>>;

struct Options {
    keep: Option<PathBuf>,
    seconds: u64,
    batch: usize,
    sizes: Vec<u32>,
}

fn options() -> Result<Options, Failure> {
    let mut options = Options { keep: None, seconds: 20, batch: 200, sizes: Vec::new() };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or("a value is missing");
        match argument.as_str() {
            "--keep" => options.keep = Some(value()?.into()),
            "--seconds" => options.seconds = value()?.parse()?,
            "--batch" => options.batch = value()?.parse()?,
            posts => options.sizes.push(posts.parse()?),
        }
    }
    Ok(options)
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let options = options()?;
    let community = Arc::new(Community::new());
    let mut rows: Vec<Vec<String>> = vec![KINDS.iter().map(|kind| (*kind).to_owned()).collect()];
    if let Some(all) = rows.first_mut() {
        all.push("all".to_owned());
    }
    for posts in &options.sizes {
        let temporary = tempfile::tempdir()?;
        let root = options.keep.clone().unwrap_or_else(|| temporary.path().to_owned());
        let directory = root.join(posts.to_string());
        let engine = EmbeddedEngine::open(&directory)?;
        println!("\n{posts} posts");
        if !root.join(format!("{posts}.full")).exists() {
            fill(&engine, &community, *posts, options.batch).await?;
            std::fs::write(root.join(format!("{posts}.full")), "")?;
        }
        println!("on disk: {} MB", size_of(&directory)? / 1_000_000);
        rows.push(measure(&engine, &community, *posts, options.seconds).await?);
    }
    println!("\nOpen loop at half of the capacity, ms: p50 / p95 / p99");
    for at in 0..=KINDS.len() {
        let row: Vec<&str> = rows.iter().filter_map(|row| row.get(at).map(String::as_str)).collect();
        println!("| {} |", row.join(" | "));
    }
    Ok(())
}

async fn fill(
    engine: &EmbeddedEngine,
    community: &Community,
    posts: u32,
    batch: usize,
) -> Result<(), Failure> {
    let peak = Peak::watch();
    let started = Instant::now();
    let mut changes = (0..posts).map(|number| Change::Put(community.post(number))).peekable();
    while changes.peek().is_some() {
        engine.apply(changes.by_ref().take(batch).collect()).await?;
    }
    let took = started.elapsed().as_secs_f64();
    println!(
        "filled in {took:.1} s: {:.0} posts/s in batches of {batch}; anonymous memory at most {} MB",
        f64::from(posts) / took,
        peak.megabytes()
    );
    Ok(())
}

async fn measure(
    engine: &EmbeddedEngine,
    community: &Arc<Community>,
    posts: u32,
    seconds: u64,
) -> Result<Vec<String>, Failure> {
    let peak = Peak::watch();
    closed(engine, community, posts, Duration::from_secs(seconds / 4)).await?;
    let (asked, took) = closed(engine, community, posts, Duration::from_secs(seconds)).await?;
    let capacity = f64::from(asked) / took.as_secs_f64();
    println!("capacity: {capacity:.0} questions/s on both cores");
    let alone = publish(engine, community, 0, Duration::from_secs(5)).await?;
    let latencies = open(engine, community, posts, capacity / 2.0, Duration::from_secs(seconds)).await?;
    let asking = open(engine, community, posts, capacity / 2.0, Duration::from_secs(10));
    let (meanwhile, _) = tokio::join!(publish(engine, community, 1_000, Duration::from_secs(10)), asking);
    println!("one post published, ms: {alone}; while questions are asked: {}", meanwhile?);
    println!("anonymous memory while searching: at most {} MB", peak.megabytes());
    let mut row: Vec<String> = latencies.iter().map(|of_kind| spread(of_kind.clone())).collect();
    row.push(spread(latencies.concat()));
    Ok(row)
}

/// Two askers, each with its next question as soon as the last is answered.
async fn closed(
    engine: &EmbeddedEngine,
    community: &Arc<Community>,
    posts: u32,
    span: Duration,
) -> Result<(u32, Duration), Failure> {
    let number = Arc::new(AtomicU64::new(0));
    let started = Instant::now();
    let mut askers = JoinSet::new();
    for _ in 0..2 {
        let (engine, community, number) = (engine.clone(), community.clone(), number.clone());
        askers.spawn(async move {
            let mut answered = 0;
            while started.elapsed() < span {
                let (_, question) = asked(&community, number.fetch_add(1, Ordering::Relaxed), posts);
                question.ask(&engine).await?;
                answered += 1;
            }
            Ok::<u32, Failure>(answered)
        });
    }
    let mut sum = 0;
    while let Some(answered) = askers.join_next().await {
        sum += answered??;
    }
    Ok((sum, started.elapsed()))
}

/// Questions at random moments, so many a second.
async fn open(
    engine: &EmbeddedEngine,
    community: &Arc<Community>,
    posts: u32,
    rate: f64,
    span: Duration,
) -> Result<Latencies, Failure> {
    let mut dice = Dice::new(6, 1);
    let started = Instant::now();
    let (mut due, mut number) = (Duration::ZERO, 0);
    let mut answers = JoinSet::new();
    while due < span {
        let intended = started + due;
        tokio::time::sleep_until(intended.into()).await;
        let (engine, community) = (engine.clone(), community.clone());
        answers.spawn(async move {
            let (kind, question) = asked(&community, number, posts);
            question.ask(&engine).await?;
            Ok::<_, Failure>((kind, intended.elapsed()))
        });
        number += 1;
        due += Duration::from_secs_f64(-(1.0 - dice.share()).ln() / rate);
    }
    let mut latencies = vec![Vec::new(); KINDS.len()];
    while let Some(answer) = answers.join_next().await {
        let (kind, took) = answer??;
        if let Some(of_kind) = latencies.get_mut(kind) {
            of_kind.push(took);
        }
    }
    Ok(latencies)
}

/// A post of its own every tenth of a second, as its writer would see it: until the next search finds it.
async fn publish(
    engine: &EmbeddedEngine,
    community: &Community,
    mut number: u32,
    span: Duration,
) -> Result<String, Failure> {
    let started = Instant::now();
    let mut took = Vec::new();
    while started.elapsed() < span {
        let mut post = community.post(number);
        // New in every run on a kept index.
        post.id = format!("published:{}:{number}", std::process::id());
        number += 1;
        let applied = Instant::now();
        engine.apply(vec![Change::Put(post)]).await?;
        took.push(applied.elapsed());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(spread(took))
}

fn spread(mut took: Vec<Duration>) -> String {
    took.sort_unstable();
    let at = |share: usize| {
        let place = (took.len() * share / 100).min(took.len().saturating_sub(1));
        took.get(place).copied().unwrap_or_default().as_secs_f64() * 1_000.0
    };
    format!("{:.1} / {:.1} / {:.1}", at(50), at(95), at(99))
}

fn size_of(directory: &Path) -> std::io::Result<u64> {
    std::fs::read_dir(directory)?.try_fold(0, |sum, entry| {
        let entry = entry?;
        // Merging goes on behind our back: what was listed may be gone.
        let Ok(meta) = entry.metadata() else { return Ok(sum) };
        Ok(sum + if meta.is_dir() { size_of(&entry.path())? } else { meta.len() })
    })
}

/// The most anonymous memory that this process had since the watch began, looked at twenty times a second.
struct Peak(Arc<AtomicU64>);

impl Peak {
    fn watch() -> Self {
        let peak = Arc::new(AtomicU64::new(0));
        let watched = Arc::downgrade(&peak);
        std::thread::spawn(move || {
            while let Some(peak) = watched.upgrade() {
                peak.fetch_max(anonymous_kilobytes().unwrap_or_default(), Ordering::Relaxed);
                drop(peak);
                std::thread::sleep(Duration::from_millis(50));
            }
        });
        Self(peak)
    }

    fn megabytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed) / 1_000
    }
}

fn anonymous_kilobytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    line.split_whitespace().next()?.parse().ok()
}
