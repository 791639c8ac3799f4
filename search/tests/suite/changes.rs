//! Putting, replacing, removing, and changes that come late or twice.

use aftercare_search::{Held, SearchEngine, Versioned, VersionsPage};

use super::{check, post, put, remove};

pub(super) async fn run(engine: &dyn SearchEngine) {
    a_change_is_found_at_once(engine).await;
    older_and_repeated_versions_change_nothing(engine).await;
    a_removal_outlives_late_texts(engine).await;
    a_batch_may_hold_several_changes_of_one_id(engine).await;
    versions_are_listed_in_pages(engine).await;
}

async fn a_change_is_found_at_once(engine: &dyn SearchEngine) {
    engine.reset().await.unwrap();
    check(engine, "knee", &[]).await;
    engine.apply(vec![put(post("a", "Sore knee"))]).await.unwrap();
    check(engine, "knee", &["a"]).await;
    let mut replaced = post("a", "Sore hip");
    replaced.version = 2;
    engine.apply(vec![put(replaced)]).await.unwrap();
    check(engine, "knee", &[]).await;
    check(engine, "hip", &["a"]).await;
    engine.apply(vec![remove("a", 3)]).await.unwrap();
    check(engine, "hip", &[]).await;
    engine.apply(Vec::new()).await.unwrap();
}

async fn older_and_repeated_versions_change_nothing(engine: &dyn SearchEngine) {
    engine.reset().await.unwrap();
    let mut second = post("a", "Second wording");
    second.version = 2;
    engine.apply(vec![put(second.clone())]).await.unwrap();
    engine.apply(vec![put(post("a", "First wording"))]).await.unwrap();
    engine.apply(vec![remove("a", 1)]).await.unwrap();
    engine.apply(vec![put(second)]).await.unwrap();
    check(engine, "first", &[]).await;
    check(engine, "second", &["a"]).await;
}

async fn a_removal_outlives_late_texts(engine: &dyn SearchEngine) {
    engine.reset().await.unwrap();
    engine.apply(vec![remove("a", 2), remove("never-seen", 5)]).await.unwrap();
    let mut late = post("a", "Late text");
    engine.apply(vec![put(late.clone())]).await.unwrap();
    late.version = 2;
    engine.apply(vec![put(late.clone())]).await.unwrap();
    check(engine, "late", &[]).await;
    late.version = 3;
    engine.apply(vec![put(late)]).await.unwrap();
    check(engine, "late", &["a"]).await;
    // At the same version nothing is shown, whichever came first.
    engine.apply(vec![remove("a", 3)]).await.unwrap();
    check(engine, "late", &[]).await;
}

async fn a_batch_may_hold_several_changes_of_one_id(engine: &dyn SearchEngine) {
    engine.reset().await.unwrap();
    let mut newer = post("a", "Newer");
    newer.version = 7;
    let batch = vec![
        put(post("a", "Older")),
        put(newer),
        put(post("a", "Older")),
        put(post("b", "Newer")),
        remove("b", 2),
    ];
    engine.apply(batch).await.unwrap();
    check(engine, "newer", &["a"]).await;
    check(engine, "older", &[]).await;
}

async fn versions_are_listed_in_pages(engine: &dyn SearchEngine) {
    engine.reset().await.unwrap();
    engine.apply(vec![put(post("c", "C")), put(post("a", "A"))]).await.unwrap();
    let mut newer = post("a", "A");
    newer.version = 4;
    engine.apply(vec![put(newer), remove("b", 9)]).await.unwrap();
    let entry = |id: &str, version, removed| Versioned { id: id.to_owned(), held: Held { version, removed } };
    let page = |after: Option<&str>, limit| VersionsPage { after: after.map(str::to_owned), limit };
    let first = engine.versions(page(None, 2)).await.unwrap();
    assert_eq!(first, [entry("a", 4, false), entry("b", 9, true)]);
    let second = engine.versions(page(Some("b"), 2)).await.unwrap();
    assert_eq!(second, [entry("c", 1, false)]);
    assert_eq!(engine.versions(page(Some("c"), 2)).await.unwrap(), []);
    engine.reset().await.unwrap();
    assert_eq!(engine.versions(page(None, 2)).await.unwrap(), []);
}
