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
use crate::discovery;
use crate::platform::clock::Clock;
use crate::platform::db::Tx;
use crate::platform::refusal::Refusal;
use crate::threads::boards::{self, NewBoard};

/// Why the demo could not be seeded.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error("the words of the demo cannot be read: {0}")]
    Words(#[from] toml::de::Error),
    #[error("seeding the demo, {0}")]
    Act(Box<Refusal>),
}

impl From<Refusal> for SeedError {
    fn from(refusal: Refusal) -> Self {
        Self::Act(Box::new(refusal))
    }
}

/// A refusal that tells during what it came.
pub(super) fn during(what: &str, refusal: Refusal) -> Refusal {
    Refusal { detail: format!("{what}: {}", refusal.detail), ..refusal }
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
    let (mut accounts, surprises) = app.database.write(|tx| {
        tx.now = start.plus(-Duration::days(FOUNDED_DAYS));
        open_boards(tx, &operator, &words)?;
        let people = people::gather(tx, &operator, &words)?;
        let mut stage = Stage::new(app, tx, &operator, people.ids);
        for event in timeline::of(&words) {
            let at = start.plus(-event.ago);
            // Input is read outside the transaction, by the clock.
            clock.set(at);
            stage.play(at, &event.act)?;
        }
        Ok((people.accounts, stage.surprises))
    })?;
    clock.let_go();
    app.database.write(|tx| people::issue_tokens(tx, &operator, &mut accounts))?;
    while runtime.block_on(discovery::index::work(app, "demo"))? > 0 {}
    Ok(Seeded { accounts, surprises })
}

fn open_boards(tx: &mut Tx, operator: &Operator, words: &Words) -> Result<(), Refusal> {
    for board in &words.board {
        let audience =
            board.audience().ok_or_else(|| Refusal::field("audience", "not_a_choice", "no audience"))?;
        let new = NewBoard {
            slug: board.slug.clone(),
            name: board.name.clone(),
            description: board.description.clone(),
            audience,
            hold_newcomers: false,
            stage: board.stage()?,
        };
        boards::create_by_operator(tx, operator, &new)
            .map_err(|refusal| during(&format!("the board {}", board.slug), refusal))?;
    }
    Ok(())
}
