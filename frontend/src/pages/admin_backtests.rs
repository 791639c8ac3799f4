//! `/admin/rules/backtests`: start a back-test, and those there were.

use askama::Template;

use crate::parts::{Choice, Chrome, FormField, FormState, Icon, Moment};

/// The fields of starting one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BacktestField {
    What,
    Rule,
}

impl FormField for BacktestField {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::What, "what", "What would you like to try?"), (Self::Rule, "rule", "Which rule?")];
}

/// A back-test in the list.
#[derive(Debug, Clone)]
pub struct BacktestRow {
    pub url: String,
    /// Such as `The packs on the server`.
    pub what: String,
    /// Such as `running`.
    pub state: String,
    pub running: bool,
    pub posts: i64,
    pub total: i64,
    pub started: Moment,
    pub by: String,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/admin_backtests.html")]
pub struct AdminBacktests {
    pub chrome: Chrome,
    pub form: FormState<BacktestField>,
    /// What can be tried here.
    pub whats: Vec<Choice>,
    /// The rules in shadow, and then the live ones.
    pub rules: Vec<Choice>,
    pub rows: Vec<BacktestRow>,
}

impl AdminBacktests {
    fn running(&self) -> Option<&BacktestRow> {
        self.rows.iter().find(|row| row.running)
    }

    pub fn sample() -> Self {
        let row = BacktestRow {
            url: "/admin/rules/backtests/0HBACKTEST001".to_owned(),
            what: "The packs on the server".to_owned(),
            state: "done".to_owned(),
            running: false,
            posts: 5210,
            total: 5210,
            started: Moment::sample(),
            by: "Marguerite".to_owned(),
        };
        Self {
            chrome: Chrome::sample_admin("/admin/rules/backtests"),
            form: FormState::new("sample-csrf").with(BacktestField::What, "packs"),
            whats: vec![
                Choice::new("packs", "The packs on the server")
                    .with_hint("Every rule in them that is not retired, as if it were live."),
                Choice::new("make_live", "A rule in shadow, as if it were live"),
                Choice::new("retire", "A live rule, as if it were retired"),
            ],
            rules: vec![
                Choice::new("", "None chosen"),
                Choice::new("surgery.clot", "A swollen, painful leg (in shadow)"),
                Choice::new("medicines.stop", "Tells somebody to stop a medicine (live)"),
            ],
            rows: vec![
                BacktestRow {
                    url: "/admin/rules/backtests/0HBACKTEST002".to_owned(),
                    what: "A swollen, painful leg, if it were live".to_owned(),
                    state: "running".to_owned(),
                    running: true,
                    posts: 1200,
                    ..row.clone()
                },
                row,
            ],
        }
    }

    pub fn sample_errors() -> Self {
        let sample = Self::sample();
        let form = sample.form.clone().with(BacktestField::What, "retire");
        Self { form: form.with_error(BacktestField::Rule, "Please choose a rule."), rows: vec![], ..sample }
    }
}
