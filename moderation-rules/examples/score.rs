//! Measures the shipped packs (or those of a directory) on the public sets described in `shared/data/README.md`.
//!
//! `cargo run -p moderation-rules --example score -- DATA [--pack DIR] [--score MODEL] [--show SET LABEL hit|miss] [--rules SET]`
//!
//! No row of those sets is part of this project; the directory is an argument.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use moderation_rules::score::Scorer;
use moderation_rules::{Action, Budget, Category, Hit, Reason, RuleId, RuleSet, Verdict};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    text: String,
    label: String,
    note: String,
}

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let data = args
        .first()
        .map(PathBuf::from)
        .ok_or("usage: score DATA [--pack DIR] [--show SET LABEL hit|miss] [--rules SET]")?;
    let after =
        |flag: &str, n: usize| args.iter().position(|a| a == flag).and_then(|at| args.get(at + n)).cloned();
    let started = Instant::now();
    let rules = RuleSet::of(after("--pack", 1).as_deref().map(Path::new));
    let rules =
        rules.map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    println!("compiled in {} ms", started.elapsed().as_millis());
    for failure in rules.check() {
        println!("{failure}");
    }
    let scorer = after("--score", 1).map(|path| Scorer::read(&std::fs::read(path)?).map_err(Failure::from));
    let judge = Judge { rules, scorer: scorer.transpose()?, data, spent: Cell::default() };
    match (after("--show", 1), after("--show", 2), after("--show", 3)) {
        (Some(set), Some(label), Some(which)) => judge.show(&set, &label, which == "hit"),
        _ => match after("--rules", 1) {
            Some(set) => judge.by_rule(&set),
            None => judge.table(),
        },
    }
}

struct Judge {
    rules: RuleSet,
    /// Acts beside the rules, if given.
    scorer: Option<Scorer>,
    data: PathBuf,
    /// Bytes judged and the time they took.
    spent: Cell<(usize, Duration)>,
}

/// Sets, the category that is asked of them, the label that counts as positive, and the targets.
const SETS: [(&str, Category, &str, &str); 18] = [
    ("cssrs-reddit", Category::Crisis, "crisis", "recall >= .60, others <= 15 %"),
    ("simplesafetytests", Category::Crisis, "crisis", ""),
    ("triage-vignettes", Category::Crisis, "crisis", ""),
    ("sdcnl-reddit", Category::Crisis, "crisis", "indicative"),
    ("twitter-suicidal", Category::Crisis, "crisis", "indicative"),
    ("dreaddit", Category::Crisis, "-", "others <= 4 %"),
    ("counselchat", Category::Crisis, "-", "indicative"),
    ("healthbench-emergency", Category::Emergency, "emergency", "recall >= .80"),
    ("hatecheck", Category::Harassment, "harassment", "recall >= .70, others <= 25 %"),
    ("olid", Category::Harassment, "harassment", "indicative"),
    ("davidson-hate", Category::Harassment, "harassment", "indicative"),
    ("presidio-synth", Category::Pii, "pii", "strong >= .95"),
    ("sms-spam", Category::Spam, "spam", "recall >= .90, others <= 1 %"),
    ("opioid-twitter", Category::Selling, "selling", ""),
    ("agora-prescription", Category::Selling, "selling", "indicative"),
    ("monant-claims", Category::Misinformation, "misinformation", ""),
    ("covid-misconceptions", Category::Misinformation, "misinformation", ""),
    ("coaid", Category::Misinformation, "misinformation", ""),
];

const PATIENTS: [&str; 3] = ["patient-questions", "meqsum-chq", "healthtap-questions"];

/// Sets of ordinary texts, and the labels of rows in them that are not.
const CLEAN: [&str; 6] =
    ["patient-questions", "meqsum-chq", "healthtap-questions", "dreaddit", "counselchat", "sms-spam"];
const POSITIVE: [&str; 2] = ["spam", "crisis"];

impl Judge {
    fn rows(&self, set: &str) -> Result<Vec<Row>, Failure> {
        let path = self.data.join(format!("risk-{set}")).join("dev.jsonl.gz");
        let file = File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let lines = BufReader::new(GzDecoder::new(file)).lines();
        lines.map(|line| Ok(serde_json::from_str(&line?)?)).collect()
    }

    fn verdict(&self, text: &str) -> Verdict {
        let started = Instant::now();
        let verdict = self.rules.evaluate_within(text, Budget::new(Duration::from_secs(20)));
        let (bytes, time) = self.spent.get();
        self.spent.set((bytes + text.len(), time + started.elapsed()));
        match &self.scorer {
            Some(scorer) => verdict.acting(scorer.score(text)),
            None => verdict,
        }
    }

    /// Flagged as `category`: by a rule of that category that flags or holds, or by the score.
    fn flagged(&self, verdict: &Verdict, category: Category) -> bool {
        let scored =
            verdict.score.as_ref().is_some_and(|score| score.reached().any(|one| one.category == category));
        scored
            || verdict.hits.iter().any(|hit| {
                hit.category == category
                    && self.rules.rule(&hit.rule).is_some_and(|rule| rule.action >= Action::Flag)
            })
    }

