//! Personal data: its author is asked, can have it left out with one press, and decides; a moderator can leave it out too.

use aftercare::oversight::doctor;
use serde_json::{Value, json};

use crate::harness::{Answer, CRISIS, Person, TestApp, on_both};

const NUMBER: &str = "07700 900123";
const TITLE: &str = "Walking";
const REACHABLE: &str = "Walk with me. Ring **07700 900123**, or [write](mailto:rowan.b@example.org).";
const MASKED: &str = "Walk with me. Ring [phone number left out], or [write] [e-mail address left out].";

/// Presses a button of a form with a title and these words.
async fn press(t: &TestApp, who: &Person, path: &str, body: &str, more: &[(&str, &str)]) -> Answer {
    let reply = path.ends_with("/reply");
    let title = [("title", TITLE)].into_iter().filter(|_| !reply);
    let fields: Vec<_> = title.chain([("body", body), ("about", "me")]).chain(more.iter().copied()).collect();
    t.form(who, path, &fields).await
}

async fn own(t: &TestApp, who: &Person) -> Vec<Value> {
    t.get(who, "/me/posts").await.expect(200).json()["posts"].as_array().unwrap().clone()
}

/// The question, with everything in it and nothing done.
async fn is_asked(t: &TestApp, who: &Person, path: &str, body: &str, nonce: &str) {
    let before = own(t, who).await;
    let page = press(t, who, path, body, &[("nonce", nonce), ("action", "post")]).await.expect(200).text();
    assert!(page.contains("a phone number and an e-mail address in your post"), "{page}");
    assert!(page.contains(&format!("<mark>{NUMBER}</mark>")), "{page}");
    assert!(page.contains("<mark>rowan.b@example.org</mark>"), "{page}");
    assert!(page.contains(&format!("name=\"nonce\" value=\"{nonce}\"")), "{page}");
    for button in ["mask", "change", "post_anyway"] {
        assert!(page.contains(&format!("name=\"action\" value=\"{button}\"")), "{button}: {page}");
    }
    assert_eq!(own(t, who).await, before, "asking keeps nothing");
}

#[test]
fn an_author_is_asked_and_one_press_leaves_it_out() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let path = "/boards/public/ask";
        is_asked(t, &rowan, path, REACHABLE, "nonce-of-the-question").await;
        let back = press(t, &rowan, path, REACHABLE, &[("action", "change")]).await.expect(200).text();
        assert!(
            back.contains("Ring **07700 900123**, or [write](mailto:rowan.b@example.org).</textarea>"),
            "{back}"
        );
        // A second press of the button comes to the same post.
        let more = [("nonce", "nonce-of-the-question"), ("action", "mask")];
        let first = press(t, &rowan, path, REACHABLE, &more).await.expect(303);
        let second = press(t, &rowan, path, REACHABLE, &more).await.expect(303);
        assert_eq!(first.header("location"), second.header("location"));
        let posts = own(t, &rowan).await;
        assert_eq!((posts.len(), &posts[0]["state"]), (1, &json!("public")));
        let thread = t.get(None, &format!("/threads/{}", posts[0]["thread"].as_str().unwrap())).await;
        assert_eq!(thread.at("/posts/0/text"), MASKED);
        assert_eq!(
            own(t, &rowan).await[0]["body"],
            "Walk with me. Ring **[phone number left out]**, or [write] [e-mail address left out]."
        );
    });
}

#[test]
fn whoever_sends_it_as_it_is_waits_for_a_person() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let more = [("nonce", "nonce-as-it-is"), ("action", "post_anyway")];
        let page = press(t, &rowan, "/boards/public/ask", REACHABLE, &more).await.expect(200).text();
        assert!(page.contains("A person from our team reads it before others"), "{page}");
        let posts = own(t, &rowan).await;
        assert_eq!((&posts[0]["state"], &posts[0]["body"]), (&json!("held"), &json!(REACHABLE)));
        // It has gone as it is: leaving something out of it afterwards is another text, and says so.
        let more = [("nonce", "nonce-as-it-is"), ("action", "mask")];
        press(t, &rowan, "/boards/public/ask", REACHABLE, &more).await.expect(422);
        // The first form once more asks nothing about what has been answered.
        let more = [("nonce", "nonce-as-it-is"), ("action", "post")];
        press(t, &rowan, "/boards/public/ask", REACHABLE, &more).await.expect(200);
        assert_eq!(own(t, &rowan).await.len(), 1);
    });
}

