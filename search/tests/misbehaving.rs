//! A Meilisearch that is down, slow, broken or lying: every answer of ours is an error in time, never a panic.

#[cfg(test)]
mod stand_in;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use aftercare_search::{
    Change, Filters, Kind, MeilisearchEngine, MeilisearchOptions, Query, SearchEngine, SearchError,
    SuggestQuery, Total, VersionsPage,
};
use stand_in::{Answer, StandIn};

const LIMIT: Duration = Duration::from_millis(400);
/// What a busy machine may take on top.
const LEEWAY: Duration = Duration::from_secs(2);

#[cfg(test)]
fn engine(url: &str) -> MeilisearchEngine {
    MeilisearchEngine::new(&MeilisearchOptions {
        search_key: Some("search".to_owned().into()),
        write_key: Some("write".to_owned().into()),
        answer_within: LIMIT,
        change_within: LIMIT,
        ..MeilisearchOptions::new(url)
    })
    .unwrap()
}

#[cfg(test)]
fn removal() -> Vec<Change> {
    vec![Change::Remove { id: "a".into(), version: 1 }]
}

/// Every method fails as an outage, in time, in words without the question. Answers what they said.
#[cfg(test)]
async fn check_all_fail(url: &str) -> Vec<String> {
    let engine = engine(url);
    let asked = SuggestQuery { text: "private matter".into(), top: 3, ..SuggestQuery::default() };
    let started = Instant::now();
    let failures = [
        engine.search(Query::new("private matter")).await.map(drop),
        engine.suggest(asked).await.map(drop),
        engine.versions(VersionsPage { after: None, limit: 5 }).await.map(drop),
        engine.apply(removal()).await,
        engine.reset().await,
    ];
    assert!(started.elapsed() < LIMIT * 5 + LEEWAY);
    let mut said = Vec::new();
    for failure in failures {
        let SearchError::Unavailable(why) = failure.unwrap_err() else { panic!("not an outage") };
        assert!(!why.contains("private") && !why.contains("matter") && !why.contains("127.0.0.1"), "{why}");
        said.push(why);
    }
    said
}

