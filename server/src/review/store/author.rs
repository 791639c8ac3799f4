//! What the author of a post is told of its review.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use crate::platform::db::Db;
use crate::platform::db::schema::{decisions, review_items};
use crate::review::ItemState;
use crate::threads::PostId;

/// Of these posts, the ones that came back to their author for a change.
pub fn waiting_for_author(db: &mut Db, posts: &[PostId]) -> QueryResult<HashSet<PostId>> {
    let found: Vec<PostId> = review_items::table
        .filter(review_items::post_id.eq_any(posts))
        .filter(review_items::state.eq(ItemState::WaitingAuthor))
        .filter(review_items::closed_at.is_null())
        .select(review_items::post_id)
        .load(db)?;
    Ok(found.into_iter().collect())
}

/// What was last written to the authors of these posts.
pub fn last_reasons(db: &mut Db, posts: &[PostId]) -> QueryResult<HashMap<PostId, String>> {
    let rows: Vec<(PostId, String)> = decisions::table
        .filter(decisions::post_id.eq_any(posts))
        .order((decisions::decided_at, decisions::id))
        .select((decisions::post_id, decisions::reason))
        .load(db)?;
    Ok(rows.into_iter().filter(|(_, reason)| !reason.is_empty()).collect())
}
