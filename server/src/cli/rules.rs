//! `aftercare rules`: the packs checked against their own examples and tried on stored posts, and texts read by them.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args as ClapArgs, Subcommand};
use moderation_rules::score::Scorer;
use moderation_rules::{ExampleFailure, RuleSet, RuleState, ScanLine};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::jsonl::{self, Asked};
use super::{Done, backtest, train};
use crate::app;
use crate::platform::config::{Config, ConfigError};

#[derive(Subcommand)]
pub(super) enum Verb {
    /// Compile the packs and run every rule's own examples
    Check(Packs),
    /// Try drafted packs on every stored post; nothing is changed
    ///
    /// Compares with the rules in force. Every rule of the drafted packs that is not retired is run as if it were live. Of
    /// posts only ids are told, never text. Ctrl-C ends it with what was counted so far.
    Backtest(backtest::Args),
    /// Read texts as the live rules would
    ///
    /// Reads lines {"id", "text"} of plain text and answers each with what the live rules say of it. A line that cannot be
    /// read is answered with "id": null and an error.
    Scan(Scan),
    /// Train the learned triage score
    Train(Training),
}

#[derive(ClapArgs)]
pub(super) struct Packs {
    /// A directory of packs (*.toml) in place of the shipped ones
    #[arg(long)]
    pack: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub(super) struct Scan {
    #[command(flatten)]
    packs: Packs,
    /// Judge as if the learned score were active
    #[arg(long)]
    score: bool,
    /// A model in place of the shipped one, as `rules train` writes it
    #[arg(long, requires = "score")]
    model: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub(super) struct Training {
    #[command(flatten)]
    packs: Packs,
    #[command(flatten)]
    how: train::Train,
}

pub(super) fn run(config: impl FnOnce() -> Result<Config, ConfigError>, verb: &Verb) -> Done {
    match verb {
        Verb::Backtest(args) => backtest::run(&config()?, args),
        Verb::Train(args) => train::run(&args.how, args.packs.compiled()?.as_ref()),
        Verb::Check(packs) => check(packs.compiled()?.as_ref()),
        Verb::Scan(scan) => {
            let rules = scan.packs.compiled()?;
            let scorer = scan.score.then(|| app::scorer(scan.model.as_deref())).transpose()?;
            jsonl::answer(std::io::stdin().lock(), std::io::stdout().lock(), |asked| {
                Answer::new(&rules, scorer.as_ref(), asked)
            })
        }
    }
}

impl Packs {
    fn compiled(&self) -> Result<Arc<RuleSet>, app::StartError> {
        app::rules(self.pack.as_deref())
    }
}

fn check(rules: &RuleSet) -> Done {
    let failures = rules.check();
    if failures.is_empty() {
        let checked = rules.rules().iter().filter(|rule| rule.state != RuleState::Retired).count();
        println!("{checked} rules compile, and all their examples show what they should");
        return Ok(());
    }
    let lines: Vec<String> = failures.iter().map(ExampleFailure::to_string).collect();
    Err(format!("examples that do not show what they should: {}\n{}", failures.len(), lines.join("\n"))
        .into())
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

/// A verdict with its line's id. It owns the verdict, as a scan line only borrows one.
struct Answer {
    id: Value,
    verdict: moderation_rules::Verdict,
}

impl Answer {
    fn new(rules: &RuleSet, scorer: Option<&Scorer>, Asked { id, what }: Asked<Text>) -> Self {
        let verdict = rules.evaluate(&what.text);
        let verdict = match scorer {
            Some(scorer) => verdict.acting(scorer.score(&what.text)),
            None => verdict,
        };
        Self { id, verdict }
    }
}

impl Serialize for Answer {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Line<'a> {
            id: &'a Value,
            #[serde(flatten)]
            verdict: ScanLine<'a>,
        }
        Line { id: &self.id, verdict: self.verdict.scan_line() }.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_scanned_line_has_the_fields_that_were_promised() {
        let rules = RuleSet::shipped().unwrap();
        let scan = |text: &str| {
            let asked = Asked { id: json!(1), what: Text { text: text.into() } };
            serde_json::to_value(Answer::new(&rules, None, asked)).unwrap()
        };
        assert_eq!(
            scan("The stairs went well today."),
            json!({ "id": 1, "action": "allow", "severity": "green", "categories": [], "needs": [], "hits": [] })
        );
        let text = "Ännchen says: I want to kill myself";
        let line = scan(text);
        assert_eq!((&line["action"], &line["severity"]), (&json!("hold"), &json!("crisis")));
        let marked = |hit: &Value| {
            let offset = |name: &str| usize::try_from(hit[name].as_u64().unwrap()).unwrap();
            text.get(offset("start")..offset("end")).unwrap().to_owned()
        };
        let hits = line["hits"].as_array().unwrap();
        assert!(hits.iter().any(|hit| marked(hit).ends_with("kill myself")), "{line}");
    }

    const PACK: &str = r#"
subject = "A test"
owner = "Nobody"
review = "2099-01-01"
source = "Made up"
[[rule]]
id = "test.lift"
version = 1
state = "live"
title = "Offers a lift"
why = "To see it fail."
category = "spam"
severity = "green"
action = "flag"
any = ["free lift"]
[rule.examples]
match = ["A free lift!", "A long walk."]
pass = ["A walk.", "A lift.", "It is free."]
"#;

    #[test]
    fn a_pack_with_a_wrong_example_fails_by_file_line_and_rule() {
        let dir = tempfile::tempdir().unwrap();
        let checked = |pack: &str| {
            std::fs::write(dir.path().join("lift.toml"), pack).unwrap();
            check(&Packs { pack: Some(dir.path().to_owned()) }.compiled().unwrap())
        };
        let words = checked(PACK).unwrap_err().to_string();
        assert!(words.contains("lift.toml:7: rule `test.lift`") && words.contains("A long walk."), "{words}");
        assert!(checked(&PACK.replace("A long walk.", "One free lift.")).is_ok());
        let missing = Packs { pack: Some("/nowhere/at/all".into()) }.compiled().unwrap_err();
        assert!(missing.0.contains("/nowhere/at/all"), "{}", missing.0);
    }
}
