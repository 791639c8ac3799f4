use diesel::dsl::exists;
use diesel::prelude::*;
use moderation_rules::Stage;

use super::Backend;
use crate::accounts::{MemberId, Viewer};
use crate::each_backend;
use crate::platform::db::schema::{board_members, boards, drafts, posts, threads};
use crate::platform::db::{Db, Tx};
use crate::screening::CareStage;
use crate::threads::boards::NewBoard;
use crate::threads::{BoardAudience, BoardId, DraftId, PostId, ThreadId};

/// A board.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = boards)]
pub struct BoardRow {
    pub id: BoardId,
    pub slug: String,
    pub name: String,
    pub description: String,
    pub audience: BoardAudience,
    pub hold_newcomers: bool,
    pub position: i32,
    pub stage: Option<CareStage>,
}

impl BoardRow {
    /// The stage of care, as rules name it.
    pub fn care(&self) -> Option<Stage> {
        self.stage.map(Stage::from)
    }
}

fn readable_boards(viewer: &Viewer) -> boards::BoxedQuery<'static, Backend> {
    let all = boards::table.into_boxed();
    match viewer.member() {
        _ if viewer.reads_every_board() => all,
        Some(member) => {
            let invited = board_members::table
                .filter(board_members::board_id.eq(boards::id))
                .filter(board_members::member_id.eq(member.id()));
            all.filter(boards::audience.ne(BoardAudience::Invited).or(exists(invited)))
        }
        None => all.filter(
            boards::audience.eq(BoardAudience::Public).or(boards::audience.eq(BoardAudience::Unlisted)),
        ),
    }
}

pub fn boards(db: &mut Db, viewer: &Viewer) -> QueryResult<Vec<BoardRow>> {
    readable_boards(viewer).order((boards::position, boards::name)).select(BoardRow::as_select()).load(db)
}

/// The board at this address, if this viewer may read it.
pub fn board_for(db: &mut Db, viewer: &Viewer, slug: &str) -> QueryResult<Option<BoardRow>> {
    if cannot_be(slug) {
        return Ok(None);
    }
    readable_boards(viewer)
        .filter(boards::slug.eq(slug.to_owned()))
        .select(BoardRow::as_select())
        .first(db)
        .optional()
}

pub fn board(db: &mut Db, id: BoardId) -> QueryResult<Option<BoardRow>> {
    boards::table.find(id).select(BoardRow::as_select()).first(db).optional()
}

/// The board that a thread stands in.
pub fn board_of_thread(db: &mut Db, thread: ThreadId) -> QueryResult<Option<BoardRow>> {
    boards::table
        .inner_join(threads::table.on(threads::board_id.eq(boards::id.nullable())))
        .filter(threads::id.eq(thread))
        .select(BoardRow::as_select())
        .first(db)
        .optional()
}

/// The board that a post's thread stands in.
pub fn board_of_post(db: &mut Db, post: PostId) -> QueryResult<Option<BoardRow>> {
    let thread = posts::table.find(post).select(posts::thread_id).first(db).optional()?;
    thread.map_or(Ok(None), |thread| board_of_thread(db, thread))
}

/// The board that a draft is meant for, or that of the thread which it would reply in.
pub fn board_of_draft(db: &mut Db, draft: DraftId) -> QueryResult<Option<BoardRow>> {
    let place: Option<(Option<BoardId>, Option<ThreadId>)> =
        drafts::table.find(draft).select((drafts::board_id, drafts::thread_id)).first(db).optional()?;
    match place {
        Some((Some(board_id), _)) => board(db, board_id),
        Some((None, Some(thread))) => board_of_thread(db, thread),
        _ => Ok(None),
    }
}

/// PostgreSQL refuses the very question.
fn cannot_be(slug: &str) -> bool {
    slug.contains('\0')
}

pub fn board_by_slug(db: &mut Db, slug: &str) -> QueryResult<Option<BoardRow>> {
    if cannot_be(slug) {
        return Ok(None);
    }
    boards::table.filter(boards::slug.eq(slug)).select(BoardRow::as_select()).first(db).optional()
}

pub fn slug_taken(db: &mut Db, slug: &str) -> QueryResult<bool> {
    diesel::select(exists(boards::table.filter(boards::slug.eq(slug)))).get_result(db)
}

/// How many threads each board shows.
pub fn threads_by_board(db: &mut Db) -> QueryResult<Vec<(Option<BoardId>, i64)>> {
    threads::table
        .filter(threads::last_activity_at.is_not_null())
        .group_by(threads::board_id)
        .select((threads::board_id, diesel::dsl::count_star()))
        .load(db)
}

pub fn insert_board(tx: &mut Tx, board: &NewBoard) -> QueryResult<BoardId> {
    let (id, now) = (BoardId::new(tx.ids, tx.now), tx.now);
    let position: i64 = boards::table.count().get_result(&mut **tx)?;
    diesel::insert_into(boards::table)
        .values((
            boards::id.eq(id),
            boards::slug.eq(&board.slug),
            boards::name.eq(&board.name),
            boards::description.eq(&board.description),
            boards::audience.eq(board.audience),
            boards::hold_newcomers.eq(board.hold_newcomers),
            boards::position.eq(i32::try_from(position).unwrap_or(i32::MAX)),
            boards::created_at.eq(now),
            boards::stage.eq(board.stage),
        ))
        .execute(&mut **tx)?;
    Ok(id)
}

pub fn set_board_stage(tx: &mut Tx, board: BoardId, stage: Option<CareStage>) -> QueryResult<usize> {
    diesel::update(boards::table.find(board)).set(boards::stage.eq(stage)).execute(&mut **tx)
}

pub fn insert_board_member(tx: &mut Tx, board: BoardId, member: MemberId) -> QueryResult<()> {
    let row = (
        board_members::board_id.eq(board),
        board_members::member_id.eq(member),
        board_members::invited_at.eq(tx.now),
    );
    each_backend!(&mut **tx, c => diesel::insert_into(board_members::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}
