//! The things of a test: boards, threads, posts, items, guidance.

use serde_json::{Value, json};

use super::{Answer, Person, TestApp};

/// A text that the shipped rules hold as crisis.
pub const CRISIS: &str = "I can't do this any more. I want to end my life tonight.";
/// A text that no rule minds.
pub const ORDINARY: &str = "How long did it take until you slept through the night again?";

/// Where a text went.
#[derive(Clone, Debug)]
pub struct Posted {
    pub thread: String,
    pub post: String,
    pub state: String,
    pub answer: Value,
}

impl Posted {
    fn of(answer: &Answer) -> Self {
        Self {
            thread: answer.at("/thread"),
            post: answer.at("/post"),
            state: answer.at("/state"),
            answer: answer.json(),
        }
    }
}

impl TestApp {
    /// A board with this audience; its slug is the audience's name.
    pub async fn board(&self, admin: &Person, audience: &str) -> String {
        let body = json!({
            "slug": audience, "name": format!("The {audience} board"), "description": "For trying things out.", "audience": audience,
        });
        self.post(admin, "/boards", body).await.expect(201).at("/slug")
    }

    /// No two things are said in the same instant.
    fn tick(&self) {
        self.wait(chrono::Duration::milliseconds(1));
    }

    /// Asks in a board.
    pub async fn ask(&self, who: &Person, board: &str, title: &str, body: &str) -> Posted {
        self.tick();
        let path = format!("/boards/{board}/threads");
        Posted::of(&self.post(who, &path, json!({ "title": title, "body": body })).await.expect(201))
    }

    /// Replies in a thread.
    pub async fn reply(&self, who: &Person, thread: &str, body: &str) -> Posted {
        self.tick();
        Posted::of(
            &self.post(who, &format!("/threads/{thread}/replies"), json!({ "body": body })).await.expect(201),
        )
    }

    /// The open items, as the moderator's queue lists them.
    pub async fn queue(&self, moderator: &Person) -> Vec<Value> {
        self.get(moderator, "/review/items").await.expect(200).json()["items"].as_array().unwrap().clone()
    }

    /// Claims the item of a post and answers it.
    pub async fn claim(&self, moderator: &Person, post: &str) -> Value {
        let items = self.queue(moderator).await;
        let item = items
            .iter()
            .find(|item| item["post"] == post)
            .unwrap_or_else(|| panic!("no item for {post}: {items:#?}"));
        let path = format!("/review/items/{}/claim", item["id"].as_str().unwrap());
        self.post(moderator, &path, json!({})).await.expect(200).json()
    }

    /// Decides a claimed item; `more` is added to the decision.
    pub async fn decide(&self, moderator: &Person, item: &Value, choice: &str, more: Value) -> Answer {
        let mut body =
            json!({ "item_version": item["version"], "revision": item["revision"], "choice": choice });
        for (name, value) in more.as_object().cloned().unwrap_or_default() {
            body[name] = value;
        }
        self.post(moderator, &format!("/review/items/{}/decision", item["id"].as_str().unwrap()), body).await
    }

    /// A back-test, when it has ended.
    pub async fn back_test(&self, admin: &Person, what: Value) -> Value {
        let id = self.post(admin, "/rules/backtests", what).await.expect(201).at("/id");
        loop {
            let run = self.get(admin, &format!("/rules/backtests/{id}")).await.expect(200).json();
            if run["state"] != "running" {
                return run;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// A drafted article.
    pub async fn article(&self, author: &Person, title: &str) -> Value {
        self.post(author, "/guidance", article_body(title)).await.expect(201).json()
    }

    /// An article with two clinicians' names under it.
    pub async fn verified_article(
        &self,
        author: &Person,
        first: &Person,
        second: &Person,
        title: &str,
    ) -> Value {
        let article = self.article(author, title).await;
        self.sign(first, &article).await.expect(200);
        self.sign(second, &article).await.expect(200).json()
    }

    /// Signs the version that was read.
    pub async fn sign(&self, clinician: &Person, article: &Value) -> Answer {
        let path = format!("/guidance/{}/signatures", article["id"].as_str().unwrap());
        self.post(clinician, &path, json!({ "hash": article["hash"] })).await
    }
}

/// A complete article.
pub fn article_body(title: &str) -> Value {
    json!({
        "title": title,
        "body": "Swelling can last for some months. Raise the leg when you rest.\n\nCall for help if one calf is hot and sore.",
        "review_due": "2027-11-24",
        "sources": [{ "title": "Recovering at home", "publisher": "Example Trust", "url": "https://example.org/recovering", "date": "2026" }],
    })
}