#[test]
fn replies_edits_and_drafts_ask_too() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", TITLE, "Who walks on Sundays?").await;
        let reply = format!("/threads/{}/reply", asked.thread);
        is_asked(t, &rowan, &reply, REACHABLE, "nonce-of-a-reply").await;
        let more = [("nonce", "nonce-of-a-reply"), ("action", "mask")];
        press(t, &rowan, &reply, REACHABLE, &more).await.expect(303);
        let edit = format!("/posts/{}/edit", asked.post);
        is_asked(t, &rowan, &edit, REACHABLE, "unused").await;
        press(t, &rowan, &edit, REACHABLE, &[("action", "mask")]).await.expect(303);
        let thread = t.get(None, &format!("/threads/{}", asked.thread)).await;
        assert_eq!((thread.at("/posts/0/text"), thread.at("/posts/1/text")), (MASKED.into(), MASKED.into()));
        let draft = json!({ "board": "public", "title": TITLE, "body": REACHABLE });
        let draft = format!("/me/drafts/{}", t.post(&rowan, "/me/drafts", draft).await.expect(201).at("/id"));
        is_asked(t, &rowan, &draft, REACHABLE, "nonce-of-a-draft").await;
        t.page(&rowan, &draft).await.expect(200);
        let more = [("nonce", "nonce-of-a-draft"), ("action", "mask")];
        let first = press(t, &rowan, &draft, REACHABLE, &more).await.expect(303);
        let second = press(t, &rowan, &draft, REACHABLE, &more).await.expect(303);
        assert_eq!(first.header("location"), second.header("location"));
        t.page(&rowan, &draft).await.expect(404);
    });
}

#[test]
fn what_cannot_be_left_out_is_said_and_the_other_two_ways_stay() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        // A number behind an entity is read by the rules, but does not stand so in what was typed.
        let body = "Ring 07700&#32;900123.";
        let page =
            press(t, &rowan, "/boards/public/ask", body, &[("action", "mask")]).await.expect(422).text();
        assert!(page.contains("You can change it yourself, or send it as it is."), "{page}");
        assert!(page.contains("value=\"change\"") && page.contains("value=\"post_anyway\""), "{page}");
        assert!(!page.contains("value=\"mask\"") && page.contains("Ring 07700&#38;#32;900123."), "{page}");
        assert!(own(t, &rowan).await.is_empty());
        let body = json!({ "title": TITLE, "body": body, "mask": true });
        let refused = t.post(&rowan, "/boards/public/threads", body).await.expect(422);
        assert_eq!(refused.faults(), ["mask cannot_mask"]);
    });
}

#[test]
fn help_comes_before_any_question() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let body = format!("{CRISIS} My number is {NUMBER}.");
        let page =
            press(t, &rowan, "/boards/public/ask", &body, &[("action", "post")]).await.expect(200).text();
        assert!(
            page.contains("116 123") && page.contains("A person from our team reads it before others"),
            "{page}"
        );
        assert!(!page.contains("a phone number") && !page.contains("<mark>"), "{page}");
        assert_eq!(own(t, &rowan).await[0]["state"], "held");
    });
}

