//! Kept searches: one's own alone, twenty at most, and silent.

use serde_json::{Value, json};

use crate::harness::{Person, TestApp, on_both};

async fn kept(t: &TestApp, who: &Person) -> Vec<(String, String)> {
    let list = t.get(who, "/search/saved").await.expect(200).json();
    let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
    let rows = list["searches"].as_array().unwrap();
    rows.iter().map(|row| (text(row, "name"), text(row, "query"))).collect()
}

#[test]
fn a_search_is_kept_with_its_filters_and_leads_back_to_them() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        t.ask(&rowan, "public", "Stairs with crutches & bags", "How do you do it?").await;
        t.settle().await;
        let found =
            t.page(&rowan, "/search?q=stairs+%26+bags&kind=thread&guidance=").await.expect(200).text();
        assert!(found.contains("Keep this search"));
        let fields = [("name", "  Stairs, for Mum "), ("query", "kind=thread&q=stairs+%26+bags&guidance=")];
        let answer = t.form(&rowan, "/search/saved", &fields).await.expect(303);
        assert_eq!(answer.header("location"), Some("/search?q=stairs%20%26%20bags&kind=thread&done=kept"));
        assert_eq!(
            kept(t, &rowan).await,
            [("Stairs, for Mum".to_owned(), "q=stairs%20%26%20bags&kind=thread".to_owned())]
        );
        let page = t.page(&rowan, answer.header("location").unwrap()).await.expect(200).text();
        for shown in
            ["Your search is kept.", "Stairs, for Mum", "Stairs with crutches", "nothing is ever sent"]
        {
            assert!(page.contains(shown), "{shown}");
        }
        let body = json!({ "name": "Verified", "query": "sort=newest&verified=on" });
        assert_eq!(
            t.post(&rowan, "/search/saved", body).await.expect(201).at("/query"),
            "verified=on&sort=newest"
        );
    });
}

#[test]
fn nobody_else_sees_or_deletes_it() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let rowan = t.member("Rowan").await;
        let body = json!({ "name": "My leg", "query": "q=zqswollen" });
        let id = t.post(&rowan, "/search/saved", body).await.expect(201).at("/id");
        let delete = format!("/search/saved/{id}/delete");
        for other in [&admin, &t.member("Ines").await] {
            assert!(kept(t, other).await.is_empty());
            assert!(!t.page(other, "/search").await.expect(200).text().contains("zqswollen"));
            t.form(other, &delete, &[]).await.expect(404);
        }
        assert!(!t.page(None, "/search?q=leg").await.expect(200).text().contains("Keep this search"));
        t.settle().await;
        assert_eq!(t.get(&rowan, "/me/notices").await.expect(200).json()["notices"], json!([]));
        assert_eq!(kept(t, &rowan).await.len(), 1);
        let answer = t.form(&rowan, &delete, &[]).await.expect(303);
        let page = t.page(&rowan, answer.header("location").unwrap()).await.expect(200).text();
        assert!(page.contains("The search is deleted.") && !page.contains("My leg"));
        assert!(kept(t, &rowan).await.is_empty());
        t.form(&rowan, &delete, &[]).await.expect(404);
    });
}

#[test]
fn what_cannot_be_kept_comes_back_with_the_reason_beside_it() {
    on_both(async |t| {
        let rowan = t.member("Rowan").await;
        for (body, faults) in [
            (json!({ "name": " ", "query": "q=leg" }), vec!["name empty"]),
            (json!({ "name": "Leg", "query": "q=+&kind=" }), vec!["query required"]),
            (json!({ "name": "Leg", "query": format!("q={}", "x".repeat(2100)) }), vec!["query too_long"]),
            (json!({ "name": "Leg", "query": "q=leg&sort=worst" }), vec!["query invalid"]),
            (json!({ "name": "Leg", "query": "q=leg&colour=red" }), vec!["query invalid"]),
        ] {
            let refused = t.post(&rowan, "/search/saved", body.clone()).await.expect(422);
            assert_eq!(refused.faults(), faults, "{body}");
        }
        // What no database can keep as it stands.
        t.post(&rowan, "/search/saved", json!({ "name": "Odd", "query": "q=a%00b" })).await.expect(201);
        for at in 1..20 {
            t.post(&rowan, "/search/saved", json!({ "name": format!("n{at}"), "query": "q=leg" }))
                .await
                .expect(201);
        }
        let again = json!({ "name": "n1", "query": "q=leg" });
        t.post(&rowan, "/search/saved", again).await.expect(201);
        let other =
            t.form(&rowan, "/search/saved", &[("name", "n1"), ("query", "q=zqarm")]).await.expect(422).text();
        assert!(other.contains("another search with this name") && other.contains("value=\"n1\""));
        assert!(other.contains("value=\"zqarm\""), "{other}");
        let more =
            t.post(&rowan, "/search/saved", json!({ "name": "n20", "query": "q=leg" })).await.expect(422);
        assert_eq!(more.faults(), ["name too_many"]);
        assert_eq!(kept(t, &rowan).await.len(), 20);
    });
}
