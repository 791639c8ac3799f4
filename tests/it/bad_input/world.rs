//! A community in which every form stands on some page, and every id of it.

use serde_json::json;

use crate::harness::{CRISIS, ORDINARY, Person, TestApp};

pub struct World {
    pub rowan: Person,
    pub ines: Person,
    pub imani: Person,
    pub asha: Person,
    pub admin: Person,
    ids: Vec<(&'static str, Vec<String>)>,
}

impl World {
    pub async fn new(t: &TestApp) -> Self {
        let admin = t.admin("Marguerite").await;
        let imani = t.moderator(&admin, "Imani").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        let (rowan, ines) = (t.member("Rowan").await, t.member("Ines").await);
        t.board(&admin, "public").await;
        t.board(&admin, "invited").await;
        let asked = t.ask(&rowan, "public", "Sleeping", ORDINARY).await;
        t.reply(&ines, &asked.thread, "Six weeks, in the end.").await;
        let held = t.ask(&rowan, "public", "I cannot go on", CRISIS).await;
        let claimed = t.ask(&rowan, "public", "I cannot go on either", CRISIS).await;
        let (open, mine) = (t.queue(&imani).await[0]["id"].clone(), t.claim(&imani, &claimed.post).await);
        let draft = json!({ "board": "public", "title": "A draft", "body": "Half a thought." });
        let draft = t.post(&rowan, "/me/drafts", draft).await.expect(201).at("/id");
        let saved = json!({ "name": "Stairs", "query": "q=stairs" });
        let saved = t.post(&rowan, "/search/saved", saved).await.expect(201).at("/id");
        let written = t.article(&asha, "Only drafted").await;
        let verified = t.verified_article(&asha, &asha, &bram, "Swelling").await;
        let stopped = t.verified_article(&asha, &asha, &bram, "Stopped").await;
        let article = |article: &serde_json::Value| article["id"].as_str().unwrap().to_owned();
        t.post(&imani, &format!("/guidance/{}/stop", article(&stopped)), json!({})).await.expect(200);
        t.settle().await;
        // One that goes on: only then can it be cancelled.
        let run = t.back_test(&admin, json!({ "what": "retire", "rule": "spam.prize" })).await;
        t.sql("UPDATE backtests SET state = 'running', report = NULL");
        let revision = t.get(None, &format!("/threads/{}", asked.thread)).await.at("/posts/0/revision");
        // Rows stay a while after they are done.
        t.sql("UPDATE outbox SET dead_at = created_at WHERE id = (SELECT min(id) FROM outbox)");
        let letter = t.get(&admin, "/dead-letters").await.expect(200).at("/letters/0/id");
        let item = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let ids = vec![
            ("/boards/", vec!["public".to_owned()]),
            ("/threads/", vec![asked.thread]),
            ("/posts/", vec![asked.post, held.post]),
            ("/drafts/", vec![draft]),
            ("/saved/", vec![saved]),
            ("/guidance/", vec![article(&written), article(&verified), article(&stopped)]),
            ("/items/", vec![item(&open), item(&mine["id"])]),
            ("/unread/", vec![revision]),
            ("/backtests/", vec![item(&run["id"])]),
            ("/dead-letters/", vec![letter]),
            ("/people/", vec![rowan.id.clone()]),
            ("/assets/", vec!["0".to_owned()]),
        ];
        Self { rowan, ines, imani, asha, admin, ids }
    }

    /// Of every kind of thing, one that Ines may not know of, by the part of a path that names it.
    pub async fn hidden(&self, t: &TestApp) -> Vec<(&'static str, String)> {
        let held = t.ask(&self.rowan, "public", "I cannot go on", CRISIS).await;
        let queue = t.queue(&self.imani).await;
        let item = queue.iter().find(|item| item["post"] == held.post.as_str()).unwrap();
        let of = |place: &str| self.ids.iter().find(|(known, _)| *known == place).unwrap().1[0].clone();
        vec![
            ("/boards/{", "invited".to_owned()),
            ("/threads/{", held.thread),
            ("/posts/{", held.post),
            ("/drafts/{", of("/drafts/")),
            ("/saved/{", of("/saved/")),
            ("/guidance/{", of("/guidance/")),
            ("/items/{", item["id"].as_str().unwrap().to_owned()),
            ("/unread/{", item["revision"].as_str().unwrap().to_owned()),
            ("/backtests/{", of("/backtests/")),
            ("/dead-letters/{", of("/dead-letters/")),
            ("/people/{", self.rowan.id.clone()),
        ]
    }

    /// The addresses behind a path of the registry, with ids that are there.
    pub fn addresses(&self, path: &str) -> Vec<String> {
        // What is searched for can be kept.
        if path == "/search" {
            return vec!["/search?q=swelling".to_owned()];
        }
        let Some((before, _)) = path.split_once('{') else { return vec![path.to_owned()] };
        let known = self.ids.iter().find(|(place, _)| before.ends_with(place));
        let (_, ids) =
            known.unwrap_or_else(|| panic!("which ids fit {path}? Please tell tests/it/bad_input/world.rs"));
        ids.iter().map(|id| with_id(path, id)).collect()
    }
}

/// A path of the registry with this id in every place for one.
pub fn with_id(path: &str, id: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { id } else { part }).collect::<Vec<_>>().join("/")
}

/// Whether an address is one of this path.
pub fn is_of(path: &str, address: &str) -> bool {
    let (path, address): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), address.split('/').collect());
    path.len() == address.len()
        && path.iter().zip(&address).all(|(part, given)| part.starts_with('{') || part == given)
}
