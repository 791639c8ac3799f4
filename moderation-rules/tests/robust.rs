//! Whatever people paste, the answer is a verdict with places that can be shown.

use std::sync::LazyLock;
use std::time::Duration;

use moderation_rules::{Budget, PackSource, RuleSet};
use proptest::prelude::*;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::shipped().expect("our own packs"));

fn check(text: &str) {
    let verdict = RULES.evaluate_within(text, None, Budget::new(Duration::from_secs(60)));
    assert!(verdict.reason.is_none(), "{verdict:?}");
    for hit in &verdict.hits {
        assert!(text.get(hit.start..hit.end).is_some_and(|part| !part.is_empty()), "{hit:?} in {text:?}");
    }
    assert!(verdict.hits.is_sorted_by_key(|hit| hit.start));
}

#[test]
fn odd_texts_get_a_verdict() {
    let zalgo: String = "kill yourself"
        .chars()
        .flat_map(|c| std::iter::once(c).chain(std::iter::repeat_n('\u{336}', 60)))
        .collect();
    let word = "a".repeat(64 * 1024);
    let blocks: String = (0..0x11_0000).step_by(97).filter_map(char::from_u32).collect();
    let letters = "i a m ".repeat(2_000);
    for text in ["", "\0", "\u{feff}", "?!?!...", &zalgo, &word, &blocks, &letters, &"\" ".repeat(5_000)] {
        check(text);
    }
}

#[test]
fn a_megabyte_gets_a_verdict() {
    check(&"My calf is swollen and hot, and I don't know whom to call tonight. ".repeat(16_000));
}

#[test]
fn a_long_text_of_telling_words_gets_a_verdict() {
    check(&"kill myself I want to stop taking my pills and die ".repeat(400));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gets_a_verdict(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn bytes_that_are_no_text_get_a_verdict(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        check(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn words_of_the_packs_in_any_order_get_a_verdict(
        words in prop::collection::vec(
            prop::sample::select(vec!["i", "kill", "myself", "stop", "your", "insulin", "k1ll", "ѕ", "e\u{301}", ".", "?", "\"", "chest", "pain", "38.5", "no", "\n"]),
            0..60,
        )
    ) {
        check(&words.join(" "));
    }

    #[test]
    fn any_pack_text_is_an_error_or_a_rule_set(text in "\\PC{0,120}", phrase in "[a-z()\\[\\]<>{}|~.^* 0-9]{0,40}") {
        let _ = RuleSet::compile(&[PackSource::new("x.toml", text)]);
        let rule = format!(
            "subject='s'\nsource='s'\nowner='o'\nreview='2027-01-01'\n[[rule]]\nid='a.b'\nversion=1\ntitle='t'\nwhy='w'\ncategory='spam'\nseverity='red'\naction='hold'\nstate='live'\nany=['{phrase}']\n[rule.examples]\nmatch=['a','b']\npass=['c','d']\n"
        );
        if let Ok(rules) = RuleSet::compile(&[PackSource::new("x.toml", rule)]) {
            let verdict = rules.evaluate("kill 20 mg of a b c d e f");
            prop_assert!(verdict.reason.is_none());
        }
    }
}

#[test]
fn the_order_of_the_packs_changes_nothing() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("packs");
    let mut packs: Vec<PackSource> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "toml"))
        .map(|path| PackSource::new(path.display().to_string(), std::fs::read_to_string(path).unwrap()))
        .collect();
    packs.sort_by(|a, b| b.name.cmp(&a.name));
    let turned = RuleSet::compile(&packs).unwrap();
    for text in include_str!("data/must_reach_need.txt").lines() {
        let (mut one, mut other) = (RULES.evaluate(text), turned.evaluate(text));
        let key = |hit: &moderation_rules::Hit| (hit.start, hit.end, hit.rule.clone());
        one.hits.sort_by_key(key);
        other.hits.sort_by_key(key);
        assert_eq!(one, other, "{text}");
    }
}
