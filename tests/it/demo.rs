//! The community that `aftercare demo` shows, seeded into both databases.

use aftercare::demo;
use aftercare::oversight::doctor;
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::harness::{Person, on_both};

#[test]
fn the_demo_is_alive_and_the_rules_treat_its_words_as_expected() {
    on_both(async |t| {
        let (app, clock) = (t.app.clone(), t.clock.clone());
        let seed =
            move || demo::seed(&app, &clock, &Runtime::new().unwrap()).map_err(|error| error.to_string());
        let seeded = tokio::task::spawn_blocking(seed).await.unwrap().unwrap();
        assert_eq!(seeded.surprises, Vec::<String>::new());
        let roles: Vec<_> = seeded.accounts.iter().map(|account| account.role).collect();
        assert_eq!(roles, ["member", "moderator", "clinician", "clinician", "admin"]);
        assert!(seeded.accounts.iter().all(|account| account.password.len() >= 10));
        let person = |role: &str| {
            let account = seeded.accounts.iter().find(|account| account.role == role).unwrap();
            let (name, email, token) = (account.name.clone(), account.email.clone(), account.token.clone());
            Person { id: String::new(), name, email, token, cookie: String::new() }
        };
        let list = async |who: Option<&Person>, path: &str, name: &str| -> Vec<Value> {
            t.get(who, path).await.expect(200).json()[name].as_array().unwrap().clone()
        };
        let boards = list(None, "/boards", "boards").await;
        assert_eq!(boards.len(), 5, "one board is for members");
        let path = format!("/boards/{}/threads", boards[0]["slug"].as_str().unwrap());
        assert!(list(None, &path, "threads").await.len() >= 4);
        let moderator = person("moderator");
        assert!(list(Some(&moderator), "/review/items", "items").await.len() >= 7, "a queue with work");
        let articles = list(Some(&moderator), "/guidance?all=true", "articles").await;
        for state in ["draft", "in_review", "verified", "stopped"] {
            assert!(articles.iter().any(|article| article["state"] == state), "no article is {state}");
        }
        assert!(!list(Some(&person("member")), "/me/posts", "posts").await.is_empty());
        let report = doctor::examine(&t.app.database).unwrap();
        assert!(report.ok, "{report:#?}");
    });
}
