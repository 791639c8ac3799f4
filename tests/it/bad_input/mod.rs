//! Whatever is sent, the answer is clear, and never a fault of ours (the harness fails on any 500). `forms` and `operations` go over
//! everything that the registry has; a later route joins them by being in it.

mod forms;
mod html;
mod operations;
mod samples;
mod world;

use poem::Request;
use poem::http::Method;
use serde_json::{Value, json};

use crate::harness::{ORDINARY, Person, TestApp, on_both};

async fn raw(
    t: &TestApp,
    who: &Person,
    path: &str,
    content_type: &str,
    body: Vec<u8>,
) -> crate::harness::Answer {
    let request = Request::builder()
        .method(Method::POST)
        .uri_str(format!("/api/v1{path}"))
        .header("authorization", format!("Bearer {}", who.token))
        .content_type(content_type)
        .body(body);
    t.send(request).await
}

#[test]
fn a_post_has_limits_that_are_exact() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let post = async |title: &str, body: &str| {
            t.post(&rowan, "/boards/public/threads", json!({ "title": title, "body": body })).await
        };
        let text = |bytes: usize| "word ".repeat(bytes / 5 + 1).chars().take(bytes).collect::<String>();
        post(&"ä".repeat(150), &text(32 * 1024 - 1)).await.expect(201);
        assert_eq!(post(&"ä".repeat(151), ORDINARY).await.expect(422).faults(), ["title too_long"]);
        let long: String =
            std::iter::repeat_n("word ", 6554).collect::<String>().chars().take(32 * 1024 + 1).collect();
        assert_eq!(
            post("Long", &(long.trim_end().to_owned() + "xxxx")).await.expect(422).faults(),
            ["body too_long"]
        );
        assert_eq!(post("", "").await.expect(422).faults(), ["title required", "body empty"]);
        assert_eq!(post("Nul\0", "Nul\0").await.expect(422).faults(), ["title nul", "body nul"]);
        assert_eq!(post("x", &">".repeat(10_000)).await.expect(422).faults(), ["body too_deep"]);
        let huge = t
            .post(&rowan, "/boards/public/threads", json!({ "title": "x", "body": "a".repeat(1 << 20) }))
            .await;
        assert_eq!(huge.expect(413).code(), "too_large");
    });
}

#[test]
fn json_that_is_none_or_of_the_wrong_shape_is_named() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let path = "/boards/public/threads";
        assert_eq!(
            raw(t, &rowan, path, "application/json", b"{".to_vec()).await.expect(400).code(),
            "not_json"
        );
        raw(t, &rowan, path, "application/json", b"[]".to_vec()).await.expect(422);
        raw(t, &rowan, path, "application/json", b"\xff\xfe".to_vec()).await.expect(400);
        raw(t, &rowan, path, "application/json", br#"{"title":"\ud800"}"#.to_vec()).await.expect(400);
        raw(t, &rowan, path, "application/json", ("[".repeat(10_000) + &"]".repeat(10_000)).into_bytes())
            .await
            .expect(400);
        assert_eq!(raw(t, &rowan, path, "text/plain", b"{}".to_vec()).await.expect(415).code(), "not_json");
        let wrong = json!({ "title": 3, "body": ["x"], "about": "my cat", "surprise": true });
        let faults = t.post(&rowan, path, wrong).await.expect(422).faults();
        assert_eq!(
            faults,
            [
                "title wrong_type",
                "title required",
                "body wrong_type",
                "about not_a_choice",
                "body empty",
                "surprise unknown_field"
            ]
        );
    });
}

#[test]
fn an_id_that_is_none_another_spelling_and_somebody_elses_are_all_not_found_alike() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let (rowan, ines) = (t.member("Rowan").await, t.member("Ines").await);
        let asked = t.ask(&rowan, "public", "I cannot go on", crate::harness::CRISIS).await;
        let mut bodies: Vec<Value> = Vec::new();
        for id in ["x", "0000000000000", asked.thread.to_lowercase().as_str(), &asked.thread, "%00", "%ff"] {
            let mut answer = t.get(&ines, &format!("/threads/{id}")).await.expect(404).json();
            answer["request_id"] = json!("");
            bodies.push(answer);
        }
        assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "{bodies:#?}");
        let edit = json!({ "title": "x", "body": "x" });
        t.put(&ines, &format!("/posts/{}", asked.post), edit.clone()).await.expect(404);
        t.put(&ines, "/posts/0000000000000", edit).await.expect(404);
        t.get(&ines, &format!("/threads/{}?cursor=nonsense", asked.thread)).await.expect(422);
    });
}

