//! Other rules tried on every stored post, beside those in force. Nothing is changed, and of posts only ids are told.

mod count;
mod report;
pub mod runs;
mod store;

use std::sync::Arc;

use moderation_rules::{RuleSet, Stage, Verdict};

use super::{Learned, screened_text};
use crate::platform::db::{Database, Db};
use crate::platform::parallel::in_order;
use crate::platform::refusal::Refusal;

use count::Counting;
pub use report::{Report, RuleReport, Week, percent};

/// Posts read in one snapshot and judged before the next.
const BATCH: i64 = 200;

/// What is tried against what.
pub struct Trial {
    pub in_force: Arc<RuleSet>,
    pub draft: Arc<RuleSet>,
    /// Holds beside either set of rules, if it may act at all.
    pub learned: Option<Arc<Learned>>,
    pub pace: Pace,
}

/// How much of the machine a trial may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    Full,
    /// One core: requests are served beside it.
    Beside,
}

/// How many posts there are to read.
pub fn posts(db: &mut Db) -> Result<u64, Refusal> {
    Ok(u64::try_from(store::count(db)?).unwrap_or_default())
}

impl Trial {
    /// Reads the latest wording of every post. `reached` hears how many are done and says whether to go on.
    pub fn run(&self, database: &Database, reached: &mut dyn FnMut(u64) -> bool) -> Result<Report, Refusal> {
        let total = database.read(posts)?;
        let mut counting = Counting::new(self, database.clock().now().date());
        let mut after = i64::MIN;
        loop {
            let batch = database.read(|db| Ok(store::after(db, after, BATCH)?))?;
            let Some(last) = batch.last() else { return Ok(counting.report(total, true)) };
            after = last.post;
            let judged = match self.pace {
                Pace::Full => in_order(&batch, |text| self.judge(text)),
                Pace::Beside => batch.iter().map(|text| self.judge(text)).collect(),
            };
            batch.iter().zip(&judged).for_each(|(text, (before, then))| counting.add(text, before, then));
            if !reached(counting.posts()) {
                return Ok(counting.report(total, false));
            }
        }
    }

    /// What the rules in force say of it today, and what the draft would say.
    fn judge(&self, text: &store::Text) -> (Verdict, Verdict) {
        let read = screened_text(text.title.as_deref(), &text.plain);
        let stage = text.stage.map(Stage::from);
        let say = |rules: &RuleSet| rules.at_stage(&rules.evaluate(&read), stage);
        let (before, then) = (say(&self.in_force), say(&self.draft));
        match self.learned.as_ref().filter(|learned| learned.acts) {
            Some(learned) => {
                let score = learned.scorer.score(&read);
                (before.acting(score.clone()), then.acting(score))
            }
            None => (before, then),
        }
    }
}
