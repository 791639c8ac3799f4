//! The rules as those who run the place watch them and read them in anew.

use chrono::Duration;
use serde_json::{Value, json};

use crate::harness::{Answer, Person, TestApp, on_both_with};

/// A community with packs of its own; what is in them is changed by writing them anew.
pub fn on_packs(test: impl AsyncFn(&TestApp)) {
    on_packs_after(7, test);
}

/// The same with so many days in shadow.
fn on_packs_after(shadow_days: u32, test: impl AsyncFn(&TestApp)) {
    let settings = |config: &mut aftercare::platform::config::Config| {
        config.rules.shadow_days = shadow_days;
        let dir = config.data_dir.join("packs");
        std::fs::create_dir_all(&dir).unwrap();
        std::fs::write(dir.join("a.toml"), pack(&[LIFT, CRUTCH])).unwrap();
        config.rules.packs = Some(dir);
    };
    on_both_with(settings, test);
}

/// id, version, state, word, review
pub type Rule = (&'static str, u32, &'static str, &'static str, &'static str);
pub const LIFT: Rule = ("test.lift", 1, "live", "free lift", "2027-05-31");
pub const CRUTCH: Rule = ("test.crutch", 1, "shadow", "old crutch", "2026-01-31");

fn pack(rules: &[Rule]) -> String {
    let head =
        "subject = \"A test\"\nowner = \"Ward sister\"\nreview = \"2099-01-01\"\nsource = \"Made up\"\n";
    let rule = |(id, version, state, word, review): &Rule| {
        format!(
            "[[rule]]\nid = \"{id}\"\nversion = {version}\nstate = \"{state}\"\ntitle = \"Offers a {word}\"\n\
             why = \"To see it.\"\ncategory = \"spam\"\nseverity = \"amber\"\naction = \"hold\"\nreview = \"{review}\"\n\
             any = [\"{word}\"]\n[rule.examples]\nmatch = [\"A {word}!\", \"One {word} here.\"]\npass = [\"A walk.\", \"A rest.\"]\n"
        )
    };
    std::iter::once(head.to_owned()).chain(rules.iter().map(rule)).collect()
}

async fn rule(t: &TestApp, admin: &Person, id: &str) -> Value {
    let rules = t.get(admin, "/rules").await.expect(200).json()["rules"].as_array().unwrap().clone();
    rules.iter().find(|rule| rule["rule"] == id).unwrap_or_else(|| panic!("no {id} in {rules:#?}")).clone()
}

#[test]
fn a_rule_is_counted_when_it_matches_and_when_somebody_decides() {
    on_packs(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        for choice in ["publish", "refuse", "ask_changes"] {
            let held = t.ask(&rowan, "public", "A free lift", "Again: a free lift, and an old crutch.").await;
            assert_eq!(held.state, "held");
            let item = t.claim(&moderator, &held.post).await;
            t.decide(&moderator, &item, choice, json!({ "reason": "A word." })).await.expect(200);
        }
        let alone = t.ask(&rowan, "public", "Crutches", "Somebody wants my old crutch.").await;
        assert_eq!(alone.state, "public", "a rule in shadow never acts");
        let lift = rule(t, &admin, "test.lift").await;
        assert_eq!(
            lift,
            json!({
                "rule": "test.lift", "version": 1, "title": "Offers a free lift", "category": "spam", "severity": "amber",
                "action": "hold", "state": "live", "owner": "Ward sister", "review": "2027-05-31",
                "hits": 3, "hits_before": 0, "kept_back": 2, "published": 1, "marks": [],
            })
        );
        let crutch = rule(t, &admin, "test.crutch").await;
        assert_eq!((&crutch["state"], &crutch["hits"]), (&json!("shadow"), &json!(4)));
        assert_eq!((&crutch["kept_back"], &crutch["marks"]), (&json!(0), &json!(["review_past"])));
        let page = t.page(&admin, "/admin/rules").await.expect(200).text();
        for part in
            ["Offers a free lift", "2 of 3", "In shadow", "Review is due", "1 want looking at", "Ward sister"]
        {
            assert!(page.contains(part), "no {part} in {page}");
        }
        t.page(&moderator, "/admin/rules").await.expect(403);
    });
}

