//! Whatever people paste, the answer is a verdict with places that can be shown.

use moderation_rules::{PackSource, RuleSet, Verdict};
use proptest::prelude::*;

/// The bodies of the fuzz targets, so that they hold on every run of the tests too.
#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use fuzz::{SHIPPED, matching as check};

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
    fn every_word_is_found_where_it_stands(text in "\\PC{0,200}") {
        fuzz::folding(&text);
    }

    #[test]
    fn disguised_words_are_found_where_they_stand(
        words in prop::collection::vec(
            prop::sample::select(vec!["k i l l", "k.i.l.l", "kіll", "ｋｉｌｌ", "k\u{301}\u{336}ill", "kiiiiill", "k1ll", "k*ll", "ki\u{200b}ll", "②０", "ﷺ", "ß", "İ", "can’t", "—", "\r\n"]),
            0..30,
        )
    ) {
        fuzz::folding(&words.join(" "));
        check(&words.concat());
    }

    #[test]
    fn any_text_is_no_pack_or_one(text in "\\PC{0,120}") {
        fuzz::pack(&text);
    }

    #[test]
    fn any_phrase_is_refused_with_a_reason_or_compiles(phrase in "[a-z()\\[\\]<>{}|~.^* 0-9]{0,40}") {
        fuzz::phrase(&phrase);
    }
}

fn shipped() -> Vec<PackSource> {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("packs");
    let paths = std::fs::read_dir(dir).expect("our packs").map(|entry| entry.expect("a pack").path());
    let read = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a pack that can be read");
        PackSource::new(path.display().to_string(), text)
    };
    paths.filter(|path| path.extension().is_some_and(|kind| kind == "toml")).map(read).collect()
}

/// The same verdict, but for the order of hits that stand in one place.
fn same(one: &Verdict, other: &Verdict, text: &str) {
    let sorted = |verdict: &Verdict| {
        let mut verdict = verdict.clone();
        verdict.hits.sort_by_key(|hit| (hit.start, hit.end, hit.rule.clone()));
        verdict
    };
    assert_eq!(sorted(one), sorted(other), "{text}");
}

/// Its rules from the last to the first.
fn turned(pack: &PackSource) -> PackSource {
    let mut parts: Vec<&str> = pack.text.split("\n[[rule]]").collect();
    parts[1..].reverse();
    PackSource::new(pack.name.clone(), parts.join("\n[[rule]]"))
}

#[test]
fn the_order_of_packs_and_rules_changes_nothing() {
    let mut packs: Vec<PackSource> = shipped().iter().map(turned).collect();
    packs.sort_by(|a, b| b.name.cmp(&a.name));
    let turned = RuleSet::compile(&packs).unwrap();
    assert_eq!(turned.rules().len(), SHIPPED.rules().len());
    assert_ne!(turned.rules()[0].id, SHIPPED.rules()[0].id);
    let sentences =
        include_str!("data/must_reach_need.txt").lines().chain(include_str!("everyday/crisis.txt").lines());
    for text in sentences {
        same(&SHIPPED.evaluate(text), &turned.evaluate(text), text);
    }
}
