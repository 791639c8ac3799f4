//! A new index beside the one that answers.

use aftercare_search::{SearchEngine, VersionsPage};

use super::{check, fill, post, put, remove};

pub(super) async fn run(engine: &dyn SearchEngine) {
    nobody_sees_a_half_filled_index(engine).await;
    one_that_is_given_up_leaves_nothing(engine).await;
}

async fn nobody_sees_a_half_filled_index(engine: &dyn SearchEngine) {
    fill(engine, vec![post("a", "Sore knee"), post("foreign", "Sore hip")]).await;
    engine.apply(vec![remove("gone", 9)]).await.unwrap();
    let beside = engine.beside().await.unwrap();
    check(beside.engine(), "sore", &[]).await;
    beside.engine().apply(vec![put(post("a", "Sore knee")), put(post("b", "Sore foot"))]).await.unwrap();
    check(engine, "sore", &["a", "foreign"]).await;
    check(beside.engine(), "sore", &["a", "b"]).await;
    // The old one takes changes meanwhile, and they go with it.
    engine.apply(vec![put(post("c", "Sore back"))]).await.unwrap();
    check(engine, "sore", &["a", "c", "foreign"]).await;
    beside.take_over().await.unwrap();
    check(engine, "sore", &["a", "b"]).await;
    let listed = engine.versions(VersionsPage { after: None, limit: 9 }).await.unwrap();
    let listed: Vec<&str> = listed.iter().map(|versioned| versioned.id.as_str()).collect();
    assert_eq!(listed, ["a", "b"], "no entry and no tombstone of the old one");
    engine.apply(vec![put(post("c", "Sore back")), remove("b", 2)]).await.unwrap();
    check(engine, "sore", &["a", "c"]).await;
}

async fn one_that_is_given_up_leaves_nothing(engine: &dyn SearchEngine) {
    fill(engine, vec![post("a", "Sore knee")]).await;
    let beside = engine.beside().await.unwrap();
    beside.engine().apply(vec![put(post("b", "Sore hip"))]).await.unwrap();
    drop(beside);
    check(engine, "sore", &["a"]).await;
    let beside = engine.beside().await.unwrap();
    check(beside.engine(), "sore", &[]).await;
    beside.take_over().await.unwrap();
    check(engine, "sore", &[]).await;
}
