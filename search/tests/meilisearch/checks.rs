//! What needs a server: the contract that every engine keeps, and what only this one can get wrong.

use std::path::Path;

use aftercare_search::{
    MeilisearchEngine, MeilisearchOptions, Query, SearchEngine, SearchError, VersionsPage, scoped_keys,
};

use crate::server::Server;
use crate::suite::{self, post, put};

pub(crate) async fn run(binary: &Path) {
    let server = Server::start(binary).await;
    let engine = MeilisearchEngine::new(&server.options).unwrap();
    before_the_first_change_nothing_is_there_to_search(&engine).await;
    suite::run(&engine).await;
    a_process_with_the_search_key_only_searches(&server, &engine).await;
    the_search_key_opens_nothing_else(&server).await;
    a_second_process_sees_and_keeps_what_the_first_made(&server, &engine).await;
    a_server_that_lost_its_data_is_set_up_again(&server, &engine).await;
    names_that_differ_in_case_are_different(&engine).await;
    an_index_built_anew_leaves_no_other_behind(&server, &engine).await;
}

async fn an_index_built_anew_leaves_no_other_behind(server: &Server, engine: &MeilisearchEngine) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let indexes = format!("{}/indexes", server.options.url);
    let older = http.post(&indexes).bearer_auth(&server.master).header("content-type", "application/json");
    let older = older.body(r#"{"uid": "aftercare_v1"}"#);
    assert_eq!(older.send().await.unwrap().status(), 202);
    suite::fill(engine, vec![post("a", "Sore knee")]).await;
    let beside = engine.beside().await.unwrap();
    beside.engine().apply(vec![put(post("b", "Sore hip"))]).await.unwrap();
    // Cut off, and begun again.
    drop(beside);
    let beside = engine.beside().await.unwrap();
    beside.engine().apply(vec![put(post("c", "Sore back"))]).await.unwrap();
    beside.take_over().await.unwrap();
    suite::check(engine, "sore", &["c"]).await;
    let listed = http.get(&indexes).bearer_auth(&server.master).send().await.unwrap().text().await.unwrap();
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let names: Vec<&str> =
        listed["results"].as_array().unwrap().iter().map(|index| index["uid"].as_str().unwrap()).collect();
    assert_eq!(names, ["aftercare_v2"]);
}

async fn before_the_first_change_nothing_is_there_to_search(engine: &MeilisearchEngine) {
    let SearchError::Unavailable(why) = engine.search(Query::new("knee")).await.unwrap_err() else {
        panic!("not an outage")
    };
    assert!(why.contains("not there yet"), "{why}");
}

async fn a_process_with_the_search_key_only_searches(server: &Server, engine: &MeilisearchEngine) {
    suite::fill(engine, vec![post("a", "Sore knee")]).await;
    let options = MeilisearchOptions { write_key: None, ..server.options.clone() };
    let web = MeilisearchEngine::new(&options).unwrap();
    suite::check(&web, "knee", &["a"]).await;
    let page = VersionsPage { after: None, limit: 1 };
    for refused in [
        web.apply(vec![put(post("b", "Sore hip"))]).await.unwrap_err(),
        web.reset().await.unwrap_err(),
        web.versions(page).await.unwrap_err(),
    ] {
        assert!(matches!(&refused, SearchError::Setup(why) if why.contains("no key that may change")));
    }
}

async fn the_search_key_opens_nothing_else(server: &Server) {
    // The search key handed out as if it could write.
    let options =
        MeilisearchOptions { write_key: server.options.search_key.clone(), ..server.options.clone() };
    let engine = MeilisearchEngine::new(&options).unwrap();
    for refused in
        [engine.apply(vec![put(post("b", "Sore hip"))]).await.unwrap_err(), engine.reset().await.unwrap_err()]
    {
        assert!(refused.to_string().contains("does not accept the key"), "{refused}");
    }
    let other = MeilisearchOptions { index: "another".into(), ..server.options.clone() };
    let other = MeilisearchEngine::new(&other).unwrap();
    assert!(other.search(Query::new("knee")).await.unwrap_err().to_string().contains("the key"));
    assert!(other.reset().await.unwrap_err().to_string().contains("the key"));
}

async fn a_second_process_sees_and_keeps_what_the_first_made(server: &Server, engine: &MeilisearchEngine) {
    suite::fill(engine, vec![post("a", "Sore knee")]).await;
    let second = MeilisearchEngine::new(&server.options).unwrap();
    second.apply(vec![put(post("b", "Sore hip"))]).await.unwrap();
    suite::check(engine, "sore", &["a", "b"]).await;
}

async fn a_server_that_lost_its_data_is_set_up_again(server: &Server, engine: &MeilisearchEngine) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let gone =
        http.delete(format!("{}/indexes/aftercare_v2", server.options.url)).bearer_auth(&server.master);
    assert_eq!(gone.send().await.unwrap().status(), 202);
    while engine.search(Query::new("sore")).await.is_ok() {}
    engine.apply(vec![put(post("c", "Sore foot"))]).await.unwrap();
    suite::check(engine, "sore", &["c"]).await;
    // Keys can be made again as well; the old ones go on.
    scoped_keys(&server.options, &server.master.clone().into()).await.unwrap();
}

async fn names_that_differ_in_case_are_different(engine: &MeilisearchEngine) {
    use aftercare_search::{Audience, Document};
    let secret = Document { audience: Audience::Invited("Hips".into()), ..post("A", "Sore hip") };
    suite::fill(engine, vec![secret, post("a", "Sore knee")]).await;
    for (board, expected) in [("hips", vec!["a"]), ("Hips", vec!["A", "a"])] {
        let query = Query { viewer: suite::member(&[board]), ..Query::new("sore") };
        suite::check_query(engine, query, &expected).await;
    }
}
