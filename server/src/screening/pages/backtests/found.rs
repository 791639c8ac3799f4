//! What a back-test found, for the page. Of a post only its id is told, with a link where this admin may open it.

use std::collections::HashMap;

use aftercare_frontend::pages::{BacktestFound, BacktestOutcome, BacktestPost, BacktestRule, BacktestWeek};
use moderation_rules::Action;

use crate::accounts::{Admin, Viewer};
use crate::layout;
use crate::platform::db::Db;
use crate::platform::refusal::Refusal;
use crate::review::store as review;
use crate::screening::backtest::{Report, RuleReport, Week, percent};
use crate::screening::pages::acts;
use crate::threads::PostId;
use crate::threads::store as threads;

/// A page of more rules than this is read by nobody.
const RULES: usize = 40;

pub(super) fn shown(db: &mut Db, admin: &Admin, report: &str) -> Result<BacktestFound, Refusal> {
    let report: Report = serde_json::from_str(report).map_err(Refusal::internal)?;
    let mut rules: Vec<(&RuleReport, bool)> = report.rules.iter().map(|rule| (rule, false)).collect();
    rules.extend(report.gone.iter().map(|rule| (rule, true)));
    rules.sort_by_key(|(rule, _)| std::cmp::Reverse(rule.hits));
    let more_rules = rules.len().saturating_sub(RULES);
    rules.truncate(RULES);
    let examples = report.outcomes.values().flat_map(|outcome| &outcome.examples);
    let places = Places::of(db, admin, examples.chain(rules.iter().flat_map(|(rule, _)| &rule.examples)))?;
    let outcomes = report.outcomes.iter().map(|(kind, outcome)| BacktestOutcome {
        words: sentence(kind.words()),
        posts: outcome.posts,
        kept_back: outcome.moderators.agree,
        decided: outcome.moderators.decided(),
        examples: places.named(&outcome.examples),
    });
    Ok(BacktestFound {
        outcomes: outcomes.collect(),
        failed_checks: report.failed_checks,
        rules: rules.into_iter().map(|(rule, gone)| rule_row(rule, gone, report.posts, &places)).collect(),
        more_rules,
    })
}

fn rule_row(rule: &RuleReport, gone: bool, posts: u64, places: &Places) -> BacktestRule {
    let change = match (gone, rule.before) {
        (true, _) => format!("would no longer act, version {}", rule.version),
        (false, Some(before)) => format!("would act in version {} in place of {before}", rule.version),
        (false, None) => format!("would begin to act, version {}", rule.version),
    };
    let action = match rule.action {
        Action::Nudge => "asks the author once about",
        action => acts(action),
    };
    let week = |week: &Week| BacktestWeek {
        from: layout::day(week.from),
        posts: week.posts,
        hits: week.hits,
        rate: percent(week.hits, week.posts),
    };
    BacktestRule {
        id: rule.rule.to_string(),
        title: rule.title.clone(),
        change,
        action: action.to_owned(),
        hits: rule.hits,
        rate: percent(rule.hits, posts),
        moderators: rule.moderators.as_ref().map(|moderators| (moderators.agree, moderators.decided())),
        weeks: rule.weeks.iter().rev().filter(|week| week.posts > 0).map(week).collect(),
        examples: places.named(&rule.examples),
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Where posts can be opened, as far as this admin may: public ones in their thread, waiting ones at the desk, by moderators.
struct Places(HashMap<PostId, String>);

impl Places {
    fn of<'a>(db: &mut Db, admin: &Admin, ids: impl Iterator<Item = &'a String>) -> Result<Self, Refusal> {
        let ids: Vec<PostId> = ids.filter_map(|id| PostId::parse(id)).collect();
        let mut places = HashMap::new();
        if admin.is_moderator() {
            for (post, item) in review::unfinished_among(db, &ids)? {
                places.insert(post, format!("/desk/items/{item}"));
            }
        }
        for post in threads::posts_by_id(db, &Viewer::of(admin), ids)? {
            places.entry(post.id).or_insert_with(|| format!("/posts/{}", post.id));
        }
        Ok(Self(places))
    }

    fn named(&self, ids: &[String]) -> Vec<BacktestPost> {
        let post = |id: &String| BacktestPost {
            id: id.clone(),
            url: PostId::parse(id).and_then(|post| self.0.get(&post).cloned()),
        };
        ids.iter().map(post).collect()
    }
}
