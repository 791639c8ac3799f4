//! A pack that is wrong is refused, and says where, in which rule, and what to do.

use moderation_rules::{ExampleKind, PackError, PackSource, RuleSet, RuleState};

const HEAD: &str = "subject = \"Test\"\nsource = \"own\"\nowner = \"us\"\nreview = \"2027-01-01\"\n";

fn pack(lines: &str) -> String {
    format!(
        "{HEAD}[[rule]]\nid = \"test.one\"\nversion = 1\nstate = \"live\"\ntitle = \"t\"\nwhy = \"w\"\ncategory = \"spam\"\n\
         severity = \"amber\"\naction = \"flag\"\n{lines}\n[rule.examples]\nmatch = [\"blue\", \"so blue\"]\npass = [\"red\", \"green\"]\n"
    )
}

fn errors(packs: &[&str]) -> Vec<PackError> {
    let named = packs.iter().enumerate().map(|(n, text)| PackSource::new(format!("{n}.toml"), *text));
    RuleSet::compile(&named.collect::<Vec<_>>()).err().unwrap_or_default()
}

/// The message for a pack with these lines in its rule.
fn refuse(lines: &str, line: usize, says: &str) {
    let errors = errors(&[&pack(lines)]);
    let found = errors.iter().find(|e| e.to_string().contains(says));
    let Some(error) = found else { panic!("{says:?} not said for {lines:?}: {errors:?}") };
    assert_eq!(
        (error.file.as_str(), error.line, error.rule.as_deref()),
        ("0.toml", line, Some("test.one")),
        "{error}"
    );
    assert!(!error.remedy.is_empty(), "{error}");
}

#[test]
fn a_good_pack_compiles_and_its_examples_hold() {
    let rules = RuleSet::compile(&[PackSource::new("0.toml", pack("any = [\"blue\"]"))]).unwrap();
    assert_eq!(rules.check(), []);
}

#[test]
fn faults_in_a_rule_name_the_line() {
    refuse("any = [\"blue\"]\nsevrity = \"red\"", 15, "unknown field `sevrity`");
    refuse("any = [\"(blue\"]", 14, "add `)`");
    refuse("any = [\n  \"blue\",\n  \"<colours>\",\n]", 16, "no list `colours`");
    refuse("any = [\"blue\"]\ncontext = [\"about nobody\"]", 15, "is no context");
    refuse("check = [\"fax\"]", 14, "no check `fax`");
    refuse("regex = ['(']", 14, "unclosed group");
    refuse("regex = ['(\\w{50}){50}{50}']", 14, "too large");
    refuse("regex = ['x*']", 14, "nothing at all");
    refuse("", 6, "nothing to look for");
    refuse("any = [\"blue\"]\nredact = true", 6, "`redact` outside crisis");
    refuse("any = [\"blue\"]\nat_least = { count = 3, of = [\"a\"] }", 6, "at_least");
    refuse("any = [\"blue\"]\nreview = \"soon\"", 6, "is no date");
}

#[test]
fn facts_that_do_not_fit_are_refused() {
    let say = |text: &str, says: &str| {
        let errors = errors(&[text]);
        assert!(errors.iter().any(|e| e.to_string().contains(says)), "{says}: {errors:?}");
    };
    let good = pack("any = [\"blue\"]");
    say(&good.replace("version = 1", "version = 0"), "version 0");
    say(&good.replace("test.one", "Test One"), "is no rule id");
    say(&good.replace("\"amber\"", "\"pink\""), "unknown variant `pink`");
    say(&good.replace("\"flag\"", "\"allow\""), "a rule cannot allow");
    say(&good.replace("\"flag\"", "\"hold\"").replace("\"amber\"", "\"green\""), "held, but green");
    say(&good.replace("title = \"t\"", "title = \" \""), "no title");
    say(&good.replace("[\"red\", \"green\"]", "[]"), "too few examples");
    say("subject = ", "0.toml:1");
}

