//! By author and by time, and what helped most first.

use aftercare_search::{Document, Filters, Query, SearchEngine, Sort};

use super::{check_query, fill, ids, post, text};

pub(super) async fn run(engine: &dyn SearchEngine) {
    authors_and_times_narrow(engine).await;
    what_helped_most_comes_first(engine).await;
}

fn written(id: &str, author: Option<&str>, published_at: i64) -> Document {
    Document { author: author.map(str::to_owned), published_at, ..post(id, "Walking again") }
}

async fn authors_and_times_narrow(engine: &dyn SearchEngine) {
    let documents = vec![
        written("a", Some("rowan"), 10),
        written("b", Some("rowan"), 20),
        written("c", Some("ines"), 30),
        written("d", None, i64::MAX),
        written("e", None, -5),
    ];
    fill(engine, documents).await;
    let by = |author: &str| Filters { author: Some(author.to_owned()), ..Filters::default() };
    let from = |from, to| Filters { published_from: from, published_to: to, ..Filters::default() };
    let cases = [
        (by("rowan"), vec!["a", "b"]),
        (by("Rowan"), vec![]),
        (by("rowan\" OR \"1\"=\"1"), vec![]),
        (by(""), vec![]),
        // The beginning counts, the end does not.
        (from(Some(20), None), vec!["b", "c", "d"]),
        (from(None, Some(20)), vec!["a", "e"]),
        (from(Some(10), Some(30)), vec!["a", "b"]),
        (from(Some(20), Some(20)), vec![]),
        (from(Some(30), Some(10)), vec![]),
        (from(Some(i64::MIN), Some(i64::MAX)), vec!["a", "b", "c", "e"]),
        (Filters { author: Some("rowan".to_owned()), ..from(Some(11), None) }, vec!["b"]),
    ];
    for (filters, expected) in cases {
        check_query(engine, Query { filters, ..Query::new("walking") }, &expected).await;
    }
}

async fn what_helped_most_comes_first(engine: &dyn SearchEngine) {
    let helped = |id: &str, verified, helpful, document: Document| Document {
        id: id.to_owned(),
        verified,
        helpful,
        ..document
    };
    let (title, body) = (post("", "Gout"), text("", "Yesterday", "I asked about gout, among much else."));
    let documents = vec![
        helped("body", false, 7, body.clone()),
        helped("title", false, 7, title.clone()),
        helped("most", false, 4_000_000_000, body.clone()),
        helped("verified", true, 0, body),
        helped("none", false, 0, title),
    ];
    fill(engine, documents).await;
    let query = Query { sort: Sort::MostHelpful, ..Query::new("gout") };
    let hits = engine.search(query.clone()).await.unwrap();
    assert_eq!(ids(&hits), ["verified", "most", "title", "body", "none"]);
    let second = engine.search(Query { offset: 1, limit: 2, ..query }).await.unwrap();
    assert_eq!(ids(&second), ["most", "title"]);
}
