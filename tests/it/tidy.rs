//! What ARCHITECTURE.md promises and no compiler checks. Each rule names the file and line that breaks it.

use std::fs;
use std::path::{Path, PathBuf};

const FEATURES: [&str; 9] =
    ["platform", "accounts", "screening", "threads", "guidance", "review", "support", "discovery", "notices"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every Rust file of the workspace, with its path from the root.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> =
        ["server/src", "frontend/src", "search/src", "moderation-rules/src", "tests/it"]
            .iter()
            .map(|f| root().join(f))
            .collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// Fails with all lines (outside comments) of files that match where a needle stands and must not.
fn forbid(needle: &str, why: &str, allowed: impl Fn(&str) -> bool) {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        if allowed(&name) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            if line.contains(needle) && !line.trim_start().starts_with("//") {
                wrong.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{why}\n{}", wrong.join("\n"));
}

fn is_store(name: &str) -> bool {
    name.ends_with("/store.rs") || name.contains("/store/")
}

#[test]
fn query_dsl_stands_in_stores_only() {
    let types = |name: &str| {
        [
            "platform/ids.rs",
            "platform/text.rs",
            "platform/clock.rs",
            "platform/refusal.rs",
            "screening/model.rs",
        ]
        .iter()
        .any(|end| name.ends_with(end))
    };
    forbid("use diesel::prelude", "queries belong into a feature's store.rs", |name| {
        is_store(name) || name.contains("platform/db/") || name.starts_with("tests/")
    });
    forbid("diesel::", "diesel is known to stores, platform/db and the types of ids and enums", |name| {
        is_store(name) || name.contains("platform/db/") || types(name) || name.starts_with("tests/")
    });
}

#[test]
fn poem_stands_at_the_edge_only() {
    let edge = |name: &str| {
        name.contains("platform/http/")
            || name.contains("/routes/")
            || name.contains("/api/")
            || name.contains("/pages/")
            || name.contains("/bench/")
            || ["/api.rs", "/pages.rs", "/gate.rs", "/layout.rs", "/serve.rs", "platform/refusal.rs"]
                .iter()
                .any(|end| name.ends_with(end))
            || name.starts_with("tests/")
    };
    forbid(
        "poem::",
        "poem is known to api, pages, gates, routes and platform/http; acts answer Refusal",
        |name| {
            edge(name) || name.ends_with("accounts/sign_in.rs") || name.ends_with("platform/submissions.rs")
        },
    );
}

#[test]
fn the_views_are_named_by_their_doors_only() {
    let doors = |name: &str| {
        ["threads/store/visible.rs", "threads/store/places.rs", "discovery/store.rs", "db/schema.rs"]
            .iter()
            .any(|end| name.ends_with(end))
    };
    forbid("public_posts", "text reaches readers through readable_posts only", |name| {
        doors(name)
            || name.ends_with("threads/store/posts.rs")
            || name.ends_with("oversight/store.rs")
            || name.starts_with("tests/")
            || name.contains("/api/")
            || name.contains("/pages")
    });
    forbid(
        "from_store(",
        "stored HTML becomes safe HTML in the stores of threads and guidance only",
        |name| {
            is_store(name) && (name.contains("/threads/") || name.contains("/guidance/"))
                || name.starts_with("frontend/")
                || name.starts_with("tests/")
        },
    );
}

#[test]
fn features_call_only_features_above_their_own() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let Some(rest) = name.strip_prefix("server/src/") else { continue };
        let Some(own) = FEATURES.iter().position(|feature| rest.starts_with(&format!("{feature}/"))) else {
            continue;
        };
        let composes = rest.contains("/api")
            || rest.contains("/pages")
            || rest.ends_with("gate.rs")
            || rest.contains("platform/http/");
        if composes {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            for (other, feature) in FEATURES.iter().enumerate() {
                if other > own
                    && line.contains(&format!("crate::{feature}::"))
                    && !line.trim_start().starts_with("//")
                {
                    wrong.push(format!("{name}:{}: {}", number + 1, line.trim()));
                }
            }
        }
    }
    // The audit chain and the submissions name members; ids are free.
    wrong.retain(|line| !line.contains("accounts::MemberId"));
    assert!(
        wrong.is_empty(),
        "a feature uses one below it; let it flow through the outbox\n{}",
        wrong.join("\n")
    );
}

