//! The loop over a file: lines in batches, prepared by every core, kept in one transaction each.

use std::io::BufRead;

use serde::de::DeserializeOwned;

use super::{Importer, Tally};
use crate::platform::db::Tx;
use crate::platform::parallel::in_order;
use crate::platform::refusal::Refusal;

/// Posts or articles kept in one transaction: enough to be fast, few enough that people who write meanwhile hardly wait.
const BATCH: usize = 200;

/// One kind of rows, and how they come in.
pub trait Kind: Sync {
    type Row: DeserializeOwned + Sync;
    type Ready: Send;

    /// How many posts or articles this row is.
    fn weight(row: &Self::Row) -> usize;

    /// Everything that needs no transaction: limits, rendering, rules. Words if the row cannot be used.
    fn prepare(importer: &Importer, row: &Self::Row) -> Result<Self::Ready, String>;

    /// Keeps the row, or finds that it is known.
    fn keep(importer: &Importer, tx: &mut Tx, ready: &Self::Ready) -> Result<Tally, Refusal>;
}

/// What an import says while it runs.
#[derive(Debug, PartialEq, Eq)]
pub enum Told {
    /// So many lines are read.
    Lines(u64),
    /// Something about one line, counted from one.
    About(u64, String),
}

/// Why an import stopped. What was kept until then is kept; the same import goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("the file cannot be read: {0}")]
    Read(#[from] std::io::Error),
    #[error("the database: {0}")]
    Database(Refusal),
}

type Numbered<T> = Vec<(u64, T)>;

/// Imports all rows of one kind. A line that cannot be used is named, counted and passed over.
pub fn import<K: Kind>(
    importer: &Importer,
    mut input: impl BufRead,
    tell: &mut dyn FnMut(Told),
) -> Result<Tally, ImportError> {
    let mut tally = Tally::default();
    let (mut number, mut batch, mut weight) = (0, Numbered::<K::Row>::new(), 0);
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            keep_batch::<K>(importer, batch, &mut tally, tell)?;
            return Ok(tally);
        }
        number += 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<K::Row>(&line) {
            Ok(row) => {
                weight += K::weight(&row);
                batch.push((number, row));
            }
            Err(error) => unusable(&mut tally, tell, number, &error.to_string()),
        }
        if weight >= BATCH {
            keep_batch::<K>(importer, std::mem::take(&mut batch), &mut tally, tell)?;
            weight = 0;
            tell(Told::Lines(number));
        }
    }
}

fn unusable(tally: &mut Tally, tell: &mut dyn FnMut(Told), line: u64, why: &str) {
    tally.unusable += 1;
    tell(Told::About(line, format!("not used: {why}")));
}

fn keep_batch<K: Kind>(
    importer: &Importer,
    batch: Numbered<K::Row>,
    tally: &mut Tally,
    tell: &mut dyn FnMut(Told),
) -> Result<(), ImportError> {
    let prepared = in_order(&batch, |(_, row)| K::prepare(importer, row));
    let mut ready = Numbered::new();
    for ((line, _), prepared) in batch.iter().zip(prepared) {
        match prepared {
            Ok(row) => ready.push((*line, row)),
            Err(why) => unusable(tally, tell, *line, &why),
        }
    }
    match keep_rows::<K>(importer, &ready) {
        Ok(tallies) => tallies.into_iter().for_each(|(line, kept)| add(tally, tell, line, kept)),
        // One row spoils a whole transaction; alone, only the one that cannot be kept is left out.
        Err(_) => {
            for row in &ready {
                match keep_rows::<K>(importer, std::slice::from_ref(row)) {
                    Ok(tallies) => tallies.into_iter().for_each(|(line, kept)| add(tally, tell, line, kept)),
                    Err(refusal) if refusal.retry_after.is_some() => {
                        return Err(ImportError::Database(refusal));
                    }
                    Err(refusal) => unusable(tally, tell, row.0, &reason(&refusal)),
                }
            }
        }
    }
    Ok(())
}

fn keep_rows<K: Kind>(importer: &Importer, ready: &[(u64, K::Ready)]) -> Result<Numbered<Tally>, Refusal> {
    importer
        .database
        .write(|tx| ready.iter().map(|(line, row)| Ok((*line, K::keep(importer, tx, row)?))).collect())
}

fn add(tally: &mut Tally, tell: &mut dyn FnMut(Told), line: u64, kept: Tally) {
    kept.notes.iter().for_each(|note| tell(Told::About(line, note.clone())));
    tally.add(kept);
}

fn reason(refusal: &Refusal) -> String {
    match &refusal.cause {
        Some(cause) => format!("{refusal} ({cause})"),
        None => refusal.to_string(),
    }
}
