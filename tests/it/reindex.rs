//! The index built anew, and compared with the rows both ways.

use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use aftercare::discovery::rebuild::rebuild;
use aftercare::discovery::{builds, reconcile};
use aftercare_search::{Audience, Change, Document, Kind, Query};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

use crate::harness::wire::{Serving, aftercare, free_address, settings};
use crate::harness::{TestApp, on_both, postgres};

fn foreign(id: &str) -> Change {
    Change::Put(Document {
        id: id.to_owned(),
        kind: Kind::Post,
        board: None,
        audience: Audience::Public,
        thread: None,
        author: None,
        title: "A heliotrope that nobody wrote about".to_owned(),
        aliases: Vec::new(),
        body: String::new(),
        verified: false,
        has_guidance: false,
        helpful: 0,
        published_at: 0,
        version: 7,
    })
}

/// Ids in the index itself, before any hit is checked.
async fn indexed(t: &TestApp) -> Vec<String> {
    let hits = t.app.search.search(Query::new("heliotrope")).await.unwrap();
    let mut ids: Vec<String> = hits.hits.into_iter().map(|hit| hit.id).collect();
    ids.sort();
    ids
}

#[test]
fn entries_without_a_row_are_removed_and_lost_ones_come_back() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let asked = t.ask(&admin, "public", "Heliotrope", "On the windowsill.").await;
        t.reply(&admin, &asked.thread, "My heliotrope too.").await;
        t.settle().await;
        let right = indexed(t).await;
        assert_eq!(right.len(), 2);
        // An opening is no reply, so its post's own name is foreign, too.
        let names = [
            "aaa".to_owned(),
            "post:0000000000001".to_owned(),
            "post:nonsense".to_owned(),
            format!("post:{}", asked.post),
            "thread:ZZZ".to_owned(),
        ];
        t.app.search.apply(names.iter().map(|name| foreign(name)).collect()).await.unwrap();
        assert_eq!(indexed(t).await.len(), 7);
        assert_eq!(reconcile::reconcile(&t.app).await.unwrap(), 5);
        assert_eq!(indexed(t).await, right);
        assert_eq!(reconcile::reconcile(&t.app).await.unwrap(), 0);
        t.app.search.reset().await.unwrap();
        assert_eq!(reconcile::reconcile(&t.app).await.unwrap(), 2);
        t.settle().await;
        assert_eq!(indexed(t).await, right);
    });
}

#[test]
fn what_happens_while_an_index_is_built_is_in_it() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let kept = t.ask(&admin, "public", "Heliotrope kept", "One.").await;
        let gone = t.ask(&admin, "public", "Heliotrope gone", "Two.").await;
        t.settle().await;
        t.app.search.apply(vec![foreign("post:nonsense")]).await.unwrap();
        let (told, late) = (AtomicUsize::new(0), Mutex::new(None));
        let built = rebuild(&t.app, |_| async {
            assert_eq!(indexed(t).await.len(), 3, "the old one answers");
            if told.fetch_add(1, Ordering::Relaxed) == 0 {
                let asked = t.ask(&admin, "public", "Heliotrope late", "Three.").await;
                t.delete(&admin, &format!("/posts/{}", gone.post)).await.expect(200);
                t.settle().await;
                *late.lock().unwrap() = Some(asked.thread);
            }
            Ok(())
        });
        built.await.unwrap();
        assert!(told.into_inner() > 2, "progress is told");
        let late = late.into_inner().unwrap().unwrap();
        let mut expected = vec![format!("thread:{}", kept.thread), format!("thread:{late}")];
        expected.sort();
        assert_eq!(indexed(t).await, expected);
        // Asked for twice, built once.
        let id = builds::ask(&t.app.database).unwrap();
        assert_eq!(builds::ask(&t.app.database).unwrap(), id);
        assert!(builds::work(&t.app).await.unwrap() && !builds::work(&t.app).await.unwrap());
        let build = builds::look(&t.app.database, id).unwrap();
        assert!(build.ended_at.is_some() && build.error.is_none() && build.done == 2, "{build:?}");
    });
}

fn reindex(data: &std::path::Path, database: &str) -> String {
    let mut command = aftercare();
    settings(&mut command, data, database, free_address());
    let output = command.args(["search", "reindex", "--json"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_verb_builds_with_and_without_a_server() {
    let dir = tempfile::tempdir().unwrap();
    let database = dir.path().join("reindex.sqlite").display().to_string();
    assert!(reindex(dir.path(), &database).contains("\"documents\":0"));
    let serving = Serving::start(dir.path(), &database);
    assert!(reindex(dir.path(), &database).contains("\"documents\":0"));
    let current = || std::fs::read_to_string(dir.path().join("search/v2/current")).unwrap();
    assert_eq!(current(), "2", "the server took over what it built");
    drop(serving);
}

#[test]
fn a_second_server_on_postgresql_needs_a_meilisearch() {
    let Some(url) = postgres() else { return };
    let schema = format!("second{}", std::process::id());
    let mut admin = PgConnection::establish(&url).unwrap();
    admin.batch_execute(&format!("CREATE SCHEMA {schema}")).unwrap();
    let joint = if url.contains('?') { '&' } else { '?' };
    let database = format!("{url}{joint}options=-csearch_path%3D{schema}");
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut first = Serving::start(one.path(), &database);
    let mut command = aftercare();
    settings(&mut command, other.path(), &database, free_address());
    let refused = command.arg("serve").stdin(Stdio::null()).output().unwrap();
    let words = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && words.contains("search.url"), "{words}");
    let meilisearch = [
        ("AFTERCARE_SEARCH__URL", "http://127.0.0.1:1"),
        ("AFTERCARE_SEARCH__SEARCH_KEY", "for-a-test"),
        ("AFTERCARE_SEARCH__WRITE_KEY", "for-a-test"),
    ];
    drop(Serving::start_with(other.path(), &database, &meilisearch));
    first.kill();
    drop(Serving::start(other.path(), &database));
    admin.batch_execute(&format!("DROP SCHEMA {schema} CASCADE")).unwrap();
}
