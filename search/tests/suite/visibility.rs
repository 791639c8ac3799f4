//! Who finds what, and narrowing.

use aftercare_search::{
    Audience, Document, Filters, Kind, Query, SearchEngine, SuggestQuery, Total, ViewerScope,
};

use super::{check_query, fill, ids, member, post};

pub(super) async fn run(engine: &dyn SearchEngine) {
    viewers_find_what_they_may_read(engine).await;
    nothing_hints_at_hidden_texts(engine).await;
    filters_narrow(engine).await;
    facets_count_what_was_not_chosen_too(engine).await;
    what_stops_being_readable_is_not_counted(engine).await;
}

fn for_audience(id: &str, audience: Audience) -> Document {
    Document { audience, ..post(id, "Secret remedy") }
}

fn all_audiences() -> Vec<Document> {
    vec![
        for_audience("public", Audience::Public),
        for_audience("unlisted", Audience::Unlisted),
        for_audience("members", Audience::Members),
        for_audience("invited", Audience::Invited("hips".to_owned())),
    ]
}

async fn viewers_find_what_they_may_read(engine: &dyn SearchEngine) {
    fill(engine, all_audiences()).await;
    let cases = [
        (ViewerScope::Anonymous, vec!["public", "unlisted"]),
        (member(&[]), vec!["members", "public", "unlisted"]),
        (member(&["knees"]), vec!["members", "public", "unlisted"]),
        (member(&["knees", "hips"]), vec!["invited", "members", "public", "unlisted"]),
        // A board cannot be named so that it opens another audience.
        (member(&["members", "invited:hips", "hips\" OR \"1"]), vec!["members", "public", "unlisted"]),
    ];
    for (viewer, expected) in cases {
        check_query(engine, Query { viewer: viewer.clone(), ..Query::new("remedy") }, &expected).await;
        let asked = SuggestQuery { text: "remedy".to_owned(), viewer, top: 10, ..SuggestQuery::default() };
        let suggested = engine.suggest(asked).await.unwrap();
        let mut suggested = ids(&suggested);
        suggested.sort_unstable();
        assert_eq!(suggested, expected);
    }
}

async fn nothing_hints_at_hidden_texts(engine: &dyn SearchEngine) {
    fill(engine, all_audiences()).await;
    let hits = engine.search(Query::new("remedy")).await.unwrap();
    assert_eq!(hits.total, Total::Exact(2));
    assert_eq!(hits.kinds[0].total, Total::Exact(2));
    assert_eq!(hits.boards[0].total, Total::Exact(2));
    assert_eq!(hits.found.len(), 2);
}

fn mixed() -> Vec<Document> {
    let in_board = |id: &str, kind, board: Option<&str>| Document {
        kind,
        board: board.map(str::to_owned),
        thread: Some("t1".to_owned()),
        ..post(id, "Walking again")
    };
    vec![
        in_board("a", Kind::Thread, Some("knees")),
        in_board("b", Kind::Post, Some("knees")),
        Document { verified: true, ..in_board("c", Kind::Post, Some("hips")) },
        Document { thread: None, has_guidance: true, ..in_board("d", Kind::Post, Some("hips")) },
        Document { thread: None, ..in_board("e", Kind::Guidance, None) },
        Document { thread: None, ..in_board("f", Kind::Glossary, None) },
    ]
}

async fn filters_narrow(engine: &dyn SearchEngine) {
    fill(engine, mixed()).await;
    let boards = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let cases = [
        (Filters::default(), vec!["a", "b", "c", "d", "e", "f"]),
        (Filters { kinds: vec![Kind::Post], ..Filters::default() }, vec!["b", "c", "d"]),
        (Filters { kinds: vec![Kind::Guidance, Kind::Glossary], ..Filters::default() }, vec!["e", "f"]),
        (Filters { boards: boards(&["hips"]), ..Filters::default() }, vec!["c", "d"]),
        (
            Filters { boards: boards(&["hips", "knees"]), kinds: vec![Kind::Thread], ..Filters::default() },
            vec!["a"],
        ),
        (Filters { boards: boards(&["no such", "\" OR 1=1"]), ..Filters::default() }, vec![]),
        (Filters { thread: Some("t1".to_owned()), ..Filters::default() }, vec!["a", "b", "c"]),
        (Filters { verified: Some(true), ..Filters::default() }, vec!["c"]),
        (Filters { verified: Some(false), kinds: vec![Kind::Post], ..Filters::default() }, vec!["b", "d"]),
        (Filters { has_guidance: Some(true), ..Filters::default() }, vec!["d"]),
    ];
    for (filters, expected) in cases {
        check_query(engine, Query { filters, ..Query::new("walking") }, &expected).await;
    }
    let only_guidance =
        SuggestQuery { text: "walking".into(), kinds: vec![Kind::Guidance], top: 5, ..Default::default() };
    assert_eq!(ids(&engine.suggest(only_guidance).await.unwrap()), ["e"]);
}

async fn facets_count_what_was_not_chosen_too(engine: &dyn SearchEngine) {
    fill(engine, mixed()).await;
    let filters = Filters { kinds: vec![Kind::Post], boards: vec!["hips".to_owned()], ..Filters::default() };
    let hits = engine.search(Query { filters, ..Query::new("walking") }).await.unwrap();
    assert_eq!(hits.total, Total::Exact(2));
    let kinds: Vec<(Kind, Total)> = hits.kinds.iter().map(|facet| (facet.value, facet.total)).collect();
    assert_eq!(kinds, [(Kind::Post, Total::Exact(2))]);
    let boards: Vec<(&str, Total)> =
        hits.boards.iter().map(|facet| (facet.value.as_str(), facet.total)).collect();
    assert_eq!(boards, [("hips", Total::Exact(2)), ("knees", Total::Exact(1))]);
}

async fn what_stops_being_readable_is_not_counted(engine: &dyn SearchEngine) {
    fill(engine, mixed()).await;
    let mut hits = engine.search(Query::new("walking")).await.unwrap();
    hits.keep(|id| id != "a");
    assert_eq!(hits.total, Total::Exact(5));
    assert!(hits.kinds.iter().all(|facet| facet.value != Kind::Thread));
    assert!(!ids(&hits).contains(&"a"));
}
