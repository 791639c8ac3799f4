//! The learned score at work: in shadow it is only shown to moderators; active it may hold, and says why.

use aftercare::platform::config::{Config, ScoreMode};
use moderation_rules::Category;
use moderation_rules::score::{Example, Training, train};
use tempfile::NamedTempFile;

use crate::harness::{CRISIS, Person, TestApp, on_both_with};

/// What no rule of ours would notice, and the model below was taught to.
const QUIET: &str = "I shall walk through the garden gate before dawn and not turn round.";

/// A model that knows one thing.
fn model() -> NamedTempFile {
    let hours = ["tonight", "before dawn", "at nine", "after lunch", "on Sunday"];
    let example = |text: String, category| Example { text, category, source: "made up".to_owned() };
    let told = hours.map(|hour| {
        [
            example(
                format!("I shall walk through the gate {hour} and not turn round."),
                Some(Category::Crisis),
            ),
            example(format!("We painted the gate {hour} and had tea."), None),
        ]
    });
    let training = Training {
        version: "gate-1".to_owned(),
        trained_on: "made-up sentences".to_owned(),
        categories: vec![Category::Crisis],
        alerts_per_1000: 10.0,
        seed: 1,
    };
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), train(&told.concat(), &training).0.write()).unwrap();
    file
}

async fn people(t: &TestApp) -> (Person, Person) {
    let admin = t.admin("Marguerite").await;
    let moderator = t.moderator(&admin, "Imani").await;
    t.board(&admin, "public").await;
    (t.member("Rowan").await, moderator)
}

#[test]
fn active_it_holds_what_it_reaches_and_the_desk_shows_the_words_that_weighed_most() {
    let model = model();
    let settings = |config: &mut Config| {
        config.rules.score = ScoreMode::Active;
        config.rules.score_model = Some(model.path().to_owned());
    };
    on_both_with(settings, async |t| {
        let (rowan, moderator) = people(t).await;
        let asked = t.ask(&rowan, "public", "The gate", QUIET).await;
        t.get(None, &format!("/threads/{}", asked.thread)).await.expect(404);
        // Its author is shown help, and nothing of how it came about.
        let page = t.page(&rowan, &format!("/threads/{}", asked.thread)).await.expect(200).text();
        assert!(!page.contains("score") && !page.contains("gate-1"), "{page}");
        let items = t.queue(&moderator).await;
        assert_eq!((items.len(), items[0]["severity"].as_str()), (1, Some("red")));
        let desk = format!("/desk/items/{}", items[0]["id"].as_str().unwrap());
        let page = t.page(&moderator, &desk).await.expect(200).text();
        assert!(page.contains("The learned score") && page.contains("gate-1"), "{page}");
        assert!(page.contains("turn round") && !page.contains("in shadow"), "{page}");
        let other = t.ask(&rowan, "public", "The other gate", "We painted the gate and had tea.").await;
        t.get(None, &format!("/threads/{}", other.thread)).await.expect(200);
    });
}

#[test]
fn in_shadow_it_holds_nothing_and_moderators_see_what_it_would_have_said() {
    let model = model();
    let settings = |config: &mut Config| config.rules.score_model = Some(model.path().to_owned());
    on_both_with(settings, async |t| {
        let (rowan, moderator) = people(t).await;
        let asked = t.ask(&rowan, "public", "The gate", QUIET).await;
        t.get(None, &format!("/threads/{}", asked.thread)).await.expect(200);
        t.ask(&rowan, "public", "The gate", &format!("{QUIET} {CRISIS}")).await;
        let items = t.queue(&moderator).await;
        let desk = format!("/desk/items/{}", items[0]["id"].as_str().unwrap());
        let page = t.page(&moderator, &desk).await.expect(200).text();
        assert!(page.contains("The learned score") && page.contains("It is in shadow"), "{page}");
    });
}
