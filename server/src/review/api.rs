//! The review queue in the API.

use moderation_rules::RuleSet;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::decide::{self, Decision};
use super::queue;
use super::store::ItemRow;
use super::{ItemId, QueueCursor, claim, read};
use crate::accounts::{Caller, Moderator};
use crate::app::App;
use crate::platform::http::{self, Input};
use crate::platform::refusal::Refusal;
use crate::threads::api::PostOut;
use crate::threads::{Cursor, RevisionId, personal};

pub struct ReviewApi;

/// A place where a rule matched.
#[derive(Object)]
struct HitOut {
    rule: String,
    version: u32,
    /// The rule's title.
    title: String,
    /// Why the rule exists, for moderators.
    why: String,
    category: String,
    severity: String,
    /// Byte offsets into `text`.
    start: u32,
    end: u32,
    /// `publish_masked` leaves it out.
    left_out: bool,
}

/// A text that a person must look at.
#[derive(Object)]
struct ItemOut {
    id: String,
    /// Name it when deciding; another one is a conflict.
    version: i64,
    /// `open`, `claimed`, `waiting_author`, `decided` or `superseded`.
    state: String,
    /// `rules`, `check_failed`, `newcomer` or `edited_while_held`.
    cause: String,
    /// `green`, `amber`, `red` or `crisis`.
    severity: String,
    categories: Vec<String>,
    needs: Vec<String>,
    /// Name of whoever works on it.
    holder: Option<String>,
    lease_until: Option<String>,
    opened_at: String,
    post: String,
    thread: String,
    board: String,
    post_state: String,
    author: String,
    about: String,
    /// Id of the wording; name it when deciding.
    revision: String,
    hash: String,
    /// The text as the rules read it: title, blank line, words.
    text: String,
    hits: Vec<HitOut>,
}

impl ItemOut {
    fn new(item: ItemRow, holder: Option<String>, rules: &RuleSet) -> Self {
        let verdict = queue::verdict_of(&item);
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let hits = verdict
            .hits
            .iter()
            .map(|hit| {
                let rule = rules.rule(&hit.rule);
                HitOut {
                    rule: hit.rule.to_string(),
                    version: hit.version,
                    title: rule.map_or_else(|| hit.rule.to_string(), |rule| rule.title.clone()),
                    why: rule.map(|rule| rule.why.clone()).unwrap_or_default(),
                    category: hit.category.as_str().to_owned(),
                    severity: hit.severity.as_str().to_owned(),
                    start: offset(hit.start),
                    end: offset(hit.end),
                    left_out: personal::may_be_left_out(hit, rules),
                }
            })
            .collect();
        Self {
            text: queue::text_of(&item),
            id: item.id.to_string(),
            version: item.version,
            state: item.state.to_string(),
            cause: item.cause.to_string(),
            severity: item.severity.0.as_str().to_owned(),
            categories: verdict.categories.iter().map(|category| category.as_str().to_owned()).collect(),
            needs: verdict.needs.iter().map(|need| need.as_str().to_owned()).collect(),
            holder,
            lease_until: item.lease_until.map(|until| until.rfc3339()),
            opened_at: item.opened_at.rfc3339(),
            post: item.post_id.to_string(),
            thread: item.thread_id.to_string(),
            board: item.board_slug,
            post_state: item.post_state.to_string(),
            author: item.author_name,
            about: item.about.to_string(),
            revision: item.revision_id.to_string(),
            hash: item.revision_hash,
            hits,
        }
    }
}

/// A stretch of the queue, most severe first, then oldest.
#[derive(Object)]
struct QueueOut {
    items: Vec<ItemOut>,
    /// Pass as `cursor` for the next page; absent on the last.
    next: Option<String>,
}

/// A decision about exact text.
#[derive(Object)]
struct DecisionIn {
    /// The item's `version` as it was read.
    item_version: i64,
    /// The item's `revision` as it was read.
    revision: String,
    /// `publish`, `publish_with_guidance`, `publish_masked` (without the hits that are `left_out`; a mark stands in their place),
    /// `ask_changes` or `refuse`.
    choice: String,
    /// The moderator's own triage: `green`, `amber`, `red` or `crisis`. By default the item's severity.
    label: Option<String>,
    /// For the author; required to ask for changes or to refuse.
    reason: Option<String>,
    /// For `publish_with_guidance`: id of a verified version.
    guidance_version: Option<String>,
    /// `answers` (default), `adds` or `corrects`.
    relation: Option<String>,
    /// Shown on the card.
    note: Option<String>,
}

/// Public posts that nobody of staff has read in their present wording, oldest first.
#[derive(Object)]
struct UnreadOut {
    posts: Vec<PostOut>,
    next: Option<String>,
}

fn id(text: &str) -> Result<ItemId, Refusal> {
    ItemId::parse(text).ok_or_else(Refusal::not_found)
}

