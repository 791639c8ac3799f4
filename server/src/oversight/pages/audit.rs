//! `/admin/audit`: the chain of decisions, newest first.

use aftercare_frontend::pages::{AdminAudit, AuditRow, Chain, Page};
use poem::handler;
use poem::web::Query;
use serde::Deserialize;

use super::objects::Objects;
use crate::accounts::{Admin, Caller, MemberId, store as accounts};
use crate::app::App;
use crate::layout;
use crate::platform::audit;
use crate::platform::db::Db;
use crate::platform::http::Html;
use crate::platform::ids;
use crate::platform::refusal::Refusal;

const ROWS: usize = 50;

#[derive(Deserialize)]
pub(crate) struct Asked {
    before: Option<String>,
}

/// A page of the record, with a check of its links. The whole chain is `doctor`'s: it would not be done within a request.
#[handler]
pub(crate) async fn list(caller: Caller<Admin>, Query(asked): Query<Asked>) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let before = asked.before.and_then(|text| text.parse().ok());
    let page = caller
        .read(move |db, admin| {
            let rows = audit::page(db, before, i64::try_from(ROWS).unwrap_or(i64::MAX))?;
            let last = rows.last().map(|row| row.seq).filter(|seq| rows.len() == ROWS && *seq > 1);
            Ok(AdminAudit {
                chrome: layout::chrome(db, &app, Some(admin), &csrf, "/admin/audit")?,
                chain: chain(&rows)?,
                rows: shown(db, &app, admin, rows)?,
                older: last.map(|seq| format!("/admin/audit?before={seq}")),
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

fn chain(rows: &[audit::AuditRow]) -> Result<Chain, Refusal> {
    let head = rows.first().map(|row| short(&row.hash)).unwrap_or_default();
    Ok(match audit::verify_page(rows)? {
        Some(at) => Chain::Broken { at },
        None => Chain::Fits { checked: rows.len(), head },
    })
}

fn shown(
    db: &mut Db,
    app: &App,
    admin: &Admin,
    rows: Vec<audit::AuditRow>,
) -> Result<Vec<AuditRow>, Refusal> {
    let objects = Objects::of(db, admin, &rows)?;
    let names = accounts::names_of(db, rows.iter().filter_map(|row| row.actor_id.map(MemberId)).collect())?;
    let row = |row: audit::AuditRow| AuditRow {
        seq: row.seq,
        when: layout::moment(&app.schedule, row.at),
        actor: match row.actor_id {
            Some(id) => names.get(&MemberId(id)).cloned().unwrap_or_else(|| ids::encode(id)),
            None if row.actor_kind == "system" => "The program".to_owned(),
            None => row.actor_kind,
        },
        role: Some(row.persona.to_string()).filter(|persona| persona != "system").unwrap_or_default(),
        act: words(&row.action).to_owned(),
        object: objects.named(&row.object_kind, row.object_id),
        reason: row.reason.map(spelled),
        hash: short(&row.hash),
    };
    Ok(rows.into_iter().map(row).collect())
}

/// What was done, in the words of a page; an act that has none yet keeps its name.
fn words(action: &str) -> &str {
    match action {
        "backtest.cancel" => "Cancelled a back-test",
        "backtest.finish" => "Ended a back-test",
        "backtest.start" => "Started a back-test",
        "board.create" => "Made a board",
        "board.invite" => "Invited somebody to a board",
        "board.stage" => "Said which stage of care a board is about",
        "effect.retry" => "Had what was given up tried again",
        "guidance.attach" => "Put guidance under a post",
        "guidance.create" => "Began an article",
        "guidance.reinstate" => "Brought guidance back",
        "guidance.reinstate_first" => "Agreed to bring guidance back",
        "guidance.revise" => "Wrote a new version",
        "guidance.sign" => "Signed guidance",
        "guidance.stop" => "Stopped guidance",
        "member.add" => "Added a member",
        "post.verify" => "Verified a statement",
        "post.withdraw" => "Took a post back",
        "review.claim" => "Took an item",
        "review.decide" => "Decided an item",
        "review.open" => "Opened an item",
        "review.release" => "Gave an item back",
        "revision.screened" => "Ran the rules",
        "role.grant" => "Gave a role",
        "role.end" => "Took a role away",
        "rules.ask_retire" => "Asked to end a live rule",
        "rules.make_live" => "Made a rule live",
        "rules.retire" => "Ended a live rule",
        "rules.reload" => "Read the rules in anew",
        "session.end_all" => "Signed out everywhere",
        other => other,
    }
}

/// A reason that is a word of the program, such as `ask_changes`, is told as words; one that a person wrote stays as it is.
fn spelled(reason: String) -> String {
    match reason.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
        true => reason.replace('_', " "),
        false => reason,
    }
}

fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}
