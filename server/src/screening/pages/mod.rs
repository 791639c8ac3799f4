//! `/admin/rules`: the rules in force, and what is known of them.

pub(crate) mod backtests;

use std::sync::Arc;

use aftercare_frontend::pages::{AdminRules, Page, RuleMark, RuleRow};
use aftercare_frontend::parts::Moment;
use chrono::NaiveDate;
use moderation_rules::{Action, RuleState};
use poem::http::StatusCode;
use poem::web::Query;
use poem::{IntoResponse, Response, handler};
use serde::Deserialize;

use super::reload;
use super::watch::{self, Mark, Watched};
use crate::accounts::{Admin, Caller};
use crate::layout;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;
use crate::review::pages::words;

/// The rules.
#[handler]
pub(crate) async fn list(caller: Caller<Admin>, Query(asked): Query<Asked>) -> Result<Html, Refusal> {
    let flash = asked.done.is_some().then(|| "The packs were read, and their rules are in force.".to_owned());
    show(&caller, StatusCode::OK, flash, Vec::new()).await
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    done: Option<String>,
}

/// Reads the packs again.
#[handler]
pub(crate) async fn read_again(caller: Caller<Admin>, form: Form) -> Result<Response, Refusal> {
    let caller = Arc::new(caller);
    match reload::reload(caller.clone(), form.0).await {
        Ok(()) => Ok(see_other("/admin/rules?done=read")),
        Err(refusal) if !refusal.fields.is_empty() => {
            let problems = refusal.fields.iter().map(|fault| fault.message.clone()).collect();
            Ok(show(&caller, refusal.status, None, problems).await?.into_response())
        }
        Err(refusal) => Err(refusal),
    }
}

async fn show(
    caller: &Caller<Admin>,
    status: StatusCode,
    flash: Option<String>,
    problems: Vec<String>,
) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, admin| {
            let today = app.database.clock().now().date();
            let rules = app.screening.rules();
            let watched = watch::rules(db, &rules, today)?;
            let mut chrome = layout::chrome(db, &app, Some(admin), &csrf, "/admin/rules")?;
            chrome.flash = flash;
            Ok(AdminRules {
                chrome,
                csrf,
                problems,
                hash: reload::hash(&rules).chars().take(12).collect(),
                shadow_days: app.config.rules.shadow_days,
                rules: watched.into_iter().map(row).collect(),
            })
        })
        .await?;
    Ok(Html { status, body: page.html() })
}

/// What a rule does with a post.
fn acts(action: Action) -> &'static str {
    match action {
        Action::Allow => "allows",
        Action::Nudge => "asks the author once",
        Action::Flag => "flags",
        Action::Hold => "holds",
    }
}

fn row(watched: Watched) -> RuleRow {
    let rule = watched.rule;
    let review = NaiveDate::parse_from_str(&rule.review, "%Y-%m-%d");
    let mark = |mark: Mark| match mark {
        Mark::ReviewPast => RuleMark::ReviewPast,
        Mark::Doubled => RuleMark::Doubled,
        Mark::Unused => RuleMark::Unused,
    };
    RuleRow {
        category: words::category(rule.category).to_owned(),
        severity: words::severity(rule.severity),
        action: acts(rule.action).to_owned(),
        shadow: rule.state == RuleState::Shadow,
        version: rule.version,
        review: review.map_or_else(|_| Moment::new(&rule.review, &rule.review), layout::day),
        hits: watched.hits,
        before: watched.before,
        kept_back: watched.kept_back,
        decided: watched.kept_back + watched.published,
        marks: watched.marks.into_iter().map(mark).collect(),
        id: rule.id.to_string(),
        title: rule.title,
        owner: rule.owner,
    }
}
