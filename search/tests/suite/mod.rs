//! What every engine must do, whatever it is made of.
//!
//! An engine's own test makes one and hands it to [`run`]; each part starts from an empty index.

mod alike;
mod anew;
mod answers;
mod changes;
mod corrections;
mod narrowing;
mod odd;
mod suggestions;
mod visibility;
mod words;

use aftercare_search::{Audience, Change, Document, Hits, Kind, Query, SearchEngine, ViewerScope};

/// Runs the whole contract.
pub(crate) async fn run(engine: &dyn SearchEngine) {
    changes::run(engine).await;
    anew::run(engine).await;
    visibility::run(engine).await;
    narrowing::run(engine).await;
    corrections::run(engine).await;
    words::run(engine).await;
    alike::run(engine).await;
    answers::run(engine).await;
    odd::run(engine).await;
    suggestions::run(engine).await;
}

/// A public post in the board "knees", at version 1.
pub(crate) fn post(id: &str, title: &str) -> Document {
    Document {
        id: id.to_owned(),
        kind: Kind::Post,
        board: Some("knees".to_owned()),
        audience: Audience::Public,
        thread: None,
        author: None,
        title: title.to_owned(),
        aliases: Vec::new(),
        body: String::new(),
        verified: false,
        has_guidance: false,
        helpful: 0,
        published_at: 0,
        version: 1,
    }
}

/// A post with a body.
pub(crate) fn text(id: &str, title: &str, body: &str) -> Document {
    Document { body: body.to_owned(), ..post(id, title) }
}

pub(crate) fn put(document: Document) -> Change {
    Change::Put(document)
}

pub(crate) fn remove(id: &str, version: i64) -> Change {
    Change::Remove { id: id.to_owned(), version }
}

/// Empties the engine and puts these documents.
pub(crate) async fn fill(engine: &dyn SearchEngine, documents: Vec<Document>) {
    engine.reset().await.unwrap();
    engine.apply(documents.into_iter().map(put).collect()).await.unwrap();
}

/// Ids in the order of the hits.
pub(crate) fn ids(hits: &Hits) -> Vec<&str> {
    hits.hits.iter().map(|hit| hit.id.as_str()).collect()
}

/// Checks what a reader without an account finds, in any order.
pub(crate) async fn check(engine: &dyn SearchEngine, text: &str, expected: &[&str]) {
    check_query(engine, Query::new(text), expected).await;
}

/// Checks what a query finds, in any order.
pub(crate) async fn check_query(engine: &dyn SearchEngine, query: Query, expected: &[&str]) {
    let hits = engine.search(query.clone()).await.unwrap();
    let mut found = ids(&hits);
    found.sort_unstable();
    assert_eq!(found, expected, "{query:?}");
}

/// Somebody who is signed in and was invited to these boards.
pub(crate) fn member(boards: &[&str]) -> ViewerScope {
    ViewerScope::Member { invited_boards: boards.iter().map(|board| (*board).to_owned()).collect() }
}
