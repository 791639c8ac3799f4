//! What people look for in vain: told from five people on, and nothing about any of them.

use aftercare::discovery::looked_for::close_weeks;
use chrono::Duration;
use serde_json::{Value, json};

use crate::harness::{Person, TestApp, on_both};

async fn report(t: &TestApp, who: &Person) -> Value {
    t.get(who, "/search/looked-for").await.expect(200).json()["rows"].clone()
}

/// A community with two texts, and people who will search.
async fn people(t: &TestApp, count: usize) -> (Person, Vec<Person>) {
    let admin = t.admin("Marguerite").await;
    t.board(&admin, "public").await;
    t.board(&admin, "members").await;
    t.ask(&admin, "public", "Driving a lorry", "On the motorway.").await;
    t.ask(&admin, "public", "Gabapentin at night", "It makes me sleepy.").await;
    t.ask(&admin, "members", "Heliotrope", "For us alone.").await;
    t.settle().await;
    let mut searchers = Vec::new();
    for number in 0..count {
        searchers.push(t.member(&format!("Searcher {number}")).await);
    }
    (admin, searchers)
}

async fn search(t: &TestApp, who: impl Into<Option<&Person>>, words: &str) {
    t.get(who, &format!("/search?q={words}")).await.expect(200);
}

#[test]
fn five_people_make_a_row_and_one_who_asks_five_times_does_not() {
    on_both(async |t| {
        let (admin, searchers) = people(t, 5).await;
        for _ in 0..6 {
            search(t, &searchers[0], "gabapentin+driving").await;
            search(t, None, "gabapentin+driving").await;
        }
        for who in &searchers[1..4] {
            search(t, who, "can+I+go+driving+with+gabapentin").await;
        }
        assert_eq!(report(t, &admin).await, json!([]));
        t.page(&searchers[4], "/search?q=Gabapentin+Driving").await.expect(200);
        let row = json!({ "words": "driving gabapentin", "people": 5, "week": "2026-11-23" });
        assert_eq!(report(t, &admin).await, json!([row]));
        let clinician = t.clinician(&admin, "Asha", "77A1111A").await;
        assert_eq!(report(t, &clinician).await, json!([row]));
        let page = t.page(&clinician, "/desk/looked-for").await.expect(200).text();
        assert!(page.contains("driving gabapentin"), "{page}");
        t.get(&searchers[0], "/search/looked-for").await.expect(403);
        t.get(&t.moderator(&admin, "Imani").await, "/search/looked-for").await.expect(403);
    });
}

#[test]
fn only_words_of_texts_for_everybody_are_kept_and_never_beside_a_crisis() {
    on_both(async |t| {
        let (_, searchers) = people(t, 1).await;
        let who = &searchers[0];
        for words in [
            "driving+Zebediah+Quux",
            "driving+07700900123",
            "heliotrope+driving",
            "driving+lorry",
            "driving+-lorry+xylophone",
            "driving+gabapentin+I+want+to+end+my+life+tonight",
            "driving+gabapentin&board=members",
            "driving+gabapentin&author=Marguerite",
            "driving+gabapentin&when=week",
        ] {
            search(t, who, words).await;
        }
        assert_eq!(t.sql("DELETE FROM looked_for"), 0);
        // Of a longer query only the pairs that nothing has together.
        search(t, who, "driving+a+lorry+with+gabapentin+zzzz").await;
        assert_eq!(t.sql("DELETE FROM looked_for WHERE words = 'driving gabapentin'"), 1);
        assert_eq!(t.sql("DELETE FROM looked_for WHERE words = 'gabapentin lorry'"), 1);
        assert_eq!(t.sql("DELETE FROM looked_for"), 0);
    });
}

#[test]
fn a_week_that_is_over_leaves_numbers_and_nothing_else() {
    on_both(async |t| {
        let (admin, searchers) = people(t, 5).await;
        for who in &searchers {
            search(t, who, "gabapentin+driving").await;
        }
        search(t, &searchers[0], "gabapentin+motorway").await;
        close_weeks(&t.app.database).unwrap();
        assert_eq!(t.sql("UPDATE looked_for SET words = words"), 6, "the week is not over");
        t.wait(Duration::days(7));
        close_weeks(&t.app.database).unwrap();
        close_weeks(&t.app.database).unwrap();
        assert_eq!(t.sql("DELETE FROM looked_for"), 0);
        assert_eq!(t.sql("DELETE FROM looked_for_weeks"), 0);
        let admin = t.sign_in(admin.id, &admin.name, &admin.email).await;
        let row = json!({ "words": "driving gabapentin", "people": 5, "week": "2026-11-23" });
        assert_eq!(report(t, &admin).await, json!([row]));
        // Four in another week are too few to be told, and do not change what was.
        for who in &searchers[..4] {
            search(t, who, "gabapentin+driving").await;
        }
        assert_eq!(report(t, &admin).await, json!([row]));
        t.wait(Duration::days(7));
        close_weeks(&t.app.database).unwrap();
        assert_eq!(t.sql("UPDATE looked_for_counts SET words = words"), 1);
        t.wait(Duration::days(80));
        close_weeks(&t.app.database).unwrap();
        assert_eq!(t.sql("UPDATE looked_for_counts SET words = words"), 0);
    });
}

#[test]
fn tokens_of_one_person_have_nothing_in_common() {
    on_both(async |t| {
        let (_, searchers) = people(t, 1).await;
        search(t, &searchers[0], "gabapentin+driving+motorway+xylophone").await;
        assert_eq!(t.sql("UPDATE looked_for SET week = week"), 2);
        // One key, two pairs, one person: an equal token would have told.
        let doubled = "DELETE FROM looked_for WHERE token IN (SELECT token FROM looked_for GROUP BY token HAVING count(*) > 1)";
        assert_eq!(t.sql(doubled), 0);
    });
}
