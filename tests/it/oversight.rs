//! Proof: the chain shows every tampering, and `doctor` names what is broken.

use aftercare::oversight::doctor;
use serde_json::json;

use crate::harness::wire::{Serving, free_address, raw};
use crate::harness::{CRISIS, ORDINARY, TestApp, on_both};

/// The checks that do not hold.
fn broken(t: &TestApp) -> Vec<&'static str> {
    let report = doctor::examine(&t.app.database).unwrap();
    report.checks.iter().filter(|check| !check.ok).map(|check| check.id).collect()
}

async fn lively(t: &TestApp) {
    let admin = t.admin("Marguerite").await;
    let moderator = t.moderator(&admin, "Imani").await;
    let (asha, bram) = t.two_clinicians(&admin).await;
    t.board(&admin, "public").await;
    let rowan = t.member("Rowan").await;
    t.ask(&rowan, "public", "Sleeping", ORDINARY).await;
    let held = t.ask(&rowan, "public", "I cannot go on", CRISIS).await;
    let item = t.claim(&moderator, &held.post).await;
    t.decide(&moderator, &item, "publish", json!({})).await.expect(200);
    t.ask(&rowan, "public", "Again", CRISIS).await;
    let article = t.verified_article(&asha, &asha, &bram, "Swelling").await;
    t.post(&moderator, &format!("/guidance/{}/stop", article["id"].as_str().unwrap()), json!({}))
        .await
        .expect(200);
}

#[test]
fn a_community_in_order_has_nothing_broken() {
    on_both(async |t| {
        lively(t).await;
        assert_eq!(broken(t), [""; 0]);
    });
}

#[test]
fn every_break_is_named() {
    on_both(async |t| {
        lively(t).await;
        let yes = t.yes();
        let breaks = [
            ("UPDATE review_items SET state = 'decided', closed_at = opened_at, holder_id = NULL, lease_until = NULL WHERE closed_at IS NULL".to_owned(), "held_has_one_item"),
            ("DELETE FROM decisions".to_owned(), "published_by_right"),
            ("UPDATE threads SET public_posts = public_posts + 1".to_owned(), "counters"),
            ("UPDATE revisions SET source = source || '!'".to_owned(), "revision_hashes"),
            ("UPDATE article_versions SET plain = plain, source = source || '!'".to_owned(), "guidance_hashes"),
            (format!("UPDATE stops SET lifted_at = stopped_at, first_lifted_by = stopped_by, second_lifted_by = (SELECT max(id) FROM members WHERE admin = {yes})"), "stops"),
            ("UPDATE outbox SET dead_at = created_at".to_owned(), "outbox_dead"),
        ];
        for (statement, id) in breaks {
            t.sql(&statement);
            assert!(broken(t).contains(&id), "{id} did not notice: {statement}");
        }
    });
}

#[test]
fn an_audit_row_cannot_be_changed_or_removed_and_if_it_is_it_shows() {
    on_both(async |t| {
        lively(t).await;
        for statement in ["UPDATE audit SET reason = 'x'", "DELETE FROM audit"] {
            assert!(t.try_sql(statement).unwrap_err().contains("append-only"), "{statement}");
        }
        let disarm = if t.app.database.is_shared() {
            vec!["DROP TRIGGER audit_no_change ON audit"]
        } else {
            vec!["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"]
        };
        disarm.into_iter().for_each(|statement| {
            t.sql(statement);
        });
        let chain = || broken(t).contains(&"audit_chain");
        let restore = |statement: &str, undo: &str| {
            t.sql(statement);
            assert!(chain(), "the chain did not notice: {statement}");
            t.sql(undo);
            assert!(!chain(), "undone by {undo}");
        };
        restore(
            "UPDATE audit SET actor_id = actor_id + 1 WHERE seq = (SELECT min(seq) FROM audit WHERE actor_id IS NOT NULL)",
            "UPDATE audit SET actor_id = actor_id - 1 WHERE seq = (SELECT min(seq) FROM audit WHERE actor_id IS NOT NULL)",
        );
        restore(
            "UPDATE audit SET action = action || 'x' WHERE seq = 2",
            "UPDATE audit SET action = substr(action, 1, length(action) - 1) WHERE seq = 2",
        );
        restore(
            "UPDATE audit SET prev_hash = prev_hash || '0' WHERE seq = 3",
            "UPDATE audit SET prev_hash = substr(prev_hash, 1, 64) WHERE seq = 3",
        );
        restore("UPDATE audit SET seq = 100000 WHERE seq = 2", "UPDATE audit SET seq = 2 WHERE seq = 100000");
        t.sql("DELETE FROM audit WHERE seq = 4");
        assert!(chain());
    });
}

