use diesel::prelude::*;

use crate::accounts::MemberId;
use crate::each_backend;
use crate::guidance::attach::Attaching;
use crate::guidance::{AttachmentId, Relation, VersionId};
use crate::platform::db::schema::attachments;
use crate::platform::db::{Db, Tx};
use crate::threads::store::PostCore;
use crate::threads::{PostId, ThreadId};

/// A card: which version stands under which post.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = attachments)]
pub struct AttachmentRow {
    pub post_id: PostId,
    pub version_id: VersionId,
    pub relation: Relation,
    pub note: String,
}

pub fn attachments_of(db: &mut Db, thread: ThreadId) -> QueryResult<Vec<AttachmentRow>> {
    attachments::table
        .filter(attachments::thread_id.eq(thread))
        .order((attachments::attached_at, attachments::id))
        .select(AttachmentRow::as_select())
        .load(db)
}

pub fn has_card(db: &mut Db, post: PostId) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(attachments::table.filter(attachments::post_id.eq(post))))
        .get_result(db)
}

/// Of these posts, the ones with a card.
pub fn with_cards(db: &mut Db, ids: &[PostId]) -> QueryResult<Vec<PostId>> {
    attachments::table
        .filter(attachments::post_id.eq_any(ids))
        .select(attachments::post_id)
        .distinct()
        .load(db)
}

/// One row, or none where the version stands under the post already.
pub fn insert_attachment(
    tx: &mut Tx,
    post: &PostCore,
    attaching: &Attaching,
    by: MemberId,
) -> QueryResult<usize> {
    let row = (
        attachments::id.eq(AttachmentId::new(tx.ids, tx.now)),
        attachments::post_id.eq(post.id),
        attachments::thread_id.eq(post.thread_id),
        attachments::version_id.eq(attaching.version),
        attachments::relation.eq(attaching.relation),
        attachments::note.eq(attaching.note.as_str()),
        attachments::attached_by.eq(by),
        attachments::attached_at.eq(tx.now),
    );
    each_backend!(&mut **tx, c => diesel::insert_into(attachments::table).values(row).on_conflict_do_nothing().execute(c))
}
