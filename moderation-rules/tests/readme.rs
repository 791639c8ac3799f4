//! What the README tells people to write must be right.

use moderation_rules::{PackSource, RuleSet};

#[test]
fn the_pack_in_the_readme_compiles_and_its_examples_hold() {
    let readme = include_str!("../README.md");
    let pack = readme
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("a pack in the README");
    let rules = RuleSet::compile(&[PackSource::new("README.md", pack)]).expect("a pack that compiles");
    assert_eq!(rules.check(), []);
}