#[test]
fn every_decision_stands_in_the_chain_that_admins_read() {
    on_both(async |t| {
        lively(t).await;
        let admin = t.admin("Lead").await;
        let rows = t.get(&admin, "/audit").await.expect(200).json();
        let actions: Vec<&str> =
            rows["rows"].as_array().unwrap().iter().map(|row| row["action"].as_str().unwrap()).collect();
        for action in [
            "guidance.stop",
            "guidance.sign",
            "review.decide",
            "review.claim",
            "review.open",
            "revision.screened",
            "role.grant",
            "board.create",
        ] {
            assert!(actions.contains(&action), "{action} is missing from {actions:?}");
        }
        assert!(!rows.to_string().contains("end my life"), "the chain carries the text of a post");
    });
}

fn gauge(text: &str, name: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {name} in {text}")).parse().unwrap()
}

#[test]
fn metrics_say_how_far_the_index_lags_behind() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let told = || aftercare::oversight::metrics::text(&t.app.database).unwrap();
        t.settle().await;
        assert_eq!(gauge(&told(), "search_lag_seconds"), 0.0);
        t.ask(&rowan, "public", "A title with words", "And a body with words.").await;
        t.wait(chrono::Duration::milliseconds(2500));
        t.ask(&rowan, "public", "Another title", "And another body.").await;
        let lag = gauge(&told(), "search_lag_seconds");
        assert!((2.5..2.6).contains(&lag), "the oldest counts: {lag}");
        assert_eq!(gauge(&told(), "outbox_waiting"), 2.0);
        assert!(!told().contains("words"), "numbers only");
        t.settle().await;
        assert_eq!(gauge(&told(), "search_lag_seconds"), 0.0);
    });
}

#[test]
fn metrics_have_a_door_of_their_own_on_this_machine() {
    let data = tempfile::tempdir().unwrap();
    let address = free_address();
    let serving =
        Serving::start_with(data.path(), "", &[("AFTERCARE_HTTP__METRICS_LISTEN", &address.to_string())]);
    let ask = |address| {
        raw(address, "GET /metrics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap()
    };
    let told = ask(address);
    assert!(told.starts_with("HTTP/1.1 200") && gauge(&told, "search_lag_seconds") >= 0.0, "{told}");
    assert!(ask(serving.address).starts_with("HTTP/1.1 404"), "the community's own door tells none");
}

#[test]
fn what_was_given_up_is_shown_to_admins_and_tried_again() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Sleeping upright", ORDINARY).await;
        t.sql("UPDATE outbox SET dead_at = created_at, attempts = 12, error = 'no answer' WHERE topic = 'index' AND done_at IS NULL");
        t.settle().await;
        let found = async || t.get(&rowan, "/search?q=upright").await.json()["total"].clone();
        assert_eq!(found().await, json!(0), "given up is given up");
        let page = t.page(&admin, "/admin/dead-letters").await.expect(200).text();
        assert!(page.contains(&format!("post:{}", asked.post)) && page.contains("no answer"), "{page}");
        t.page(&rowan, "/admin/dead-letters").await.expect(403);

        let letters = t.get(&admin, "/dead-letters").await.expect(200).json();
        let letters = letters["letters"].as_array().unwrap().clone();
        let of_post = letters.iter().find(|letter| letter["key"] == format!("post:{}", asked.post)).unwrap();
        let again = format!("/dead-letters/{}/retry", of_post["id"].as_str().unwrap());
        assert_eq!(t.post(&admin, &again, json!({})).await.expect(200).json()["retried"], 1);
        assert_eq!(
            t.post(&admin, &again, json!({})).await.expect(200).json()["retried"],
            0,
            "once is enough"
        );
        t.settle().await;
        assert_eq!(found().await, json!(1));
        t.form(&admin, "/admin/dead-letters/retry", &[]).await.expect(303);
        t.settle().await;
        let page = t.page(&admin, "/admin/dead-letters").await.expect(200).text();
        assert!(page.contains("Nothing was given up."), "{page}");
        let actions = t.get(&admin, "/audit").await.json()["rows"].to_string();
        assert_eq!(actions.matches("effect.retry").count(), if letters.len() > 1 { 2 } else { 1 });
    });
}
