//! Joining, signing in, roles: and what a stranger can learn from it, which is nothing.

use serde_json::json;

use crate::harness::{PASSWORD, Person, TestApp, on_both, on_both_with};

#[test]
fn a_form_hears_of_every_fault_at_once() {
    on_both(async |t| {
        let body = json!({ "name": "Al", "email": "nowhere", "password": "short", "region": "Moon", "colour": "blue" });
        let refused = t.post(None, "/accounts", body).await.expect(422);
        assert_eq!(
            refused.faults(),
            [
                "name too_short",
                "email invalid",
                "password too_short",
                "region not_a_choice",
                "adult required",
                "colour unknown_field"
            ]
        );
        t.member("Rowan").await;
        let body = json!({ "name": "r o w a n", "email": "ROWAN@example.org", "password": PASSWORD, "region": "GB", "adult": true });
        assert_eq!(t.post(None, "/accounts", body).await.expect(422).faults(), ["name taken", "email taken"]);
    });
}

#[test]
fn a_wrong_password_and_an_unknown_address_look_the_same() {
    on_both(async |t| {
        t.member("Rowan").await;
        let attempt = async |email: &str| {
            let mut answer = t
                .post(None, "/sessions", json!({ "email": email, "password": "not the one" }))
                .await
                .expect(401)
                .json();
            answer["request_id"] = json!("");
            answer
        };
        assert_eq!(attempt("rowan@example.org").await, attempt("nobody@example.org").await);
    });
}

#[test]
fn signing_out_ends_the_session_for_good() {
    on_both(async |t| {
        let rowan = t.member("Rowan").await;
        t.get(&rowan, "/me").await.expect(200);
        t.delete(&rowan, "/sessions/current").await.expect(200);
        assert_eq!(t.get(&rowan, "/me").await.expect(401).code(), "sign_in_first");
        t.delete(&rowan, "/sessions/current").await.expect(401);
    });
}

#[test]
fn a_session_ends_by_idleness_and_by_age_sooner_for_staff() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let imani = t.moderator(&admin, "Imani").await;
        let rowan = t.member("Rowan").await;
        t.wait(chrono::Duration::minutes(64));
        t.get(&imani, "/review/items").await.expect(200);
        t.wait(chrono::Duration::minutes(66));
        t.get(&imani, "/review/items").await.expect(401);
        t.get(&rowan, "/me").await.expect(200);
        for _ in 0..5 {
            t.wait(chrono::Duration::days(13));
            let answer = t.get(&rowan, "/me").await;
            if answer.status.as_u16() == 401 {
                return;
            }
        }
        panic!("a session lived longer than sixty days");
    });
}

#[test]
fn roles_are_read_on_every_request_and_granted_with_a_fresh_password_only() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let rowan = t.member("Rowan").await;
        t.get(&rowan, "/review/items").await.expect(403);
        t.wait(chrono::Duration::minutes(16));
        let grant = json!({ "member": rowan.id, "role": "moderator" });
        assert_eq!(t.post(&admin, "/roles", grant.clone()).await.expect(403).code(), "confirm_password");
        let admin = t.sign_in(admin.id, "Marguerite", &admin.email).await;
        t.post(&admin, "/roles", grant).await.expect(200);
        let rowan = t.sign_in(rowan.id, "Rowan", &rowan.email).await;
        t.get(&rowan, "/review/items").await.expect(200);
        t.sql("UPDATE members SET moderator = NOT moderator WHERE name = 'Rowan'");
        t.get(&rowan, "/review/items").await.expect(403);
    });
}

#[test]
fn a_registration_belongs_to_one_clinician() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.clinician(&admin, "Asha Nair", "11A2222E").await;
        let bram = t.member("Bram Visser").await;
        let grant = |number: &str, expires: &str| json!({ "member": bram.id, "role": "clinician", "register": "NMC", "number": number, "expires": expires });
        assert_eq!(
            t.post(&admin, "/roles", grant("11A2222E", "2028-01-01")).await.expect(422).faults(),
            ["number taken"]
        );
        assert_eq!(
            t.post(&admin, "/roles", grant("22B", "2026-11-23")).await.expect(422).faults(),
            ["expires in_the_past"]
        );
        assert_eq!(
            t.post(&admin, "/roles", grant("", "soon")).await.expect(422).faults(),
            ["number required", "expires invalid"]
        );
    });
}