#[tokio::test]
async fn a_server_that_is_down_is_an_outage() {
    let url = StandIn::start(|_| Answer::Nothing).await.stopped();
    for why in check_all_fail(&url).await {
        assert_eq!(why, "Meilisearch cannot be reached");
    }
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up_in_time() {
    let server = StandIn::start(|_| Answer::Nothing).await;
    for why in check_all_fail(&server.url).await {
        assert_eq!(why, "Meilisearch does not answer in time");
    }
}

#[tokio::test]
async fn an_answer_without_end_is_given_up_in_time() {
    let server = StandIn::start(|_| Answer::Endless).await;
    check_all_fail(&server.url).await;
}

#[tokio::test]
async fn errors_and_nonsense_are_outages() {
    let page = "<!doctype html><title>private matter</title>";
    let echo = r#"{"message":"private matter","code":"internal","type":"internal","link":""}"#;
    let odd = r#"{"message":7,"code":"internal"}"#;
    let bodies = [
        (500, ""),
        (500, echo),
        (503, page),
        (429, odd),
        (200, page),
        (200, ""),
        (200, "null"),
        (200, "[]"),
        (200, "{\"results\":"),
        (200, r#"{"results":[],"hits":7}"#),
        (202, r#"{"taskUid":99999999999,"status":"enqueued"}"#),
        (404, ""),
    ];
    for (status, body) in bodies {
        let server = StandIn::start(move |_| Answer::Body(status, body.to_owned())).await;
        check_all_fail(&server.url).await;
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = StandIn::start(|_| Answer::Nothing).await;
    let target = elsewhere.url.clone();
    let server = StandIn::start(move |_| Answer::Redirect(target.clone())).await;
    check_all_fail(&server.url).await;
    assert_eq!(elsewhere.asked(), 0);
    assert!(server.asked() > 0);
}

#[tokio::test]
async fn a_key_that_is_not_accepted_is_named() {
    let refused =
        r#"{"message":"The provided API key is invalid.","code":"invalid_api_key","type":"auth","link":""}"#;
    let server = StandIn::start(move |_| Answer::Body(403, refused.to_owned())).await;
    for why in check_all_fail(&server.url).await {
        assert_eq!(why, "Meilisearch does not accept the key");
    }
}

/// Takes every change on and says of every task what it is told to.
#[cfg(test)]
async fn with_tasks(task: &'static str) -> StandIn {
    StandIn::start(move |path| {
        if path.starts_with("/tasks/") {
            return Answer::Body(200, format!("{{{TASK},{task}}}"));
        }
        if path.contains("/search HTTP") {
            return Answer::Body(200, FOUND_NOTHING.to_owned());
        }
        Answer::Body(202, ENQUEUED.to_owned())
    })
    .await
}

const ENQUEUED: &str = r#"{"taskUid":1,"indexUid":"aftercare_v2","status":"enqueued","type":"indexCreation",
    "enqueuedAt":"2026-01-01T00:00:00Z"}"#;
const TASK: &str = r#""uid":1,"indexUid":"aftercare_v2","type":"indexCreation","details":{"primaryKey":"key"},
    "enqueuedAt":"2026-01-01T00:00:00Z","startedAt":"2026-01-01T00:00:00Z","canceledBy":null"#;
const FOUND_NOTHING: &str =
    r#"{"hits":[],"query":"","processingTimeMs":1,"limit":1,"offset":0,"estimatedTotalHits":0}"#;
const DONE: &str =
    r#""status":"succeeded","duration":"PT0.1S","finishedAt":"2026-01-01T00:00:00Z","error":null"#;

#[tokio::test]
async fn a_change_counts_when_its_task_succeeded() {
    let server = with_tasks(DONE).await;
    engine(&server.url).apply(removal()).await.unwrap();
    engine(&server.url).reset().await.unwrap();
}

#[tokio::test]
async fn a_task_that_failed_was_cancelled_or_never_ends_is_no_success() {
    let cases = [
        (
            r#""status":"failed","duration":"PT0.1S","finishedAt":"2026-01-01T00:00:00Z",
            "error":{"message":"private","code":"no_space_left_on_device","type":"internal","link":""}"#,
            "did not take the change",
        ),
        (
            r#""status":"canceled","duration":"PT0.1S","finishedAt":"2026-01-01T00:00:00Z","error":null"#,
            "cannot be read",
        ),
        (r#""status":"enqueued","duration":null,"finishedAt":null,"error":null"#, "in time"),
        (r#""status":"processing","duration":null,"finishedAt":null,"error":null"#, "in time"),
    ];
    for (task, expected) in cases {
        let server = with_tasks(task).await;
        for failure in [engine(&server.url).apply(removal()).await, engine(&server.url).reset().await]
            .map(Result::unwrap_err)
        {
            let why = failure.to_string();
            assert!(why.contains(expected) && !why.contains("private"), "{task}: {why}");
        }
    }
}

/// Counts everything as one and answers a search with this.
#[cfg(test)]
async fn searched(found: &'static str) -> Result<aftercare_search::Hits, SearchError> {
    let server = StandIn::start(move |request: &str| {
        let one = FOUND_NOTHING.replace("Hits\":0", "Hits\":1");
        match request.contains("\"federation\"") {
            true => Answer::Body(200, found.to_owned()),
            false if request.starts_with("/multi-search") => {
                let many = request.matches("indexUid").count();
                Answer::Body(200, format!("{{\"results\":[{}]}}", vec![one; many].join(",")))
            }
            false => Answer::Body(200, FOUND_NOTHING.to_owned()),
        }
    })
    .await;
    let filters = Filters { kinds: vec![Kind::Post], ..Filters::default() };
    engine(&server.url).search(Query { filters, ..Query::new("knee") }).await
}

#[tokio::test]
async fn lies_about_what_was_found_are_outages_or_harmless() {
    let outages = [
        r#"{"hits":[{"id":"a","place":"k61.post.","title":"","body":""}],"offset":0,"limit":1,
            "estimatedTotalHits":1,"processingTimeMs":1}"#,
        r#"{"hits":[{"id":"a","place":"k61.secret.","title":"","body":"",
            "_federation":{"indexUid":"x","queriesPosition":0,"weightedRankingScore":1}}],"offset":0,"limit":1,
            "estimatedTotalHits":1,"processingTimeMs":1}"#,
        r#"{"hits":[],"offset":0,"limit":1,"estimatedTotalHits":-1,"processingTimeMs":1}"#,
        r#"{"hits":[],"offset":0,"limit":1,"estimatedTotalHits":1e400,"processingTimeMs":1}"#,
        r#"{"hits":[],"offset":0,"limit":1,"estimatedTotalHits":1,"processingTimeMs":1,
            "facetDistribution":{"kind":{"post":1},"board_key":{"<script>":1}}}"#,
        r#"{"hits":[],"offset":0,"limit":1,"estimatedTotalHits":7,"processingTimeMs":1,
            "facetDistribution":{"place":{"nowhere":1}}}"#,
        r#"{"hits":[{"id":"a","place":"k61.post."}],"offset":0,"limit":1,"estimatedTotalHits":1,"processingTimeMs":1}"#,
    ];
    for found in outages {
        assert!(matches!(searched(found).await, Err(SearchError::Unavailable(_))), "{found}");
    }
    let many = r#"{"hits":[],"offset":0,"limit":1,"estimatedTotalHits":18446744073709551615,"processingTimeMs":1,
        "facetDistribution":{"kind":{"post":18446744073709551615,"secret":3},"board_key":{"k61":1}}}"#;
    let hits = searched(many).await.unwrap();
    assert_eq!((hits.total, hits.kinds.len(), hits.boards[0].value.as_str()), (Total::MoreThan200, 1, "a"));
}