#[test]
fn a_program_says_whether_it_wants_it_left_out() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let body = |mask: bool, nonce: &str| json!({ "title": TITLE, "body": REACHABLE, "mask": mask, "nonce": nonce });
        let path = "/boards/public/threads";
        let held = t.post(&rowan, path, body(false, "as-it-is-1")).await.expect(201);
        assert_eq!((held.at("/state"), held.at("/masked")), ("held".into(), "[]".into()));
        let reused = t.post(&rowan, path, body(true, "as-it-is-1")).await.expect(422);
        assert_eq!(reused.code(), "key_reused");
        let first = t.post(&rowan, path, body(true, "left-out-1")).await.expect(201);
        assert_eq!(first.at("/state"), "public");
        let masked = json!([{ "kind": "phone", "count": 1 }, { "kind": "email", "count": 1 }]);
        assert_eq!(first.json()["masked"], masked);
        let second = t.post(&rowan, path, body(true, "left-out-1")).await.expect(201);
        assert_eq!((second.at("/post"), &second.json()["masked"]), (first.at("/post"), &masked));
        let thread = first.at("/thread");
        t.wait(chrono::Duration::seconds(1));
        let reply = json!({ "body": REACHABLE, "mask": true });
        let reply = t.post(&rowan, &format!("/threads/{thread}/replies"), reply).await.expect(201);
        let edit = json!({ "title": format!("Ring {NUMBER}"), "body": "Words.", "mask": true });
        let edit = t.put(&rowan, &format!("/posts/{}", first.at("/post")), edit).await.expect(200);
        assert_eq!((reply.at("/state"), edit.at("/masked/0/kind")), ("public".into(), "phone".into()));
        let thread = t.get(None, &format!("/threads/{thread}")).await;
        assert_eq!(thread.at("/posts/0/title"), "Ring [phone number left out]");
        assert_eq!(thread.at("/posts/1/text"), MASKED);
    });
}

/// Sends the decision form of an item.
async fn decides(t: &TestApp, who: &Person, item: &Value, choice: &str) -> Answer {
    let version = item["version"].to_string();
    let revision = item["revision"].as_str().unwrap();
    let fields =
        [("item_version", version.as_str()), ("revision", revision), ("choice", choice), ("reason", "")];
    t.form(who, &desk(item, "/decide"), &fields).await
}

fn desk(item: &Value, more: &str) -> String {
    format!("/desk/items/{}{more}", item["id"].as_str().unwrap())
}

fn nothing_is_broken(t: &TestApp) {
    let report = doctor::examine(&t.app.database).unwrap();
    let broken: Vec<_> = report.checks.iter().filter(|check| !check.ok).map(|check| check.id).collect();
    assert_eq!(broken, [""; 0]);
}

#[test]
fn a_moderator_publishes_the_rest_and_the_author_keeps_their_words() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let held = t.ask(&rowan, "public", &format!("Ring {NUMBER}"), REACHABLE).await;
        let item = t.claim(&moderator, &held.post).await;
        let page = t.page(&moderator, &desk(&item, "")).await.expect(200).text();
        assert!(
            page.contains("value=\"publish_masked\"") && page.contains("Leaves out “07700 900123”"),
            "{page}"
        );
        decides(t, &moderator, &item, "publish_masked").await.expect(303);
        let thread = t.get(None, &format!("/threads/{}", held.thread)).await.expect(200);
        assert_eq!(thread.at("/posts/0/title"), "Ring [phone number left out by a moderator]");
        let text = "Walk with me. Ring [phone number left out by a moderator], or [write] [e-mail address left out by a moderator].";
        assert_eq!(thread.at("/posts/0/text"), text);
        assert!(t.get(&moderator, "/review/unread").await.json()["posts"].as_array().unwrap().is_empty());
        // Staff still see what was decided about; it cannot be decided twice.
        assert!(t.page(&moderator, &desk(&item, "")).await.text().contains(NUMBER));
        decides(t, &moderator, &item, "publish_masked").await.expect(409);
        t.settle().await;
        let notice = t.get(&rowan, "/me/notices").await.at("/notices/0/body");
        assert!(notice.contains("a mark in brackets stands in their place"), "{notice}");
        let audit = t.get(&admin, "/audit").await.expect(200).text();
        assert!(audit.contains("publish_masked") && audit.contains("revision.mask"), "{audit}");
        nothing_is_broken(t);
        // Its author goes on from there, or has the own words back.
        let edit = json!({ "title": "Walking", "body": "Who walks with me?" });
        t.put(&rowan, &format!("/posts/{}", held.post), edit).await.expect(200);
        let second = t.ask(&rowan, "public", TITLE, REACHABLE).await;
        let item = t.claim(&moderator, &second.post).await;
        t.decide(&moderator, &item, "publish_masked", json!({ "reason": "So that nobody rings at night." }))
            .await
            .expect(200);
        t.delete(&rowan, &format!("/posts/{}", second.post)).await.expect(200);
        assert_eq!(t.get(&rowan, "/me/drafts").await.at("/drafts/0/body"), REACHABLE);
        nothing_is_broken(t);
    });
}

