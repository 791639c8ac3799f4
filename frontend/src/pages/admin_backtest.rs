//! `/admin/rules/backtests/{id}`: how far a back-test is, or what it found.

use askama::Template;

use crate::parts::{Chrome, Icon, Moment};

/// A post that it names.
#[derive(Debug, Clone)]
pub struct BacktestPost {
    pub id: String,
    /// Where this reader may open it; none if it waits for somebody else.
    pub url: Option<String>,
}

/// What would become of some posts.
#[derive(Debug, Clone)]
pub struct BacktestOutcome {
    /// Such as `Newly held`.
    pub words: String,
    pub posts: u64,
    /// Of so many that moderators have decided about, so many were kept back.
    pub kept_back: u64,
    pub decided: u64,
    pub examples: Vec<BacktestPost>,
}

/// The share of a week's posts that a rule matched.
#[derive(Debug, Clone)]
pub struct BacktestWeek {
    pub from: Moment,
    pub posts: u64,
    pub hits: u64,
    /// Such as `1.2 %`.
    pub rate: String,
}

/// A rule that would act otherwise.
#[derive(Debug, Clone)]
pub struct BacktestRule {
    pub id: String,
    pub title: String,
    /// Such as `would begin to act, version 2`.
    pub change: String,
    /// Such as `holds`.
    pub action: String,
    pub hits: u64,
    pub rate: String,
    /// For rules that hold: kept back and decided.
    pub moderators: Option<(u64, u64)>,
    /// Of the last twelve, those in which somebody wrote; newest first.
    pub weeks: Vec<BacktestWeek>,
    pub examples: Vec<BacktestPost>,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct BacktestFound {
    pub outcomes: Vec<BacktestOutcome>,
    /// Posts that what was tried could not be run on.
    pub failed_checks: u64,
    pub rules: Vec<BacktestRule>,
    /// So many more rules would act otherwise; what they do stands in the answer of the API.
    pub more_rules: usize,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/admin_backtest.html")]
pub struct AdminBacktest {
    pub chrome: Chrome,
    pub csrf: String,
    pub url: String,
    pub what: String,
    pub state: String,
    /// What the state means, for whoever waits for it.
    pub meaning: String,
    pub running: bool,
    /// The page asks for itself again by itself.
    pub refreshes: bool,
    pub posts: i64,
    pub total: i64,
    pub started: Moment,
    pub by: String,
    pub found: Option<BacktestFound>,
}

impl AdminBacktest {
    fn percent(&self) -> i64 {
        self.posts.saturating_mul(100).checked_div(self.total).unwrap_or(0)
    }

    pub fn sample() -> Self {
        let post =
            |id: &str, url: Option<&str>| BacktestPost { id: id.to_owned(), url: url.map(str::to_owned) };
        let outcome = |words: &str, posts| BacktestOutcome {
            words: words.to_owned(),
            posts,
            kept_back: 0,
            decided: 0,
            examples: vec![],
        };
        let week = |from: &str, shown: &str, hits: u64| BacktestWeek {
            from: Moment::new(from, shown),
            posts: 400,
            hits,
            rate: format!("{}.{} %", hits / 4, hits % 4 * 2),
        };
        Self {
            state: "done".to_owned(),
            meaning: "It read every post.".to_owned(),
            running: false,
            refreshes: false,
            posts: 5210,
            found: Some(BacktestFound {
                outcomes: vec![
                    BacktestOutcome {
                        kept_back: 3,
                        decided: 4,
                        examples: vec![
                            post("0HPOST0000001", Some("/posts/0HPOST0000001")),
                            post("0HPOST0000002", None),
                        ],
                        ..outcome("Newly held", 12)
                    },
                    outcome("Released", 0),
                    outcome("Unchanged", 5198),
                ],
                failed_checks: 0,
                rules: vec![BacktestRule {
                    id: "surgery.clot".to_owned(),
                    title: "A swollen, painful leg".to_owned(),
                    change: "would begin to act, version 1".to_owned(),
                    action: "holds".to_owned(),
                    hits: 12,
                    rate: "0.2 %".to_owned(),
                    moderators: Some((3, 4)),
                    weeks: vec![week("2026-11-11", "11 November", 3), week("2026-11-18", "18 November", 5)],
                    examples: vec![post("0HPOST0000001", Some("/posts/0HPOST0000001"))],
                }],
                more_rules: 0,
            }),
            ..Self::sample_running()
        }
    }

    pub fn sample_running() -> Self {
        Self {
            chrome: Chrome::sample_admin("/admin/rules/backtests"),
            csrf: "sample-csrf".to_owned(),
            url: "/admin/rules/backtests/0HBACKTEST001".to_owned(),
            what: "A swollen, painful leg, if it were live".to_owned(),
            state: "running".to_owned(),
            meaning: "It reads every post beside everything else, so it may take some minutes.".to_owned(),
            running: true,
            refreshes: true,
            posts: 1200,
            total: 5210,
            started: Moment::sample(),
            by: "Marguerite".to_owned(),
            found: None,
        }
    }
}
