//! Measures whether people's own words reach what they mean: `cargo run --release --example words -- DATA [--worst]`.
//!
//! DATA is the folder that holds `mqp-question-pairs`, `vocab-lay-clinical` and `threads`.

mod data;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use aftercare_search::{EmbeddedEngine, Query, SearchEngine, SuggestQuery};
use data::{Failure, document, fill, read};
use serde::Deserialize;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let Some(data) = arguments.next().map(PathBuf::from) else {
        return Err("usage: words DATA [--worst]".into());
    };
    let worst = arguments.next().is_some_and(|argument| argument == "--worst");
    pairs(&data, worst).await?;
    phrases(&data, worst).await?;
    typos(&data, worst).await
}

#[derive(Deserialize)]
struct Pair {
    id: String,
    question_1: String,
    question_2: String,
    label: u8,
}

/// A doctor wrote one question like each, and one that shares its words and asks something else. All of them stand in one
/// index; the score of the first must be the higher one. One that is not found scores nothing, and a tie is half.
async fn pairs(data: &Path, worst: bool) -> Result<(), Failure> {
    let pairs: Vec<Pair> = read(&data.join("mqp-question-pairs/dev.jsonl.gz"))?;
    let engine = EmbeddedEngine::in_memory()?;
    let written = pairs
        .iter()
        .map(|pair| document(pair.id.clone(), pair.question_2.clone(), Vec::new(), String::new()));
    fill(&engine, written.collect()).await?;
    let mut asked: BTreeMap<&str, (Vec<&Pair>, Vec<&Pair>)> = BTreeMap::new();
    for pair in &pairs {
        let (alike, unlike) = asked.entry(&pair.question_1).or_default();
        if pair.label == 1 { alike.push(pair) } else { unlike.push(pair) }
    }
    let (mut right, mut of) = (0.0, 0.0);
    for (question, (alike, unlike)) in asked {
        let query = SuggestQuery { text: question.to_owned(), top: 5_000, ..Default::default() };
        let hits = engine.suggest(query).await?.hits;
        let scores: HashMap<&str, f32> = hits.iter().map(|hit| (hit.id.as_str(), hit.score)).collect();
        let score = |pair: &Pair| scores.get(pair.id.as_str()).copied().unwrap_or_default();
        for one in &alike {
            for other in &unlike {
                of += 1.0;
                let (one_score, other_score) = (score(one), score(other));
                right += match one_score.total_cmp(&other_score) {
                    std::cmp::Ordering::Greater => 1.0,
                    std::cmp::Ordering::Equal => 0.5,
                    std::cmp::Ordering::Less => 0.0,
                };
                if worst && one_score <= other_score {
                    println!("--- {question}\n   + {one_score:6.2} {}", one.question_2);
                    println!("   - {other_score:6.2} {}", other.question_2);
                }
            }
        }
    }
    println!("question pairs: similar above dissimilar {:.3} of {of}", right / of);
    Ok(())
}

/// Whether a search for a patient's phrase has its concept among the first ten. Concepts are those that occur in the phrases,
/// by their preferred terms, with the lay terms of the same concept as other names.
async fn phrases(data: &Path, worst: bool) -> Result<(), Failure> {
    let vocabulary = data.join("vocab-lay-clinical");
    let columns = |line: &str| -> Vec<String> { line.split('\t').map(str::to_owned).collect() };
    let rows = |file: &str| -> Result<Vec<Vec<String>>, Failure> {
        let text = std::fs::read_to_string(vocabulary.join(file))?;
        Ok(text.lines().skip(1).map(columns).collect())
    };
    let phrases: Vec<(String, String, String)> = rows("dev.psytar_phrases.tsv")?
        .into_iter()
        .filter_map(|row| Some((row.first()?.clone(), row.get(1)?.clone(), row.get(2)?.clone())))
        .collect();
    let mut concepts: BTreeMap<&str, (&str, HashSet<String>)> = BTreeMap::new();
    for (_, preferred, concept) in &phrases {
        concepts.entry(concept).or_insert_with(|| (preferred, HashSet::new()));
    }
    for row in rows("lay_terms.tsv")? {
        let (Some(lay), Some(ids)) = (row.first(), row.get(3)) else { continue };
        for id in ids.split(';') {
            if let Some((_, aliases)) = concepts.get_mut(id) {
                aliases.insert(lay.clone());
            }
        }
    }
    let engine = EmbeddedEngine::in_memory()?;
    let documents = concepts.iter().map(|(id, (preferred, aliases))| {
        let mut aliases: Vec<String> = aliases.iter().cloned().collect();
        aliases.sort();
        document((*id).to_owned(), (*preferred).to_owned(), aliases, String::new())
    });
    fill(&engine, documents.collect()).await?;
    for suggest in [true, false] {
        let mut hit_at_10 = 0.0;
        for (phrase, preferred, concept) in &phrases {
            let hits = match suggest {
                true => {
                    engine
                        .suggest(SuggestQuery { text: phrase.clone(), top: 10, ..Default::default() })
                        .await?
                }
                false => engine.search(Query::new(phrase.clone())).await?,
            };
            let found = hits.hits.iter().any(|hit| hit.id == *concept);
            hit_at_10 += if found { 1.0 } else { 0.0 };
            if worst && suggest && !found {
                let first = hits.hits.first().map(|hit| hit.title.as_str()).unwrap_or("nothing");
                println!("--- {phrase} -> {preferred}; first {first}");
            }
        }
        let of = f32::from(u16::try_from(phrases.len())?);
        let mode = if suggest { "suggest" } else { "search" };
        println!("phrases ({mode}): hit@10 {:.3} of {of}, {} concepts", hit_at_10 / of, concepts.len());
    }
    Ok(())
}

