//! `aftercare rules backtest` on both databases: what a draft would do, and that trying it does nothing.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::verbs::{done, run, told};
use crate::harness::{CRISIS, ORDINARY, TestApp, on_both};

const LENT: &str = r#"
subject = "A test"
owner = "Nobody"
review = "2099-01-01"
source = "Made up"
[[rule]]
id = "test.lent"
version = 1
state = "draft"
title = "Lends a walking frame"
why = "To see it counted."
category = "spam"
severity = "amber"
action = "hold"
any = ["walking frame"]
[rule.examples]
match = []
pass = []
"#;

/// The shipped packs without those about personal data, and with one rule more.
fn draft(t: &TestApp) -> PathBuf {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../moderation-rules/packs");
    let dir = t.app.config.data_dir.join("draft");
    std::fs::create_dir_all(&dir).unwrap();
    for pack in std::fs::read_dir(shipped).unwrap().map(Result::unwrap) {
        if pack.file_name() != "personal_data.toml" {
            std::fs::copy(pack.path(), dir.join(pack.file_name())).unwrap();
        }
    }
    std::fs::write(dir.join("lent.toml"), LENT).unwrap();
    dir
}

fn backtest(t: &TestApp, more: &[&str]) -> String {
    let dir = draft(t).display().to_string();
    let output = run(t, &[&["rules", "backtest", "--pack", &dir][..], more].concat(), "");
    assert_eq!(told(&output), "");
    done(&output)
}

#[test]
fn a_draft_is_tried_on_every_post_and_nothing_is_changed() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        t.ask(&rowan, "public", "Sleeping", ORDINARY).await;
        let framed = t.ask(&rowan, "public", "Frames", "I can lend you my walking frame.").await;
        let phone = t.ask(&rowan, "public", "Ring me", "My number is 07700 900123.").await;
        assert_eq!(phone.state, "held");
        // Held already, and decided about in both ways: the draft's hold is measured against that.
        for (choice, reason) in [("publish", json!({})), ("refuse", json!({ "reason": "Not here." }))] {
            let body = format!("{CRISIS} Take my walking frame.");
            let held = t.ask(&rowan, "public", "I cannot go on", &body).await;
            let item = t.claim(&moderator, &held.post).await;
            t.decide(&moderator, &item, choice, reason).await.expect(200);
        }
        let before = (t.get(&admin, "/audit").await.json(), t.queue(&moderator).await);

        let said = backtest(t, &["--json"]);
        let report: Value = serde_json::from_str(&said).unwrap();
        let of = |kind: &str| report["outcomes"][kind].clone();
        assert_eq!((&report["complete"], &report["posts"]), (&json!(true), &json!(5)), "{report:#}");
        assert_eq!(
            of("newly_held"),
            json!({ "posts": 1, "moderators": { "agree": 0, "disagree": 0 }, "examples": [framed.post] })
        );
        assert_eq!(
            of("released"),
            json!({ "posts": 1, "moderators": { "agree": 0, "disagree": 0 }, "examples": [phone.post] })
        );
        assert_eq!(
            of("unchanged"),
            json!({ "posts": 3, "moderators": { "agree": 1, "disagree": 1 }, "examples": [] })
        );
        let categories = json!({ "spam": { "newly_held": 1 }, "pii": { "released": 1 } });
        assert_eq!(report["categories"], categories);
        let [rule] = report["rules"].as_array().unwrap().as_slice() else { panic!("{report:#}") };
        let told = (&rule["rule"], &rule["before"], &rule["hits"], &rule["moderators"]);
        let expected = (&json!("test.lent"), &Value::Null, &json!(3), &json!({ "agree": 1, "disagree": 1 }));
        assert_eq!(told, expected);
        let weeks = rule["weeks"].as_array().unwrap();
        assert_eq!(weeks.len(), 12);
        let gone = report["gone"].as_array().unwrap();
        assert!(gone.iter().all(|rule| rule["rule"].as_str().unwrap().starts_with("pii.")), "{gone:#?}");
        let phones = gone.iter().find(|rule| rule["hits"] == 1).unwrap();
        assert_eq!((&phones["rule"], &phones["weeks"][11]["hits"]), (&json!("pii.phone"), &json!(1)));
        for words in ["walking", "07700", "number is"] {
            assert!(!said.replace("Lends a walking frame", "").contains(words), "{words} is in {said}");
        }

        let lines = backtest(t, &[]);
        for part in
            ["5 posts read\n", &framed.post, "test.lent (version 1, not acting today)", "3 posts, 60.0 %"]
        {
            assert!(lines.contains(part), "no {part} in {lines}");
        }
        assert!(lines.contains("moderators  1 kept back, 1 published"), "{lines}");
        assert_eq!((t.get(&admin, "/audit").await.json(), t.queue(&moderator).await), before);
    });
}

#[test]
fn what_a_moderator_left_out_speaks_for_the_rule_that_marks_it() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let title = "Who fits a walking frame";
        let held = t.ask(&rowan, "public", title, "Ring me on 07700 900123, or come by.").await;
        let item = t.claim(&moderator, &held.post).await;
        t.decide(&moderator, &item, "publish_masked", json!({})).await.expect(200);
        let report: Value = serde_json::from_str(&backtest(t, &["--json"])).unwrap();
        // What is read is what was decided about: the number still stands in it.
        assert_eq!(report["outcomes"]["unchanged"]["moderators"], json!({ "agree": 1, "disagree": 0 }));
        assert_eq!((&report["posts"], &report["rules"][0]["hits"]), (&json!(1), &json!(1)));
        assert_eq!(report["rules"][0]["moderators"], json!({ "agree": 1, "disagree": 0 }));
        let phones =
            report["gone"].as_array().unwrap().iter().find(|rule| rule["rule"] == "pii.phone").unwrap();
        assert_eq!(phones["moderators"], json!({ "agree": 1, "disagree": 0 }));
        // Once its author has written it anew, nobody has decided about that.
        let edit = json!({ "title": title, "body": "Come by." });
        t.put(&rowan, &format!("/posts/{}", held.post), edit).await.expect(200);
        let report: Value = serde_json::from_str(&backtest(t, &["--json"])).unwrap();
        assert_eq!(report["rules"][0]["moderators"], json!({ "agree": 0, "disagree": 0 }), "{report:#}");
    });
}

#[test]
fn a_draft_that_does_not_compile_is_told_by_file_line_and_rule() {
    on_both(async |t| {
        let dir = draft(t);
        std::fs::write(dir.join("lent.toml"), LENT.replace("any = [", "any = [\"(\", ")).unwrap();
        let output = run(t, &["rules", "backtest", "--pack", &dir.display().to_string()], "");
        assert_eq!(output.status.code(), Some(1));
        let words = told(&output);
        assert!(words.contains("lent.toml:15: rule `test.lent`: "), "{words}");
    });
}
