use super::*;
use crate::accounts::Viewer;
use crate::app::App;
use crate::guidance::VersionState;
use crate::guidance::store as articles;
use crate::platform::audit;
use crate::platform::clock::{Clock, UtcTime};
use crate::platform::config::Config;
use crate::platform::ids::Ids;
use crate::review::queue;
use crate::threads::read;

#[test]
fn the_demo_is_alive_and_the_rules_treat_its_words_as_expected() {
    let dir = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let clock = Clock::manual(UtcTime::parse("2026-11-24T10:00:00Z").unwrap());
    let config = Config { data_dir: dir.path().to_owned(), ..Config::default() };
    let app = App::open(config, clock.clone(), Ids::seeded(3)).unwrap();
    let seeded = seed(&app, &clock, &runtime).unwrap();
    assert_eq!(seeded.surprises, Vec::<String>::new());
    let roles: Vec<_> = seeded.accounts.iter().map(|account| account.role).collect();
    assert_eq!(roles, ["member", "moderator", "clinician", "clinician", "admin"]);
    assert!(seeded.accounts.iter().all(|account| !account.token.is_empty() && account.password.len() >= 10));
    app.database
        .read(|db| {
            let boards = read::boards(db, &Viewer::anonymous())?;
            assert_eq!(boards.len(), 5, "one board is for members");
            let first = read::threads_of(db, &Viewer::anonymous(), boards[0].id, None, 50)?;
            assert!(first.rows.len() >= 4);
            let waiting = queue::queue(db, None)?;
            assert!(waiting.items.len() >= 7, "a queue with work");
            assert!(
                waiting
                    .items
                    .iter()
                    .all(|item| item.opened_at <= UtcTime::parse("2026-11-24T10:00:00Z").unwrap())
            );
            let all = articles::all_articles(db, 100)?;
            for state in
                [VersionState::Draft, VersionState::InReview, VersionState::Verified, VersionState::Stopped]
            {
                assert!(all.iter().any(|article| article.state == state), "no article is {state}");
            }
            assert_eq!(audit::verify(db)?.broken_at, None);
            Ok(())
        })
        .unwrap();
}
