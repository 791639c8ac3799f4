//! What must hold for any bytes whatever. The fuzzer tries them with what it learns from the code it reaches, the tests
//! of the crate with what proptest makes up.

use std::sync::LazyLock;
use std::time::Duration;

use moderation_rules::{Budget, PackSource, RuleSet, Verdict};

pub static SHIPPED: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::shipped().expect("our own packs"));

/// One rule that finds every word there can be, one letter or digit at a time, so that each shows where it stands.
static EVERY_WORD: LazyLock<RuleSet> = LazyLock::new(|| {
    let stems: Vec<String> = ('a'..='z').map(|letter| format!("{letter}*")).collect();
    RuleSet::compile(&[rule(&format!("({})", stems.join("|")))]).expect("a rule of one phrase")
});

/// Judging a text ends with a verdict whose places can be shown to the moderator.
pub fn matching(text: &str) {
    places(&SHIPPED, text);
}

/// However a text had to be folded, what is found in it leads back to whole characters of the original.
pub fn folding(text: &str) {
    places(&EVERY_WORD, text);
}

/// Any text is a set of rules, or is refused with a line, a reason and what to do.
pub fn pack(text: &str) {
    compiled(PackSource::new("fuzz.toml", text));
}

/// Any phrase compiles, or is refused with a reason.
pub fn phrase(phrase: &str) {
    compiled(rule(phrase));
}

fn compiled(source: PackSource) {
    let lines = source.text.lines().count().max(1);
    match RuleSet::compile(std::slice::from_ref(&source)) {
        Ok(rules) => {
            places(&rules, "kill 20 mg of a b c d e f, not 38.5 °C: “stop it”");
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            for error in errors {
                let told = !error.problem.is_empty() && !error.remedy.is_empty();
                assert!(told && (1..=lines + 1).contains(&error.line), "{error:?}");
            }
        }
    }
}

fn places(rules: &RuleSet, text: &str) -> Verdict {
    let verdict = rules.evaluate_within(text, Budget::new(Duration::from_secs(60)));
    assert!(verdict.reason.is_none(), "{verdict:?}");
    for hit in &verdict.hits {
        assert!(text.get(hit.start..hit.end).is_some_and(|part| !part.is_empty()), "{hit:?} in {text:?}");
    }
    assert!(verdict.hits.is_sorted_by_key(|hit| hit.start));
    verdict
}

fn rule(phrase: &str) -> PackSource {
    let text = format!(
        r#"subject = "s"
source = "s"
owner = "o"
review = "2027-01-01"
[[rule]]
id = "a.b"
version = 1
state = "live"
title = "t"
why = "w"
category = "spam"
severity = "red"
action = "hold"
any = [{phrase:?}]
[rule.examples]
match = ["a", "b"]
pass = ["c", "d"]
"#
    );
    PackSource::new("fuzz.toml", text)
}