#[test]
fn a_new_role_ends_the_sessions_from_before_it_and_nobody_elses() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let (rowan, ines) = (t.member("Rowan").await, t.member("Ines").await);
        let grant = |who: &Person, role: &str| json!({ "member": who.id, "role": role });
        t.post(&admin, "/roles", grant(&rowan, "moderator")).await.expect(200);
        t.get(&rowan, "/me").await.expect(401);
        assert_eq!(t.page(&rowan, "/me").await.expect(303).header("location"), Some("/sign-in?next=/me"));
        t.get(&ines, "/me").await.expect(200);
        let rowan = t.sign_in(rowan.id, "Rowan", &rowan.email).await;
        t.get(&rowan, "/review/items").await.expect(200);
        // A role that somebody has already is no change.
        t.post(&admin, "/roles", grant(&rowan, "moderator")).await.expect(200);
        t.get(&rowan, "/review/items").await.expect(200);
        // Whoever gives a role to themselves stays where they are, and nowhere else.
        let elsewhere = t.sign_in(admin.id.clone(), "Marguerite", &admin.email).await;
        t.post(&admin, "/roles", grant(&admin, "moderator")).await.expect(200);
        t.get(&admin, "/review/items").await.expect(200);
        t.get(&elsewhere, "/me").await.expect(401);
    });
}

#[test]
fn a_role_that_is_taken_away_is_gone_at_once_and_everywhere() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        let article = t.article(&asha, "Swelling").await;
        let end = |who: &Person, role: &str| json!({ "member": who.id, "role": role });
        t.post(&moderator, "/roles/end", end(&asha, "clinician")).await.expect(403);
        assert_eq!(
            t.post(&admin, "/roles/end", end(&admin, "admin")).await.expect(422).faults(),
            ["role own_role"]
        );
        let nobody = json!({ "name": "Nobody Such", "role": "moderator" });
        assert_eq!(t.post(&admin, "/roles/end", nobody).await.expect(422).faults(), ["name not_found"]);
        // On the page each role has its button; one's own admin role has none.
        let page = t.page(&admin, "/admin/people").await.expect(200).text();
        assert_eq!(page.matches("action=\"/admin/people/end\"").count(), 3);
        // Twice is once.
        for _ in 0..2 {
            let fields = [("member", moderator.id.as_str()), ("role", "moderator")];
            t.form(&admin, "/admin/people/end", &fields).await.expect(303);
        }
        t.get(&moderator, "/me").await.expect(401);
        let again = t.sign_in(moderator.id.clone(), "Imani", &moderator.email).await;
        t.get(&again, "/review/items").await.expect(403);
        // A clinician whose role ended signs nothing more, with the page still open or signed in anew.
        t.post(&admin, "/roles/end", end(&bram, "clinician")).await.expect(200);
        t.sign(&bram, &article).await.expect(401);
        t.sign(&t.sign_in(bram.id.clone(), "Bram Visser", &bram.email).await, &article).await.expect(403);
        t.sign(&asha, &article).await.expect(200);
        let audit = t.page(&admin, "/admin/audit").await.expect(200).text();
        assert_eq!(audit.matches("Took a role away").count(), 2);
    });
}

#[test]
fn the_seventh_attempt_of_a_minute_waits_whatever_the_forwarded_header_says() {
    let settings = |config: &mut aftercare::platform::config::Config| {
        config.http.limit_factor = std::num::NonZeroU32::MIN
    };
    on_both_with(settings, async |t: &TestApp| {
        for number in 0..8 {
            let body = json!({ "email": "rowan@example.org", "password": "not the one" }).to_string();
            let request = poem::Request::builder()
                .method(poem::http::Method::POST)
                .uri_str("/api/v1/sessions")
                .header("x-forwarded-for", format!("203.0.113.{number}"))
                .content_type("application/json")
                .body(body);
            let answer = t.send(request).await;
            let expected = if number < 6 { 401 } else { 429 };
            let answer = answer.expect(expected);
            assert_eq!(answer.header("retry-after").is_some(), expected == 429);
        }
    });
}

#[test]
fn a_suspended_member_can_read_and_take_back_but_not_write() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Sleeping", "How long did it take you?").await;
        t.sql("UPDATE members SET state = 'suspended' WHERE name = 'Rowan'");
        t.get(&rowan, &format!("/threads/{}", asked.thread)).await.expect(200);
        let body = json!({ "title": "More", "body": "More words." });
        t.post(&rowan, "/boards/public/threads", body).await.expect(403);
        t.delete(&rowan, &format!("/posts/{}", asked.post)).await.expect(200);
    });
}
