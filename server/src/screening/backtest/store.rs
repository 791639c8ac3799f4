//! The latest wording of every post, with what a moderator decided about it.

use diesel::prelude::*;

use crate::platform::clock::UtcTime;
use crate::platform::db::Db;
use crate::platform::db::schema::{decisions, posts, revisions};

/// A wording as the rules read it.
#[derive(Queryable)]
pub(super) struct Text {
    pub post: i64,
    pub title: Option<String>,
    pub plain: String,
    pub written: UtcTime,
    /// What was decided about exactly this wording.
    pub choice: Option<String>,
}

pub(super) fn count(db: &mut Db) -> QueryResult<i64> {
    posts::table.count().get_result(db)
}

/// The next ones after this post.
pub(super) fn after(db: &mut Db, post: i64, rows: i64) -> QueryResult<Vec<Text>> {
    posts::table
        .inner_join(revisions::table.on(revisions::id.eq(posts::latest_revision_id)))
        .left_join(decisions::table.on(decisions::revision_id.eq(revisions::id)))
        .filter(posts::id.gt(post))
        .order(posts::id)
        .limit(rows)
        .select((
            posts::id,
            revisions::title,
            revisions::plain,
            revisions::created_at,
            decisions::choice.nullable(),
        ))
        .load(db)
}
