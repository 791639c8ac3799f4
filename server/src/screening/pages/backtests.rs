//! `/admin/rules/backtests`: starting back-tests, watching them, and reading what they found.

mod found;

use aftercare_frontend::pages::{AdminBacktest, AdminBacktests, BacktestField, BacktestRow, Page};
use aftercare_frontend::parts::{Choice, FormState};
use moderation_rules::{RuleSet, RuleState};
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{IntoResponse, Response, handler};
use serde::Deserialize;

use crate::accounts::{Admin, Caller, store as accounts};
use crate::app::App;
use crate::layout;
use crate::platform::clock::UtcTime;
use crate::platform::db::Db;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;
use crate::screening::backtest::runs::{self, RunId, RunRow, RunState, What};

const PATH: &str = "/admin/rules/backtests";
/// A page that shows a bar asks for itself again after so many seconds.
const REFRESH: &str = "3";

/// The form to start one, and those there were.
#[handler]
pub(crate) async fn list(caller: Caller<Admin>) -> Result<Html, Refusal> {
    let first = if caller.app.config.rules.packs.is_some() { What::Packs } else { What::Retire };
    let form = FormState::new(caller.csrf()).with(BacktestField::What, first.as_str());
    show(&caller, StatusCode::OK, form).await
}

/// Starts one.
#[handler]
pub(crate) async fn start(caller: Caller<Admin>, form: Form) -> Result<Response, Refusal> {
    let typed = form.0.clone();
    match runs::start(&caller, form.0).await {
        Ok(id) => Ok(see_other(&address(id))),
        Err(refusal) => {
            let refusal = layout::about_the_form(refusal)?;
            let form = layout::explain(layout::retype(FormState::new(caller.csrf()), &typed), &refusal);
            Ok(show(&caller, refusal.status, form).await?.into_response())
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    still: Option<String>,
}

/// How far one is, or what it found.
#[handler]
pub(crate) async fn open(
    caller: Caller<Admin>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let id = RunId::parse(&id).ok_or_else(Refusal::not_found)?;
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, admin| {
            let (run, report) = runs::one(db, id)?;
            let now = app.database.clock().now();
            let state = run.state_at(now);
            let row = rows(db, &app, vec![run], now)?.pop().ok_or_else(Refusal::not_found)?;
            Ok(AdminBacktest {
                chrome: layout::chrome(db, &app, Some(admin), &csrf, PATH)?,
                csrf,
                meaning: meaning(state).to_owned(),
                refreshes: row.running && asked.still.is_none(),
                found: report.map(|report| found::shown(db, admin, &report)).transpose()?,
                url: row.url,
                what: row.what,
                state: row.state,
                running: row.running,
                posts: row.posts,
                total: row.total,
                started: row.started,
                by: row.by,
            })
        })
        .await?;
    // A header, so that whoever needs the page to stand still has a link for that.
    let refreshes = page.refreshes;
    let answer = Html::ok(page.html());
    Ok(if refreshes {
        answer.with_header("refresh", REFRESH).into_response()
    } else {
        answer.into_response()
    })
}

/// Ends one before its time.
#[handler]
pub(crate) async fn cancel(
    caller: Caller<Admin>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = RunId::parse(&id).ok_or_else(Refusal::not_found)?;
    form.0.finish(Some(()))?;
    caller.write(move |tx, admin| runs::cancel(tx, admin, id)).await?;
    Ok(see_other(&address(id)))
}

fn address(id: RunId) -> String {
    format!("{PATH}/{id}")
}

async fn show(
    caller: &Caller<Admin>,
    status: StatusCode,
    form: FormState<BacktestField>,
) -> Result<Html, Refusal> {
    let app = caller.app.clone();
    let page = caller
        .read(move |db, admin| {
            let now = app.database.clock().now();
            let found = runs::list(db)?;
            Ok(AdminBacktests {
                chrome: layout::chrome(db, &app, Some(admin), &form.csrf, PATH)?,
                rows: rows(db, &app, found, now)?,
                whats: whats(app.config.rules.packs.is_some()),
                rules: choices(&app.screening.rules()),
                form,
            })
        })
        .await?;
    Ok(Html { status, body: page.html() })
}

fn whats(has_packs: bool) -> Vec<Choice> {
    let packs = Choice::new(What::Packs.as_str(), "The packs on the server")
        .with_hint("Every rule in them that is not retired, as if it were live.");
    let single = [
        Choice::new(What::MakeLive.as_str(), "A rule in shadow, as if it were live"),
        Choice::new(What::Retire.as_str(), "A live rule, as if it were retired"),
    ];
    has_packs.then_some(packs).into_iter().chain(single).collect()
}

/// Rules in shadow first: they are few, and the next to be tried.
fn choices(rules: &RuleSet) -> Vec<Choice> {
    let of = |state: RuleState, words: &'static str| {
        let mut titles: Vec<Choice> = rules
            .rules()
            .iter()
            .filter(move |rule| rule.state == state)
            .map(|rule| Choice::new(rule.id.as_str(), format!("{} ({words})", rule.title)))
            .collect();
        titles.sort_by(|a, b| a.label.cmp(&b.label));
        titles
    };
    let none = Choice::new("", "None chosen");
    std::iter::once(none)
        .chain(of(RuleState::Shadow, "in shadow"))
        .chain(of(RuleState::Live, "live"))
        .collect()
}

fn rows(db: &mut Db, app: &App, runs: Vec<RunRow>, now: UtcTime) -> Result<Vec<BacktestRow>, Refusal> {
    let names = accounts::names_of(db, runs.iter().map(|run| run.started_by).collect())?;
    let rules = app.screening.rules();
    let row = |run: RunRow| {
        let state = run.state_at(now);
        BacktestRow {
            url: address(run.id),
            what: tried(&run, &rules),
            state: state.as_str().to_owned(),
            running: state == RunState::Running,
            posts: run.posts,
            total: run.total.max(run.posts),
            started: layout::moment(&app.schedule, run.started_at),
            by: names.get(&run.started_by).cloned().unwrap_or_default(),
        }
    };
    Ok(runs.into_iter().map(row).collect())
}

fn tried(run: &RunRow, rules: &RuleSet) -> String {
    let id = run.rule.as_deref().unwrap_or_default();
    let title = rules.named(id).map_or(id, |rule| rule.title.as_str());
    match run.kind {
        What::Packs => "The packs on the server".to_owned(),
        What::MakeLive => format!("{title}, if it were live"),
        What::Retire => format!("{title}, if it were retired"),
    }
}

fn meaning(state: RunState) -> &'static str {
    match state {
        RunState::Running => "It reads every post beside everything else, so it may take some minutes.",
        RunState::Done => "It read every post.",
        RunState::Cancelled => "Somebody cancelled it, and what it had counted is not kept.",
        RunState::Failed => "Something went wrong in the middle; the log of the server says what.",
        RunState::Stopped => "The server ended in the middle. Please start it again.",
    }
}
