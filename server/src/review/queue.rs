//! What the desk shows: the queue, one item in its context, and what is public and unread.

use moderation_rules::{RuleSet, Severity, Verdict};

use super::store::{self, DecisionRow, ItemRow};
use super::{ItemId, QueueCursor};
use crate::platform::db::Db;
use crate::platform::limits::PAGE_ROWS;
use crate::platform::refusal::Refusal;
use crate::screening;
use crate::threads::read::Page;
use crate::threads::store::{self as threads, PostRow, RevisionRow};
use crate::threads::{Cursor, PostState};

/// A stretch of the queue.
pub struct Queue {
    pub items: Vec<ItemRow>,
    pub next: Option<QueueCursor>,
    /// How many wait, by severity rank.
    pub waiting: Vec<(i32, i64)>,
}

/// A page of the queue, most severe first, then oldest.
pub fn queue(db: &mut Db, after: Option<QueueCursor>) -> Result<Queue, Refusal> {
    let mut items = store::queue(db, after, PAGE_ROWS + 1)?;
    let most = usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX);
    let more = items.len() > most;
    items.truncate(most);
    let next = items.last().filter(|_| more).map(|item| QueueCursor {
        rank: item.rank,
        opened_at: item.opened_at,
        id: item.id.0,
    });
    Ok(Queue { items, next, waiting: store::waiting_by_severity(db)? })
}

/// An item with what a moderator needs to decide it.
pub struct ItemInContext {
    pub item: ItemRow,
    pub revisions: Vec<RevisionRow>,
    pub decisions: Vec<DecisionRow>,
    pub author_history: Vec<(PostState, i64)>,
    pub holder_name: Option<String>,
}

/// One item in its context.
pub fn item(db: &mut Db, id: ItemId) -> Result<ItemInContext, Refusal> {
    let item = store::item(db, id)?.ok_or_else(Refusal::not_found)?;
    let holder_name = match item.holder_id {
        Some(holder) => Some(store::name_of(db, holder)?),
        None => None,
    };
    Ok(ItemInContext {
        revisions: threads::revisions_of(db, item.post_id)?,
        decisions: store::decisions_of(db, item.post_id)?,
        author_history: store::history(db, item.author_id)?,
        holder_name,
        item,
    })
}

/// Public posts that no member of staff has read in their present wording, oldest first.
pub fn unread(db: &mut Db, after: Option<Cursor>) -> Result<Page<PostRow>, Refusal> {
    let rows = threads::public_and_unread(db, after, PAGE_ROWS + 1)?;
    Ok(Page::of(rows, PAGE_ROWS, |post| Cursor { at: post.revised_at, id: post.id.0 }))
}

/// The text as the rules read it.
pub fn text_of(item: &ItemRow) -> String {
    screening::screened_text(item.title.as_deref(), &item.plain)
}

/// The frozen verdict. One that cannot be read counts as a failed check.
pub fn verdict_of(item: &ItemRow) -> Verdict {
    Verdict::stored(&item.verdict)
}

/// A stretch of text, marked where a rule matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub text: String,
    pub mark: Option<(String, Severity)>,
}

/// Cuts a text at the spans of its verdict. Where spans overlap, the most severe one names the stretch.
pub fn stretches(text: &str, verdict: &Verdict, rules: &RuleSet) -> Vec<Stretch> {
    let mut cuts: Vec<usize> =
        verdict.hits.iter().flat_map(|hit| [hit.start, hit.end]).chain([0, text.len()]).collect();
    cuts.retain(|cut| text.is_char_boundary(*cut));
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .filter_map(|pair| match pair {
            [start, end] => text.get(*start..*end).map(|part| (*start, *end, part)),
            _ => None,
        })
        .map(|(start, end, part)| {
            let hit = verdict
                .hits
                .iter()
                .filter(|hit| hit.start <= start && hit.end >= end)
                .max_by_key(|hit| hit.severity);
            let mark = hit.map(|hit| {
                let title =
                    rules.rule(&hit.rule).map_or_else(|| hit.rule.to_string(), |rule| rule.title.clone());
                (title, hit.severity)
            });
            Stretch { text: part.to_owned(), mark }
        })
        .collect()
}
