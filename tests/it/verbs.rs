//! The command line beside a running community, on both databases: the real binary, its exit codes, its words.

use std::io::Write;
use std::process::{Output, Stdio};

use serde_json::{Value, json};

use crate::harness::wire::{aftercare, free_address, settings};
use crate::harness::{PASSWORD, TestApp, on_both};

/// Runs a verb on the database of this community.
pub fn run(t: &TestApp, args: &[&str], input: &str) -> Output {
    let mut command = aftercare();
    settings(&mut command, &t.app.config.data_dir, &t.database, free_address());
    let pipes = command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// What a verb said that came to its end.
#[track_caller]
pub fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}: {}", output.status, told(output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What it said on the way, and why it came to none.
pub fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a verb said that was refused.
#[track_caller]
fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{}", told(output));
    told(output)
}

fn add<'a>(name: &'a str, email: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["user", "add", "--name", name, "--email", email][..], more].concat()
}

#[test]
fn a_new_clinician_has_their_roles_or_is_not_added_at_all() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let with = |expires| {
            let registered = ["--register", "NMC", "--number", "1", "--expires", expires];
            [&["--role", "clinician", "--role", "moderator"][..], &registered[..]].concat()
        };
        let joan = |expires| add("Sister Joan", "joan@example.org", &with(expires));
        let words = refused(&run(t, &joan("2020-01-01"), PASSWORD));
        assert!(words.contains("expires: This registration has already expired."), "{words}");
        let people = async || t.get(&admin, "/people").await.json()["people"].as_array().unwrap().clone();
        assert_eq!(people().await.len(), 1, "nobody was added");
        let id = done(&run(t, &joan("2038-01-01"), &format!("{PASSWORD}\n")));
        let person = people().await.into_iter().find(|person| person["name"] == "Sister Joan").unwrap();
        assert_eq!(id, format!("{} Sister Joan\n", person["id"].as_str().unwrap()));
        assert_eq!(person["roles"], json!(["member", "moderator", "clinician"]));
        let joan = t.sign_in(String::new(), "Sister Joan", "joan@example.org").await;
        t.get(&joan, "/review/items").await.expect(200);
    });
}

#[test]
fn the_operator_hears_field_by_field_what_cannot_be() {
    on_both(async |t| {
        t.member("Rowan").await;
        let member = ["--role", "member"];
        for (args, password, words) in [
            (add("r o w a n", "rowan@example.org", &member), PASSWORD, "name: "),
            (add("Ines", "rowan@example.org", &member), PASSWORD, "email: "),
            (add("Ines", "nowhere", &member), PASSWORD, "email: "),
            (add("Ines", "ines@example.org", &member), "short", "password: "),
            (
                add("ring 07700900123", "ines@example.org", &member),
                PASSWORD,
                "name: Please choose another name.",
            ),
        ] {
            let told = refused(&run(t, &args, password));
            assert!(told.contains(words), "{args:?}: {told}");
        }
    });
}

#[test]
fn doctor_finds_a_community_in_order_and_names_what_is_not() {
    on_both(async |t| {
        t.member("Rowan").await;
        let check = || -> (Option<i32>, Value) {
            let output = run(t, &["doctor", "--json"], "");
            (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
        };
        let (code, report) = check();
        assert_eq!((code, &report["ok"]), (Some(0), &json!(true)), "{report:#}");
        t.sql(
            "INSERT INTO outbox (id, topic, key, version, payload, attempts, created_at, next_at, dead_at) \
             VALUES (1, 'notice', 'x', 1, '{}', 9, '2026-11-24 10:00:00', '2026-11-24 10:00:00', '2026-11-24 10:00:00')",
        );
        let (code, report) = check();
        let checks = report["checks"].as_array().unwrap();
        let broken: Vec<_> =
            checks.iter().filter(|check| check["ok"] == false).map(|check| &check["id"]).collect();
        assert_eq!((code, broken), (Some(1), vec![&json!("outbox_dead")]));
    });
}
