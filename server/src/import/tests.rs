//! Imports on a SQLite file; `tests/it` runs the command itself on both databases.

use super::*;
use crate::accounts::Viewer;
use crate::platform::clock::Clock;
use crate::platform::db::Location;
use crate::platform::ids::Ids;
use crate::review::queue;
use crate::threads::read;
use crate::threads::store as posts;

struct Place {
    importer: Importer,
    _dir: tempfile::TempDir,
}

fn place() -> Place {
    let dir = tempfile::tempdir().unwrap();
    let now = UtcTime::parse("2026-11-24T10:00:00Z").unwrap();
    let location = Location::Sqlite(dir.path().join("test.sqlite"));
    let importer = Importer {
        database: Database::open(&location, 2, Clock::manual(now), Ids::seeded(7)).unwrap(),
        screening: Screening::new(crate::app::rules(None).unwrap()),
        operator: Operator::at_the_command_line(),
        region: Region::new("GB").unwrap(),
        now,
    };
    Place { importer, _dir: dir }
}

impl Place {
    fn bring<K: batches::Kind>(&self, lines: &[serde_json::Value]) -> (Tally, Vec<Told>) {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        self.bring_text::<K>(&text)
    }

    fn bring_text<K: batches::Kind>(&self, text: &str) -> (Tally, Vec<Told>) {
        let mut told = Vec::new();
        let tally = import::<K>(&self.importer, text.as_bytes(), &mut |words| told.push(words)).unwrap();
        (tally, told)
    }

    /// The threads of a board as a stranger reads them, with their posts.
    fn threads(&self, board: &str) -> Vec<(String, Vec<posts::PostRow>)> {
        let viewer = Viewer::anonymous();
        let read = |db: &mut crate::platform::db::Db| {
            let (_, page) = read::board(db, &viewer, board, None)?;
            let thread = |row: posts::ThreadRow| {
                Ok((row.title.clone(), read::thread(db, &viewer, row.id, None)?.posts.rows))
            };
            page.rows.into_iter().map(thread).collect()
        };
        self.importer.database.read(read).unwrap()
    }

    fn waiting(&self) -> Vec<String> {
        let queue = self.importer.database.read(|db| queue::queue(db, None)).unwrap();
        queue.items.into_iter().map(|item| item.plain).collect()
    }
}

