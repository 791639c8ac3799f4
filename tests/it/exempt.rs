//! Nobody is exempt: what staff write for others passes the rules like anybody's words.

use serde_json::{Value, json};

use crate::harness::{CRISIS, ORDINARY, Person, TestApp, on_both};

/// What no post may say either.
const REACHABLE: &str = "Her number is 07700 900123, she will not mind.";

/// Staff, a board, and guidance that can be attached.
async fn desk(t: &TestApp) -> (Person, Person, Value) {
    let admin = t.admin("Marguerite").await;
    let moderator = t.moderator(&admin, "Imani").await;
    let (asha, bram) = t.two_clinicians(&admin).await;
    t.board(&admin, "public").await;
    let article = t.verified_article(&asha, &asha, &bram, "Swelling").await;
    (admin, moderator, article)
}

#[test]
fn a_note_that_no_post_could_say_comes_back_to_whoever_wrote_it() {
    on_both(async |t| {
        let (_, moderator, article) = desk(t).await;
        let asked = t.ask(&t.member("Rowan").await, "public", "Swelling", ORDINARY).await;
        let path = format!("/posts/{}/guidance", asked.post);
        let attach = |note: &str| json!({ "guidance_version": article["version"], "note": note });
        let refused = t.post(&moderator, &path, attach(REACHABLE)).await.expect(422);
        assert_eq!(refused.faults(), ["note not_fit"]);
        assert!(refused.at("/errors/0/message").contains("leave that out"), "{}", refused.text());
        t.post(&moderator, &path, attach("She wrote about the same thing.")).await.expect(200);
    });
}

#[test]
fn a_decision_with_an_unfit_note_or_reason_is_not_carried_out_and_nothing_typed_is_lost() {
    on_both(async |t| {
        let (_, moderator, article) = desk(t).await;
        let asked = t.ask(&t.member("Rowan").await, "public", "I cannot go on", CRISIS).await;
        let item = t.claim(&moderator, &asked.post).await;
        let with = json!({ "guidance_version": article["version"], "note": REACHABLE, "reason": "You are a stupid liar." });
        let refused = t.decide(&moderator, &item, "publish_with_guidance", with).await.expect(422);
        assert_eq!(refused.faults(), ["reason not_fit", "note not_fit"]);
        let text = |name: &str| item[name].as_str().map_or_else(|| item[name].to_string(), str::to_owned);
        let (version, revision) = (text("version"), text("revision"));
        let form = [
            ("item_version", version.as_str()),
            ("revision", &revision),
            ("choice", "refuse"),
            ("reason", REACHABLE),
            ("guidance", ""),
            ("relation", "answers"),
            ("note", "A word that must not be lost."),
            ("triage", "crisis"),
        ];
        let page = t.form(&moderator, &format!("/desk/items/{}/decide", text("id")), &form).await.expect(422);
        let page = page.text();
        for words in [REACHABLE, "A word that must not be lost.", "reason-error", "leave that out"] {
            assert!(page.contains(words), "{words} is not on the page");
        }
        assert_eq!(t.queue(&moderator).await.len(), 1, "nothing was decided");
        // What is said to somebody in danger goes through.
        let kind = json!({ "reason": "You wrote that you want to end your life. We are worried about you. Please call 999." });
        t.decide(&moderator, &item, "ask_changes", kind).await.expect(200);
    });
}

#[test]
fn an_unfit_reason_delays_no_stop_and_no_reader_sees_it() {
    on_both(async |t| {
        let (admin, moderator, article) = desk(t).await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Swelling", ORDINARY).await;
        let attach = json!({ "guidance_version": article["version"] });
        t.post(&moderator, &format!("/posts/{}/guidance", asked.post), attach).await.expect(200);
        let id = article["id"].as_str().unwrap();
        let path = format!("/guidance/{id}/stop");
        let stopped = t.post(&moderator, &path, json!({ "reason": REACHABLE })).await.expect(200);
        let neutral = "It is being checked again.";
        assert_eq!(
            (stopped.at("/stopped/reason"), stopped.at("/stopped/staff_reason")),
            (neutral.into(), REACHABLE.into())
        );
        let seen = |text: String| (text.contains(neutral), text.contains("07700"));
        for path in [format!("/threads/{}", asked.thread), format!("/guidance/{id}")] {
            for who in [None, Some(&rowan)] {
                assert_eq!(seen(t.get(who, &path).await.expect(200).text()), (true, false), "{path}");
                assert_eq!(seen(t.page(who, &path).await.expect(200).text()), (true, false), "{path}");
            }
        }
        let desk = format!("/desk/guidance/{id}");
        assert_eq!(seen(t.page(&moderator, &desk).await.expect(200).text()), (true, true));
        assert_eq!(
            t.get(&moderator, &format!("/guidance/{id}")).await.at("/stopped/staff_reason"),
            REACHABLE
        );
        assert!(!t.get(&admin, "/audit").await.text().contains("07700"), "the chain can never forget");
    });
}

#[test]
fn whoever_stops_with_words_that_nobody_may_read_is_told_on_the_page() {
    on_both(async |t| {
        let (_, moderator, article) = desk(t).await;
        let path = format!("/desk/guidance/{}", article["id"].as_str().unwrap());
        let answer = t.form(&moderator, &format!("{path}/stop"), &[("reason", REACHABLE)]).await.expect(303);
        let next = answer.header("location").unwrap().to_owned();
        assert!(t.page(&moderator, &next).await.expect(200).text().contains("your own words stay here"));
    });
}

#[test]
fn a_board_says_what_it_is_for_in_words_that_a_post_could_say() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let board = |name: &str, description: &str| json!({ "slug": "hips", "name": name, "description": description, "audience": "public" });
        let refused = t.post(&admin, "/boards", board("Ring 07700 900123", REACHABLE)).await.expect(422);
        assert_eq!(refused.faults(), ["name not_fit", "description not_fit"]);
        t.post(&admin, "/boards", board("Hips", "Before and after.")).await.expect(201);
    });
}

#[test]
fn whoever_signs_guidance_is_shown_what_the_rules_would_hold_in_it_and_readers_are_not() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        let mut body = crate::harness::article_body("After the plaster");
        body["body"] = json!("Just stop the tablets, you do not need them.");
        body["sources"][0]["publisher"] = json!("Ring 07700 900123, any evening");
        let article = t.post(&asha, "/guidance", body).await.expect(201).json();
        let id = article["id"].as_str().unwrap();
        let shown = t.get(&bram, &format!("/guidance/{id}")).await.expect(200).json();
        let concerns: Vec<&str> =
            shown["concerns"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
        let about = |word: &str| concerns.iter().any(|concern| concern.contains(word));
        assert!(
            about("medicine") && about("telephone number"),
            "the text, and one of the sources: {concerns:?}"
        );
        let page = t.page(&bram, &format!("/desk/guidance/{id}")).await.expect(200).text();
        assert!(concerns.iter().all(|concern| page.contains(concern)), "{concerns:?} {page}");
        t.sign(&asha, &article).await.expect(200);
        t.sign(&bram, &article).await.expect(200);
        let read = t.get(None, &format!("/guidance/{id}")).await.expect(200);
        assert_eq!(read.json()["concerns"], json!([]));
    });
}