#[test]
fn a_method_is_left_out_and_the_call_for_help_stays() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let body =
            format!("{CRISIS} I keep driving to the coast to jump off the bridge. Does it get better?");
        let held = t.ask(&rowan, "public", "The nights", &body).await;
        let item = t.claim(&moderator, &held.post).await;
        let hits = item["hits"].as_array().unwrap();
        assert!(hits.iter().any(|hit| hit["left_out"] == true && hit["category"] == "crisis"), "{item:#}");
        t.decide(&moderator, &item, "publish_masked", json!({ "label": "crisis" })).await.expect(200);
        let thread = t.get(None, &format!("/threads/{}", held.thread)).await.expect(200);
        let text = thread.at("/posts/0/text");
        assert!(text.contains("[detail left out by a moderator]") && !text.contains("bridge"), "{text}");
        assert!(text.starts_with(CRISIS) && text.ends_with("Does it get better?"), "{text}");
        nothing_is_broken(t);
    });
}

#[test]
fn nothing_unseen_and_nothing_half_masked_is_published() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let crisis = t.ask(&rowan, "public", "I cannot go on", CRISIS).await;
        let item = t.claim(&moderator, &crisis.post).await;
        let page = t.page(&moderator, &desk(&item, "")).await.text();
        assert!(page.contains("value=\"publish\"") && !page.contains("value=\"publish_masked\""), "{page}");
        let refused = t.decide(&moderator, &item, "publish_masked", json!({})).await.expect(422);
        assert_eq!(refused.faults(), ["choice nothing_marked"]);
        let held = t.ask(&rowan, "public", TITLE, "Ring 07700&#32;900123.").await;
        let item = t.claim(&moderator, &held.post).await;
        let page = decides(t, &moderator, &item, "publish_masked").await.expect(422).text();
        assert!(page.contains("could not be taken out of it, so nothing is published"), "{page}");
        // The item is still there to be decided, and what came meanwhile is not published unseen.
        let edit = json!({ "title": TITLE, "body": format!("Or ring {NUMBER}.") });
        t.put(&rowan, &format!("/posts/{}", held.post), edit).await.expect(200);
        decides(t, &moderator, &item, "publish_masked").await.expect(409);
        t.get(None, &format!("/threads/{}", held.thread)).await.expect(404);
        let item = t.claim(&moderator, &held.post).await;
        decides(t, &moderator, &item, "publish_masked").await.expect(303);
        // An edit of what is public: the approved wording stays until the rest is published, and a refused one is in nobody's way.
        let path = format!("/posts/{}", held.post);
        let edit = json!({ "title": TITLE, "body": REACHABLE });
        t.put(&rowan, &path, edit.clone()).await.expect(200);
        let item = t.claim(&moderator, &held.post).await;
        t.decide(&moderator, &item, "refuse", json!({ "reason": "Please leave it out." })).await.expect(200);
        t.put(&rowan, &path, edit).await.expect(200);
        let item = t.claim(&moderator, &held.post).await;
        t.decide(&moderator, &item, "publish_masked", json!({})).await.expect(200);
        let text = t.get(None, &format!("/threads/{}", held.thread)).await.at("/posts/0/text");
        assert!(text.contains("[write] [e-mail address left out by a moderator]"), "{text}");
        nothing_is_broken(t);
    });
}
