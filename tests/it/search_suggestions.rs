//! Titles while somebody types.

use serde_json::json;

use crate::harness::{Person, TestApp, on_both};

async fn suggested(t: &TestApp, who: impl Into<Option<&Person>>, query: &str) -> Vec<String> {
    let answer = t.get(who, &format!("/search/suggestions?{query}")).await.expect(200).json();
    let suggestions = answer["suggestions"].as_array().unwrap().clone();
    suggestions.iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn titles_are_suggested_of_what_may_be_read_and_no_more_than_eight() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        t.board(&admin, "members").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Heliotrope on the sill", "It likes the sun.").await;
        t.reply(&rowan, &asked.thread, "A heliotrope wants water.").await;
        t.ask(&rowan, "members", "Heliotrope among us", "Shade, too.").await;
        t.verified_article(&asha, &asha, &bram, "Heliotrope and health").await;
        t.settle().await;
        let mut open = suggested(t, None, "q=helio").await;
        open.sort();
        assert_eq!(open, ["Heliotrope and health", "Heliotrope on the sill"]);
        assert_eq!(suggested(t, &rowan, "q=helio").await.len(), 3);
        assert_eq!(suggested(t, &rowan, "q=helio&board=members").await, ["Heliotrope among us"]);
        assert_eq!(suggested(t, None, "q=h").await, [""; 0]);
        assert_eq!(suggested(t, None, "").await, [""; 0]);
        t.get(None, "/search/suggestions?q=helio&board=members").await.expect(422);
        let fragment = t.page(None, "/search/suggest?q=sill").await.expect(200).text();
        assert!(fragment.contains(&format!("data-url=\"/threads/{}\"", asked.thread)), "{fragment}");
        assert!(!fragment.contains("<html"), "{fragment}");
        // Taken back a moment ago, and the index has not heard of it.
        t.delete(&rowan, &format!("/posts/{}", asked.post)).await.expect(200);
        assert_eq!(suggested(t, None, "q=helio").await, ["Heliotrope and health"]);
        for number in 0..10 {
            t.ask(&admin, "public", &format!("Marigold {number}"), "Yellow.").await;
        }
        t.settle().await;
        assert_eq!(suggested(t, None, "q=marig").await.len(), 8);
    });
}

#[test]
fn beside_a_crisis_there_is_help_and_nothing_else() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        t.ask(&admin, "public", "Tonight", "A film in the ward.").await;
        t.settle().await;
        assert_eq!(suggested(t, None, "q=tonight").await, ["Tonight"]);
        let words = "I+want+to+end+my+life+tonight";
        let answer = t.get(None, &format!("/search/suggestions?q={words}")).await.expect(200).json();
        assert_eq!(answer["suggestions"], json!([]));
        assert_eq!(answer["care"][0]["need"], "crisis");
        let fragment = t.page(None, &format!("/search/suggest?q={words}")).await.expect(200).text();
        assert!(fragment.contains("care-crisis") && !fragment.contains("role=\"option\""), "{fragment}");
    });
}
