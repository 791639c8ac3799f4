//! `/admin/rules`: the rules in force, and what is known of them.

use aftercare_frontend::pages::{AdminRules, Page, RuleMark, RuleRow};
use aftercare_frontend::parts::Moment;
use chrono::NaiveDate;
use moderation_rules::{Action, RuleState};
use poem::handler;
use poem::http::StatusCode;

use super::watch::{self, Mark, Watched};
use crate::accounts::{Admin, Caller};
use crate::layout;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;
use crate::review::pages::words;

/// The rules.
#[handler]
pub(crate) async fn list(caller: Caller<Admin>) -> Result<Html, Refusal> {
    show(&caller, StatusCode::OK).await
}

async fn show(caller: &Caller<Admin>, status: StatusCode) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, admin| {
            let today = app.database.clock().now().date();
            let watched = watch::rules(db, &app.screening.rules(), today)?;
            Ok(AdminRules {
                chrome: layout::chrome(db, &app, Some(admin), &csrf, "/admin/rules")?,
                rules: watched.into_iter().map(row).collect(),
            })
        })
        .await?;
    Ok(Html { status, body: page.html() })
}

fn row(watched: Watched) -> RuleRow {
    let rule = watched.rule;
    let action = match rule.action {
        Action::Allow => "allows",
        Action::Nudge => "asks the author once",
        Action::Flag => "flags",
        Action::Hold => "holds",
    };
    let review = NaiveDate::parse_from_str(&rule.review, "%Y-%m-%d");
    let mark = |mark: Mark| match mark {
        Mark::ReviewPast => RuleMark::ReviewPast,
        Mark::Doubled => RuleMark::Doubled,
        Mark::Unused => RuleMark::Unused,
    };
    RuleRow {
        category: words::category(rule.category).to_owned(),
        severity: words::severity(rule.severity),
        action: action.to_owned(),
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
