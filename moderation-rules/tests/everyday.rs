//! Everyday wordings, as they are typed on telephones: what each category must hold or flag and what it must let
//! pass; whom each need must reach and whom it must not. One table a category, one a need.

use moderation_rules::{Action, Category, Need, RuleSet, Severity, Verdict};

fn shipped() -> RuleSet {
    RuleSet::shipped().expect("the packs compile")
}

/// Judges every line of a table and reports those that came out otherwise than it says, all at once.
fn table(text: &str, right: impl Fn(&str, &Verdict) -> bool) {
    let rules = shipped();
    let mut wrong = Vec::new();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in lines {
        let (wanted, sentence) = line.split_once(" | ").expect("what must happen, a bar, the sentence");
        let verdict = rules.evaluate(sentence);
        if !right(wanted, &verdict) {
            let hits: Vec<&str> = verdict.hits.iter().map(|h| h.rule.as_str()).collect();
            wrong.push(format!("{line}\n    {} {hits:?}", verdict.action.as_str()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// A dangerous sentence is held or flagged under its own category; a near miss is neither held nor paged.
fn category(text: &str, category: Category) {
    table(text, |wanted, verdict| match wanted {
        "hold" => verdict.action == Action::Hold && verdict.categories.contains(&category),
        "flag" => verdict.action >= Action::Flag && verdict.categories.contains(&category),
        "pass" => verdict.action < Action::Hold && verdict.severity < Severity::Red,
        _ => false,
    });
}

fn need(text: &str, need: &str) {
    let need = Need::from(need.to_owned());
    table(text, |wanted, verdict| match wanted {
        "need" => verdict.needs.contains(&need),
        "not" => !verdict.needs.contains(&need),
        _ => false,
    });
}

#[test]
fn crisis() {
    category(include_str!("everyday/crisis.txt"), Category::Crisis);
}

#[test]
fn emergency() {
    category(include_str!("everyday/emergency.txt"), Category::Emergency);
}

#[test]
fn medication_risk() {
    category(include_str!("everyday/medication_risk.txt"), Category::MedicationRisk);
}

#[test]
fn misinformation() {
    category(include_str!("everyday/misinformation.txt"), Category::Misinformation);
}

#[test]
fn selling() {
    category(include_str!("everyday/selling.txt"), Category::Selling);
}

#[test]
fn pii() {
    category(include_str!("everyday/pii.txt"), Category::Pii);
}

#[test]
fn harassment() {
    category(include_str!("everyday/harassment.txt"), Category::Harassment);
}

#[test]
fn spam() {
    category(include_str!("everyday/spam.txt"), Category::Spam);
}

#[test]
fn need_abuse() {
    need(include_str!("everyday/need_abuse.txt"), "abuse");
}

#[test]
fn need_child_at_risk() {
    need(include_str!("everyday/need_child_at_risk.txt"), "child_at_risk");
}

#[test]
fn need_worried_about_someone() {
    need(include_str!("everyday/need_worried_about_someone.txt"), "worried_about_someone");
}

#[test]
fn need_bereaved() {
    need(include_str!("everyday/need_bereaved.txt"), "bereaved");
}

#[test]
fn need_side_effect() {
    need(include_str!("everyday/need_side_effect.txt"), "side_effect");
}

#[test]
fn need_complaint() {
    need(include_str!("everyday/need_complaint.txt"), "complaint");
}

#[test]
fn need_third_party() {
    need(include_str!("everyday/need_third_party.txt"), "third_party");
}