#[test]
fn a_rate_that_doubles_and_a_rule_that_nobody_meets_are_marked() {
    on_packs(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        // Nobody stays signed in for weeks.
        let again = async |who: &Person| t.sign_in(who.id.clone(), &who.name, &who.email).await;
        let ask = async |times: usize| {
            let rowan = again(&rowan).await;
            for _ in 0..times {
                t.ask(&rowan, "public", "Going home", "I have a free lift.").await;
            }
        };
        let lift = async || rule(t, &again(&admin).await, "test.lift").await;
        let crutch = async || rule(t, &again(&admin).await, "test.crutch").await["marks"].clone();
        ask(10).await;
        assert_eq!(lift().await["marks"], json!([]), "there is nothing to compare with yet");
        t.wait(Duration::days(28));
        ask(19).await;
        t.wait(Duration::days(27));
        let counted = lift().await;
        assert_eq!((&counted["hits"], &counted["hits_before"]), (&json!(19), &json!(10)));
        assert_eq!(counted["marks"], json!([]), "not quite twice as often");
        ask(1).await;
        assert_eq!(lift().await["marks"], json!(["doubled"]));
        t.wait(Duration::days(34));
        assert_eq!(crutch().await, json!(["review_past"]), "89 days are not enough");
        t.wait(Duration::days(1));
        assert_eq!(crutch().await, json!(["review_past", "unused"]));
        assert_eq!(lift().await["marks"], json!([]));
    });
}

pub fn write(t: &TestApp, rules: &[Rule]) {
    write_text(t, &pack(rules));
}

fn write_text(t: &TestApp, text: &str) {
    std::fs::write(t.app.config.data_dir.join("packs/a.toml"), text).unwrap();
}

/// Somebody signs in and reads the packs again.
async fn again(t: &TestApp, who: &Person) -> Answer {
    let who = t.sign_in(who.id.clone(), &who.name, &who.email).await;
    t.post(&who, "/rules/reload", json!({})).await
}

/// The packs are refused in these words.
#[track_caller]
fn refused(answer: Answer, words: &str) {
    let answer = answer.expect(422);
    assert!(answer.at("/errors/0/message").contains(words), "{}", answer.text());
    assert_eq!(answer.json()["errors"].as_array().unwrap().len(), 1, "{}", answer.text());
}

/// Somebody signs in and has the packs on the disk tried on every post.
async fn try_packs(t: &TestApp, who: &Person) {
    let who = t.sign_in(who.id.clone(), &who.name, &who.email).await;
    let run = t.back_test(&who, json!({ "what": "packs" })).await;
    assert_eq!(run["state"], "done", "{run:#}");
}

async fn state(t: &TestApp, who: &Person, body: &str) -> String {
    let who = t.sign_in(who.id.clone(), &who.name, &who.email).await;
    t.ask(&who, "public", "A word", body).await.state
}

const LIVE: Rule = ("test.crutch", 1, "live", "old crutch", "2027-05-31");

#[test]
fn a_rule_goes_live_after_its_days_in_shadow_and_takes_the_place_of_none_that_is_wrong() {
    on_packs(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let before = t.get(&admin, "/rules").await.at("/hash");
        write_text(t, &pack(&[LIFT, LIVE]).replace("any = [\"old", "any = [\"(old"));
        refused(again(t, &admin).await, "a.toml:29: rule `test.crutch`: ");
        write_text(t, &pack(&[LIFT, CRUTCH]).replace("One free lift here.", "One lift here."));
        refused(again(t, &admin).await, "a.toml:6: rule `test.lift`: example in `match` should match");
        write_text(
            t,
            &pack(&[LIFT, CRUTCH]).replace("any = [\"free lift\"]", "any = [\"free lift\", \"ride\"]"),
        );
        refused(again(t, &admin).await, "rule `test.lift`: version 1 was already used with other content");
        write(t, &[LIFT, CRUTCH, ("test.new", 1, "live", "spare bed", "2027-05-31")]);
        refused(again(t, &admin).await, "rule `test.new`: version 1 has not been in shadow. Read it in");
        write(t, &[LIFT, LIVE]);
        t.wait(Duration::days(7) - Duration::minutes(1));
        refused(again(t, &admin).await, "Leave it in shadow until 1 December 2026, 10:00 UTC");
        let admin = t.sign_in(admin.id.clone(), "Marguerite", &admin.email).await;
        let page = t.form(&admin, "/admin/rules/reload", &[]).await.expect(422).text();
        assert!(page.contains("The packs were not taken") && page.contains("in shadow for 7 days"), "{page}");
        assert_eq!(t.get(&admin, "/rules").await.at("/hash"), before, "nothing was taken");
        assert_eq!(state(t, &rowan, "An old crutch.").await, "public");
        t.wait(Duration::minutes(1));
        let words = "no back-test of version 1 has been finished. Run one on the page of back-tests";
        refused(again(t, &admin).await, words);
        try_packs(t, &admin).await;
        let done = t.form(&admin, "/admin/rules/reload", &[]).await.expect(303);
        let page = t.page(&admin, done.header("location").unwrap()).await.expect(200).text();
        assert!(page.contains("their rules are in force") && !page.contains("In shadow"), "{page}");
        assert_eq!(state(t, &rowan, "An old crutch.").await, "held");
        let hash = t.get(&admin, "/rules").await.at("/hash");
        assert_ne!(hash, before);
        let record = t.get(&admin, "/audit").await.json();
        let rows: Vec<&Value> =
            record["rows"].as_array().unwrap().iter().filter(|row| row["action"] == "rules.reload").collect();
        assert_eq!(rows.len(), 1, "only what was done stands in the record");
        assert_eq!((&rows[0]["reason"], &rows[0]["actor"]), (&json!(hash), &json!(admin.id)));
        let shown = t.page(&admin, "/admin/audit").await.text();
        assert!(shown.contains("the rules in force") && shown.contains("Read the rules in anew"), "{shown}");
    });
}

