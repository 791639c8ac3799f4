//! Asking, replying, editing, taking back: what the author sees, and what nobody else does.

use serde_json::json;

use crate::harness::{CRISIS, ORDINARY, on_both};

#[test]
fn an_ordinary_question_is_public_at_once_a_newcomers_too() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Sleeping after surgery", ORDINARY).await;
        assert_eq!(asked.state, "public");
        let thread = t.get(None, &format!("/threads/{}", asked.thread)).await.expect(200);
        assert_eq!(thread.at("/posts/0/text"), ORDINARY);
        assert_eq!(thread.at("/thread/title"), "Sleeping after surgery");
        let reply = t.reply(&t.member("Ines").await, &asked.thread, "About six weeks for me.").await;
        assert_eq!(reply.state, "public");
        let thread = t.get(None, &format!("/threads/{}", asked.thread)).await.expect(200);
        assert_eq!(thread.at("/thread/posts"), "2");
    });
}

#[test]
fn a_crisis_is_held_and_its_author_alone_is_shown_help_at_once() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "I cannot go on", CRISIS).await;
        assert_eq!(asked.state, "held");
        let care = &asked.answer["care"][0];
        assert_eq!((care["need"].as_str(), care["emergency"].as_str()), (Some("crisis"), Some("999")));
        assert!(care["lines"].as_array().unwrap().iter().any(|line| line["phone"] == "116 123"), "{care:#}");
        assert!(asked.answer["message"].as_str().unwrap().contains("within 2 hours"), "{}", asked.answer);
        let own = t.get(&rowan, "/me/posts").await.expect(200);
        assert_eq!(own.at("/posts/0/state"), "held");
        let mine = t.get(&rowan, &format!("/threads/{}", asked.thread)).await.expect(200);
        assert_eq!((mine.at("/own_waiting/0/state"), mine.at("/thread/posts")), ("held".into(), "0".into()));
        t.get(None, &format!("/threads/{}", asked.thread)).await.expect(404);
        t.get(&t.member("Ines").await, &format!("/threads/{}", asked.thread)).await.expect(404);
        let threads = t.get(None, "/boards/public/threads").await.expect(200);
        assert_eq!(threads.json()["threads"], json!([]));
    });
}

#[test]
fn outside_staffed_hours_the_waiting_time_is_honest() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        t.wait(chrono::Duration::hours(13));
        let asked = t.ask(&rowan, "public", "I cannot go on", CRISIS).await;
        let message = asked.answer["message"].as_str().unwrap().to_owned();
        assert!(message.contains("Nobody from our team reads here until Wednesday 09:00"), "{message}");
    });
}

#[test]
fn an_edit_that_a_rule_holds_leaves_the_approved_wording_before_readers() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Sleeping", ORDINARY).await;
        let path = format!("/posts/{}", asked.post);
        let edited = t.put(&rowan, &path, json!({ "title": "Sleeping", "body": CRISIS })).await.expect(200);
        assert_eq!((edited.at("/state"), edited.at("/edit_waits")), ("public".into(), "true".into()));
        let thread = format!("/threads/{}", asked.thread);
        assert_eq!(t.get(None, &thread).await.at("/posts/0/text"), ORDINARY);
        // A harmless edit on top of the held one does not publish itself either: a person has been asked to look.
        let again = t
            .put(&rowan, &path, json!({ "title": "Sleeping", "body": "Thank you, I am all right." }))
            .await
            .expect(200);
        assert_eq!(again.at("/edit_waits"), "true");
        assert_eq!(t.get(None, &thread).await.at("/posts/0/text"), ORDINARY);
        let item = t.claim(&moderator, &asked.post).await;
        assert_eq!(
            (item["severity"].as_str(), item["cause"].as_str()),
            (Some("crisis"), Some("edited_while_held"))
        );
        t.decide(&moderator, &item, "publish", json!({})).await.expect(200);
        assert_eq!(t.get(None, &thread).await.at("/posts/0/text"), "Thank you, I am all right.");
    });
}

#[test]
fn an_edit_of_a_post_that_waits_does_not_publish_it() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "I cannot go on", CRISIS).await;
        let body = json!({ "title": "Sleeping", "body": ORDINARY });
        let edited = t.put(&rowan, &format!("/posts/{}", asked.post), body).await.expect(200);
        assert_eq!(edited.at("/state"), "held");
        t.get(None, &format!("/threads/{}", asked.thread)).await.expect(404);
    });
}

#[test]
fn a_harmless_edit_is_public_at_once_and_says_that_it_was_edited() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Sleeping", ORDINARY).await;
        t.wait(chrono::Duration::minutes(5));
        let body = json!({ "title": "Sleeping better", "body": "It took eight weeks." });
        t.put(&rowan, &format!("/posts/{}", asked.post), body).await.expect(200);
        let thread = t.get(None, &format!("/threads/{}", asked.thread)).await;
        assert_eq!(thread.at("/posts/0/text"), "It took eight weeks.");
        assert_eq!(thread.at("/posts/0/edited_at"), "2026-11-24T10:05:00.001000Z");
        assert_eq!(thread.at("/thread/title"), "Sleeping better");
    });
}

