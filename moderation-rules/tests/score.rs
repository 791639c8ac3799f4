//! The learned score: the same from the same, shown with its reasons, and never a release.

use moderation_rules::score::{Example, Scorer, Training, train};
use moderation_rules::{Action, Category, RuleSet, Severity, Verdict};
use proptest::prelude::*;

/// Two kinds of made-up sentences that share no telling words.
fn examples() -> Vec<Example> {
    let gates = ["garden gate", "old gate", "green gate", "iron gate", "church gate"];
    let hours = ["tonight", "before dawn", "at nine", "after lunch", "on Sunday"];
    let example = |text: String, category| Example { text, category, source: "made up".to_owned() };
    let mut all = Vec::new();
    for gate in gates {
        for hour in hours {
            let crisis = Some(Category::Crisis);
            all.push(example(format!("I shall walk through the {gate} {hour} and not turn round."), crisis));
            all.push(example(format!("We painted the {gate} {hour} and had tea."), None));
            all.push(example(format!("Who has a key for the {gate}? I need it {hour}."), None));
        }
    }
    all
}

fn training(seed: u64) -> Training {
    Training {
        version: "test-1".to_owned(),
        trained_on: "made-up sentences".to_owned(),
        categories: vec![Category::Crisis],
        alerts_per_1000: 20.0,
        seed,
    }
}

#[test]
fn the_same_examples_and_seed_make_the_same_file_and_another_seed_another() {
    let file = |seed| train(&examples(), &training(seed)).0.write();
    assert_eq!(file(1), file(1));
    assert_ne!(file(1), file(2));
}

#[test]
fn it_learns_from_sentences_and_finds_one_in_a_long_text_with_its_telling_words() {
    let (scorer, reports) = train(&examples(), &training(1));
    let report = &reports[0];
    assert_eq!((report.category, report.sources.len()), (Category::Crisis, 1));
    assert_eq!((report.sources[0].positives, report.sources[0].negatives), (25, 50));
    assert!(report.sources[0].found >= 20 && report.sources[0].alarmed <= 1, "{report:?}");
    let text = "We had tea in the shed. The key was lost, so I painted.\n\nI shall walk through the blue gate at ten and not turn round. We had tea again.";
    let score = scorer.score(text);
    assert!(score.judged[0].reached, "{score:?}");
    let telling: Vec<&str> =
        score.judged[0].telling.iter().map(|range| text.get(range.clone()).unwrap()).collect();
    assert!(
        !telling.is_empty() && telling.iter().all(|words| text.get(57..).unwrap().contains(words)),
        "{telling:?}"
    );
    assert!(!scorer.score("We painted the blue gate and had tea.").judged[0].reached);
    assert_eq!(scorer.score("").judged[0].value, 0);
}

#[test]
fn a_file_is_read_as_it_was_written_or_not_at_all() {
    let (scorer, _) = train(&examples(), &training(1));
    let file = scorer.write();
    assert_eq!(Scorer::read(&file).unwrap(), scorer);
    assert!(Scorer::read(&file[..file.len() - 1]).is_err());
    assert!(Scorer::read(b"").is_err());
    assert!(Scorer::read(b"{}\n").is_err());
    let line = file.iter().position(|byte| *byte == b'\n').unwrap();
    let head = String::from_utf8(file[..line].to_vec()).unwrap();
    for (now, wrong) in [("\"format\":1", "\"format\":2"), ("\"threshold\":0.", "\"threshold\":7.")] {
        assert!(head.contains(now), "{head}");
        let other = [head.replace(now, wrong).as_bytes(), &file[line..]].concat();
        assert!(Scorer::read(&other).is_err(), "{wrong}");
    }
}

#[test]
fn in_shadow_nothing_changes_and_active_it_only_adds() {
    let (scorer, _) = train(&examples(), &training(1));
    let rules = RuleSet::shipped().unwrap();
    let text = "I shall walk through the garden gate tonight and not turn round.";
    let plain = rules.evaluate(text);
    assert_eq!(plain.action, Action::Allow);
    let shadow = plain.clone().in_shadow(scorer.score(text));
    assert_eq!(Verdict { score: None, ..shadow.clone() }, plain);
    assert!(!shadow.score.unwrap().acts);
    let active = plain.acting(scorer.score(text));
    assert_eq!((active.action, active.severity), (Action::Hold, Severity::Red));
    assert_eq!(
        (active.categories.as_slice(), active.reason.map(|reason| reason.as_str())),
        (&[Category::Crisis][..], Some("score"))
    );
    let line = serde_json::to_value(active.scan_line()).unwrap();
    assert_eq!((&line["score"]["model"], &line["reason"]), (&"test-1".into(), &"score".into()));
    // What the rules hold stays held, however harmless the model finds it.
    let held = rules.evaluate("I want to kill myself");
    let scored = held.clone().acting(scorer.score("I want to kill myself"));
    assert_eq!((scored.action, scored.severity, scored.reason), (held.action, held.severity, None));
}

#[test]
fn the_shipped_model_says_what_it_was_trained_on_and_knows_the_urgent_two() {
    let scorer = Scorer::shipped().unwrap();
    assert!(scorer.trained_on.contains("own sentences"), "{}", scorer.trained_on);
    let score = scorer.score("Good morning");
    let categories: Vec<Category> = score.judged.iter().map(|judged| judged.category).collect();
    assert_eq!(categories, [Category::Crisis, Category::Emergency]);
    assert!(score.reached().next().is_none());
}

proptest! {
    #[test]
    fn any_text_has_a_score_and_every_telling_range_is_words_of_it(text in "(\\PC|[\n .!'’])*") {
        let score = Scorer::shipped().unwrap().score(&text);
        for judged in &score.judged {
            prop_assert!(judged.value <= 1000);
            for range in &judged.telling {
                prop_assert!(text.get(range.clone()).is_some_and(|words| !words.is_empty()));
            }
        }
    }
}
