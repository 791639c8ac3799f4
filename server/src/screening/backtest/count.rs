//! Counting while a backtest runs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use moderation_rules::{Action, RuleId, RuleInfo, Verdict};

use super::Trial;
use super::report::{Kind, Moderators, Outcome, Report, RuleReport, Week};
use super::store::Text;
use crate::platform::ids;
use crate::screening::change::{begins, ends, live};

/// Posts named for one kind or rule.
const EXAMPLES: usize = 5;
const WEEKS: usize = 12;

pub(super) struct Counting {
    report: Report,
    /// Where the rules that would act otherwise stand in the report, and those that are gone.
    places: HashMap<RuleId, usize>,
    gone: HashMap<RuleId, usize>,
    /// Posts of the last weeks, oldest first; each rule counts its hits against them.
    weeks: Vec<Week>,
    today: NaiveDate,
}

impl Counting {
    pub fn new(trial: &Trial, today: NaiveDate) -> Self {
        let weeks = weeks(today);
        let report = |rule: &RuleInfo| RuleReport {
            rule: rule.id.clone(),
            version: rule.version,
            before: live(&trial.in_force, &rule.id).map(|before| before.version),
            title: rule.title.clone(),
            category: rule.category,
            action: rule.action,
            hits: 0,
            weeks: weeks.clone(),
            moderators: (rule.action == Action::Hold).then(Moderators::default),
            examples: Vec::new(),
        };
        let rules: Vec<RuleReport> = begins(&trial.in_force, &trial.draft).map(report).collect();
        let gone: Vec<RuleReport> = ends(&trial.in_force, &trial.draft).map(report).collect();
        Self {
            places: places(&rules),
            gone: places(&gone),
            report: Report {
                complete: false,
                posts: 0,
                of: 0,
                failed_checks: 0,
                outcomes: Kind::ALL.into_iter().map(|kind| (kind, Outcome::default())).collect(),
                categories: BTreeMap::new(),
                gone,
                rules,
            },
            weeks,
            today,
        }
    }

    pub fn posts(&self) -> u64 {
        self.report.posts
    }

    pub fn add(&mut self, text: &Text, before: &Verdict, then: &Verdict) {
        let (kind, id) = (Kind::of(before.action, then.action), ids::encode(text.post));
        let report = &mut self.report;
        report.posts += 1;
        report.failed_checks += u64::from(then.is_failed_check());
        let outcome = report.outcomes.entry(kind).or_default();
        outcome.posts += 1;
        outcome.moderators.count(text.choice.as_deref());
        if kind != Kind::Unchanged {
            example(&mut outcome.examples, &id);
            // What was let go is told by the rules that had caught it.
            let stricter = if then.action > before.action { then } else { before };
            for category in &stricter.categories {
                *report.categories.entry(*category).or_default().entry(kind).or_default() += 1;
            }
        }
        let week = week_of(text.written.date(), self.today);
        if let Some(week) = week.and_then(|week| self.weeks.get_mut(week)) {
            week.posts += 1;
        }
        for (verdict, places, rules) in
            [(then, &self.places, &mut report.rules), (before, &self.gone, &mut report.gone)]
        {
            let matched: BTreeSet<&RuleId> = verdict.hits.iter().map(|hit| &hit.rule).collect();
            for place in matched.into_iter().filter_map(|rule| places.get(rule)) {
                let Some(rule) = rules.get_mut(*place) else { continue };
                rule.hits += 1;
                example(&mut rule.examples, &id);
                if let Some(week) = week.and_then(|week| rule.weeks.get_mut(week)) {
                    week.hits += 1;
                }
                if let Some(moderators) = &mut rule.moderators {
                    moderators.count(text.choice.as_deref());
                }
            }
        }
    }

    pub fn report(mut self, of: u64, complete: bool) -> Report {
        for rule in self.report.rules.iter_mut().chain(&mut self.report.gone) {
            rule.weeks.iter_mut().zip(&self.weeks).for_each(|(own, all)| own.posts = all.posts);
        }
        Report { of, complete, ..self.report }
    }
}

fn places(rules: &[RuleReport]) -> HashMap<RuleId, usize> {
    rules.iter().enumerate().map(|(place, rule)| (rule.rule.clone(), place)).collect()
}

fn example(examples: &mut Vec<String>, id: &str) {
    if examples.len() < EXAMPLES {
        examples.push(id.to_owned());
    }
}

/// The last weeks up to today, oldest first.
fn weeks(today: NaiveDate) -> Vec<Week> {
    (1..=WEEKS)
        .rev()
        .filter_map(|ago| today.checked_sub_days(Days::new(u64::try_from(ago * 7 - 1).ok()?)))
        .map(|from| Week { from, posts: 0, hits: 0 })
        .collect()
}

/// Which of them a day lies in.
fn week_of(day: NaiveDate, today: NaiveDate) -> Option<usize> {
    let ago = usize::try_from((today - day).num_days() / 7).ok()?;
    WEEKS.checked_sub(ago + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_where_it_says() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let weeks = weeks(today);
        assert_eq!(weeks.len(), WEEKS);
        for (place, week) in weeks.iter().enumerate() {
            assert_eq!(week_of(week.from, today), Some(place));
            assert_eq!(week_of(week.from + Days::new(6), today), Some(place));
        }
        assert_eq!(week_of(weeks[0].from - Days::new(1), today), None, "too long ago");
    }
}