#[test]
fn it_takes_two_people_to_make_a_rule_live() {
    on_packs(async |t| {
        let (first, second) = (t.admin("Marguerite").await, t.admin("Ada").await);
        t.board(&first, "public").await;
        let rowan = t.member("Rowan").await;
        let new = |state: &'static str| ("test.bed", 1, state, "spare bed", "2027-05-31");
        write(t, &[LIFT, CRUTCH, new("shadow")]);
        again(t, &first).await.expect(200);
        assert_eq!(state(t, &rowan, "A spare bed.").await, "public");
        t.wait(Duration::days(8));
        write(t, &[LIFT, CRUTCH, new("live")]);
        refused(
            again(t, &first).await,
            "rule `test.bed`: you brought it into shadow yourself. Ask another admin",
        );
        assert_eq!(state(t, &rowan, "A spare bed.").await, "public");
        try_packs(t, &first).await;
        again(t, &second).await.expect(200);
        assert_eq!(state(t, &rowan, "A spare bed.").await, "held");
        // What is live already may be read in again by anybody who runs the place.
        again(t, &first).await.expect(200);
    });
}

#[test]
fn a_community_may_do_without_the_days_in_shadow() {
    on_packs_after(0, async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        write(t, &[LIFT, CRUTCH, ("test.bed", 1, "live", "spare bed", "2027-05-31")]);
        refused(again(t, &admin).await, "rule `test.bed`: no back-test");
        try_packs(t, &admin).await;
        again(t, &admin).await.expect(200);
        assert_eq!(state(t, &t.member("Rowan").await, "A spare bed.").await, "held");
    });
}

#[test]
fn a_back_test_speaks_for_exactly_what_it_tried() {
    on_packs(async |t| {
        let (first, second) = (t.admin("Marguerite").await, t.admin("Ada").await);
        let new = |state: &'static str, word: &'static str| ("test.bed", 1, state, word, "2027-05-31");
        write(t, &[LIFT, CRUTCH, new("draft", "spare bed")]);
        try_packs(t, &first).await;
        // The words change before the rule is in shadow, and its version is the same.
        write(t, &[LIFT, CRUTCH, new("shadow", "spare chair")]);
        again(t, &first).await.expect(200);
        t.wait(Duration::days(8));
        write(t, &[LIFT, CRUTCH, new("live", "spare chair")]);
        refused(again(t, &second).await, "rule `test.bed`: no back-test of version 1 has been finished");
        let second = t.sign_in(second.id, &second.name, &second.email).await;
        let shadow = t.back_test(&second, json!({ "what": "make_live", "rule": "test.bed" })).await;
        assert_eq!(shadow["state"], "done");
        again(t, &second).await.expect(200);
    });
}

