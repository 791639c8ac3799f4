//! What the server relies on: the form of a verdict, exact places, states, and closing when something fails.

use std::time::Duration;

use moderation_rules::{Action, Budget, Folding, PackSource, RuleId, RuleSet, Stage, Verdict};

const HEAD: &str = "subject = \"Test\"\nsource = \"own\"\nowner = \"us\"\nreview = \"2027-01-01\"\n";

fn rule(id: &str, state: &str, body: &str) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\nversion = 1\nstate = \"{state}\"\ntitle = \"t\"\nwhy = \"w\"\ncategory = \"crisis\"\n\
         severity = \"red\"\naction = \"hold\"\nneeds = [\"crisis\"]\n{body}\n\
         [rule.examples]\nmatch = [\"a\", \"b\"]\npass = [\"c\", \"d\"]\n"
    )
}

fn compile(rules: &[String]) -> RuleSet {
    let text = format!("{HEAD}{}", rules.join("\n"));
    RuleSet::compile(&[PackSource::new("test.toml", text)]).expect("a pack that compiles")
}

fn one(body: &str) -> RuleSet {
    compile(&[rule("test.rule", "live", body)])
}

/// The matching parts of `text`, as the author wrote them.
fn check(body: &str, text: &str, found: &[&str]) {
    let verdict = one(body).evaluate(text);
    let parts: Vec<&str> =
        verdict.hits.iter().map(|h| text.get(h.start..h.end).expect("whole characters")).collect();
    assert_eq!(parts, found, "{body} on {text:?}");
}

#[test]
fn phrases_match_as_they_read() {
    check("any = [\"stop ... taking\"]", "Please stop, now, taking them.", &["stop, now, taking"]);
    check("any = [\"stop ... taking\"]", "stop one two three four taking", &[]);
    check("any = [\"suicid* thoughts\"]", "My suicidal thoughts", &["suicidal thoughts"]);
    check("any = [\"(big|small) dog[s]\"]", "a big dog, small dogs, huge dogs", &["big dog", "small dogs"]);
    check("any = [\"is [so|very]* weak\"]", "he is so very weak", &["is so very weak"]);
    check("any = [\"fever ~4 wound\"]", "The wound and then a fever", &["wound and then a fever"]);
    check("any = [\"leg ~4 red ~4 swollen\"]", "The leg is red and swollen", &["leg is red and swollen"]);
    check("any = [\"leg ~4 swollen ~4 red\"]", "The leg is red and swollen", &["leg is red and swollen"]);
    check("any = [\"temperature of {>=38C}\"]", "temperature of 101.3°F", &["temperature of 101.3°F"]);
    check("any = [\"temperature of {>=38C}\"]", "temperature of 37.5", &[]);
    check("any = [\"^ stop taking\"]", "Well, stop taking it. I stop taking it.", &["stop taking"]);
    check("any = [\"one two\"]", "One. Two", &[]);
}

#[test]
fn context_decides() {
    check("any = [\"chest pain\"]", "I have no fever, cough or chest pain", &[]);
    check("any = [\"chest pain\"]", "No fever, but I have chest pain", &["chest pain"]);
    check("any = [\"chest pain\"]", "I can't stop the chest pain", &["chest pain"]);
    check("any = [\"chest pain\"]\ncontext = [\"even negated\"]", "no chest pain", &["chest pain"]);
    check("any = [\"want to die\"]\ncontext = [\"about me\"]", "My mother does want to die", &[]);
    check("any = [\"want to die\"]\ncontext = [\"about me\"]", "Some days I want to die", &["want to die"]);
    check("any = [\"wanted to die\"]\ncontext = [\"now\"]", "Years ago I wanted to die", &[]);
    check("any = [\"stop insulin\"]\ncontext = [\"not a question\"]", "Can I stop insulin?", &[]);
    check("any = [\"go home\"]\ncontext = [\"not quoted\"]", "she said \"go home\" to me", &[]);
}

