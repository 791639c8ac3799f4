//! Guidance: two names under one text, one hand to stop it, two to lift the stop.

use serde_json::json;

use crate::harness::{CRISIS, ORDINARY, article_body, on_both};

#[test]
fn two_different_clinicians_make_it_verified_and_only_then_can_it_be_attached() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        let asked = t
            .ask(&t.member("Rowan").await, "public", "Swelling", "My leg is still swollen after six weeks.")
            .await;
        let article = t.article(&asha, "Swelling after a knee operation").await;
        let attach = json!({ "guidance_version": article["version"], "note": "This may help." });
        let path = format!("/posts/{}/guidance", asked.post);
        assert_eq!(
            t.post(&moderator, &path, attach.clone()).await.expect(422).faults(),
            ["guidance_version not_verified"]
        );
        t.get(None, &format!("/guidance/{}", article["id"].as_str().unwrap())).await.expect(404);
        assert_eq!(t.sign(&asha, &article).await.expect(200).at("/state"), "in_review");
        assert_eq!(t.sign(&asha, &article).await.expect(409).code(), "already_signed");
        t.sign(&moderator, &article).await.expect(403);
        assert_eq!(
            t.post(&moderator, &path, attach.clone()).await.expect(422).faults(),
            ["guidance_version not_verified"]
        );
        assert_eq!(t.sign(&bram, &article).await.expect(200).at("/state"), "verified");
        t.post(&moderator, &path, attach).await.expect(200);
        let thread = t.get(None, &format!("/threads/{}", asked.thread)).await.expect(200);
        assert_eq!(thread.at("/posts/0/guidance/0/note"), "This may help.");
        assert_eq!(thread.at("/posts/0/guidance/0/guidance/signatures/1/name"), "Bram Visser");
        assert_eq!(thread.at("/posts/0/guidance/0/guidance/sources/0/publisher"), "Example Trust");
    });
}

#[test]
fn a_signature_names_the_text_that_was_read() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let asha = t.clinician(&admin, "Asha Nair", "11A2222E").await;
        let article = t.article(&asha, "Swelling").await;
        let path = format!("/guidance/{}/versions", article["id"].as_str().unwrap());
        let mut changed = article_body("Swelling");
        changed["body"] = json!("Other words altogether.");
        t.post(&asha, &path, changed).await.expect(201);
        assert_eq!(t.sign(&asha, &article).await.expect(409).code(), "stale");
    });
}

#[test]
fn one_person_stops_it_on_every_card_at_once_and_two_lift_the_stop() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let article = t.verified_article(&asha, &asha, &bram, "Swelling").await;
        let id = article["id"].as_str().unwrap();
        let mut threads = Vec::new();
        for title in ["One", "Two"] {
            let asked = t.ask(&rowan, "public", title, ORDINARY).await;
            let attach = json!({ "guidance_version": article["version"] });
            t.post(&moderator, &format!("/posts/{}/guidance", asked.post), attach).await.expect(200);
            threads.push(asked.thread);
        }
        t.post(&rowan, &format!("/guidance/{id}/stop"), json!({ "reason": "I do not like it." }))
            .await
            .expect(403);
        t.post(&moderator, &format!("/guidance/{id}/stop"), json!({ "reason": "The dose is wrong." }))
            .await
            .expect(200);
        for thread in &threads {
            let page = t.get(None, &format!("/threads/{thread}")).await;
            assert_eq!(page.at("/posts/0/guidance/0/guidance/state"), "stopped");
            assert_eq!(page.at("/posts/0/guidance/0/guidance/stopped/reason"), "The dose is wrong.");
        }
        let asked = t.ask(&rowan, "public", "Three", ORDINARY).await;
        let attach = json!({ "guidance_version": article["version"] });
        let refused =
            t.post(&moderator, &format!("/posts/{}/guidance", asked.post), attach).await.expect(422);
        assert_eq!(refused.faults(), ["guidance_version stopped"]);
        let path = format!("/guidance/{id}/reinstatement");
        assert_eq!(t.post(&asha, &path, json!({})).await.expect(200).at("/state"), "stopped");
        assert_eq!(t.post(&asha, &path, json!({})).await.expect(409).code(), "needs_another");
        assert_eq!(t.post(&moderator, &path, json!({})).await.expect(200).at("/state"), "verified");
    });
}

#[test]
fn a_held_post_can_come_out_together_with_guidance() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        let article = t.verified_article(&moderator, &asha, &bram, "When it gets too much").await;
        let asked = t.ask(&t.member("Rowan").await, "public", "I cannot go on", CRISIS).await;
        let item = t.claim(&moderator, &asked.post).await;
        let with = json!({ "guidance_version": article["version"], "relation": "answers", "note": "You are not alone." });
        t.decide(&moderator, &item, "publish_with_guidance", with).await.expect(200);
        let page = t.get(None, &format!("/threads/{}", asked.thread)).await.expect(200);
        assert_eq!(page.at("/posts/0/guidance/0/guidance/title"), "When it gets too much");
    });
}

