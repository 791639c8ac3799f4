//! `aftercare import` into both databases, and what readers and staff find afterwards.

use std::path::PathBuf;

use aftercare::platform::outbox::{self, Topic};
use serde_json::{Value, json};

use super::verbs::{done, run, told};
use crate::harness::{Person, TestApp, on_both};

/// Imports these lines; answers what was said of them all, and of single ones.
fn bring_text(t: &TestApp, what: &str, text: &str) -> (String, String) {
    let file: PathBuf = t.app.config.data_dir.join("rows.jsonl");
    std::fs::write(&file, text).unwrap();
    let output = run(t, &["import", &format!("--{what}"), &file.display().to_string()], "");
    (done(&output), told(&output))
}

fn bring(t: &TestApp, what: &str, rows: &[Value]) -> (String, String) {
    bring_text(t, what, &rows.iter().map(|row| format!("{row}\n")).collect::<String>())
}

#[track_caller]
fn counts(said: &str, expected: &[&str]) {
    for line in expected {
        assert!(said.contains(line), "{line:?} is not in {said}");
    }
}

/// The threads of a board as a stranger reads them: title and posts.
async fn threads(t: &TestApp, board: &str) -> Vec<(String, Vec<Value>)> {
    let list = t.get(None, &format!("/boards/{board}/threads")).await.expect(200).json();
    let mut threads = Vec::new();
    for thread in list["threads"].as_array().unwrap() {
        let page =
            t.get(None, &format!("/threads/{}", thread["id"].as_str().unwrap())).await.expect(200).json();
        threads
            .push((thread["title"].as_str().unwrap().to_owned(), page["posts"].as_array().unwrap().clone()));
    }
    threads
}

fn texts(posts: &[Value]) -> Vec<&str> {
    posts.iter().map(|post| post["text"].as_str().unwrap().trim()).collect()
}

fn stairs() -> Value {
    json!({
        "thread_id": 12, "source": "elsewhere", "title": "Stairs", "body": "How do you manage?", "created_at": "2025-03-01T08:00:00Z",
        "author": "Marsh",
        "replies": [
            { "role": "professional", "author": "Nurse Betty", "text": "Good leg first on the way up." },
            { "role": "member", "text": "Slowly." },
            { "role": "member", "text": "Thanks, *all*.", "author": "Marsh" },
        ],
    })
}

#[test]
fn a_thread_comes_in_whole_with_its_people_and_times() {
    on_both(async |t| {
        let (said, about) = bring(t, "threads", &[stairs()]);
        counts(
            &said,
            &[
                "threads:   1 new",
                "4 new, 4 public (0 of them flagged for review), 0 held",
                "members:   3 new",
            ],
        );
        assert!(!about.contains("rows.jsonl:"), "{about}");
        let found = threads(t, "imported").await;
        let [(title, posts)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(title, "Stairs");
        assert_eq!(
            texts(posts),
            ["How do you manage?", "Good leg first on the way up.", "Slowly.", "Thanks, all."]
        );
        assert!(
            posts[0]["first_published_at"].as_str().unwrap().starts_with("2025-03-01T08:00:00"),
            "{}",
            posts[0]
        );
        assert_eq!((&posts[0]["author"], &posts[3]["author"]), (&json!("Marsh"), &json!("Marsh")));
        let professional = posts[1]["author"].as_str().unwrap();
        assert!(professional.starts_with("member-"), "nobody carries a role's word: {professional}");
        let page = t.page(None, &format!("/threads/{}", posts[0]["thread"].as_str().unwrap())).await.text();
        assert!(!page.contains("class=\"role\""), "nobody from elsewhere has a role here");
    });
}

#[test]
fn importing_twice_changes_nothing_and_new_replies_are_added() {
    on_both(async |t| {
        bring(t, "threads", &[stairs()]);
        let (again, _) = bring(t, "threads", &[stairs()]);
        counts(
            &again,
            &["threads:   0 new", "posts:     0 new", "members:   0 new", "known:     4 imported before"],
        );
        let mut longer = stairs();
        longer["replies"].as_array_mut().unwrap().push(json!({ "text": "Any news?" }));
        let (more, _) = bring(t, "threads", &[longer]);
        counts(&more, &["threads:   0 new", "posts:     1 new", "known:     4 imported before"]);
        assert_eq!(threads(t, "imported").await[0].1.len(), 5);
    });
}

#[test]
fn what_the_rules_hold_waits_and_nobody_reads_it_or_hears_of_it() {
    on_both(async |t| {
        let mut thread = stairs();
        thread["replies"][1]["text"] = "I want to kill myself tonight.".into();
        let (said, _) = bring(t, "threads", &[thread]);
        counts(&said, &["4 new, 3 public (0 of them flagged for review), 1 held", "held:    1 for crisis"]);
        assert_eq!(threads(t, "imported").await[0].1.len(), 3);
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        assert_eq!(t.queue(&moderator).await.len(), 1);
        assert!(!outbox::is_due(&t.app.database, Topic::Notice).unwrap(), "an import sends no notices");
    });
}

#[test]
fn a_line_that_cannot_be_used_is_named_and_the_rest_comes_in() {
    on_both(async |t| {
        let lines = [
            stairs().to_string(),
            String::new(),
            "not json".to_owned(),
            json!({ "thread_id": [1], "title": "x" }).to_string(),
            json!({ "thread_id": 3, "title": " " }).to_string(),
            json!({ "thread_id": 4, "title": "When?", "created_at": "soon" }).to_string(),
            json!({ "thread_id": 5, "title": "Last", "replies": [{ "text": " " }] }).to_string(),
        ];
        let (said, about) = bring_text(t, "threads", &lines.join("\n"));
        counts(&said, &["threads:   2 new", "not used:  5, named above"]);
        let named: Vec<&str> =
            about.lines().filter_map(|line| line.split("rows.jsonl:").nth(1)?.split(':').next()).collect();
        assert_eq!(named, ["3", "4", "5", "6", "7"]);
    });
}

#[test]
fn a_row_goes_to_the_board_it_names_and_without_one_to_the_board_for_imports() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let board =
            json!({ "slug": "hip-talk", "name": "Hips", "description": "Hips.", "audience": "public" });
        t.post(&admin, "/boards", board).await.expect(201);
        bring(
            t,
            "threads",
            &[
                json!({ "thread_id": 1, "title": "Thread 1", "board": "hip-talk" }),
                json!({ "thread_id": 2, "title": "Thread 2", "tags": ["Knees", "Hip talk"] }),
                json!({ "thread_id": 3, "title": "Thread 3", "board": "nowhere" }),
            ],
        );
        assert_eq!((threads(t, "hip-talk").await.len(), threads(t, "imported").await.len()), (2, 1));
    });
}

