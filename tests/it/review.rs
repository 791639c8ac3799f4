//! The queue: most severe first, one person at a time, decisions about exact text, nothing lost.

use serde_json::json;

use crate::harness::{CRISIS, ORDINARY, on_both};

#[test]
fn the_most_severe_waits_at_the_top_with_the_words_and_the_rule_named() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let phone = t.ask(&rowan, "public", "Call me", "You can reach me on 07700 900123 any evening.").await;
        t.wait(chrono::Duration::minutes(1));
        let crisis = t.ask(&rowan, "public", "I cannot go on", CRISIS).await;
        assert_eq!((phone.state.as_str(), crisis.state.as_str()), ("held", "held"));
        let queue = t.queue(&moderator).await;
        assert_eq!(queue[0]["post"], crisis.post.as_str());
        assert_eq!(queue[1]["post"], phone.post.as_str());
        let text = queue[0]["text"].as_str().unwrap();
        let hits = queue[0]["hits"].as_array().unwrap();
        let hit = hits.iter().find(|hit| hit["severity"] == "crisis").unwrap();
        let at = |end: &str| usize::try_from(hit[end].as_u64().unwrap()).unwrap();
        assert!(text.get(at("start")..at("end")).unwrap().contains("end my life"), "{hit:#} in {text:?}");
        assert!(!hit["title"].as_str().unwrap().is_empty() && !hit["why"].as_str().unwrap().is_empty());
    });
}

#[test]
fn a_published_post_lands_late_and_its_author_is_told() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Sleeping", ORDINARY).await;
        let held = t.reply(&rowan, &asked.thread, CRISIS).await;
        t.wait(chrono::Duration::minutes(10));
        t.reply(&rowan, &asked.thread, "In between.").await;
        t.wait(chrono::Duration::minutes(10));
        let item = t.claim(&moderator, &held.post).await;
        let decided = t.decide(&moderator, &item, "publish", json!({ "label": "crisis" })).await.expect(200);
        assert_eq!(decided.at("/state"), "decided");
        let thread = t.get(None, &format!("/threads/{}", asked.thread)).await;
        assert_eq!(
            (thread.at("/posts/2/id"), thread.at("/posts/2/approved_late")),
            (held.post, "true".into())
        );
        t.settle().await;
        assert_eq!(t.get(&rowan, "/me/notices").await.at("/notices/0/kind"), "published");
    });
}

#[test]
fn a_refused_text_comes_back_as_a_draft_with_the_reason() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Call me", "You can reach me on 07700 900123 any evening.").await;
        let item = t.claim(&moderator, &asked.post).await;
        let missing = t.decide(&moderator, &item, "refuse", json!({})).await.expect(422);
        assert_eq!(missing.faults(), ["reason required"]);
        let reason = "Please leave the number out; you can say it in other words.";
        t.decide(&moderator, &item, "refuse", json!({ "reason": reason })).await.expect(200);
        let drafts = t.get(&rowan, "/me/drafts").await;
        assert_eq!(
            (drafts.at("/drafts/0/title"), drafts.at("/drafts/0/reason")),
            ("Call me".into(), reason.into())
        );
        assert_eq!(t.get(&rowan, "/me/posts").await.at("/posts/0/state"), "refused");
        t.get(None, &format!("/threads/{}", asked.thread)).await.expect(404);
        assert!(t.queue(&moderator).await.is_empty());
    });
}

#[test]
fn asked_changes_wait_for_the_author_and_come_back_to_the_queue() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Call me", "You can reach me on 07700 900123 any evening.").await;
        let item = t.claim(&moderator, &asked.post).await;
        t.decide(&moderator, &item, "ask_changes", json!({ "reason": "Please leave the number out." }))
            .await
            .expect(200);
        assert!(t.queue(&moderator).await.is_empty());
        let body = json!({ "title": "Talk to me", "body": "Who else is awake at four?" });
        t.put(&rowan, &format!("/posts/{}", asked.post), body).await.expect(200);
        let item = t.claim(&moderator, &asked.post).await;
        t.decide(&moderator, &item, "publish", json!({})).await.expect(200);
        t.get(None, &format!("/threads/{}", asked.thread)).await.expect(200);
    });
}

