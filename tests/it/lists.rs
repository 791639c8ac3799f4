//! Every list goes on with the cursor that it gave out, in the API and in pages, and loses and doubles nothing on the way.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::{ORDINARY, Person, TestApp, article_body, on_both};

/// Rows of a page.
const MOST: usize = 20;

/// All rows of a list, page by page.
async fn all(t: &TestApp, who: &Person, path: &str, list: &str) -> Vec<Value> {
    let joint = if path.contains('?') { '&' } else { '?' };
    let (mut rows, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = t.get(who, &format!("{path}{joint}cursor={cursor}")).await.expect(200).json();
        let page_rows = page[list].as_array().unwrap();
        assert!(page_rows.len() <= MOST, "{path} has {} rows on a page", page_rows.len());
        rows.extend(page_rows.iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    t.get(who, &format!("{path}{joint}cursor=nonsense")).await.expect(422);
    rows
}

fn ids(rows: &[Value]) -> BTreeSet<&str> {
    rows.iter().map(|row| row["id"].as_str().unwrap()).collect()
}

/// How often a mark stands on a page and all those that it leads on to.
async fn on_pages(t: &TestApp, who: &Person, path: &str, mark: &str) -> usize {
    let (mut count, mut next) = (0, Some(path.to_owned()));
    while let Some(path) = next {
        let page = t.page(who, &path).await.expect(200).text();
        count += page.matches(mark).count();
        next = page
            .split("<a class=\"button quiet\" href=\"")
            .find(|part| part.contains("rel=\"next\""))
            .map(|part| part.split('"').next().unwrap().to_owned());
    }
    count
}

#[test]
fn what_a_member_was_told_and_has_begun_goes_on_page_by_page() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let (rowan, ines) = (t.member("Rowan").await, t.member("Ines").await);
        let asked = t.ask(&rowan, "public", "Counting", ORDINARY).await;
        for number in 1..=45 {
            t.reply(&ines, &asked.thread, &format!("Day {number} is done.")).await;
            let draft =
                json!({ "board": "public", "title": format!("Draft {number}"), "body": "Half a thought." });
            t.post(&rowan, "/me/drafts", draft).await.expect(201);
        }
        t.settle().await;
        let notices = all(t, &rowan, "/me/notices", "notices").await;
        assert_eq!((notices.len(), ids(&notices).len()), (45, 45));
        assert_eq!(on_pages(t, &rowan, "/me/notices", "class=\"told\"").await, 45);
        let drafts = all(t, &rowan, "/me/drafts", "drafts").await;
        assert_eq!((drafts.len(), ids(&drafts).len()), (45, 45));
        assert_eq!(drafts[0]["title"], "Draft 45", "last changed first");
        assert_eq!(on_pages(t, &rowan, "/me/drafts", "Go on writing").await, 45);
        assert_eq!(all(t, &ines, "/me/drafts", "drafts").await, [Value::Null; 0]);
    });
}

#[test]
fn the_people_are_listed_by_name_to_the_last_one() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        for number in 0..45 {
            t.join(&format!("Zoë {number}")).await;
        }
        let people = all(t, &admin, "/people", "people").await;
        assert_eq!((people.len(), ids(&people).len()), (46, 46));
        assert_eq!(on_pages(t, &admin, "/admin/people", "<bdi>Zoë").await, 45);
    });
}

#[test]
fn guidance_is_listed_to_the_last_article_even_where_many_have_one_title() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        for _ in 0..52 {
            t.verified_article(&asha, &asha, &bram, "Swelling, and what to do").await;
        }
        t.wait(chrono::Duration::seconds(1));
        for number in 0..3 {
            t.wait(chrono::Duration::milliseconds(1));
            t.post(&asha, "/guidance", article_body(&format!("Draft {number}"))).await.expect(201);
        }
        let rowan = t.member("Rowan").await;
        let library = all(t, &rowan, "/guidance", "articles").await;
        assert_eq!((library.len(), ids(&library).len()), (52, 52));
        assert_eq!(on_pages(t, &rowan, "/guidance", "Swelling, and what to do</a>").await, 52);
        let everything = all(t, &asha, "/guidance?all=true", "articles").await;
        assert_eq!((everything.len(), ids(&everything).len()), (55, 55));
        assert_eq!(everything[0]["title"], "Draft 2", "last changed first");
    });
}

#[test]
fn a_draft_is_sent_in_the_words_it_was_given_out_in() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Sleeping", ORDINARY).await;
        let body = json!({ "board": "public", "title": "Hips", "body": "Half a thought." });
        let question = t.post(&rowan, "/me/drafts", body).await.expect(201);
        assert_eq!((question.at("/board"), question.at("/thread")), ("public".into(), "null".into()));
        let reply =
            t.post(&rowan, "/me/drafts", json!({ "thread": asked.thread, "body": "Six" })).await.expect(201);
        assert_eq!((reply.at("/board"), reply.at("/thread")), ("null".into(), asked.thread));
        for draft in t.get(&rowan, "/me/drafts").await.json()["drafts"].as_array().unwrap() {
            let body = json!({ "board": draft["board"], "thread": draft["thread"], "title": draft["title"], "body": draft["body"] });
            t.post(&rowan, "/me/drafts", body).await.expect(201);
        }
    });
}
