//! Back-tests in the API: nothing is changed by one.

use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Any;
use poem_openapi::{Object, OpenApi};
use serde_json::Value;

use crate::accounts::{Admin, Caller};
use crate::platform::clock::UtcTime;
use crate::platform::http::{Created, Input};
use crate::platform::refusal::Refusal;
use crate::screening::backtest::runs::{self, RunId, RunRow};

pub struct BacktestsApi;

/// What to try.
#[derive(Object)]
struct BacktestIn {
    /// `packs` (as they lie on the server's disk, every rule that is not retired as if it were live), `make_live` (a rule in shadow) or
    /// `retire` (a live rule).
    what: String,
    /// The rule's id, for `make_live` and `retire`.
    rule: Option<String>,
}

/// A back-test.
#[derive(Object)]
struct BacktestOut {
    id: String,
    what: String,
    rule: Option<String>,
    /// Of the set of rules that is tried.
    hash: String,
    /// `running`, `done`, `cancelled`, `failed`, or `stopped` where the server ended in the middle.
    state: String,
    /// Posts read so far.
    posts: i64,
    /// Posts there were when it started.
    total: i64,
    started_at: String,
    /// Who started it.
    started_by: String,
    /// What a finished one found, in the shape of `aftercare rules backtest --json`; left out in lists.
    report: Option<Any<Value>>,
}

impl BacktestOut {
    fn new(run: RunRow, now: UtcTime, report: Option<Value>) -> Self {
        Self {
            id: run.id.to_string(),
            what: run.kind.to_string(),
            state: run.state_at(now).to_string(),
            rule: run.rule,
            hash: run.hash,
            posts: run.posts,
            total: run.total,
            started_at: run.started_at.rfc3339(),
            started_by: run.started_by.to_string(),
            report: report.map(Any),
        }
    }
}

/// Newest first.
#[derive(Object)]
struct BacktestsOut {
    backtests: Vec<BacktestOut>,
}

#[OpenApi]
impl BacktestsApi {
    /// The newest back-tests
    #[oai(path = "/rules/backtests", method = "get", operation_id = "list_backtests")]
    async fn list_backtests(&self, caller: Caller<Admin>) -> Result<Json<BacktestsOut>, Refusal> {
        let now = caller.app.database.clock().now();
        let runs = caller.read(|db, _| runs::list(db)).await?;
        let backtests = runs.into_iter().map(|run| BacktestOut::new(run, now, None)).collect();
        Ok(Json(BacktestsOut { backtests }))
    }

    /// Try other rules on every stored post
    ///
    /// It runs on when this has answered. 409 `already_running` while another runs.
    #[oai(path = "/rules/backtests", method = "post", operation_id = "create_backtest")]
    async fn create_backtest(
        &self,
        caller: Caller<Admin>,
        input: Input<BacktestIn>,
    ) -> Result<Created<BacktestOut>, Refusal> {
        let id = runs::start(&caller, input.fields).await?;
        Ok(Created(one(&caller, id).await?))
    }

    /// How far a back-test is, or what it found
    #[oai(path = "/rules/backtests/:id", method = "get", operation_id = "get_backtest")]
    async fn get_backtest(
        &self,
        caller: Caller<Admin>,
        id: Path<String>,
    ) -> Result<Json<BacktestOut>, Refusal> {
        Ok(Json(one(&caller, parsed(&id.0)?).await?))
    }

    /// End a back-test before its time
    ///
    /// What it had counted is not kept. 409 `not_running` when it had ended.
    #[oai(path = "/rules/backtests/:id/cancel", method = "post", operation_id = "cancel_backtest")]
    async fn cancel_backtest(
        &self,
        caller: Caller<Admin>,
        id: Path<String>,
    ) -> Result<Json<BacktestOut>, Refusal> {
        let id = parsed(&id.0)?;
        caller.write(move |tx, admin| runs::cancel(tx, admin, id)).await?;
        Ok(Json(one(&caller, id).await?))
    }
}

fn parsed(id: &str) -> Result<RunId, Refusal> {
    RunId::parse(id).ok_or_else(Refusal::not_found)
}

async fn one(caller: &Caller<Admin>, id: RunId) -> Result<BacktestOut, Refusal> {
    let now = caller.app.database.clock().now();
    let (run, report) = caller.read(move |db, _| runs::one(db, id)).await?;
    let report = report.map(|report| serde_json::from_str(&report)).transpose().map_err(Refusal::internal)?;
    Ok(BacktestOut::new(run, now, report))
}
