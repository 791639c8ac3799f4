//! Totals, pages and snippets.

use aftercare_search::{MAX_LIMIT, MAX_OFFSET, Query, SearchEngine, SnippetPart, Total};

use super::{fill, ids, post, text};

pub(super) async fn run(engine: &dyn SearchEngine) {
    totals_are_exact_to_two_hundred(engine).await;
    pages_follow_each_other(engine).await;
    paging_ends_where_it_says(engine).await;
    snippets_mark_what_was_found(engine).await;
}

async fn totals_are_exact_to_two_hundred(engine: &dyn SearchEngine) {
    let many = |count: usize| (0..count).map(|at| post(&format!("p{at:04}"), "Tired")).collect::<Vec<_>>();
    fill(engine, many(200)).await;
    let hits = engine.search(Query::new("tired")).await.unwrap();
    assert_eq!(hits.total, Total::Exact(200));
    assert_eq!(hits.found.len(), 200);
    fill(engine, many(201)).await;
    let hits = engine.search(Query::new("tired")).await.unwrap();
    assert_eq!(hits.total, Total::MoreThan200);
    assert_eq!(hits.kinds[0].total, Total::MoreThan200);
    assert_eq!(hits.boards[0].total, Total::MoreThan200);
    assert!(hits.found.is_empty());
}

async fn pages_follow_each_other(engine: &dyn SearchEngine) {
    fill(engine, (0..70).map(|at| post(&format!("p{at:02}"), "Tired")).collect()).await;
    let mut seen = Vec::new();
    for offset in [0, 30, 60] {
        let page = Query { offset, limit: 30, ..Query::new("tired") };
        let hits = engine.search(page).await.unwrap();
        assert_eq!(hits.total, Total::Exact(70));
        seen.extend(ids(&hits).into_iter().map(str::to_owned));
    }
    assert_eq!(seen.len(), 70);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 70);
    for (offset, limit, expected) in [
        (70, 10, 0),
        (MAX_OFFSET + 1, 10, 0),
        (usize::MAX, usize::MAX, 0),
        (0, usize::MAX, MAX_LIMIT),
        (0, 0, 0),
    ] {
        let hits = engine.search(Query { offset, limit, ..Query::new("tired") }).await.unwrap();
        assert_eq!((hits.hits.len(), hits.total), (expected, Total::Exact(70)), "{offset} {limit}");
    }
}

async fn paging_ends_where_it_says(engine: &dyn SearchEngine) {
    fill(engine, (0..MAX_OFFSET + 20).map(|at| post(&format!("p{at:04}"), "Tired")).collect()).await;
    for (offset, expected) in [(MAX_OFFSET, 10), (MAX_OFFSET + 1, 0)] {
        let hits = engine.search(Query { offset, ..Query::new("tired") }).await.unwrap();
        assert_eq!(hits.hits.len(), expected, "{offset}");
    }
}

async fn snippets_mark_what_was_found(engine: &dyn SearchEngine) {
    let body = "Ordinary days. ".repeat(60) + "The stitches <b>dissolved</b> by themselves & nobody minded.";
    fill(engine, vec![text("a", "Stitches", &body)]).await;
    let hits = engine.search(Query::new("dissolving stitches")).await.unwrap();
    let snippet = &hits.hits[0].snippet;
    let marked: Vec<&str> =
        snippet.iter().filter(|part| part.marked).map(|part| part.text.as_str()).collect();
    assert_eq!(marked, ["stitches", "dissolved"]);
    // Text stays text: whoever shows it escapes it.
    let whole: String = snippet.iter().map(|part| part.text.as_str()).collect();
    assert!(whole.contains("<b>dissolved</b>") && whole.starts_with("… "), "{whole}");
    fill(engine, vec![post("a", "Stitches")]).await;
    let hits = engine.search(Query::new("stitches")).await.unwrap();
    assert_eq!(hits.hits[0].snippet, Vec::<SnippetPart>::new());
}