#[test]
fn only_the_holder_decides_and_a_lease_ends_by_itself() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let (imani, sol) = (t.moderator(&admin, "Imani").await, t.moderator(&admin, "Sol").await);
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "I cannot go on", CRISIS).await;
        let open = t.queue(&imani).await[0].clone();
        assert_eq!(t.decide(&imani, &open, "publish", json!({})).await.expect(409).code(), "not_claimed");
        let item = t.claim(&imani, &asked.post).await;
        let lost = t
            .post(&sol, &format!("/review/items/{}/claim", item["id"].as_str().unwrap()), json!({}))
            .await
            .expect(409);
        assert_eq!(lost.code(), "claimed_by_other");
        assert!(lost.at("/detail").contains("Imani"));
        assert_eq!(t.decide(&sol, &item, "publish", json!({})).await.expect(409).code(), "claimed_by_other");
        t.wait(chrono::Duration::minutes(16));
        let taken = t.claim(&sol, &asked.post).await;
        assert_eq!(
            t.decide(&imani, &item, "publish", json!({})).await.expect(409).code(),
            "claimed_by_other"
        );
        t.decide(&sol, &taken, "publish", json!({})).await.expect(200);
        assert_eq!(t.decide(&sol, &taken, "publish", json!({})).await.expect(409).code(), "already_decided");
    });
}

#[test]
fn a_lease_that_ran_out_while_its_holder_wrote_still_decides_unless_somebody_else_has_reached_for_it() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let (imani, sol) = (t.moderator(&admin, "Imani").await, t.moderator(&admin, "Sol").await);
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let (first, second) = (
            t.ask(&rowan, "public", "I cannot go on", CRISIS).await,
            t.ask(&rowan, "public", "I cannot go on either", CRISIS).await,
        );
        let (mine, taken) = (t.claim(&imani, &first.post).await, t.claim(&imani, &second.post).await);
        t.wait(chrono::Duration::minutes(16));
        t.decide(&imani, &mine, "refuse", json!({ "reason": "A long letter, with care." })).await.expect(200);
        // Somebody else had it meanwhile and gave it back: what was read may not be what is there.
        t.claim(&sol, &second.post).await;
        let path = format!("/review/items/{}/claim", taken["id"].as_str().unwrap());
        t.delete(&sol, &path).await.expect(200);
        let late = t.decide(&imani, &taken, "publish", json!({})).await.expect(409);
        assert_eq!(
            (late.code(), late.at("/detail")),
            ("not_claimed".into(), "Please claim this item first.".into())
        );
        t.get(None, &format!("/threads/{}", second.thread)).await.expect(404);
    });
}

#[test]
fn an_author_who_is_asked_for_a_change_hears_of_it_everywhere_until_it_is_made() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let phone = json!({ "title": "Call me", "body": "You can reach me on 07700 900123 any evening." });
        let asked = t.ask(&rowan, "public", "Call me", phone["body"].as_str().unwrap()).await;
        let item = t.claim(&moderator, &asked.post).await;
        let reason = "Please leave the number out.";
        t.decide(&moderator, &item, "ask_changes", json!({ "reason": reason })).await.expect(200);
        let words = "Our team wrote to you what to change. Edit your post, and somebody reads it again.";
        let says = |answer: &str| answer.contains(words) && !answer.contains("reads it first");
        let own = t.get(&rowan, "/me/posts").await;
        assert!(says(&own.at("/posts/0/message")), "{}", own.text());
        assert_eq!(own.at("/posts/0/reason"), reason);
        assert!(says(
            &t.get(&rowan, &format!("/threads/{}", asked.thread)).await.at("/own_waiting/0/message")
        ));
        for path in ["/me/posts".to_owned(), format!("/threads/{}", asked.thread)] {
            let page = t.page(&rowan, &path).await.expect(200).text();
            assert!(says(&page) && page.contains(reason), "{path}: {page}");
        }
        // Saving it as it was changes nothing, and says so.
        let path = format!("/posts/{}", asked.post);
        assert!(says(&t.put(&rowan, &path, phone).await.expect(200).at("/message")));
        let changed = json!({ "title": "Talk to me", "body": "Who else is awake at four?" });
        let changed = t.put(&rowan, &path, changed).await.expect(200).at("/message");
        assert!(changed.contains("reads it first") && changed.contains("within 2 hours"), "{changed}");
        assert_eq!(t.get(&rowan, "/me/posts").await.at("/posts/0/reason"), "null");
    });
}

