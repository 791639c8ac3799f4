//! Seeding: every event at its own time, through the acts that people use, with notices delivered as they would have been.

use std::sync::Arc;

use chrono::Duration;
use tokio::runtime::Runtime;

use super::acts::Stage;
use super::people::{self, Account};
use super::timeline::{self, FOUNDED_DAYS};
use super::words::Words;
use crate::accounts::Operator;
use crate::app::App;
use crate::platform::clock::Clock;
use crate::platform::db::Database;
use crate::platform::refusal::Refusal;
use crate::threads::boards::{self, NewBoard};
use crate::{discovery, notices};

/// Why the demo could not be seeded.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error("the words of the demo cannot be read: {0}")]
    Words(#[from] toml::de::Error),
    #[error("seeding the demo, {what}: {refusal}")]
    Act { what: String, refusal: Box<Refusal> },
}

impl SeedError {
    pub(super) fn act(what: impl Into<String>, refusal: Refusal) -> Self {
        Self::Act { what: what.into(), refusal: Box::new(refusal) }
    }
}

/// What came of it.
pub struct Seeded {
    pub accounts: Vec<Account>,
    /// Posts that the rules did not treat as their words expect. The demo goes on without what could not be done to them.
    pub surprises: Vec<String>,
}

/// Seeds an empty community. `clock` is its manual clock, standing at the present; it runs with the machine's afterwards.
pub fn seed(app: &Arc<App>, clock: &Clock, runtime: &Runtime) -> Result<Seeded, SeedError> {
    let words = Words::shipped()?;
    let operator = Operator::at_the_command_line();
    let start = clock.now();
    clock.set(start.plus(-Duration::days(FOUNDED_DAYS)));
    open_boards(&app.database, &operator, &words)?;
    let people = people::gather(&app.database, &operator, &words)?;
    let mut accounts = people.accounts;
    let mut stage = Stage::new(app, &operator, people.ids);
    for event in timeline::of(&words) {
        clock.set(start.plus(-event.ago));
        stage.play(&event.act)?;
        // Delivered now, a notice tells the hour at which it would have come.
        runtime
            .block_on(notices::deliver::work(app, "demo"))
            .map_err(|refusal| SeedError::act("delivering notices", refusal))?;
    }
    let surprises = stage.surprises;
    clock.let_go();
    people::issue_tokens(&app.database, &operator, &mut accounts)?;
    let index = || {
        runtime
            .block_on(discovery::index::work(app, "demo"))
            .map_err(|refusal| SeedError::act("filling the index", refusal))
    };
    while index()? > 0 {}
    Ok(Seeded { accounts, surprises })
}

fn open_boards(database: &Database, operator: &Operator, words: &Words) -> Result<(), SeedError> {
    for board in &words.board {
        let made = database.write(|tx| {
            let audience =
                board.audience().ok_or_else(|| Refusal::field("audience", "not_a_choice", "no audience"))?;
            let new = NewBoard {
                slug: board.slug.clone(),
                name: board.name.clone(),
                description: board.description.clone(),
                audience,
                hold_newcomers: false,
            };
            boards::create_by_operator(tx, operator, &new)
        });
        made.map_err(|refusal| SeedError::act(format!("the board {}", board.slug), refusal))?;
    }
    Ok(())
}
