//! The latest wording of every post, with what a moderator decided about it.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::platform::clock::UtcTime;
use crate::platform::db::Db;
use crate::platform::db::schema::{boards, decisions, posts, revisions, threads};
use crate::screening::CareStage;

/// A wording as the rules read it.
pub(super) struct Text {
    pub post: i64,
    pub title: Option<String>,
    pub plain: String,
    /// The stage of care of its board.
    pub stage: Option<CareStage>,
    pub written: UtcTime,
    /// What was decided about exactly this wording.
    pub choice: Option<String>,
}

/// Post, its author, wording, whoever wrote that, the wording itself, and the stage of care of its board.
type Row = (i64, i64, i64, i64, Option<String>, String, UtcTime, Option<CareStage>);

pub(super) fn count(db: &mut Db) -> QueryResult<i64> {
    posts::table.count().get_result(db)
}

/// The next ones after this post. Where a moderator left something out, it is the author's wording: that one was decided about.
pub(super) fn after(db: &mut Db, post: i64, rows: i64) -> QueryResult<Vec<Text>> {
    let latest: Vec<Row> = posts::table
        .inner_join(revisions::table.on(revisions::id.eq(posts::latest_revision_id)))
        .inner_join(threads::table.on(threads::id.eq(posts::thread_id)))
        .left_join(boards::table.on(boards::id.nullable().eq(threads::board_id)))
        .filter(posts::id.gt(post))
        .order(posts::id)
        .limit(rows)
        .select((
            posts::id,
            posts::author_id,
            revisions::id,
            revisions::editor_id,
            revisions::title,
            revisions::plain,
            revisions::created_at,
            boards::stage.nullable(),
        ))
        .load(db)?;
    let ids: Vec<i64> = latest.iter().map(|row| row.0).collect();
    let mut masked: HashMap<i64, (i64, Option<String>, String, UtcTime)> = decisions::table
        .inner_join(revisions::table.on(revisions::id.eq(decisions::revision_id)))
        .filter(decisions::post_id.eq_any(&ids))
        .filter(decisions::choice.eq("publish_masked"))
        .order(decisions::decided_at)
        .select((
            decisions::post_id,
            (revisions::id, revisions::title, revisions::plain, revisions::created_at),
        ))
        .load::<(i64, (i64, Option<String>, String, UtcTime))>(db)?
        .into_iter()
        .collect();
    let mut choices: HashMap<i64, String> = decisions::table
        .filter(decisions::post_id.eq_any(&ids))
        .order(decisions::decided_at)
        .select((decisions::revision_id, decisions::choice))
        .load::<(i64, String)>(db)?
        .into_iter()
        .collect();
    let text = |(post, author, revision, editor, title, plain, written, stage): Row| {
        let left_out = masked.remove(&post).filter(|_| editor != author);
        let (revision, title, plain, written) = left_out.unwrap_or((revision, title, plain, written));
        Text { post, title, plain, stage, written, choice: choices.remove(&revision) }
    };
    Ok(latest.into_iter().map(text).collect())
}