async fn one(caller: &Caller<Moderator>, id: ItemId) -> Result<Json<ItemOut>, Refusal> {
    let context = caller.read(move |db, _| queue::item(db, id)).await?;
    Ok(Json(item_out(&caller.app, context.item, context.holder_name)))
}

fn item_out(app: &App, item: ItemRow, holder: Option<String>) -> ItemOut {
    ItemOut::new(item, holder, &app.screening.rules())
}

#[OpenApi]
impl ReviewApi {
    /// What waits for a person, most severe first, then oldest
    #[oai(path = "/review/items", method = "get", operation_id = "list_review_items")]
    async fn list_review_items(
        &self,
        caller: Caller<Moderator>,
        /// Where the last page ended.
        cursor: Query<Option<String>>,
    ) -> Result<Json<QueueOut>, Refusal> {
        let after = http::cursor(cursor.0, QueueCursor::parse)?;
        let app = caller.app.clone();
        let out = caller
            .read(move |db, _| {
                let page = queue::queue(db, after)?;
                let mut items = Vec::new();
                for item in page.items {
                    let holder =
                        item.holder_id.map(|holder| super::store::name_of(db, holder)).transpose()?;
                    items.push(item_out(&app, item, holder));
                }
                Ok(QueueOut { items, next: page.next.map(QueueCursor::encode) })
            })
            .await?;
        Ok(Json(out))
    }

    /// One item
    #[oai(path = "/review/items/:id", method = "get", operation_id = "get_review_item")]
    async fn get_review_item(
        &self,
        caller: Caller<Moderator>,
        id: Path<String>,
    ) -> Result<Json<ItemOut>, Refusal> {
        one(&caller, self::id(&id.0)?).await
    }

    /// Claim an item for fifteen minutes
    ///
    /// 409 `claimed_by_other` names the holder. Claiming one's own claim renews it.
    #[oai(path = "/review/items/:id/claim", method = "post", operation_id = "claim_review_item")]
    async fn claim_review_item(
        &self,
        caller: Caller<Moderator>,
        id: Path<String>,
    ) -> Result<Json<ItemOut>, Refusal> {
        let item = self::id(&id.0)?;
        caller.write(move |tx, moderator| claim::claim(tx, moderator, item)).await?;
        one(&caller, item).await
    }

    /// Give a claimed item back undecided
    #[oai(path = "/review/items/:id/claim", method = "delete", operation_id = "release_review_item")]
    async fn release_review_item(
        &self,
        caller: Caller<Moderator>,
        id: Path<String>,
    ) -> Result<Json<ItemOut>, Refusal> {
        let item = self::id(&id.0)?;
        caller.write(move |tx, moderator| claim::release(tx, moderator, item)).await?;
        one(&caller, item).await
    }

    /// Decide a claimed item
    ///
    /// 409 `stale` where item or text changed since they were read; 409 `claimed_by_other` or `not_claimed` where the caller does not hold it.
    #[oai(path = "/review/items/:id/decision", method = "post", operation_id = "decide_review_item")]
    async fn decide_review_item(
        &self,
        caller: Caller<Moderator>,
        id: Path<String>,
        input: Input<DecisionIn>,
    ) -> Result<Json<ItemOut>, Refusal> {
        let item = self::id(&id.0)?;
        let app = caller.app.clone();
        caller
            .prepare(
                move |app| Decision::parse(&app.screening, input.fields),
                move |tx, moderator, decision| decide::decide(tx, &app.screening, moderator, item, &decision),
            )
            .await?;
        one(&caller, item).await
    }

    /// Public posts that nobody of staff has read yet, oldest first
    #[oai(path = "/review/unread", method = "get", operation_id = "list_unread_posts")]
    async fn list_unread_posts(
        &self,
        caller: Caller<Moderator>,
        /// Where the last page ended.
        cursor: Query<Option<String>>,
    ) -> Result<Json<UnreadOut>, Refusal> {
        let after = http::cursor(cursor.0, Cursor::parse)?;
        let now = caller.app.database.clock().now();
        let page = caller.read(move |db, _| queue::unread(db, after)).await?;
        Ok(Json(UnreadOut {
            posts: page.rows.into_iter().map(|row| PostOut::new(row, Vec::new(), Vec::new(), now)).collect(),
            next: page.next.map(Cursor::encode),
        }))
    }

    /// Note that one has read a wording
    #[oai(path = "/review/unread/:revision", method = "put", operation_id = "mark_post_read")]
    async fn mark_post_read(
        &self,
        caller: Caller<Moderator>,
        revision: Path<String>,
    ) -> Result<Json<bool>, Refusal> {
        let revision = RevisionId::parse(&revision.0).ok_or_else(Refusal::not_found)?;
        caller.write(move |tx, moderator| read::mark_read(tx, moderator, revision)).await?;
        Ok(Json(true))
    }
}