#[test]
fn combinators_decide() {
    let both = "all = [[\"fever\", \"chills\"], [\"chemo\"]]";
    check(both, "Chills on chemo.", &["Chills", "chemo"]);
    check(both, "Chills. Then chemo.", &[]);
    check(&format!("{both}\nscope = \"nearby\""), "Chills. Then chemo.", &["Chills", "chemo"]);
    check(&format!("{both}\nscope = \"post\""), "Chills. One. Two. Chemo.", &["Chills", "Chemo"]);
    check("any = [\"cure\"]\nunless = [\"myth\"]", "a cure. It is a myth, the cure.", &["cure"]);
    check("any = [\"cure\"]\nunless_post = [\"myth\"]", "a cure. It is a myth.", &[]);
    check("at_least = { count = 2, of = [\"tired\", \"sad\", \"alone\"] }", "tired and tired", &[]);
    check(
        "at_least = { count = 2, of = [\"tired\", \"sad\", \"alone\"] }",
        "sad. So tired.",
        &["sad", "tired"],
    );
    check("regex = ['\\bzz\\d+']", "see zz12", &["zz12"]);
    check("check = [\"email\"]", "é jo@example.org ü", &["jo@example.org"]);
}

#[test]
fn a_hit_names_the_disguise_and_the_place_in_the_original() {
    let rules = one("any = [\"kill yourself\"]");
    let text = "é kíll y\u{200b}ourself";
    let hit = rules.evaluate(text).hits.remove(0);
    assert_eq!(text.get(hit.start..hit.end), Some("kíll y\u{200b}ourself"));
    assert_eq!(hit.folding, Some(Folding::Unicode));
    let printed = serde_json::to_string(&rules.evaluate("k1ll yourself").scan_line()).unwrap();
    assert_eq!(
        printed,
        r#"{"action":"hold","severity":"red","categories":["crisis"],"needs":["crisis"],"hits":[{"rule":"test.rule","version":1,"category":"crisis","severity":"red","start":0,"end":13}]}"#
    );
}

#[test]
fn a_stored_verdict_comes_back_as_it_was() {
    let verdict = one("any = [\"kill yourself\"]").evaluate("k1ll yourself, kill yourself");
    let stored = serde_json::to_string(&verdict).unwrap();
    assert!(stored.contains("\"folding\":\"leet\""), "{stored}");
    assert_eq!(serde_json::from_str::<Verdict>(&stored).unwrap(), verdict);
}

#[test]
fn only_live_rules_decide_and_shadow_rules_only_watch() {
    let rules = compile(&[
        rule("test.draft", "draft", "any = [\"blue\"]"),
        rule("test.shadow", "shadow", "any = [\"blue\"]"),
        rule("test.retired", "retired", "any = [\"blue\"]"),
    ]);
    assert_eq!(rules.evaluate("blue").action, Action::Allow);
    let watched: Vec<String> = rules.evaluate_shadow("blue").iter().map(|h| h.rule.to_string()).collect();
    assert_eq!(watched, ["test.shadow"]);
}

#[test]
fn a_rule_for_one_stage_of_care_is_silent_in_another() {
    let rules = one("any = [\"fever\"]\nstages = [\"after_surgery\"]");
    let anywhere = rules.evaluate("fever");
    let at = |stage| rules.at_stage(&anywhere, stage).action;
    assert_eq!(at(Some(Stage::AfterSurgery)), Action::Hold);
    assert_eq!(at(Some(Stage::General)), Action::Allow);
    assert_eq!(at(None), Action::Hold, "nobody said where: better safe");
    assert!(rules.hits_at(&anywhere.hits, Some(Stage::General)).is_empty());
    let failed = Verdict::check_failed();
    assert_eq!(rules.at_stage(&failed, Some(Stage::General)), failed, "it knows nothing at any stage");
}

#[test]
fn over_the_time_budget_the_text_is_held() {
    let rules = one("any = [\"fever\"]");
    let verdict = rules.evaluate_within("harmless", Budget::new(Duration::ZERO));
    assert_eq!(verdict, Verdict::check_failed());
    assert_eq!(verdict.action, Action::Hold);
}

#[test]
fn a_rule_can_be_looked_up() {
    let rules = one("any = [\"fever\"]");
    let id: RuleId = rules.rules()[0].id.clone();
    let info = rules.rule(&id).unwrap();
    assert_eq!((info.title.as_str(), info.version, info.line), ("t", 1, 6));
}