#[test]
fn a_form_from_elsewhere_changes_nothing_and_loses_no_words() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let token = aftercare::platform::http::csrf_token(&t.app.edge.form_key, &rowan.cookie);
        let send = async |headers: &[(&'static str, &str)], csrf: &str, cookie: Option<&str>| {
            let body = format!("csrf={csrf}&title=My+title&body=My+precious+words&about=me&action=post");
            let mut request = Request::builder().method(Method::POST).uri_str("/boards/public/ask");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            if let Some(cookie) = cookie {
                request = request.header("cookie", format!("sid={cookie}"));
            }
            t.send(request.content_type("application/x-www-form-urlencoded").body(body)).await
        };
        let ours = ("sec-fetch-site", "same-origin");
        for (headers, csrf) in [
            (vec![("sec-fetch-site", "cross-site")], token.as_str()),
            (vec![("sec-fetch-site", "same-site")], &token),
            (vec![("origin", "https://evil.example")], &token),
            (vec![("origin", "null")], &token),
            (vec![("referer", "http://127.0.0.1:8000.evil.example/")], &token),
            (vec![], &token),
            (vec![ours], ""),
            (vec![ours], "0000"),
        ] {
            let answer = send(&headers, csrf, Some(&rowan.cookie)).await.expect(403);
            assert!(answer.text().contains("My precious words"), "{headers:?} lost the text");
        }
        send(&[ours], &token, Some(&"a".repeat(64))).await.expect(403);
        assert_eq!(t.get(&rowan, "/me/posts").await.json()["posts"], json!([]));
        send(&[("origin", "http://127.0.0.1:8000")], &token, Some(&rowan.cookie)).await.expect(303);
        // A session that ended: the words come back with the way to sign in.
        t.delete(&rowan, "/sessions/current").await.expect(200);
        t.sql("UPDATE sessions SET revoked_at = created_at");
        let answer = send(&[ours], &token, Some(&rowan.cookie)).await.expect(401);
        assert!(answer.text().contains("My precious words") && answer.text().contains("/sign-in"));
    });
}

#[test]
fn strange_requests_are_answered_in_our_own_words() {
    on_both(async |t| {
        t.api(None, Method::TRACE, "/boards", None).await.expect(405);
        t.api(None, Method::PATCH, "/boards", None).await.expect(405);
        t.get(None, &format!("/boards?x={}", "a".repeat(5000))).await.expect(414);
        let answer = t.get(None, "/nowhere").await.expect(404);
        assert_eq!(
            (answer.header("content-type"), answer.code()),
            (Some("application/problem+json"), "not_found".into())
        );
        let answer = t.page(None, "/nowhere").await.expect(404);
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
        let answer = t.get(None, "/me").await.expect(401);
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    });
}

#[test]
fn what_one_database_would_refuse_is_refused_alike_on_both() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        for path in ["/boards/%00/threads", "/guidance?after=%00", "/search?board=%00", "/search?q=%00"] {
            t.get(None, path).await.expect(404);
        }
        t.page(None, "/boards/%00").await.expect(404);
        t.post(None, "/sessions", json!({ "email": "a\0@b.c", "password": "x" })).await.expect(401);
        t.post(&rowan, "/me/drafts", json!({ "board": "\0", "body": "x" })).await.expect(404);
        for cursor in ["A".repeat(26), "7".repeat(26), "Z".repeat(26)] {
            t.get(&rowan, &format!("/me/posts?cursor={cursor}")).await.expect(422);
            t.get(&admin, &format!("/boards/public/threads?cursor={cursor}")).await.expect(422);
        }
        // A null says the same as leaving the name out.
        let body = json!({ "title": "Sleeping", "body": ORDINARY, "about": null, "nonce": null });
        t.post(&rowan, "/boards/public/threads", body).await.expect(201);
    });
}

#[test]
fn a_name_passes_the_rules_like_a_post() {
    on_both(async |t| {
        let name = |name: &str| json!({ "name": name, "email": "x@example.org", "password": crate::harness::PASSWORD, "region": "GB", "adult": true });
        assert_eq!(
            t.post(None, "/accounts", name("ring 07700900123")).await.expect(422).faults(),
            ["name not_allowed"]
        );
    });
}