fn stairs() -> serde_json::Value {
    serde_json::json!({
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
    let place = place();
    let (tally, told) = place.bring::<Threads>(&[stairs()]);
    assert_eq!((tally.threads, tally.public, tally.held, tally.members), (1, 4, 0, 3));
    assert_eq!(told, []);
    let threads = place.threads("imported");
    let [(title, posts)] = threads.as_slice() else { panic!("{threads:?}") };
    assert_eq!(title, "Stairs");
    let said: Vec<_> = posts.iter().map(|post| post.plain.trim()).collect();
    assert_eq!(said, ["How do you manage?", "Good leg first on the way up.", "Slowly.", "Thanks, all."]);
    assert_eq!(posts[0].first_published_at, UtcTime::parse("2025-03-01T08:00:00Z").unwrap());
    assert_eq!(posts[0].author_id, posts[3].author_id);
    assert_eq!(posts[0].author_name, "Marsh");
    let professional = &posts[1];
    assert!(
        professional.author_name.starts_with("member-"),
        "nobody carries a role's word: {}",
        professional.author_name
    );
    assert!(!professional.author_clinician && !professional.author_moderator);
}

#[test]
fn importing_twice_changes_nothing_and_new_replies_are_added() {
    let place = place();
    place.bring::<Threads>(&[stairs()]);
    let (again, _) = place.bring::<Threads>(&[stairs()]);
    assert_eq!(again, Tally { known: 4, ..Tally::default() });
    let mut longer = stairs();
    longer["replies"].as_array_mut().unwrap().push(serde_json::json!({ "text": "Any news?" }));
    let (more, _) = place.bring::<Threads>(&[longer]);
    assert_eq!((more.known, more.public, more.threads), (4, 1, 0));
    assert_eq!(place.threads("imported")[0].1.len(), 5);
}

#[test]
fn what_the_rules_hold_waits_and_nobody_reads_it_or_hears_of_it() {
    let place = place();
    let mut thread = stairs();
    thread["replies"][1]["text"] = "I want to kill myself tonight.".into();
    let (tally, _) = place.bring::<Threads>(&[thread]);
    assert_eq!((tally.public, tally.held, tally.held_by.get("crisis")), (3, 1, Some(&1)));
    assert_eq!(place.threads("imported")[0].1.len(), 3);
    assert_eq!(place.waiting().len(), 1);
    let due =
        crate::platform::outbox::is_due(&place.importer.database, crate::platform::outbox::Topic::Notice)
            .unwrap();
    assert!(!due, "an import sends no notices");
}

#[test]
fn a_line_that_cannot_be_used_is_named_and_the_rest_comes_in() {
    let place = place();
    let text = format!(
        "{}\n\nnot json\n{{\"thread_id\": [1], \"title\": \"x\"}}\n{{\"thread_id\": 3, \"title\": \" \"}}\n{{\"thread_id\": 4, \"title\": \"When?\", \"created_at\": \"soon\"}}\n{{\"thread_id\": 5, \"title\": \"Last\", \"replies\": [{{\"text\": \" \"}}]}}",
        stairs()
    );
    let (tally, told) = place.bring_text::<Threads>(&text);
    assert_eq!((tally.threads, tally.unusable), (2, 5));
    let lines: Vec<u64> = told
        .iter()
        .filter_map(|told| if let Told::About(line, _) = told { Some(*line) } else { None })
        .collect();
    assert_eq!(lines, [3, 4, 5, 6, 7]);
}

#[test]
fn a_row_goes_to_the_board_it_names_and_without_one_to_the_board_for_imports() {
    let place = place();
    let board = crate::threads::boards::NewBoard {
        slug: "hip-talk".into(),
        name: "Hips".into(),
        description: "Hips.".into(),
        audience: crate::threads::BoardAudience::Public,
        hold_newcomers: false,
    };
    let operator = &place.importer.operator;
    place
        .importer
        .database
        .write(|tx| crate::threads::boards::create_by_operator(tx, operator, &board))
        .unwrap();
    let row = |id: u32, more: serde_json::Value| {
        let mut row = serde_json::json!({ "thread_id": id, "title": format!("Thread {id}") });
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        row
    };
    place.bring::<Threads>(&[
        row(1, serde_json::json!({ "board": "hip-talk" })),
        row(2, serde_json::json!({ "tags": ["Knees", "Hip talk"] })),
        row(3, serde_json::json!({ "board": "nowhere" })),
    ]);
    assert_eq!(place.threads("hip-talk").len(), 2);
    assert_eq!(place.threads("imported").len(), 1);
}

#[test]
fn text_that_is_too_much_for_a_page_is_kept_as_plain_text_or_cut_and_told() {
    let place = place();
    let deep = format!("{} deep", ">".repeat(40));
    let long = "A paragraph of a long story.\n\n".repeat(2000);
    let rows = [("1", deep.as_str()), ("2", long.as_str()), ("3", "a\u{0}b")];
    let rows = rows.map(|(id, body)| serde_json::json!({ "thread_id": id, "title": "Story", "body": body }));
    let (tally, told) = place.bring::<Threads>(&rows);
    assert_eq!((tally.threads, tally.changed, told.len()), (3, 2, 2), "{told:?}");
    let threads = place.threads("imported");
    let all: Vec<&str> = threads.iter().map(|(_, posts)| posts[0].plain.trim()).collect();
    assert!(all.contains(&deep.as_str()) && all.contains(&"ab"));
}

#[test]
fn guidance_arrives_as_drafts_with_its_source_and_its_very_words() {
    let place = place();
    let row = serde_json::json!({
        "id": "G1", "source": "Health Library", "focus": "Swelling", "question": "What helps with swelling?",
        "answer": "Raise the leg.  - twice a day  - *not* in bed", "url": "https://health.example.org/swelling",
    });
    let (tally, _) = place.bring::<Guidance>(&[
        row.clone(),
        serde_json::json!({ "id": "G2", "question": "Empty?", "answer": "" }),
    ]);
    assert_eq!((tally.articles, tally.unusable), (1, 1));
    let (version, sources) = place
        .importer
        .database
        .read(|db| {
            let article = crate::guidance::store::all_articles(db, 10)?.remove(0);
            let version = crate::guidance::store::version(db, article.version_id)?.unwrap();
            let sources = crate::guidance::store::sources_of(db, article.version_id)?;
            Ok((version, sources))
        })
        .unwrap();
    assert_eq!(version.state, crate::guidance::VersionState::Draft);
    assert_eq!(version.title, "What helps with swelling?");
    assert!(version.html.contains("<li>*not* in bed</li>"), "{}", version.html);
    assert_eq!(version.review_due, chrono::NaiveDate::from_ymd_opt(2027, 11, 24).unwrap());
    assert_eq!((sources[0].publisher.as_str(), sources[0].title.as_str()), ("Health Library", "Swelling"));
    let (again, _) = place.bring::<Guidance>(&[row]);
    assert_eq!(again, Tally { known: 1, ..Tally::default() });
}
