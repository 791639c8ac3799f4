//! The contract of [`SearchEngine`], run against the embedded engine in memory and in a directory.

#[cfg(test)]
mod suite;

use aftercare_search::{EmbeddedEngine, Query, SearchEngine, SearchError, Versioned, VersionsPage};
use suite::{post, put, remove};

#[tokio::test]
async fn the_embedded_engine_in_memory_keeps_the_contract() {
    let engine = EmbeddedEngine::in_memory().unwrap();
    suite::run(&engine).await;
}

#[tokio::test]
async fn the_embedded_engine_in_a_directory_keeps_the_contract() {
    let directory = tempfile::tempdir().unwrap();
    let engine = EmbeddedEngine::open(directory.path()).unwrap();
    suite::run(&engine).await;
}

#[tokio::test]
async fn a_directory_remembers_texts_and_tombstones() {
    let directory = tempfile::tempdir().unwrap();
    {
        let engine = EmbeddedEngine::open(directory.path()).unwrap();
        engine
            .apply(vec![put(post("a", "Sore knee")), put(post("b", "Sore hip")), remove("b", 2)])
            .await
            .unwrap();
    }
    let engine = EmbeddedEngine::open(directory.path()).unwrap();
    assert_eq!(suite::ids(&engine.search(Query::new("sore")).await.unwrap()), ["a"]);
    engine.apply(vec![put(post("b", "Sore hip"))]).await.unwrap();
    assert_eq!(suite::ids(&engine.search(Query::new("sore")).await.unwrap()), ["a"]);
    let listed = engine.versions(VersionsPage { after: None, limit: 10 }).await.unwrap();
    let listed: Vec<(&str, bool)> =
        listed.iter().map(|Versioned { id, held }| (id.as_str(), held.removed)).collect();
    assert_eq!(listed, [("a", false), ("b", true)]);
}

#[tokio::test]
async fn a_second_opener_is_told_that_the_index_is_in_use() {
    let directory = tempfile::tempdir().unwrap();
    let _first = EmbeddedEngine::open(directory.path()).unwrap();
    assert!(matches!(EmbeddedEngine::open(directory.path()), Err(SearchError::InUse)));
}

#[tokio::test]
async fn a_damaged_index_says_so() {
    let directory = tempfile::tempdir().unwrap();
    drop(EmbeddedEngine::open(directory.path()).unwrap());
    std::fs::write(directory.path().join("v2/meta.json"), "not an index").unwrap();
    assert!(matches!(EmbeddedEngine::open(directory.path()), Err(SearchError::Broken(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_that_apply_at_once_leave_the_newest() {
    let engine = EmbeddedEngine::in_memory().unwrap();
    let workers: Vec<_> = (1..=16_i64)
        .map(|version| {
            let engine = engine.clone();
            tokio::spawn(async move {
                let mut document = post("a", &format!("Title {version}"));
                document.version = version;
                engine.apply(vec![put(document)]).await
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap().unwrap();
    }
    let hits = engine.search(Query::new("title")).await.unwrap();
    assert_eq!(hits.hits.len(), 1);
    assert_eq!(hits.hits[0].title, "Title 16");
}

#[tokio::test]
async fn an_index_of_an_older_format_is_thrown_away() {
    let directory = tempfile::tempdir().unwrap();
    let (older, other) = (directory.path().join("v1"), directory.path().join("mine"));
    for path in [&older, &other] {
        std::fs::create_dir(path).unwrap();
        std::fs::write(path.join("text"), "withdrawn long ago").unwrap();
    }
    drop(EmbeddedEngine::open(directory.path()).unwrap());
    assert!(!older.exists() && other.exists());
}