#[derive(Deserialize)]
struct Thread {
    thread_id: serde_json::Value,
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
}

/// One random edit in one word of at least five letters of a thread's title: the thread must be among the first three.
async fn typos(data: &Path, worst: bool) -> Result<(), Failure> {
    let threads: Vec<Thread> = read(&data.join("threads/dev.jsonl.gz"))?;
    let engine = EmbeddedEngine::in_memory()?;
    let documents = threads.iter().enumerate().map(|(number, thread)| {
        let id = format!("{number}-{}", thread.thread_id);
        (id.clone(), document(id, thread.title.clone(), Vec::new(), thread.body.clone()))
    });
    let (ids, documents): (Vec<String>, Vec<_>) = documents.unzip();
    fill(&engine, documents).await?;
    let mut dice = Dice(0x5EED);
    let long = |word: &&str| word.chars().count() >= 5 && word.chars().all(char::is_alphabetic);
    let mut candidates: Vec<(&str, &str)> = threads
        .iter()
        .zip(&ids)
        .map(|(thread, id)| (thread.title.as_str(), id.as_str()))
        .filter(|(title, _)| title.split_whitespace().any(|word| long(&word)))
        .collect();
    let (mut right, mut of) = ([0.0; 2], 0.0);
    while of < 500.0 && !candidates.is_empty() {
        let (title, id) = candidates.swap_remove(dice.below(candidates.len()));
        let words: Vec<&str> = title.split_whitespace().filter(long).collect();
        let word = words.get(dice.below(words.len())).copied().unwrap_or_default();
        let typed = title.replacen(word, &dice.edit(word), 1);
        of += 1.0;
        let search = engine.search(Query::new(typed.clone())).await?;
        let suggest =
            engine.suggest(SuggestQuery { text: typed.clone(), top: 3, ..Default::default() }).await?;
        for (hits, right) in [search, suggest].iter().zip(&mut right) {
            let found = hits.hits.iter().take(3).any(|hit| hit.id == id);
            *right += if found { 1.0 } else { 0.0 };
            if worst && !found {
                println!("--- {typed} ({word})");
            }
        }
    }
    println!("typos: first three, search {:.3}, suggest {:.3} of {of}", right[0] / of, right[1] / of);
    Ok(())
}

/// The same throws in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let high = usize::try_from(self.0 >> 33).unwrap_or_default();
        high % sides.max(1)
    }

    /// A letter left out, put in, put in another's place, or two that changed places.
    fn edit(&mut self, word: &str) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        let other = char::from(b'a' + u8::try_from(self.below(26)).unwrap_or_default());
        let at = self.below(letters.len());
        match self.below(4) {
            0 => {
                letters.remove(at);
            }
            1 => letters.insert(at, other),
            2 => {
                letters.splice(at..=at, [other]);
            }
            _ => {
                let first = at.min(letters.len().saturating_sub(2));
                letters.swap(first, first + 1);
            }
        }
        letters.into_iter().collect()
    }
}