    fn table(&self) -> Result<(), Failure> {
        println!("{} rules", self.rules.rules().len());
        println!("{:24} {:>14} {:>14} {:>20}   target", "set", "category", "recall", "others flagged");
        for (set, category, label, target) in SETS {
            let (mut found, mut positives, mut wrong, mut others) = (0, 0, 0, 0);
            let mut by_strength: BTreeMap<String, (usize, usize)> = BTreeMap::new();
            for row in self.rows(set)? {
                let hit = usize::from(self.flagged(&self.verdict(&row.text), category));
                if row.label == label {
                    let strength = row.note.split([';', '=']).nth(1).unwrap_or_default().to_owned();
                    let counts = by_strength.entry(strength).or_default();
                    *counts = (counts.0 + hit, counts.1 + 1);
                    (found, positives) = (found + hit, positives + 1);
                } else {
                    (wrong, others) = (wrong + hit, others + 1);
                }
            }
            let strengths: Vec<String> =
                by_strength.iter().map(|(s, (f, n))| format!("{s} {}", share(*f, *n))).collect();
            println!(
                "{set:24} {:>14} {:>14} {:>20}   {target} [{}]",
                category.as_str(),
                share(found, positives),
                share(wrong, others),
                strengths.join(", ")
            );
        }
        self.patients()?;
        self.folding()?;
        let (bytes, time) = self.spent.get();
        println!("{bytes} bytes judged in {:.1} s of this build", time.as_secs_f64());
        Ok(())
    }

    /// Ordinary patient questions: how many per thousand would reach staff.
    fn patients(&self) -> Result<(), Failure> {
        let mut total = 0_u32;
        let mut alerts: BTreeMap<&str, u32> = BTreeMap::new();
        for set in PATIENTS {
            for row in self.rows(set)? {
                total += 1;
                let verdict = self.verdict(&row.text);
                for category in Category::ALL {
                    *alerts.entry(category.as_str()).or_default() +=
                        u32::from(self.flagged(&verdict, category));
                }
                *alerts.entry("all (<= 60)").or_default() += u32::from(verdict.action >= Action::Flag);
                *alerts.entry("check failed (0)").or_default() +=
                    u32::from(verdict.reason == Some(Reason::CheckFailed));
            }
        }
        println!("ordinary patient questions ({total}), per thousand; crisis <= 5, emergency <= 30:");
        for (name, count) in alerts {
            println!("  {name:20} {:.1}", f64::from(count) * 1000.0 / f64::from(total));
        }
        Ok(())
    }

    /// Clean texts whose verdict rests on words that had to be uncovered first: without those it would be another.
    fn folding(&self) -> Result<(), Failure> {
        let (mut total, mut changed) = (0_usize, 0_usize);
        for set in CLEAN {
            for row in self.rows(set)?.into_iter().filter(|row| !POSITIVE.contains(&row.label.as_str())) {
                let verdict = self.verdict(&row.text);
                let (all, plain) =
                    (self.outcome(&verdict, |_| true), self.outcome(&verdict, |hit| hit.folding.is_none()));
                (total, changed) = (total + 1, changed + usize::from(all != plain));
            }
        }
        println!("clean texts whose verdict changes by folding (<= .002): {}", share(changed, total));
        Ok(())
    }

    /// What some of the hits come to: the strictest action and the categories.
    fn outcome(
        &self,
        verdict: &Verdict,
        counts: impl Fn(&Hit) -> bool,
    ) -> (Option<Action>, BTreeSet<Category>) {
        let hits = || verdict.hits.iter().filter(|hit| counts(hit));
        let action = hits().filter_map(|hit| self.rules.rule(&hit.rule)).map(|rule| rule.action).max();
        (action, hits().map(|hit| hit.category).collect())
    }

    /// For each rule, the rows of each label that it flags, and those that it alone flags.
    fn by_rule(&self, set: &str) -> Result<(), Failure> {
        let mut counts: BTreeMap<String, BTreeMap<String, (u32, u32)>> = BTreeMap::new();
        for row in self.rows(set)? {
            let verdict = self.verdict(&row.text);
            let rules: BTreeSet<&RuleId> = verdict.hits.iter().map(|hit| &hit.rule).collect();
            let acts = |id: &&RuleId| self.rules.rule(id).is_some_and(|rule| rule.action >= Action::Flag);
            let rules: Vec<&RuleId> = rules.into_iter().filter(acts).collect();
            for rule in &rules {
                let count = counts.entry(rule.to_string()).or_default().entry(row.label.clone()).or_default();
                *count = (count.0 + 1, count.1 + u32::from(rules.len() == 1));
            }
        }
        for (rule, labels) in counts {
            let labels: Vec<String> =
                labels.iter().map(|(l, (all, alone))| format!("{l} {all} ({alone} alone)")).collect();
            println!("{rule:36} {}", labels.join(", "));
        }
        Ok(())
    }

    /// Prints rows of one label that a category's rules hit or missed; for reading, not for fitting.
    fn show(&self, set: &str, label: &str, wanted: bool) -> Result<(), Failure> {
        let category = SETS.iter().find(|(name, ..)| *name == set).map(|(_, category, ..)| *category);
        for row in self.rows(set)?.into_iter().filter(|row| label == "any" || row.label == label) {
            let verdict = self.verdict(&row.text);
            let hit = match category {
                Some(category) => self.flagged(&verdict, category),
                None => verdict.action >= Action::Flag,
            };
            if hit != wanted {
                continue;
            }
            println!("- {} | {}", row.note, row.text.replace('\n', " / "));
            for hit in &verdict.hits {
                println!("    {} «{}»", hit.rule, row.text.get(hit.start..hit.end).unwrap_or_default());
            }
        }
        Ok(())
    }
}

fn share(part: usize, whole: usize) -> String {
    let number = |n: usize| u32::try_from(n).map_or(f64::NAN, f64::from);
    if whole == 0 { "-".into() } else { format!("{part}/{whole} {:.3}", number(part) / number(whole)) }
}
