//! A board's stage of care: a rule for other stages does not count there, on any way a text can take.

use serde_json::{Value, json};

use crate::harness::{Person, TestApp, on_both_with};

/// A rule that counts after an operation only, and one that counts everywhere.
const PACK: &str = r#"
subject = "A test"
owner = "Ward sister"
review = "2099-01-01"
source = "Made up"
[[rule]]
id = "test.warm"
version = 1
state = "live"
title = "Warm after an operation"
why = "To see where it counts."
category = "emergency"
severity = "red"
action = "hold"
needs = ["emergency"]
stages = ["after_surgery"]
any = ["rather warm"]
[rule.examples]
match = ["I am rather warm.", "He feels rather warm."]
pass = ["A walk.", "A rest."]
[[rule]]
id = "test.shelf"
version = 1
state = "live"
title = "Where something is kept"
why = "To see words left out."
category = "crisis"
severity = "red"
action = "hold"
redact = true
any = ["on the top shelf"]
[rule.examples]
match = ["It is on the top shelf.", "They are on the top shelf."]
pass = ["A walk.", "A rest."]
"#;

const WARM: &str = "Since this morning I feel rather warm.";
const COOL: &str = "Since this morning I feel quite well.";

fn on_pack(test: impl AsyncFn(&TestApp)) {
    let settings = |config: &mut aftercare::platform::config::Config| {
        let dir = config.data_dir.join("packs");
        std::fs::create_dir_all(&dir).unwrap();
        std::fs::write(dir.join("a.toml"), PACK).unwrap();
        config.rules.packs = Some(dir);
    };
    on_both_with(settings, test);
}

async fn board(t: &TestApp, admin: &Person, slug: &str, stage: Option<&str>) -> Value {
    let mut body = json!({ "slug": slug, "name": slug, "description": "To try.", "audience": "public" });
    if let Some(stage) = stage {
        body["stage"] = json!(stage);
    }
    t.post(admin, "/boards", body).await.expect(201).json()
}

/// Which states a question, a reply, and an edit of a harmless question come to in a board.
async fn states(t: &TestApp, who: &Person, board: &str) -> [String; 3] {
    let warm = t.ask(who, board, "Warm", WARM).await;
    let cool = t.ask(who, board, "Well", COOL).await;
    assert_eq!(cool.state, "public");
    let reply = t.reply(who, &cool.thread, WARM).await;
    let edit = json!({ "title": "Well", "body": WARM });
    let edited = t.put(who, &format!("/posts/{}", cool.post), edit).await.expect(200).json();
    for (answer, held) in [
        (&warm.answer, warm.state == "held"),
        (&reply.answer, reply.state == "held"),
        (&edited, edited["edit_waits"] == true),
    ] {
        assert_eq!(
            answer["care"].as_array().unwrap().is_empty(),
            !held,
            "help comes with the hold: {answer}"
        );
    }
    [warm.state, reply.state, if edited["edit_waits"] == true { "held" } else { "public" }.into()]
}

#[test]
fn a_rule_for_another_stage_of_care_does_not_count_in_a_board() {
    on_pack(async |t| {
        let admin = t.admin("Marguerite").await;
        assert_eq!(board(t, &admin, "wards", Some("after_surgery")).await["stage"], "after_surgery");
        assert_eq!(board(t, &admin, "colds", Some("general")).await["stage"], "general");
        assert_eq!(board(t, &admin, "any", None).await.get("stage"), None);
        let rowan = t.member("Rowan").await;
        assert_eq!(states(t, &rowan, "wards").await, ["held"; 3]);
        assert_eq!(states(t, &rowan, "colds").await, ["public"; 3]);
        assert_eq!(states(t, &rowan, "any").await, ["held"; 3], "nobody said which: every rule counts");
        // A back-test sees the boards as posting does: without the rule, only what it holds is released.
        let run = t.back_test(&admin, json!({ "what": "retire", "rule": "test.warm" })).await;
        assert_eq!(
            run["report"]["categories"]["emergency"]["released"], 6,
            "of 9 posts with the words: {run:#}"
        );
    });
}

