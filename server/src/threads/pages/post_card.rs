//! A post in its thread, with its guidance, its marks, and what its author and staff can do with it.

use std::collections::{HashMap, HashSet};

use aftercare_frontend::parts::{
    Author, FormState, GuidanceCard, OwnPost as OwnPart, OwnState, PostCard, StaffTools, VerifiedMark,
    VerifyField,
};

use super::rows;
use super::told::{self, Told};
use crate::accounts::{Member, Viewer};
use crate::app::App;
use crate::guidance;
use crate::guidance::pages::card;
use crate::layout;
use crate::platform::db::Db;
use crate::platform::refusal::Refusal;
use crate::review::{self, ItemId};
use crate::threads::store::{OwnPost, PostRow};
use crate::threads::{PostId, PostKind, PostState, ThreadId};

/// Everything that hangs on the posts of one thread.
struct Hanging {
    cards: HashMap<PostId, Vec<GuidanceCard>>,
    marks: HashMap<PostId, Vec<VerifiedMark>>,
    /// What waits at the desk, for moderators.
    items: HashMap<PostId, ItemId>,
    /// What was said of the viewer's own wordings that wait.
    told: Told,
}

/// The posts of a thread that everybody sees, as this viewer sees them; `edits_waiting` are the viewer's own with a newer
/// wording that waits.
pub(super) fn public_posts(
    db: &mut Db,
    app: &App,
    (viewer, csrf): (&Viewer, &str),
    thread: ThreadId,
    rows: Vec<PostRow>,
    edits_waiting: &HashSet<PostId>,
) -> Result<Vec<PostCard>, Refusal> {
    let told = Told::about(db, &edits_waiting.iter().copied().collect::<Vec<_>>())?;
    let mut hanging = hanging(db, app, viewer, thread, told)?;
    let card = |row: PostRow| {
        let waits = edits_waiting.contains(&row.id);
        public_post(app, (viewer, csrf), &mut hanging, row, waits)
    };
    Ok(rows.into_iter().map(card).collect())
}

/// One public post on a page of its own, where only reading matters: its tools are left off.
pub(crate) fn alone(
    db: &mut Db,
    app: &App,
    (viewer, csrf): (&Viewer, &str),
    row: PostRow,
) -> Result<PostCard, Refusal> {
    let told = Told::about(db, &[])?;
    let mut hanging = hanging(db, app, viewer, row.thread_id, told)?;
    Ok(PostCard { staff: None, ..public_post(app, (viewer, csrf), &mut hanging, row, false) })
}

fn hanging(
    db: &mut Db,
    app: &App,
    viewer: &Viewer,
    thread: ThreadId,
    told: Told,
) -> Result<Hanging, Refusal> {
    let mut cards = HashMap::new();
    for (post, of_post) in guidance::read::cards(db, thread)? {
        let of_post: Result<Vec<_>, _> = of_post.into_iter().map(|row| card::card(db, app, row)).collect();
        cards.insert(post, of_post?);
    }
    let mut marks: HashMap<PostId, Vec<VerifiedMark>> = HashMap::new();
    for row in guidance::store::statements_of(db, thread, app.database.clock().now().date())? {
        marks.entry(row.post_id).or_default().push(card::verified(&app.schedule, row));
    }
    let items = match viewer.member().is_some_and(Member::is_moderator) {
        true => review::store::unfinished_in(db, thread)?,
        false => HashMap::new(),
    };
    Ok(Hanging { cards, marks, items, told })
}

fn public_post(
    app: &App,
    (viewer, csrf): (&Viewer, &str),
    hanging: &mut Hanging,
    row: PostRow,
    edit_waits: bool,
) -> PostCard {
    let published = layout::moment(&app.schedule, row.first_published_at);
    let own = viewer.member().filter(|member| member.id() == row.author_id).map(|member| {
        let state = hanging.told.state(row.id, PostState::Public, edit_waits);
        own_part(app, member, &hanging.told, row.id, state)
    });
    PostCard {
        id: row.id.to_string(),
        is_opening: row.kind == PostKind::Opening,
        about: rows::about(row.about),
        edited: (row.revision_number > 1).then(|| layout::moment(&app.schedule, row.revised_at)),
        approved_later: row.approved_late.then(|| published.clone()),
        posted: published,
        html: row.safe_html(),
        guidance: hanging.cards.remove(&row.id).unwrap_or_default(),
        verified: hanging.marks.remove(&row.id).unwrap_or_default(),
        staff: staff_tools(viewer, csrf, &row, hanging.items.remove(&row.id)),
        author: author(&row),
        own,
    }
}

pub(crate) fn author(row: &PostRow) -> Author {
    let role = match (row.author_clinician, row.author_moderator) {
        (true, _) => Some("Clinician".to_owned()),
        (false, true) => Some("Moderator".to_owned()),
        (false, false) => None,
    };
    Author { name: row.author_name.clone(), role }
}

fn staff_tools(viewer: &Viewer, csrf: &str, row: &PostRow, item: Option<ItemId>) -> Option<StaffTools> {
    let member = viewer.member().filter(|member| member.is_moderator() || member.is_clinician())?;
    let attaches = member.is_moderator();
    let item = item.map(|id| id.to_string());
    let verifies = member.is_clinician() && member.id() != row.author_id;
    // The hash of the wording that was read: if the author changes it meanwhile, the act answers with a conflict.
    let verify =
        verifies.then(|| FormState::new(csrf).with(VerifyField::Revision, row.revision_hash.as_str()));
    (attaches || verify.is_some()).then_some(StaffTools { item, attaches, verify })
}

/// The author's own posts that nobody else sees, as the author sees them.
pub(super) fn waiting_posts(
    db: &mut Db,
    app: &App,
    member: &Member,
    rows: Vec<OwnPost>,
) -> Result<Vec<PostCard>, Refusal> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let told = Told::about_own(db, &rows)?;
    let card = |row: OwnPost| PostCard {
        id: row.id.to_string(),
        is_opening: row.kind == PostKind::Opening,
        author: Author::member(member.name()),
        about: rows::about(row.about),
        posted: layout::moment(&app.schedule, row.created_at),
        edited: None,
        approved_later: None,
        html: row.safe_html(),
        guidance: Vec::new(),
        verified: Vec::new(),
        own: Some(own_part(app, member, &told, row.id, told.state_of(&row))),
        staff: None,
    };
    Ok(rows.into_iter().map(card).collect())
}

fn own_part(app: &App, member: &Member, told: &Told, post: PostId, state: OwnState) -> OwnPart {
    OwnPart {
        state,
        expected: told.reason(post, state).or_else(|| told::expected(app, state)),
        can_edit: member.must_be_active().is_ok(),
        can_withdraw: true,
    }
}
