//! The rules in the API, for those who run the place.

pub mod backtests;

use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use std::sync::Arc;

use super::reload;
use super::watch::{self, Watched};
use crate::accounts::{Admin, Caller};
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;

pub struct RulesApi;

/// A rule in force.
#[derive(Object)]
struct RuleOut {
    rule: String,
    version: u32,
    title: String,
    category: String,
    severity: String,
    /// `nudge`, `flag` or `hold`.
    action: String,
    /// `live`, or `shadow`: tried on every text, never acting.
    state: String,
    owner: String,
    /// The day by which somebody has to look at it again.
    review: String,
    /// Texts of the last 28 days that it matched, or in shadow would have.
    hits: i64,
    /// The same in the 28 days before.
    hits_before: i64,
    /// Decisions of the last 90 days about texts that it matched: refused, or sent back for changes.
    kept_back: i64,
    /// And published.
    published: i64,
    /// `review_past`, `doubled` (twice the hits of the 28 days before, ten or more), `unused` (no hit in 90 days).
    marks: Vec<String>,
}

/// Those to look at first.
#[derive(Object)]
struct RulesOut {
    rules: Vec<RuleOut>,
    /// Of everything that the set does; the record names it at each exchange.
    hash: String,
}

#[OpenApi]
impl RulesApi {
    /// The rules in force, with what is known of them
    #[oai(path = "/rules", method = "get", operation_id = "list_rules")]
    async fn list_rules(&self, caller: Caller<Admin>) -> Result<Json<RulesOut>, Refusal> {
        shown(&caller).await
    }

    /// Read the packs in anew, all of them or none
    ///
    /// 422 with one entry in `errors` for each fault, by file, line and rule; the rules in force stay then. A rule that goes live must
    /// have been in shadow for the days that the settings say, somebody else must have brought it there, and a back-test of it must have been
    /// finished. To end a live rule, a second admin has to read the same packs.
    #[oai(path = "/rules/reload", method = "post", operation_id = "reload_rules")]
    async fn reload_rules(&self, caller: Caller<Admin>) -> Result<Json<RulesOut>, Refusal> {
        let caller = Arc::new(caller);
        reload::reload(caller.clone(), Fields::default()).await?;
        shown(&caller).await
    }
}

async fn shown(caller: &Caller<Admin>) -> Result<Json<RulesOut>, Refusal> {
    let app = caller.app.clone();
    let shown = caller
        .read(move |db, _| {
            let rules = app.screening.rules();
            let watched = watch::rules(db, &rules, app.database.clock().now().date())?;
            Ok(RulesOut {
                hash: reload::hash(&rules),
                rules: watched.into_iter().map(RuleOut::from).collect(),
            })
        })
        .await?;
    Ok(Json(shown))
}

impl From<Watched> for RuleOut {
    fn from(watched: Watched) -> Self {
        let rule = watched.rule;
        Self {
            rule: rule.id.to_string(),
            version: rule.version,
            category: rule.category.to_string(),
            severity: rule.severity.as_str().to_owned(),
            action: rule.action.as_str().to_owned(),
            state: rule.state.as_str().to_owned(),
            title: rule.title,
            owner: rule.owner,
            review: rule.review,
            hits: watched.hits,
            hits_before: watched.before,
            kept_back: watched.kept_back,
            published: watched.published,
            marks: watched.marks.iter().map(|mark| mark.as_str().to_owned()).collect(),
        }
    }
}
