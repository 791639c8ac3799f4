//! Before somebody asks, and after somebody has read: threads that ask the same.

use serde_json::{Value, json};

use crate::harness::{CRISIS, Person, Posted, TestApp, on_both};

const SWOLLEN: &str = "Swollen ankle in the evening after a new hip";

/// Titles that are offered to somebody who writes these words.
async fn offered(t: &TestApp, who: &Person, board: &str, title: &str, body: &str) -> Vec<String> {
    let path = format!("/boards/{board}/alike");
    let answer = t.post(who, &path, json!({ "title": title, "body": body })).await.expect(200).json();
    let threads = answer["threads"].as_array().unwrap();
    threads.iter().map(|thread| thread["title"].as_str().unwrap().to_owned()).collect()
}

async fn related(t: &TestApp, who: impl Into<Option<&Person>>, thread: &Posted) -> Vec<String> {
    let answer = t.get(who, &format!("/threads/{}/related", thread.thread)).await.expect(200).json();
    let threads = answer["threads"].as_array().unwrap();
    threads.iter().map(|thread| thread["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_others_have_asked_is_offered_before_one_asks_with_verified_answers_first() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let (asha, _) = t.two_clinicians(&admin).await;
        for board in ["public", "invited"] {
            t.board(&admin, board).await;
        }
        let (rowan, ines) = (t.member("Rowan").await, t.member("Ines").await);
        let swollen = t.ask(&rowan, "public", SWOLLEN, "My ankle is swollen every evening.").await;
        let other = t.ask(&rowan, "public", "Is a swollen ankle normal?", "It is my left ankle.").await;
        let answer = t.reply(&rowan, &other.thread, "Raising it on a cushion helped my ankle.").await;
        t.ask(&rowan, "public", "Which pillow for sleeping?", "In the evening I look for a pillow.").await;
        t.ask(&admin, "invited", "A swollen ankle among us", "Swollen ankle, by invitation.").await;
        t.settle().await;
        let words = ("My ankle is swollen", "Every evening the ankle is thick. Is it the hip?");
        let found = offered(t, &ines, "public", words.0, words.1).await;
        assert_eq!(
            found,
            [SWOLLEN, "Is a swollen ankle normal?"],
            "and nothing that only shares the evening"
        );
        let mark = json!({ "passage": "Raising it on a cushion" });
        t.post(&asha, &format!("/posts/{}/verifications", answer.post), mark).await.expect(200);
        let found = offered(t, &ines, "public", words.0, words.1).await;
        assert_eq!(found, ["Is a swollen ankle normal?", SWOLLEN]);
        assert_eq!(offered(t, &ines, "public", "", "").await, [""; 0]);
        t.post(&ines, "/boards/nowhere/alike", json!({ "title": "Ankle" })).await.expect(404);
        // The form shows them where it is looked over; its script takes them from there.
        let fields = [("title", words.0), ("body", words.1), ("about", "me")];
        let preview = [&fields[..], &[("action", "preview")]].concat();
        let page = t.form(&ines, "/boards/public/ask", &preview).await.expect(200).text();
        assert!(page.contains("Others have asked something like this"), "{page}");
        assert!(page.contains(&format!("name=\"answered\" value=\"{}\"", swollen.thread)), "{page}");
        assert!(!page.contains("among us"), "{page}");
        // The script asks before there is a text, and nothing is found wrong with that.
        let early = [("title", words.0), ("body", ""), ("about", "me"), ("action", "alike")];
        let page = t.form(&ines, "/boards/public/ask", &early).await.expect(200).text();
        assert!(page.contains(SWOLLEN) && !page.contains("class=\"error\""), "{page}");
        let fresh = t.page(&ines, "/boards/public/ask").await.expect(200).text();
        assert!(!fresh.contains("Others have asked something like this"), "{fresh}");
    });
}

#[test]
fn where_words_speak_of_a_crisis_help_stands_and_nothing_else() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        t.ask(&rowan, "public", SWOLLEN, "My ankle is swollen every evening.").await;
        t.settle().await;
        let body = format!("My ankle is swollen every evening. {CRISIS}");
        let asked = json!({ "title": SWOLLEN, "body": body });
        let answer = t.post(&rowan, "/boards/public/alike", asked).await.expect(200).json();
        assert_eq!(answer["threads"], json!([]));
        assert!(!answer["care"].as_array().unwrap().is_empty(), "{answer:#}");
        let fields = [("title", SWOLLEN), ("body", &body), ("about", "me"), ("action", "preview")];
        let page = t.form(&rowan, "/boards/public/ask", &fields).await.expect(200).text();
        assert!(page.contains("class=\"care") && !page.contains("This answered me"), "{page}");
    });
}

