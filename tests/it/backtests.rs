//! Back-tests as admins start, watch, cancel and read them.

use chrono::Duration;
use serde_json::{Value, json};

use super::rules::{CRUTCH, LIFT, on_packs, write};
use crate::harness::{Person, TestApp};

const PAGE: &str = "/admin/rules/backtests";

async fn people(t: &TestApp) -> (Person, Person, Person) {
    let admin = t.admin("Marguerite").await;
    let moderator = t.moderator(&admin, "Imani").await;
    t.board(&admin, "public").await;
    (admin, moderator, t.member("Rowan").await)
}

async fn open(t: &TestApp, who: &Person, run: &Value) -> String {
    t.page(who, &format!("{PAGE}/{}", run["id"].as_str().unwrap())).await.expect(200).text()
}

#[test]
fn an_admin_tries_a_change_and_what_it_found_stays() {
    on_packs(async |t| {
        let (admin, moderator, rowan) = people(t).await;
        let crutch = t.ask(&rowan, "public", "Crutches", "Somebody wants my old crutch.").await;
        let both = t.ask(&rowan, "public", "A free lift", "And an old crutch.").await;
        let item = t.claim(&moderator, &both.post).await;
        t.decide(&moderator, &item, "refuse", json!({ "reason": "Not here." })).await.expect(200);
        let waits = t.ask(&rowan, "public", "Going home", "I have a free lift.").await;
        let before = t.get(&admin, "/rules").await.at("/hash");

        let run = t.back_test(&admin, json!({ "what": "make_live", "rule": "test.crutch" })).await;
        assert_eq!((&run["state"], &run["posts"], &run["total"]), (&json!("done"), &json!(3), &json!(3)));
        let report = &run["report"];
        assert_eq!(report["outcomes"]["newly_held"]["examples"], json!([crutch.post]));
        assert_eq!(report["outcomes"]["unchanged"]["posts"], 2);
        let rule = &report["rules"][0];
        let told = (&rule["rule"], &rule["hits"], &rule["moderators"]);
        assert_eq!(told, (&json!("test.crutch"), &json!(2), &json!({ "agree": 1, "disagree": 0 })));
        let page = open(t, &admin, &run).await;
        let link = format!("href=\"/posts/{}\"", crutch.post);
        for part in ["Offers a old crutch, if it were live", "Newly held", "they kept back 1", &link] {
            assert!(page.contains(part), "no {part} in {page}");
        }
        assert!(!page.contains("<progress") && !page.contains("my old crutch"), "{page}");

        let run = t.back_test(&admin, json!({ "what": "retire", "rule": "test.lift" })).await;
        let released = &run["report"]["outcomes"]["released"];
        assert_eq!((&released["posts"], &released["moderators"]["agree"]), (&json!(2), &json!(1)));
        assert_eq!(run["report"]["gone"][0]["hits"], 2);
        let page = open(t, &admin, &run).await;
        assert!(page.contains(&format!("{} (not open to you)", waits.post)), "{page}");
        assert!(page.contains("would no longer act") && !page.contains("/desk/items/"), "{page}");
        // Whoever moderates, too, opens what waits at the desk.
        t.sql(&format!("UPDATE members SET moderator = {} WHERE name = 'Marguerite'", t.yes()));
        assert!(open(t, &admin, &run).await.contains("/desk/items/"));

        assert_eq!(t.get(&admin, "/rules").await.at("/hash"), before, "nothing has changed by it");
        let list = t.page(&admin, PAGE).await.expect(200).text();
        assert!(list.contains("Offers a free lift, if it were retired") && list.contains("3 of 3"), "{list}");
        let record = t.get(&admin, "/audit").await.json();
        let rows: Vec<(&str, &str)> = record["rows"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["action"].as_str().unwrap().starts_with("backtest."))
            .map(|row| (row["action"].as_str().unwrap(), row["reason"].as_str().unwrap()))
            .collect();
        let (finish, start) = (("backtest.finish", "done"), "backtest.start");
        let expected = [finish, (start, "retire test.lift"), finish, (start, "make_live test.crutch")];
        assert_eq!(rows, expected);
        let shown = t.page(&admin, "/admin/audit").await.text();
        assert!(shown.contains("Started a back-test") && shown.contains("a back-test of rules"), "{shown}");
        for path in [PAGE.to_owned(), format!("{PAGE}/{}", run["id"].as_str().unwrap())] {
            t.page(&moderator, &path).await.expect(403);
        }
    });
}

