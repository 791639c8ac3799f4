//! Posting as members do it (rules, one transaction with audit and outbox) against a bare loop of the same inserts.

use std::time::Instant;

use super::reading::{a_board, somebody};
use super::store;
use crate::accounts::{Member, Operator, gate};
use crate::app::App;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;
use crate::threads::ask::{self, Question};
use crate::threads::{Title, Written};

/// Acts a second, and bare inserts of the same rows a second.
pub struct Rates {
    pub acts: f64,
    pub bare: f64,
}

/// Makes `count` posts both ways, turn about in ten parts, so that a machine that slows down slows both.
pub fn measure(app: &App, count: u32) -> Result<Rates, Refusal> {
    let operator = Operator::at_the_command_line();
    let (member, board) = app.database.write(|tx| {
        let id = somebody(tx, &operator)?;
        let board = a_board(tx, &operator)?;
        Ok((gate::admit_as::<Member>(tx, &operator, id)?, board))
    })?;
    let text = "Six weeks after my operation my ankle still swells in the evening. How long was it for you?";
    let bare_text = Written::new(&app.screening, Title::new("Swelling").ok(), text.into())?;
    let part = (count / 10).max(1);
    let (mut acting, mut inserting) = (0.0, 0.0);
    for _ in 0..10 {
        let start = Instant::now();
        for _ in 0..part {
            let pairs = [("title", "Swelling"), ("body", text), ("about", "me")];
            let fields = Fields::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
            let question = Question::parse(app, "bench".into(), fields)?;
            app.database.write(|tx| ask::ask(tx, &member, &question))?;
        }
        acting += start.elapsed().as_secs_f64();
        let start = Instant::now();
        for _ in 0..part {
            app.database.write(|tx| store::insert_rows(tx, member.id(), board, &bare_text))?;
        }
        inserting += start.elapsed().as_secs_f64();
    }
    let made = f64::from(part * 10);
    Ok(Rates { acts: made / acting, bare: made / inserting })
}