#[test]
fn forms_and_drafts_show_help_where_the_rule_counts() {
    on_pack(async |t| {
        let admin = t.admin("Marguerite").await;
        let rowan = t.member("Rowan").await;
        for (slug, stage, helps) in [("wards", "after_surgery", true), ("colds", "general", false)] {
            board(t, &admin, slug, Some(stage)).await;
            let cool = t.ask(&rowan, slug, "Well", COOL).await;
            let draft = json!({ "board": slug, "title": "Warm", "body": COOL });
            let draft = t.post(&rowan, "/me/drafts", draft).await.expect(201).at("/id");
            let reply = json!({ "thread": cool.thread, "body": COOL });
            let reply = t.post(&rowan, "/me/drafts", reply).await.expect(201).at("/id");
            let (draft, reply) = (format!("/me/drafts/{draft}"), format!("/me/drafts/{reply}"));
            for path in [
                format!("/boards/{slug}/ask"),
                format!("/threads/{}/reply", cool.thread),
                format!("/posts/{}/edit", cool.post),
                draft.clone(),
                reply,
            ] {
                let fields = [("title", "Warm"), ("body", WARM), ("about", "me"), ("action", "preview")];
                let fields = if path.ends_with("/reply") { &fields[1..] } else { &fields[..] };
                let page = t.form(&rowan, &path, fields).await.expect(200).text();
                assert_eq!(page.contains("class=\"care\""), helps, "{path}: {page}");
            }
            let keep = [("title", "Warm"), ("body", WARM), ("about", "me"), ("action", "draft")];
            for path in [format!("/boards/{slug}/ask"), draft] {
                let kept = t.form(&rowan, &path, &keep).await.expect(303);
                let to = kept.header("location").unwrap();
                assert_eq!(to != "/me/drafts?done=kept", helps, "{path} goes on to {to}");
            }
        }
    });
}

#[test]
fn an_admin_changes_the_stage_and_it_counts_from_then_on() {
    on_pack(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let rowan = t.member("Rowan").await;
        board(t, &admin, "stairs", Some("general")).await;
        let state = async || t.ask(&rowan, "stairs", "Warm", WARM).await.state;
        assert_eq!(state().await, "public");
        let path = "/boards/stairs/stage";
        let set = t.put(&admin, path, json!({ "stage": "after_surgery" })).await.expect(200);
        assert_eq!(set.at("/stage"), "after_surgery");
        assert_eq!(state().await, "held");
        t.put(&admin, path, json!({ "stage": "sideways" })).await.expect(422);
        t.put(&moderator, path, json!({})).await.expect(403);
        t.put(&admin, "/boards/nowhere/stage", json!({})).await.expect(404);
        let form = [("board", "stairs"), ("stage", "pregnancy")];
        t.form(&admin, "/admin/boards/stage", &form).await.expect(303);
        assert_eq!(state().await, "public");
        let page = t.page(&admin, "/admin/boards").await.expect(200).text();
        assert!(page.contains("<td data-th=\"Stage of care\">Pregnancy and birth</td>"), "{page}");
        let form = [("board", "nowhere"), ("stage", "end_of_life")];
        let page = t.form(&admin, "/admin/boards/stage", &form).await.expect(422).text();
        assert!(page.contains("Please choose a board that is there."), "{page}");
        assert!(page.contains("value=\"end_of_life\" selected"), "what was chosen stays: {page}");
        t.put(&admin, path, json!({})).await.expect(200);
        assert_eq!(state().await, "held");
        let record = t.get(&admin, "/audit").await.json();
        let rows = record["rows"].as_array().unwrap().iter();
        let said: Vec<&str> = rows
            .filter(|row| row["action"] == "board.stage")
            .map(|row| row["reason"].as_str().unwrap())
            .collect();
        assert_eq!(said, ["every stage", "pregnancy", "after_surgery"]);
    });
}

#[test]
fn what_a_moderator_publishes_with_words_left_out_is_judged_as_its_board_says() {
    on_pack(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        board(t, &admin, "colds", Some("general")).await;
        let rowan = t.member("Rowan").await;
        let held = t.ask(&rowan, "colds", "Warm", &format!("{WARM} They are on the top shelf.")).await;
        assert_eq!(held.state, "held");
        let item = t.claim(&moderator, &held.post).await;
        t.decide(&moderator, &item, "publish_masked", json!({})).await.expect(200);
        let shown = t.get(None, &format!("/threads/{}", held.thread)).await.at("/posts/0/text");
        assert!(shown.starts_with(WARM) && !shown.contains("top shelf"), "{shown}");
        let rules = t.get(&admin, "/rules").await.json()["rules"].as_array().unwrap().clone();
        let hits = |id: &str| rules.iter().find(|rule| rule["rule"] == id).map(|rule| rule["hits"].clone());
        assert_eq!((hits("test.warm"), hits("test.shelf")), (Some(json!(0)), Some(json!(1))));
    });
}