#[test]
fn what_cannot_be_tried_is_said_beside_the_field() {
    on_packs(async |t| {
        let (admin, ..) = people(t).await;
        for (what, rule, words) in [
            ("retire", "", "Please choose a rule."),
            ("retire", "test.crutch", "This rule is not live."),
            ("make_live", "test.lift", "This rule is not in shadow."),
            ("make_live", "/etc/passwd", "This rule is not in force."),
            ("packs", "test.lift", "Leave the rule empty"),
        ] {
            let page = t.form(&admin, PAGE, &[("what", what), ("rule", rule)]).await.expect(422).text();
            assert!(page.contains(words) && page.contains("id=\"rule-error\""), "{words}: {page}");
            assert!(page.contains(&format!("value=\"{what}\" checked")), "{page}");
        }
        let nothing = t.form(&admin, PAGE, &[]).await.expect(422).text();
        assert!(nothing.contains("id=\"what-error\"") && !nothing.contains("id=\"rule-error\""), "{nothing}");
        write(t, &[LIFT, ("test.crutch", 1, "live", "(old", "2027-05-31")]);
        let page = t.form(&admin, PAGE, &[("what", "packs"), ("rule", "")]).await.expect(422).text();
        assert!(page.contains("a.toml:") && page.contains("rule `test.crutch`"), "{page}");
        assert_eq!(t.get(&admin, "/rules/backtests").await.json()["backtests"], json!([]));
    });
}

#[test]
fn one_runs_at_a_time_and_a_silent_one_has_been_stopped() {
    on_packs(async |t| {
        let (admin, ..) = people(t).await;
        write(t, &[LIFT, CRUTCH]);
        let packs = json!({ "what": "packs" });
        let run = t.back_test(&admin, packs.clone()).await;
        let path = format!("/rules/backtests/{}", run["id"].as_str().unwrap());
        let page = format!("/admin{path}");
        // As a server leaves it that goes away in the middle.
        let revive = || t.sql("UPDATE backtests SET state = 'running', report = NULL, posts = 1, total = 4");
        revive();
        let shown = t.page(&admin, &page).await.expect(200);
        assert_eq!(shown.header("refresh"), Some("3"));
        assert!(shown.text().contains("<progress id=\"far\" max=\"4\" value=\"1\">25 %</progress>"));
        let still = t.page(&admin, &format!("{page}?still=yes")).await.expect(200);
        assert_eq!(still.header("refresh"), None);
        let refused = t.post(&admin, "/rules/backtests", packs.clone()).await.expect(409);
        assert_eq!(refused.code(), "already_running");
        assert!(t.page(&admin, PAGE).await.text().contains("One runs just now"));
        t.form(&admin, &format!("{page}/cancel"), &[]).await.expect(303);
        assert_eq!(t.get(&admin, &path).await.at("/state"), "cancelled");
        assert_eq!(
            t.post(&admin, &format!("{path}/cancel"), json!({})).await.expect(409).code(),
            "not_running"
        );
        revive();
        t.wait(Duration::seconds(21));
        let shown = t.page(&admin, &page).await.expect(200);
        assert_eq!(shown.header("refresh"), None);
        assert!(
            shown.text().contains("The server ended in the middle") && !shown.text().contains("<progress")
        );
        t.post(&admin, &format!("{path}/cancel"), json!({})).await.expect(409);
        assert_eq!(t.back_test(&admin, packs).await["state"], "done");
        assert_eq!(t.get(&admin, &path).await.at("/state"), "stopped");
        let record = t.get(&admin, "/audit").await.text();
        assert_eq!(record.matches("backtest.cancel").count(), 1, "{record}");
    });
}

#[test]
fn one_that_was_cancelled_keeps_nothing_and_opens_no_door() {
    on_packs(async |t| {
        let (admin, _, rowan) = people(t).await;
        // Enough to read that it cannot be done before somebody has cancelled it.
        let long = "We walked along the river and home again. ".repeat(700);
        for _ in 0..12 {
            t.ask(&rowan, "public", "Walking", &long).await;
        }
        let asked = json!({ "what": "make_live", "rule": "test.crutch" });
        let id = t.post(&admin, "/rules/backtests", asked.clone()).await.expect(201).at("/id");
        let path = format!("/rules/backtests/{id}");
        t.post(&admin, &format!("{path}/cancel"), json!({})).await.expect(200);
        // The same work once more: when it is done, the first has long come to its end.
        assert_eq!(t.back_test(&admin, asked).await["state"], "done");
        let run = t.get(&admin, &path).await.json();
        assert_eq!((&run["state"], &run["report"]), (&json!("cancelled"), &Value::Null), "{run:#}");
        let record = t.get(&admin, "/audit").await.text();
        assert_eq!(record.matches("backtest.finish").count(), 1, "{record}");
    });
}