#[test]
fn a_list_that_a_rule_names_cannot_change_behind_its_back() {
    on_packs(async |t| {
        let admin = t.admin("Marguerite").await;
        let listed = |words: &str| {
            let text = pack(&[LIFT, CRUTCH, ("test.bed", 1, "shadow", "<furniture>", "2027-05-31")]);
            let text = text.replace("A <furniture>", "A bed").replace("One <furniture>", "One bed");
            text.replacen("[[rule]]", &format!("[lists]\nfurniture = [{words}]\n[[rule]]"), 1)
        };
        write_text(t, &listed("\"bed\""));
        again(t, &admin).await.expect(200);
        write_text(t, &listed("\"bed\", \"chair\""));
        refused(again(t, &admin).await, "rule `test.bed`: version 1 was already used with other content");
    });
}

#[test]
fn it_takes_two_people_to_end_a_live_rule() {
    on_packs(async |t| {
        let (first, second) = (t.admin("Marguerite").await, t.admin("Ada").await);
        t.board(&first, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = async |who: &Person| {
            let words = "rule `test.lift`: it would no longer act. Your wish is noted. Ask another admin";
            refused(again(t, who).await, words);
        };
        write(t, &[CRUTCH]);
        asked(&first).await;
        asked(&first).await;
        // Another wish is not the same wish: the rule is put into shadow, and its being gone was what the first asked for.
        write(t, &[("test.lift", 1, "shadow", "free lift", "2027-05-31"), CRUTCH]);
        asked(&second).await;
        assert_eq!(state(t, &rowan, "A free lift.").await, "held");
        again(t, &first).await.expect(200);
        assert_eq!(state(t, &rowan, "A free lift.").await, "public");
        let record = t.get(&first, "/audit").await.json();
        let rows = record["rows"].as_array().unwrap();
        let of =
            |action: &str| -> Vec<&Value> { rows.iter().filter(|row| row["action"] == action).collect() };
        assert_eq!(of("rules.ask_retire").len(), 2, "asking again is the same wish");
        let [retired] = of("rules.retire")[..] else { panic!("{record:#}") };
        assert_eq!(
            (&retired["reason"], &retired["actor"]),
            (&json!("test.lift, version 1"), &json!(first.id))
        );
        // Live once more, it does not end by the wish from before.
        t.wait(Duration::days(8));
        try_packs(t, &first).await;
        write(t, &[LIFT, CRUTCH]);
        again(t, &second).await.expect(200);
        write(t, &[CRUTCH]);
        asked(&second).await;
        assert_eq!(state(t, &rowan, "A free lift.").await, "held");
    });
}

#[test]
fn a_rule_that_grows_loud_is_told_to_every_admin_once_a_day() {
    on_packs(async |t| {
        let (first, second) = (t.admin("Marguerite").await, t.admin("Ada").await);
        t.board(&first, "public").await;
        let rowan = t.member("Rowan").await;
        let ask = async |times: usize| {
            let rowan = t.sign_in(rowan.id.clone(), &rowan.name, &rowan.email).await;
            for _ in 0..times {
                t.ask(&rowan, "public", "Going home", "I have a free lift.").await;
            }
        };
        let told = async |who: &Person| {
            aftercare::screening::watch::alarm(&t.app.database, &t.app.screening.rules()).unwrap();
            t.settle().await;
            let who = t.sign_in(who.id.clone(), &who.name, &who.email).await;
            t.get(&who, "/me/notices").await.expect(200).json()["notices"].as_array().unwrap().clone()
        };
        ask(5).await;
        t.wait(Duration::days(55));
        ask(9).await;
        assert_eq!(told(&first).await.len(), 0, "too few to say anything");
        ask(1).await;
        let notices = told(&first).await;
        assert_eq!((notices.len(), &notices[0]["kind"]), (1, &json!("rule")));
        assert!(notices[0]["body"].as_str().unwrap().contains("“Offers a free lift” matches at least twice"));
        ask(1).await;
        assert_eq!((told(&first).await.len(), told(&second).await.len()), (1, 1), "once a day");
        assert_eq!(told(&rowan).await.iter().filter(|notice| notice["kind"] == "rule").count(), 0);
        t.wait(Duration::days(1));
        assert_eq!(told(&first).await.len(), 1, "it has not matched today");
        ask(1).await;
        assert_eq!(told(&first).await.len(), 2);
        let second = t.sign_in(second.id, "Ada", &second.email).await;
        let page = t.page(&second, "/me/notices").await.expect(200).text();
        assert!(page.contains("href=\"/admin/rules\"") && page.contains("Offers a free lift"), "{page}");
    });
}