#[test]
fn an_id_is_taken_once() {
    let first = pack("any = [\"blue\"]");
    let second = pack("any = [\"navy\"]");
    let twice = errors(&[&first, &first]);
    assert!(twice[0].to_string().contains("taken by 0.toml:6"), "{}", twice[0]);
    let reused = errors(&[&first, &second]);
    assert!(reused[0].to_string().contains("One version cannot have two contents"), "{}", reused[0]);
}

#[test]
fn a_version_that_was_used_cannot_come_back_with_other_content() {
    let compile = |text: String| RuleSet::compile(&[PackSource::new("0.toml", text)]).unwrap();
    let before = compile(pack("any = [\"blue\"]"));
    let changed = compile(pack("any = [\"navy\"]"));
    let raised = compile(pack("any = [\"navy\"]").replace("version = 1", "version = 2"));
    assert_eq!(changed.reused_versions(&before).len(), 1);
    assert_eq!(raised.reused_versions(&before), []);
}

#[test]
fn the_words_of_the_lists_that_a_rule_names_belong_to_its_version() {
    let listed = |blues: &str, others: &str| {
        let lists =
            format!("[lists]\nsky = [\"azure\", \"<sea>\"]\nsea = [{blues}]\nearth = [{others}]\n[[rule]]");
        let text = pack("any = [\"<sky> paint\"]").replacen("[[rule]]", &lists, 1);
        RuleSet::compile(&[PackSource::new("0.toml", text)]).unwrap()
    };
    let before = listed("\"navy\"", "\"brown\"");
    assert_eq!(
        listed("\"navy\"", "\"brown\", \"ochre\"").reused_versions(&before),
        [],
        "no list of this rule"
    );
    let changed = listed("\"navy\", \"teal\"", "\"brown\"").reused_versions(&before);
    assert!(
        changed[0].to_string().contains("the words of lists that a rule names are part of it"),
        "{}",
        changed[0]
    );
    assert_eq!(changed.len(), 1);
}

#[test]
fn one_rule_can_be_tried_in_another_state() {
    let text = pack("any = [\"blue\"]");
    let rules = RuleSet::compile(&[PackSource::new("0.toml", text)]).unwrap();
    let rule = rules.rules()[0].id.clone();
    let hits = |rules: &RuleSet| rules.evaluate("A blue gate.").hits.len();
    let other = |state| rules.with_state(&rule, state).unwrap();
    let (live, retired) = (other(RuleState::Live), other(RuleState::Retired));
    assert_eq!((hits(&live), hits(&retired)), (1, 0));
    assert_eq!(hits(&retired.with_state(&rule, RuleState::Shadow).unwrap()), 0);
    assert_eq!(live.rules()[0].fingerprint, rules.rules()[0].fingerprint);
}

#[test]
fn lists_are_named_once_and_do_not_name_themselves() {
    let circle = format!("{HEAD}[lists]\na = [\"x\", \"<b>\"]\nb = [\"<a>\"]\n");
    let found = errors(&[&circle]);
    assert!(found[0].to_string().contains("names itself: a → b → a"), "{}", found[0]);
    assert_eq!(found[0].line, 6);
    let list = format!("{HEAD}[lists]\na = [\"x\"]\n");
    assert!(errors(&[&list, &list])[0].to_string().contains("two lists `a`"));
}

#[test]
fn an_example_that_fails_is_named() {
    let text = pack("any = [\"blue\"]").replace("\"green\"", "\"blue sky\"");
    let failures = RuleSet::compile(&[PackSource::new("0.toml", text)]).unwrap().check();
    assert_eq!((failures.len(), failures[0].kind, failures[0].line), (1, ExampleKind::Pass, 6));
    assert!(failures[0].to_string().contains("0.toml:6: rule `test.one`"), "{}", failures[0]);
}

#[test]
fn a_directory_without_packs_is_refused() {
    let errors = RuleSet::load(std::path::Path::new("/nonexistent/packs")).unwrap_err();
    assert!(errors[0].to_string().contains("/nonexistent/packs"), "{}", errors[0]);
}
