//! `aftercare rules train`: makes a model of the learned triage score from labelled texts.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use aftercare_search::trec;
use clap::Args as ClapArgs;
use moderation_rules::score::{self, Example, Report, Training};
use moderation_rules::{Category, RuleSet};
use serde::Deserialize;

use super::Done;

/// Learns from the examples of the rules and from labelled texts.
///
/// A text belongs to one category, or to none: any other label counts as harmless. What is written is what `rules.score_model`
/// takes; it stays in shadow until the settings say otherwise. The same texts and seed make the same file, byte for byte.
#[derive(ClapArgs)]
pub(super) struct Train {
    /// Labelled texts: lines {"text", "label", "source"?} (may be gzipped), or a table of sentences `hold | …`, `pass | …`
    /// named after its category (crisis.txt)
    files: Vec<PathBuf>,
    /// Where the model goes
    #[arg(long)]
    out: PathBuf,
    /// The categories to judge
    #[arg(long = "category", required = true)]
    categories: Vec<String>,
    /// What stored verdicts call this model
    #[arg(long)]
    version: String,
    /// What it was trained on and under which licences, for people
    #[arg(long)]
    trained_on: String,
    /// Of a thousand harmless texts, so many may be held
    #[arg(long, default_value_t = 5.0)]
    alerts: f32,
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(super) fn run(args: &Train, rules: &RuleSet) -> Done {
    let category = |word: &String| Category::from_word(word).ok_or_else(|| format!("{word} is no category"));
    let categories = args.categories.iter().map(category).collect::<Result<Vec<_>, _>>()?;
    let mut examples = rules.labelled_examples();
    for file in &args.files {
        let read = read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        examples.extend(read);
    }
    let training = Training {
        version: args.version.clone(),
        trained_on: args.trained_on.clone(),
        categories,
        alerts_per_1000: args.alerts,
        seed: args.seed,
    };
    let (scorer, reports) = score::train(&examples, &training);
    std::fs::write(&args.out, scorer.write()).map_err(|error| format!("{}: {error}", args.out.display()))?;
    println!("{} texts; on those that a fold had not seen:", examples.len());
    reports.iter().for_each(tell);
    Ok(())
}

fn tell(report: &Report) {
    println!("{}, from {:.3} on", report.category.as_str(), report.threshold);
    for held in &report.sources {
        println!(
            "  {:<28} {:>5} of {:>5} found   {:>5} of {:>6} others held",
            held.source, held.found, held.positives, held.alarmed, held.negatives
        );
    }
}

#[derive(Deserialize)]
struct Row {
    text: String,
    label: String,
    source: Option<String>,
}

fn read(path: &Path) -> Result<Vec<Example>, Box<dyn std::error::Error + Send + Sync>> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let lines = trec::open(path)?.lines();
    match name.strip_suffix(".txt") {
        Some(category) => lines.filter_map(|line| sentence(line, category).transpose()).collect(),
        None => lines.enumerate().map(|(number, line)| row(&line?, number + 1, name)).collect(),
    }
}

fn row(line: &str, number: usize, name: &str) -> Result<Example, Box<dyn std::error::Error + Send + Sync>> {
    let row: Row = serde_json::from_str(line).map_err(|error| format!("line {number}: {error}"))?;
    let category = Category::from_word(&row.label);
    Ok(Example { text: row.text, category, source: row.source.unwrap_or_else(|| name.to_owned()) })
}

/// A line of a table of sentences. Lines about needs say nothing of a category.
fn sentence(
    line: std::io::Result<String>,
    category: &str,
) -> Result<Option<Example>, Box<dyn std::error::Error + Send + Sync>> {
    let line = line?;
    let Some((what, text)) = line.split_once('|') else { return Ok(None) };
    let category = match what.trim() {
        "hold" | "flag" => Category::from_word(category),
        "pass" => None,
        _ => return Ok(None),
    };
    Ok(Some(Example { text: text.trim().to_owned(), category, source: "tables of sentences".to_owned() }))
}
