//! The edge: headers, cookies, caching, the document. That every answer carries its headers is checked by the harness itself.

use aftercare::platform::config::Config;
use poem::Request;
use poem::http::Method;

use crate::harness::{ORDINARY, PASSWORD, TestApp, on_both, on_both_with};

#[test]
fn the_content_policy_knows_no_other_origin_and_no_inline_code() {
    on_both(async |t| {
        let answer = t.page(None, "/").await.expect(200);
        insta::allow_duplicates! { insta::assert_snapshot!(answer.header("content-security-policy").unwrap(), @"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"); }
        assert_eq!(answer.header("access-control-allow-origin"), None);
        assert_eq!(answer.header("strict-transport-security"), None, "plain http on this machine");
    });
}

#[test]
fn behind_https_the_cookie_is_bound_to_the_host() {
    let settings = |config: &mut Config| config.http.public_url = "https://community.example.org".into();
    on_both_with(settings, async |t: &TestApp| {
        let answer = t.page(None, "/sign-in").await.expect(200);
        let cookie = answer.header("set-cookie").unwrap();
        for part in ["__Host-sid=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{part} is missing from {cookie}");
        }
        assert!(answer.header("strict-transport-security").unwrap().starts_with("max-age=63072000"));
    });
}

#[test]
fn signing_in_gives_a_new_cookie_and_the_api_never_reads_it() {
    on_both(async |t| {
        let rowan = t.member("Rowan").await;
        let fields = [("email", rowan.email.as_str()), ("password", PASSWORD)];
        let again = t.form(&rowan, "/sign-in", &fields).await.expect(303);
        assert!(!again.header("set-cookie").unwrap().contains(&rowan.cookie));
        let request = Request::builder()
            .method(Method::GET)
            .uri_str("/api/v1/me")
            .header("cookie", format!("sid={}", rowan.cookie));
        t.send(request.finish()).await.expect(401);
        let request = Request::builder()
            .method(Method::GET)
            .uri_str("/me")
            .header("authorization", format!("Bearer {}", rowan.token));
        t.send(request.finish()).await.expect(303);
    });
}

#[test]
fn a_visitors_page_is_revalidated_and_a_members_is_never_stored() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Sleeping", ORDINARY).await;
        let path = format!("/threads/{}", asked.thread);
        let first = t.page(None, &path).await.expect(200);
        assert_eq!(first.header("cache-control"), Some("no-cache"));
        let tag = first.header("etag").unwrap().to_owned();
        let again = |tag: &str| {
            Request::builder().method(Method::GET).uri_str(&path).header("if-none-match", tag).finish()
        };
        assert!(t.send(again(&tag)).await.expect(304).bytes.is_empty());
        t.reply(&rowan, &asked.thread, "Six weeks.").await;
        t.send(again(&tag)).await.expect(200);
        assert_eq!(t.page(&rowan, &path).await.expect(200).header("cache-control"), Some("no-store"));
        let zipped =
            Request::builder().method(Method::GET).uri_str(&path).header("accept-encoding", "gzip").finish();
        assert_eq!(t.send(zipped).await.expect(200).header("content-encoding"), Some("gzip"));
    });
}

#[test]
fn the_document_describes_every_operation_with_what_it_asks_of_the_caller() {
    let document: serde_json::Value = serde_json::from_str(&aftercare::routes::openapi()).unwrap();
    let mut lines = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let open = operation["security"].as_array().is_none_or(Vec::is_empty);
            let id = operation["operationId"].as_str().unwrap();
            lines.push(format!(
                "{id:24} {:6} {path}{}",
                method.to_uppercase(),
                if open { "  (open)" } else { "" }
            ));
        }
    }
    lines.sort();
    insta::assert_snapshot!(lines.join("\n"));
    assert!(!document.to_string().contains("xml"), "poem's XML parser must stay unreachable");
    for fixed in [
        "create_account",
        "create_session",
        "list_boards",
        "create_thread",
        "get_thread",
        "create_reply",
        "edit_post",
        "withdraw_post",
        "get_own_posts",
        "list_review_items",
        "claim_review_item",
        "decide_review_item",
        "create_guidance",
        "sign_guidance",
        "stop_guidance",
        "get_guidance",
        "verify_post",
        "search",
        "create_board",
        "grant_role",
        "list_audit",
    ] {
        assert!(
            lines.iter().any(|line| line.starts_with(&format!("{fixed} "))),
            "{fixed} is fixed by contract"
        );
    }
}

#[test]
fn the_document_is_the_one_that_is_served() {
    on_both(async |t| {
        let request = Request::builder().method(Method::GET).uri_str("/api/openapi.json").finish();
        let served = t.send(request).await.expect(200);
        assert_eq!(served.text(), aftercare::routes::openapi());
    });
}
