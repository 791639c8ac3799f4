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
    std::fs::write(directory.path().join("v2/0/meta.json"), "not an index").unwrap();
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

/// The names in the directory of the index that is used now.
fn lying_in(directory: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory.join("v2")).into_iter().flatten();
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn what_was_built_anew_is_there_at_the_next_start_and_nothing_else() {
    let directory = tempfile::tempdir().unwrap();
    let engine = EmbeddedEngine::open(directory.path()).unwrap();
    suite::fill(&engine, vec![post("a", "Sore knee")]).await;
    drop(engine.beside().await.unwrap());
    assert_eq!(lying_in(directory.path()), ["0", "lock"]);
    let beside = engine.beside().await.unwrap();
    beside.engine().apply(vec![put(post("b", "Sore hip"))]).await.unwrap();
    beside.take_over().await.unwrap();
    assert_eq!(lying_in(directory.path()), ["2", "current", "lock"]);
    drop(engine);
    let engine = EmbeddedEngine::open(directory.path()).unwrap();
    suite::check(&engine, "sore", &["b"]).await;
}

#[tokio::test]
async fn a_build_that_was_cut_off_is_removed_at_the_next_start() {
    let directory = tempfile::tempdir().unwrap();
    let engine = EmbeddedEngine::open(directory.path()).unwrap();
    suite::fill(&engine, vec![post("a", "Sore knee")]).await;
    drop(engine);
    std::fs::create_dir(directory.path().join("v2/1")).unwrap();
    for left in ["v2/1/meta.json", "v2/current.new"] {
        std::fs::write(directory.path().join(left), "half").unwrap();
    }
    let engine = EmbeddedEngine::open(directory.path()).unwrap();
    assert_eq!(lying_in(directory.path()), ["0", "lock"]);
    suite::check(&engine, "sore", &["a"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_query_goes_unanswered_while_an_index_takes_over() {
    let directory = tempfile::tempdir().unwrap();
    let engine = EmbeddedEngine::open(directory.path()).unwrap();
    suite::fill(&engine, vec![post("a", "Sore knee")]).await;
    let (done, asker) = (std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false)), engine.clone());
    let told = done.clone();
    let asking = tokio::spawn(async move {
        let mut asked = 0;
        while !told.load(std::sync::atomic::Ordering::Relaxed) {
            assert_eq!(suite::ids(&asker.search(Query::new("sore")).await.unwrap()), ["a"]);
            asked += 1;
        }
        asked
    });
    for _ in 0..5 {
        let beside = engine.beside().await.unwrap();
        beside.engine().apply(vec![put(post("a", "Sore knee"))]).await.unwrap();
        beside.take_over().await.unwrap();
    }
    done.store(true, std::sync::atomic::Ordering::Relaxed);
    assert!(asking.await.unwrap() > 5);
}
