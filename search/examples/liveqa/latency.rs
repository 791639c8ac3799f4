//! Our whole answer beside a bare request to the same Meilisearch for the same words.

use std::path::Path;
use std::time::{Duration, Instant};

use aftercare_search::{MeilisearchOptions, Query, SearchEngine, SuggestQuery};
use secrecy::ExposeSecret;
use serde_json::json;

use crate::data::Failure;
use crate::judged;

/// Every so many-th title is searched for.
const STEP: usize = 150;

/// Searches for titles, and for their first two words, each way; the first round warms both up.
pub(crate) async fn run(
    engine: &dyn SearchEngine,
    options: &MeilisearchOptions,
    data: &Path,
) -> Result<(), Failure> {
    let titles: Vec<String> =
        judged::corpus(data)?.into_iter().step_by(STEP).map(|document| document.title).collect();
    let short = titles.iter().map(|title| {
        let telling = title.split_whitespace().filter(|word| word.len() > 5).take(2);
        telling.collect::<Vec<_>>().join(" ")
    });
    for (name, texts) in [("two words", short.collect()), ("whole titles", titles.clone())] {
        for round in ["cold", "warm"] {
            let mut ours = Vec::new();
            for text in &texts {
                let started = Instant::now();
                engine.search(Query::new(text)).await?;
                ours.push(started.elapsed());
            }
            println!("{name}, {round}: bare {}; ours {}", spread(bare(options, &texts).await?), spread(ours));
        }
    }
    let mut suggestions = Vec::new();
    for text in titles {
        let started = Instant::now();
        engine.suggest(SuggestQuery { text, top: 5, ..SuggestQuery::default() }).await?;
        suggestions.push(started.elapsed());
    }
    println!("suggestions for titles: {}", spread(suggestions));
    Ok(())
}

async fn bare(options: &MeilisearchOptions, texts: &[String]) -> Result<Vec<Duration>, Failure> {
    let http = reqwest::Client::builder().no_proxy().build()?;
    let url = format!("{}/indexes/{}_v2/search", options.url, options.index);
    let key = options.write_key.as_ref().ok_or("a key is missing")?;
    let mut took = Vec::new();
    for text in texts {
        let asked = json!({
            "q": text,
            "limit": 10,
            "matchingStrategy": "all",
            "filter": "audience IN [\"public\", \"unlisted\"]",
            "facets": ["kind", "board_key"],
            "attributesToRetrieve": ["id", "title", "body"],
        });
        let started = Instant::now();
        let request = http.post(&url).bearer_auth(key.expose_secret());
        let request = request.header("content-type", "application/json").body(asked.to_string());
        request.send().await?.error_for_status()?.bytes().await?;
        took.push(started.elapsed());
    }
    Ok(took)
}

fn spread(mut took: Vec<Duration>) -> String {
    took.sort_unstable();
    let at = |share: usize| {
        let place = (took.len() * share / 100).min(took.len().saturating_sub(1));
        took.get(place).copied().unwrap_or_default().as_secs_f64() * 1_000.0
    };
    format!("p50 {:.1} ms, p95 {:.1} ms", at(50), at(95))
}