#[test]
fn a_verified_statement_ends_with_the_wording_it_was_given_for() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let asha = t.clinician(&admin, "Asha Nair", "11A2222E").await;
        t.board(&admin, "public").await;
        let (rowan, ines) = (t.member("Rowan").await, t.member("Ines").await);
        let asked = t.ask(&rowan, "public", "Swelling", ORDINARY).await;
        let reply = t.reply(&ines, &asked.thread, "Swelling can last for months. Mine did.").await;
        let path = format!("/posts/{}/verifications", reply.post);
        let wrong = t.post(&asha, &path, json!({ "passage": "It always lasts a year." })).await.expect(422);
        assert_eq!(wrong.faults(), ["passage not_in_post"]);
        t.post(&asha, &path, json!({ "passage": "Swelling can last for months." })).await.expect(200);
        let thread = format!("/threads/{}", asked.thread);
        assert_eq!(t.get(None, &thread).await.at("/posts/1/verified/0/name"), "Asha Nair");
        t.put(
            &ines,
            &format!("/posts/{}", reply.post),
            json!({ "body": "Swelling can last for months. Take nothing for it." }),
        )
        .await
        .expect(200);
        assert_eq!(t.get(None, &thread).await.json()["posts"][1]["verified"], json!([]));
    });
}

#[test]
fn a_lapsed_registration_signs_nothing_and_its_marks_end() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let asha = t.clinician(&admin, "Asha Nair", "11A2222E").await;
        t.board(&admin, "public").await;
        let asked =
            t.ask(&t.member("Rowan").await, "public", "Swelling", "Swelling can last for months.").await;
        t.post(
            &asha,
            &format!("/posts/{}/verifications", asked.post),
            json!({ "passage": "Swelling can last" }),
        )
        .await
        .expect(200);
        let article = t.article(&asha, "Swelling").await;
        t.sql("UPDATE credentials SET expires_on = '2026-11-23'");
        t.sign(&asha, &article).await.expect(403);
        assert_eq!(
            t.get(None, &format!("/threads/{}", asked.thread)).await.json()["posts"][0]["verified"],
            json!([])
        );
    });
}

#[test]
fn the_database_itself_keeps_verified_to_two_names() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let asha = t.clinician(&admin, "Asha Nair", "11A2222E").await;
        let article = t.article(&asha, "Swelling").await;
        t.sign(&asha, &article).await.expect(200);
        assert!(t.try_sql("UPDATE article_versions SET state = 'verified'").is_err());
        assert!(
            t.try_sql(
                "UPDATE article_versions SET state = 'verified', second_signature_id = first_signature_id"
            )
            .is_err()
        );
    });
}

#[test]
fn an_article_without_sources_or_with_a_review_behind_us_is_refused() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let mut body = article_body("Swelling");
        body["sources"] = json!([]);
        body["review_due"] = json!("2026-11-24");
        let refused = t.post(&moderator, "/guidance", body).await.expect(422);
        assert_eq!(refused.faults(), ["review_due in_the_past", "sources required"]);
        let mut body = article_body("Swelling");
        body["sources"][0]["url"] = json!("javascript:alert(1)");
        assert_eq!(
            t.post(&moderator, "/guidance", body).await.expect(422).faults(),
            ["sources[0].url invalid"]
        );
        t.post(&t.member("Rowan").await, "/guidance", article_body("Mine")).await.expect(403);
    });
}

#[test]
fn a_stop_reaches_the_cards_that_carry_an_older_version_and_takes_their_text_away() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        let first = t.verified_article(&asha, &asha, &bram, "Swelling").await;
        let id = first["id"].as_str().unwrap();
        let asked = t.ask(&t.member("Rowan").await, "public", "Swelling", ORDINARY).await;
        let attach = json!({ "guidance_version": first["version"], "note": "Read this." });
        t.post(&moderator, &format!("/posts/{}/guidance", asked.post), attach).await.expect(200);
        let mut changed = article_body("Swelling");
        changed["body"] = json!("Newer words.");
        let second = t.post(&asha, &format!("/guidance/{id}/versions"), changed).await.expect(201).json();
        t.sign(&asha, &second).await.expect(200);
        t.sign(&bram, &second).await.expect(200);
        let card = "/posts/0/guidance/0/guidance";
        let thread = format!("/threads/{}", asked.thread);
        assert_eq!(t.get(None, &thread).await.at(&format!("{card}/state")), "superseded");
        t.post(&moderator, &format!("/guidance/{id}/stop"), json!({ "reason": "Wrong." })).await.expect(200);
        let page = t.get(None, &thread).await;
        assert_eq!(page.at(&format!("{card}/stopped/reason")), "Wrong.");
        assert_eq!(
            (page.at(&format!("{card}/text")), page.at("/posts/0/guidance/0/note")),
            (String::new(), String::new())
        );
    });
}

#[test]
fn a_renewed_registration_keeps_its_marks_and_a_lapsed_first_signature_does_not_count() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        let asked =
            t.ask(&t.member("Rowan").await, "public", "Swelling", "Swelling can last for months.").await;
        t.post(
            &asha,
            &format!("/posts/{}/verifications", asked.post),
            json!({ "passage": "Swelling can last" }),
        )
        .await
        .expect(200);
        let renewal = json!({ "member": asha.id, "role": "clinician", "register": "NMC", "number": "11A2222E", "expires": "2029-05-31" });
        t.post(&admin, "/roles", renewal).await.expect(200);
        let thread = t.get(None, &format!("/threads/{}", asked.thread)).await;
        assert_eq!(thread.at("/posts/0/verified/0/name"), "Asha Nair");
        let article = t.article(&asha, "Swelling").await;
        t.sign(&asha, &article).await.expect(200);
        t.sql("UPDATE credentials SET expires_on = '2026-11-01' WHERE number = '11A2222E'");
        assert_eq!(t.sign(&bram, &article).await.expect(409).code(), "signature_lapsed");
    });
}