#[test]
fn text_that_is_too_much_for_a_page_is_kept_as_plain_text_or_cut_and_told() {
    on_both(async |t| {
        let deep = format!("{} deep", ">".repeat(40));
        let long = "A paragraph of a long story.\n\n".repeat(2000);
        let rows = [("1", deep.as_str()), ("2", long.as_str()), ("3", "a\u{0}b")];
        let rows = rows.map(|(id, body)| json!({ "thread_id": id, "title": "Story", "body": body }));
        let (said, about) = bring(t, "threads", &rows);
        counts(&said, &["threads:   3 new", "changed:   2 to fit"]);
        assert_eq!(about.matches("rows.jsonl:").count(), 2, "{about}");
        let found = threads(t, "imported").await;
        let all: Vec<&str> = found.iter().map(|(_, posts)| texts(posts)[0]).collect();
        assert!(all.contains(&deep.as_str()) && all.contains(&"ab"));
    });
}

#[test]
fn guidance_arrives_as_drafts_with_its_source_and_its_very_words() {
    on_both(async |t| {
        let row = json!({
            "id": "G1", "source": "Health Library", "focus": "Swelling", "question": "What helps with swelling?",
            "answer": "Raise the leg.  - twice a day  - *not* in bed", "url": "https://health.example.org/swelling",
        });
        let (said, _) =
            bring(t, "guidance", &[row.clone(), json!({ "id": "G2", "question": "Empty?", "answer": "" })]);
        counts(&said, &["guidance:  1 new drafts", "not used:  1, named above"]);
        let admin: Person = t.admin("Marguerite").await;
        let list = t.get(&admin, "/guidance?all=true").await.expect(200);
        let article =
            t.get(&admin, &format!("/guidance/{}?latest=true", list.at("/articles/0/id"))).await.expect(200);
        assert_eq!(
            (article.at("/state"), article.at("/title")),
            ("draft".into(), "What helps with swelling?".into())
        );
        assert!(article.at("/html").contains("<li>*not* in bed</li>"), "{}", article.text());
        assert_eq!(
            (article.at("/sources/0/publisher"), article.at("/sources/0/title")),
            ("Health Library".into(), "Swelling".into())
        );
        t.get(None, &format!("/guidance/{}", list.at("/articles/0/id"))).await.expect(404);
        let (again, _) = bring(t, "guidance", &[row]);
        counts(&again, &["guidance:  0 new drafts", "known:     1 imported before"]);
    });
}