#[test]
fn no_file_is_a_room_for_two() {
    let long: Vec<String> = sources()
        .iter()
        .map(|(name, text)| (text.lines().count(), name))
        .filter(|(lines, name)| *lines > 400 && !name.ends_with("schema.rs"))
        .map(|(lines, name)| format!("{name}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "over 400 lines:\n{}", long.join("\n"));
}

#[test]
fn half_of_the_files_are_under_120_lines() {
    let mut lines: Vec<usize> = sources()
        .iter()
        .filter(|(name, _)| !name.starts_with("tests/"))
        .map(|(_, text)| text.lines().count())
        .collect();
    lines.sort_unstable();
    let median = lines[lines.len() / 2];
    assert!(median <= 120, "the median file has {median} lines");
}

#[test]
fn the_crates_know_what_they_may() {
    let names = |manifest: &str| fs::read_to_string(root().join(manifest)).unwrap();
    for (manifest, never) in [
        ("moderation-rules/Cargo.toml", &["tokio", "poem", "diesel", "chrono"][..]),
        ("search/Cargo.toml", &["poem", "diesel", "aftercare-frontend", "moderation-rules"]),
        ("frontend/Cargo.toml", &["tokio", "poem", "diesel", "chrono"]),
    ] {
        let text = names(manifest);
        for crate_name in never {
            assert!(
                !text.lines().any(|line| line.starts_with(crate_name)),
                "{manifest} must not know {crate_name}"
            );
        }
    }
}

#[test]
fn no_banned_crate_is_in_the_lock_file() {
    let lock: toml::Table = fs::read_to_string(root().join("Cargo.lock")).unwrap().parse().unwrap();
    let deny: toml::Table = fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    let version =
        |text: &str| -> Vec<u64> { text.split('.').map(|part| part.parse().unwrap_or(0)).collect() };
    for entry in deny["bans"]["deny"].as_array().unwrap() {
        let (name, below) = entry["crate"]
            .as_str()
            .unwrap()
            .split_once(":<")
            .unwrap_or((entry["crate"].as_str().unwrap(), ""));
        let wrappers = entry.get("wrappers").map(|list| list.as_array().unwrap());
        for package in packages.iter().filter(|package| package["name"].as_str() == Some(name)) {
            match (below, wrappers) {
                ("", None) => panic!("{name} is banned in deny.toml"),
                ("", Some(wrappers)) => {
                    for user in packages {
                        let uses = user.get("dependencies").and_then(toml::Value::as_array);
                        if uses.is_some_and(|uses| {
                            uses.iter().any(|dependency| {
                                dependency.as_str().unwrap().split(' ').next() == Some(name)
                            })
                        }) {
                            assert!(wrappers.contains(&user["name"]), "{} uses {name}", user["name"]);
                        }
                    }
                }
                (below, _) => {
                    let ours = package["version"].as_str().unwrap();
                    assert!(version(ours) >= version(below), "{name} {ours} is older than {below}");
                }
            }
        }
    }
    for package in packages.iter().filter_map(|package| package.get("source")) {
        assert_eq!(package.as_str(), Some("registry+https://github.com/rust-lang/crates.io-index"));
    }
}

#[test]
fn every_licence_is_on_the_list() {
    let deny: toml::Table = fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap();
    let list = |value: &toml::Value| -> Vec<String> {
        value.as_array().unwrap().iter().map(|licence| licence.as_str().unwrap().to_owned()).collect()
    };
    let mut allowed = list(&deny["licenses"]["allow"]);
    if let Some(exceptions) = deny["licenses"].get("exceptions").and_then(toml::Value::as_array) {
        allowed.extend(exceptions.iter().flat_map(|exception| list(&exception["allow"])));
    }
    let output = std::process::Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--offline",
            "--filter-platform",
            "x86_64-unknown-linux-gnu",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for package in metadata["packages"].as_array().unwrap() {
        let licence = package["license"].as_str().unwrap_or("none");
        // Any one of alternatives is enough; every part of "AND" must be allowed.
        let fine = licence.replace('/', " OR ").split(" OR ").any(|one| {
            one.split(" AND ").all(|part| allowed.iter().any(|ok| ok == part.trim_matches(['(', ')', ' '])))
        });
        assert!(fine, "{}: {licence}", package["name"]);
    }
}
