//! `doctor`: every invariant that can be checked from the rows, in one go.

use serde::Serialize;

use super::store::{self, QUESTIONS};
use crate::guidance;
use crate::platform::audit;
use crate::platform::db::{Database, Db};
use crate::platform::refusal::Refusal;
use crate::threads::{self, RevisionId};

/// One invariant, and whether it holds.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    pub id: &'static str,
    pub ok: bool,
    pub detail: String,
}

/// All of them.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub ok: bool,
    pub checks: Vec<Check>,
}

impl Report {
    /// With a check made elsewhere (the search index).
    pub fn with(mut self, check: Check) -> Self {
        self.ok &= check.ok;
        self.checks.push(check);
        self
    }
}

/// Examines the database in one snapshot.
pub fn examine(database: &Database) -> Result<Report, Refusal> {
    database.read(|db| {
        let mut checks = Vec::new();
        for question in QUESTIONS {
            let count = store::violations(db, question)?;
            checks.push(Check {
                id: question.id,
                ok: count == 0,
                detail: format!("{count} {}", question.what),
            });
        }
        let faults = store::file_faults(db)?;
        checks.push(Check {
            id: "database_file",
            ok: faults == 0,
            detail: format!("{faults} faults in the file or its references"),
        });
        checks.push(chain(db)?);
        checks.push(revision_hashes(db)?);
        checks.push(guidance_hashes(db)?);
        Ok(Report { ok: checks.iter().all(|check| check.ok), checks })
    })
}

fn chain(db: &mut Db) -> Result<Check, Refusal> {
    let report = audit::verify(db)?;
    let detail = match report.broken_at {
        None => format!(
            "{} rows, head {} (compare it with a head kept elsewhere: a cut tail shows nowhere else)",
            report.rows, report.head
        ),
        Some(seq) => format!("the chain breaks at row {seq}"),
    };
    Ok(Check { id: "audit_chain", ok: report.broken_at.is_none(), detail })
}

fn revision_hashes(db: &mut Db) -> Result<Check, Refusal> {
    let (mut wrong, mut seen, mut after) = (0, 0, RevisionId(i64::MIN));
    loop {
        let rows = store::revisions_after(db, after, 1000)?;
        let Some((last, ..)) = rows.last() else { break };
        after = *last;
        seen += rows.len();
        wrong += rows
            .iter()
            .filter(|(_, title, source, hash)| threads::revision_hash(title.as_deref(), source) != *hash)
            .count();
    }
    Ok(Check {
        id: "revision_hashes",
        ok: wrong == 0,
        detail: format!("{wrong} of {seen} wordings differ from their hash"),
    })
}

fn guidance_hashes(db: &mut Db) -> Result<Check, Refusal> {
    let versions = store::versions(db)?;
    let differs = |v: &&store::Hashed| {
        guidance::hash((&v.title, &v.source, v.other_names.as_deref()), v.review_due, &v.sources) != v.hash
    };
    let wrong = versions.iter().filter(differs).count();
    let detail =
        format!("{wrong} of {} guidance versions differ from the hash their signatures name", versions.len());
    Ok(Check { id: "guidance_hashes", ok: wrong == 0, detail })
}
