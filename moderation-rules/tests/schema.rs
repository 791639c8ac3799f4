//! The schema that editors complete packs from knows what the compiler knows, no more and no less.

use std::collections::BTreeSet;

use moderation_rules::{PackSource, RuleSet};
use serde_json::Value;

const SCHEMA: &str = include_str!("../packs/pack.schema.json");

/// The names between backticks behind "expected" in what the compiler says of this pack.
fn expected(pack: &str) -> BTreeSet<String> {
    let errors = RuleSet::compile(&[PackSource::new("a.toml".to_owned(), pack.to_owned())])
        .expect_err("zzz is no field");
    let problem =
        errors.iter().map(ToString::to_string).find(|words| words.contains("expected")).expect("an error");
    let (_, names) = problem.split_once("expected").expect("the names");
    names.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().expect("an object").keys().cloned().collect()
}

fn words(value: &Value) -> BTreeSet<String> {
    value.as_array().expect("a list").iter().map(|word| word.as_str().expect("a word").to_owned()).collect()
}

#[test]
fn the_schema_names_every_field_and_word_that_a_pack_may_have() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(keys(&schema["properties"]), expected("zzz = 1"));
    let rule = &schema["properties"]["rule"]["items"];
    assert_eq!(keys(&rule["properties"]), expected("[[rule]]\nzzz = 1"));
    assert_eq!(
        keys(&rule["properties"]["at_least"]["properties"]),
        expected("[[rule]]\nat_least = { zzz = 1 }")
    );
    assert_eq!(
        keys(&rule["properties"]["examples"]["properties"]),
        expected("[[rule]]\nexamples = { zzz = 1 }")
    );
    for field in ["category", "severity", "state", "scope"] {
        let known = expected(&format!("[[rule]]\n{field} = \"zzz\""));
        assert_eq!(words(&rule["properties"][field]["enum"]), known, "{field}");
    }
    assert_eq!(
        words(&rule["properties"]["stages"]["items"]["enum"]),
        expected("[[rule]]\nstages = [\"zzz\"]")
    );
    // A rule that allows would say nothing.
    let mut actions = expected("[[rule]]\naction = \"zzz\"");
    actions.remove("allow");
    assert_eq!(words(&rule["properties"]["action"]["enum"]), actions);
}