#[test]
fn an_edit_of_a_public_post_that_went_back_says_so_under_the_post() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Sleeping", ORDINARY).await;
        let edit = json!({ "title": "Sleeping", "body": "You can reach me on 07700 900123." });
        t.put(&rowan, &format!("/posts/{}", asked.post), edit).await.expect(200);
        let item = t.claim(&moderator, &asked.post).await;
        t.decide(&moderator, &item, "ask_changes", json!({ "reason": "Not the number, please." }))
            .await
            .expect(200);
        let page = t.page(&rowan, &format!("/threads/{}", asked.thread)).await.expect(200).text();
        assert!(
            page.contains("Back with you, for a change") && page.contains("Not the number, please."),
            "{page}"
        );
    });
}

#[test]
fn nobody_decides_about_their_own_post() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let imani = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let asked = t.ask(&imani, "public", "I cannot go on", CRISIS).await;
        assert_eq!(asked.state, "held", "staff are not exempt");
        let item = t.queue(&imani).await[0].clone();
        let path = format!("/review/items/{}/claim", item["id"].as_str().unwrap());
        assert_eq!(t.post(&imani, &path, json!({})).await.expect(403).code(), "forbidden");
    });
}

#[test]
fn a_text_that_changed_under_the_moderator_is_not_published_unseen() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "I cannot go on", CRISIS).await;
        let item = t.claim(&moderator, &asked.post).await;
        let body = json!({ "title": "Other", "body": "Something nobody has read yet." });
        t.put(&rowan, &format!("/posts/{}", asked.post), body).await.expect(200);
        let stale = t.decide(&moderator, &item, "publish", json!({})).await.expect(409);
        assert_eq!(stale.code(), "stale");
        t.get(None, &format!("/threads/{}", asked.thread)).await.expect(404);
        let newer = t.queue(&moderator).await[0].clone();
        assert!(stale.at("/detail").contains(newer["id"].as_str().unwrap()), "{}", stale.text());
    });
}

#[test]
fn public_posts_are_unread_until_staff_have_read_this_very_wording() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Sleeping", ORDINARY).await;
        let unread = t.get(&moderator, "/review/unread").await.expect(200);
        assert_eq!(unread.at("/posts/0/id"), asked.post);
        let path = format!("/review/unread/{}", unread.at("/posts/0/revision"));
        t.put(&moderator, &path, json!({})).await.expect(200);
        assert_eq!(t.get(&moderator, "/review/unread").await.json()["posts"], json!([]));
        let body = json!({ "title": "Sleeping", "body": "Eight weeks." });
        t.put(&rowan, &format!("/posts/{}", asked.post), body).await.expect(200);
        assert_eq!(t.get(&moderator, "/review/unread").await.at("/posts/0/text"), "Eight weeks.");
    });
}

#[test]
fn what_came_back_once_is_not_lost_when_the_post_comes_back_again() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Sleeping", ORDINARY).await;
        let edit = json!({ "title": "Sleeping", "body": CRISIS });
        t.put(&rowan, &format!("/posts/{}", asked.post), edit).await.expect(200);
        let item = t.claim(&moderator, &asked.post).await;
        t.decide(&moderator, &item, "refuse", json!({ "reason": "Let us talk first." })).await.expect(200);
        assert_eq!(t.get(None, &format!("/threads/{}", asked.thread)).await.at("/posts/0/text"), ORDINARY);
        t.delete(&rowan, &format!("/posts/{}", asked.post)).await.expect(200);
        let drafts = t.get(&rowan, "/me/drafts").await.json();
        let mut bodies: Vec<&str> = drafts["drafts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|draft| draft["body"].as_str().unwrap())
            .collect();
        bodies.sort_unstable();
        assert_eq!(bodies, [ORDINARY, CRISIS]);
    });
}
