//! The search engine goes away, comes back, or will not take one text.

use chrono::Duration;
use serde_json::json;

use crate::harness::{ORDINARY, TestApp, on_both};

async fn found(t: &TestApp, word: &str) -> serde_json::Value {
    t.get(None, &format!("/search?q={word}")).await.expect(200).json()["total"].clone()
}

/// What was given up, as another admin sees it: whoever waited so long is signed out.
async fn given_up(t: &TestApp) -> Vec<String> {
    let admin = t.admin("Ulrike").await;
    let letters = t.get(&admin, "/dead-letters").await.expect(200).json();
    let letters = letters["letters"].as_array().unwrap().iter();
    letters.map(|letter| letter["key"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn without_the_engine_people_write_and_read_and_the_index_follows_within_half_a_minute_of_its_return() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        t.settle().await;
        t.engine.set_away(true);
        let asked = t.ask(&rowan, "public", "Sleeping upright", ORDINARY).await;
        t.page(None, &format!("/threads/{}", asked.thread)).await.expect(200);
        let page = t.page(None, "/search?q=upright").await.expect(503).text();
        assert!(page.contains("Search is unavailable right now"), "{page}");
        let refused = t.get(None, "/search?q=upright").await.expect(503);
        assert!(refused.header("retry-after").is_some());

        // Longer than the tries after which a job is given up.
        for _ in 0..20 {
            t.settle().await;
            t.wait(Duration::minutes(10));
        }
        t.settle().await;
        assert_eq!(given_up(t).await, [""; 0], "it is not the job's fault");
        t.engine.set_away(false);
        t.wait(Duration::seconds(15));
        t.settle().await;
        assert_eq!(found(t, "upright").await, json!(1));
    });
}

#[test]
fn one_text_that_the_engine_will_not_take_holds_up_no_other_and_waits_for_an_admin() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        t.settle().await;
        let asked = t.ask(&rowan, "public", "Sleeping upright", ORDINARY).await;
        t.engine.refuse(&format!("thread:{}", asked.thread));
        t.ask(&rowan, "public", "Walking downhill", ORDINARY).await;
        t.settle().await;
        assert_eq!((found(t, "upright").await, found(t, "downhill").await), (json!(0), json!(1)));
        for _ in 0..12 {
            t.wait(Duration::minutes(10));
            t.settle().await;
        }
        assert_eq!(given_up(t).await, [format!("post:{}", asked.post)]);
    });
}