#[test]
fn taking_back_hides_at_once_and_keeps_the_words_as_a_draft() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let (rowan, ines) = (t.member("Rowan").await, t.member("Ines").await);
        let asked = t.ask(&rowan, "public", "Sleeping", ORDINARY).await;
        let reply = t.reply(&ines, &asked.thread, "Six weeks.").await;
        t.delete(&ines, &format!("/posts/{}", asked.post)).await.expect(404);
        t.delete(&rowan, &format!("/posts/{}", asked.post)).await.expect(200);
        t.delete(&rowan, &format!("/posts/{}", asked.post)).await.expect(200);
        t.get(None, &format!("/threads/{}", asked.thread)).await.expect(404);
        let drafts = t.get(&rowan, "/me/drafts").await.expect(200);
        assert_eq!(drafts.at("/drafts/0/body"), ORDINARY);
        assert_eq!(drafts.json()["drafts"].as_array().unwrap().len(), 1);
        // The reply's author still has their own words, though the thread is gone.
        assert_eq!(t.get(&ines, "/me/posts").await.at("/posts/0/id"), reply.post);
    });
}

#[test]
fn the_same_submission_twice_is_one_post_and_other_words_under_its_key_are_refused() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let body = json!({ "title": "Sleeping", "body": ORDINARY, "nonce": "one-and-the-same" });
        let first = t.post(&rowan, "/boards/public/threads", body.clone()).await.expect(201);
        let second = t.post(&rowan, "/boards/public/threads", body.clone()).await.expect(201);
        assert_eq!(first.at("/post"), second.at("/post"));
        let mut other = body.clone();
        other["body"] = json!("Other words.");
        assert_eq!(t.post(&rowan, "/boards/public/threads", other).await.expect(422).code(), "key_reused");
        // Somebody else's key of the same spelling is another key.
        let ines = t.member("Ines").await;
        let theirs = t.post(&ines, "/boards/public/threads", body).await.expect(201);
        assert_ne!(theirs.at("/post"), first.at("/post"));
    });
}

#[test]
fn a_draft_that_was_thrown_away_or_posted_does_not_rise_again() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let send = async |nonce: &str, action: &str| {
            let form = [
                ("title", "Sleeping"),
                ("body", ORDINARY),
                ("about", "me"),
                ("nonce", nonce),
                ("action", action),
            ];
            t.form(&rowan, "/boards/public/ask", &form).await
        };
        let drafts = async || t.get(&rowan, "/me/drafts").await.json()["drafts"].as_array().unwrap().clone();
        send("thrown-away", "draft").await.expect(303);
        send("thrown-away", "draft").await.expect(303);
        let kept = drafts().await;
        assert_eq!(kept.len(), 1, "one form keeps one draft");
        t.delete(&rowan, &format!("/me/drafts/{}", kept[0]["id"].as_str().unwrap())).await.expect(200);
        let late = send("thrown-away", "draft").await.expect(409).text();
        assert!(late.contains("posted or thrown away meanwhile") && late.contains(ORDINARY), "{late}");
        assert_eq!(drafts().await.len(), 0);
        // Whoever means it keeps it anew, from the form that came back.
        let nonce =
            late.split("name=\"nonce\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        send(&nonce, "draft").await.expect(303);
        assert_eq!(drafts().await.len(), 1);
        send(&nonce, "post").await.expect(303);
        send(&nonce, "draft").await.expect(409);
        // Posted before anything was kept.
        send("posted-at-once", "post").await.expect(303);
        send("posted-at-once", "draft").await.expect(409);
        assert_eq!(drafts().await.len(), 0);
    });
}

#[test]
fn boards_by_invitation_and_for_members_stay_among_them() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        for audience in ["members", "invited"] {
            t.board(&admin, audience).await;
        }
        let (rowan, ines) = (t.member("Rowan").await, t.member("Ines").await);
        t.post(&rowan, "/boards/invited/threads", json!({ "title": "x", "body": ORDINARY }))
            .await
            .expect(404);
        t.post(&admin, "/boards/invited/members", json!({ "name": "Rowan" })).await.expect(200);
        let inside = t.ask(&rowan, "invited", "Among us", ORDINARY).await;
        let members = t.ask(&rowan, "members", "Among members", ORDINARY).await;
        t.get(&rowan, &format!("/threads/{}", inside.thread)).await.expect(200);
        t.get(&ines, &format!("/threads/{}", inside.thread)).await.expect(404);
        t.get(&ines, &format!("/threads/{}", members.thread)).await.expect(200);
        t.get(None, &format!("/threads/{}", members.thread)).await.expect(404);
        assert_eq!(t.get(None, "/boards").await.json()["boards"], json!([]));
    });
}

#[test]
fn a_long_thread_goes_on_by_cursor_and_every_post_has_its_place() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Counting", ORDINARY).await;
        for number in 1..=44 {
            t.wait(chrono::Duration::seconds(1));
            t.reply(&rowan, &asked.thread, &format!("Day {number} is done.")).await;
        }
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page =
                t.get(None, &format!("/threads/{}?cursor={cursor}", asked.thread)).await.expect(200).json();
            seen.extend(
                page["posts"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|post| post["text"].as_str().unwrap().to_owned()),
            );
            match page["next"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => break,
            }
        }
        let mut expected = vec![ORDINARY.to_owned()];
        expected.extend((1..=44).map(|number| format!("Day {number} is done.")));
        assert_eq!(seen, expected);
    });
}