/// Finds so many documents and never says which words there are. Answers what was asked: counts, searches, lists of words.
#[cfg(test)]
async fn found_without_hints(found: usize) -> [usize; 3] {
    let asked = Arc::new([const { AtomicUsize::new(0) }; 3]);
    let count = asked.clone();
    let server = StandIn::start(move |request: &str| {
        let is = |at: usize| count[at].fetch_add(1, Ordering::Relaxed);
        if request.contains("/facet-search") {
            is(2);
            return Answer::Nothing;
        }
        if request.contains("\"federation\"") {
            is(1);
            let places: Vec<String> = (0..found).map(|at| format!("\"k6{at}.post.\":1")).collect();
            let counted = format!("\"facetDistribution\":{{\"place\":{{{}}}}},\"offset\"", places.join(","));
            let none = FOUND_NOTHING.replace("Hits\":0", &format!("Hits\":{found}"));
            return Answer::Body(200, none.replace("\"offset\"", &counted));
        }
        is(0);
        let one = FOUND_NOTHING.replace("Hits\":0", "Hits\":1");
        let many = request.matches("indexUid").count();
        Answer::Body(200, format!("{{\"results\":[{}]}}", vec![one; many].join(",")))
    })
    .await;
    let hits = engine(&server.url).search(Query { limit: 0, ..Query::new("goit ") }).await.unwrap();
    assert_eq!((hits.did_you_mean, hits.total), (None, Total::Exact(found)));
    [0, 1, 2].map(|at| asked[at].load(Ordering::Relaxed))
}

#[tokio::test]
async fn corrections_are_asked_for_where_little_is_found_and_hold_up_no_answer() {
    assert_eq!(found_without_hints(3).await, [1, 1, 0]);
    assert_eq!(found_without_hints(2).await, [2, 1, 3]);
}

#[test]
fn keys_are_needed_and_must_be_keys() {
    let options = MeilisearchOptions::new("http://127.0.0.1:7700");
    assert!(matches!(MeilisearchEngine::new(&options), Err(SearchError::Setup(_))));
    let options = MeilisearchOptions { search_key: Some("two\nlines".to_owned().into()), ..options };
    assert!(matches!(MeilisearchEngine::new(&options), Err(SearchError::Setup(_))));
}
