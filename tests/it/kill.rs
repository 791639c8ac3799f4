//! kill -9 while four people write: nothing that was acknowledged is lost, nothing is doubled, `doctor` finds nothing broken.

use std::collections::HashMap;
use std::path::Path;
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use serde_json::json;

use crate::harness::wire::{Serving, aftercare, free_address, request, settings};
use crate::harness::{CRISIS, PASSWORD, postgres};

const CYCLES: u32 = 20;
const WRITERS: usize = 4;

#[test]
fn twenty_cycles_of_kill_9_lose_nothing_on_sqlite() {
    let dir = tempfile::tempdir().unwrap();
    torture(dir.path(), &dir.path().join("kill.sqlite").display().to_string());
}

#[test]
fn twenty_cycles_of_kill_9_lose_nothing_on_postgresql() {
    let Some(url) = postgres() else { return };
    let dir = tempfile::tempdir().unwrap();
    let schema = format!("kill{}", std::process::id());
    let mut admin = PgConnection::establish(&url).unwrap();
    admin.batch_execute(&format!("CREATE SCHEMA {schema}")).unwrap();
    let joint = if url.contains('?') { '&' } else { '?' };
    torture(dir.path(), &format!("{url}{joint}options=-csearch_path%3D{schema}"));
    admin.batch_execute(&format!("DROP SCHEMA {schema} CASCADE")).unwrap();
}

/// Adds somebody from the command line, password on standard input.
fn add_user(data: &Path, database: &str, name: &str, role: &str) {
    let mut command = aftercare();
    settings(&mut command, data, database, free_address());
    let email = format!("{}@example.org", name.to_lowercase());
    let mut child = command
        .args(["user", "add", "--name", name, "--email", &email, "--role", role])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), format!("{PASSWORD}\n").as_bytes()).unwrap();
    assert!(child.wait().unwrap().success(), "user add {name}");
}

fn torture(data: &Path, database: &str) {
    add_user(data, database, "Lead", "admin");
    add_user(data, database, "Rowan", "member");
    let mut serving = Serving::start(data, database);
    let sign_in = |name: &str| {
        let body = json!({ "email": format!("{name}@example.org"), "password": PASSWORD });
        request(serving.address, "POST", "/api/v1/sessions", None, Some(&body)).unwrap().1["token"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let (lead, rowan) = (sign_in("lead"), sign_in("rowan"));
    let board =
        json!({ "slug": "public", "name": "Public", "description": "For trying.", "audience": "public" });
    assert_eq!(request(serving.address, "POST", "/api/v1/boards", Some(&lead), Some(&board)).unwrap().0, 201);
    // The acknowledgements are kept here, in another process than the one that dies.
    let acknowledged: Mutex<HashMap<String, String>> = Mutex::default();
    let (number, attempts) = (AtomicU32::new(0), AtomicU32::new(0));
    for cycle in 0..CYCLES {
        let stop = AtomicBool::new(false);
        let address = serving.address;
        std::thread::scope(|scope| {
            for _ in 0..WRITERS {
                scope.spawn(|| {
                    while !stop.load(Ordering::Relaxed) {
                        let key = format!("key-number-{}", number.fetch_add(1, Ordering::Relaxed));
                        // Every third is held, so that items, outbox and audit are in the storm too.
                        let text = if key.ends_with(['0', '3', '6']) { CRISIS } else { "An ordinary day." };
                        let body = json!({ "title": key, "body": text, "nonce": key });
                        attempts.fetch_add(1, Ordering::Relaxed);
                        if let Some((201, answer)) = request(
                            address,
                            "POST",
                            "/api/v1/boards/public/threads",
                            Some(&rowan),
                            Some(&body),
                        ) {
                            acknowledged
                                .lock()
                                .unwrap()
                                .insert(key, answer["post"].as_str().unwrap().to_owned());
                        }
                    }
                });
            }
            // Some writes are acknowledged in every cycle, however slow the machine; then the blow falls at an odd moment.
            let before = acknowledged.lock().unwrap().len();
            let patience = Instant::now() + Duration::from_secs(20);
            while acknowledged.lock().unwrap().len() < before + WRITERS && Instant::now() < patience {
                std::thread::sleep(Duration::from_millis(5));
            }
            std::thread::sleep(Duration::from_millis(u64::from(cycle * 37 % 240)));
            serving.kill();
            stop.store(true, Ordering::Relaxed);
        });
        serving = Serving::start(data, database);
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    let mut stored: HashMap<String, Vec<String>> = HashMap::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/v1/me/posts?cursor={cursor}");
        let page = request(serving.address, "GET", &path, Some(&rowan), None).unwrap().1;
        for post in page["posts"].as_array().unwrap() {
            stored
                .entry(post["title"].as_str().unwrap().into())
                .or_default()
                .push(post["id"].as_str().unwrap().into());
        }
        match page["next"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    let lost: Vec<&String> = acknowledged
        .iter()
        .filter(|(key, post)| !stored.get(*key).is_some_and(|ids| ids.contains(post)))
        .map(|(key, _)| key)
        .collect();
    let doubled: Vec<&String> = stored.iter().filter(|(_, ids)| ids.len() > 1).map(|(key, _)| key).collect();
    println!(
        "kill -9: {CYCLES} cycles, {} attempts, {} acknowledged, {} lost, {} doubled",
        attempts.load(Ordering::Relaxed),
        acknowledged.len(),
        lost.len(),
        doubled.len()
    );
    assert!(acknowledged.len() >= 60, "hardly anything was written: {}", acknowledged.len());
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    assert!(doubled.is_empty(), "sent once, kept twice: {doubled:?}");
    serving.kill();
    let mut command = aftercare();
    settings(&mut command, data, database, free_address());
    let output = command.args(["doctor", "--json"]).output().unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