#[test]
fn this_answered_me_is_counted_once_and_makes_the_thread_more_helpful() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let (rowan, ines) = (t.member("Rowan").await, t.member("Ines").await);
        let first = t.ask(&rowan, "public", "Swollen ankle, one", "The ankle is swollen.").await;
        let second = t.ask(&rowan, "public", "Swollen ankle, two", "The ankle is swollen.").await;
        t.settle().await;
        let helpful = async || {
            t.settle().await;
            let found = t.get(None, "/search?q=swollen+ankle&sort=helpful").await.expect(200).json();
            found["findings"][0]["id"].as_str().unwrap().to_owned()
        };
        let press = async |who: &Person, thread: &str, nonce: &str| {
            let fields = [("title", "My ankle"), ("body", "It swells."), ("about", "me"), ("nonce", nonce)];
            let fields = [&fields[..], &[("answered", thread)]].concat();
            t.form(who, "/boards/public/ask", &fields).await
        };
        for nonce in ["nonce-of-one-form", "nonce-of-one-form"] {
            let done = press(&ines, &second.thread, nonce).await.expect(303);
            let to = done.header("location").unwrap().to_owned();
            assert_eq!(to, format!("/threads/{}?done=answered", second.thread));
            let page = t.page(&ines, &to).await.expect(200).text();
            assert!(page.contains("Your question was not posted"), "{page}");
        }
        assert_eq!(helpful().await, second.thread);
        // Twice for the other: but the form above counted once, and one's own praise does not count.
        press(&rowan, &first.thread, "nonce-of-its-author").await.expect(303);
        assert_eq!(helpful().await, second.thread);
        let said = json!({ "thread": first.thread, "nonce": "nonce-by-the-api-1" });
        t.post(&ines, "/threads/answered", said.clone()).await.expect(200);
        t.post(&ines, "/threads/answered", said).await.expect(200);
        t.post(&ines, "/threads/answered", json!({ "thread": first.thread })).await.expect(200);
        assert_eq!(helpful().await, first.thread, "two forms against one");
        t.post(&ines, "/threads/answered", json!({ "thread": "0000000000000" })).await.expect(404);
        t.post(&ines, "/threads/answered", json!({ "thread": "nothing" })).await.expect(422);
        assert_eq!(t.get(&ines, "/me/posts").await.json()["posts"], json!([]), "nothing was posted");
    });
}

#[test]
fn threads_under_a_thread_are_those_that_the_reader_may_read_now() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        for board in ["public", "members"] {
            t.board(&admin, board).await;
        }
        let rowan = t.member("Rowan").await;
        let swollen = t.ask(&rowan, "public", SWOLLEN, "My ankle is swollen every evening.").await;
        let other = t.ask(&rowan, "public", "Is a swollen ankle normal?", "It is my left ankle.").await;
        t.ask(&rowan, "members", "A swollen ankle among members", "My ankle is swollen.").await;
        let held = t.ask(&rowan, "public", "A swollen ankle and worse", CRISIS).await;
        assert_eq!(held.state, "held");
        t.settle().await;
        for who in [None, Some(&rowan)] {
            assert_eq!(related(t, who, &swollen).await, ["Is a swollen ankle normal?"]);
        }
        let page = t.page(None, &format!("/threads/{}", swollen.thread)).await.expect(200).text();
        assert!(page.contains("Others have asked") && page.contains(&other.thread), "{page}");
        t.get(None, &format!("/threads/{}/related", held.thread)).await.expect(404);
        // It is remembered for a while, and re-checked all the same.
        t.delete(&rowan, &format!("/posts/{}", other.post)).await.expect(200);
        assert_eq!(related(t, None, &swollen).await, [""; 0]);
        let page = t.page(None, &format!("/threads/{}", swollen.thread)).await.expect(200).text();
        assert!(!page.contains("Others have asked"), "{page}");
    });
}

/// The desk shows why it proposes what it proposes.
#[test]
fn guidance_is_proposed_with_the_sentence_that_fits() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        let article: Value = t.verified_article(&asha, &asha, &bram, "Swollen ankle after surgery").await;
        let rowan = t.member("Rowan").await;
        let asked = t
            .ask(&rowan, "public", "My ankle", "Swelling around the ankle for months since the surgery.")
            .await;
        t.settle().await;
        let page = t.page(&moderator, &format!("/posts/{}/guidance", asked.post)).await.expect(200).text();
        let fits = page.split("<ol class=\"fits\">").nth(1).unwrap_or_else(|| panic!("{article} in {page}"));
        let fits = fits.split("</ol>").next().unwrap();
        assert!(fits.contains("Swollen ankle after surgery") && fits.contains("<mark>"), "{fits}");
        assert!(fits.contains("Both speak of: "), "{fits}");
    });
}
