//! A post in its thread, with its guidance, its marks, and what its author and staff can do with it.

use std::collections::{HashMap, HashSet};

use aftercare_frontend::parts::{
    Author, FormState, GuidanceCard, OwnPost as OwnPart, OwnState, PostCard, StaffTools, VerifiedMark,
    VerifyField,
};

use super::rows;
use crate::accounts::{Member, Viewer};
use crate::app::App;
use crate::guidance;
use crate::guidance::pages::card;
use crate::layout;
use crate::platform::db::Db;
use crate::platform::refusal::Refusal;
use crate::review;
use crate::threads::store::{OwnPost, PostRow};
use crate::threads::{PostId, PostKind, PostState, ThreadId};

/// Everything that hangs on the posts of one thread.
struct Hanging {
    cards: HashMap<PostId, Vec<GuidanceCard>>,
    marks: HashMap<PostId, Vec<VerifiedMark>>,
}

/// The posts of a thread that everybody sees, as this viewer sees them; `edits_waiting` are the viewer's own with a newer
/// wording that waits.
pub(crate) fn public_posts(
    db: &mut Db,
    app: &App,
    (viewer, csrf): (&Viewer, &str),
    thread: ThreadId,
    rows: Vec<PostRow>,
    edits_waiting: &HashSet<PostId>,
) -> Result<Vec<PostCard>, Refusal> {
    let mut hanging = hanging(db, app, thread)?;
    let card = |row: PostRow| {
        let waits = edits_waiting.contains(&row.id);
        public_post(db, app, (viewer, csrf), &mut hanging, row, waits)
    };
    rows.into_iter().map(card).collect()
}

fn hanging(db: &mut Db, app: &App, thread: ThreadId) -> Result<Hanging, Refusal> {
    let mut cards = HashMap::new();
    for (post, of_post) in guidance::read::cards(db, thread)? {
        let of_post: Result<Vec<_>, _> = of_post.into_iter().map(|row| card::card(db, app, row)).collect();
        cards.insert(post, of_post?);
    }
    let mut marks: HashMap<PostId, Vec<VerifiedMark>> = HashMap::new();
    for row in guidance::store::statements_of(db, thread, app.database.clock().now().date())? {
        marks.entry(row.post_id).or_default().push(card::verified(&app.schedule, row));
    }
    Ok(Hanging { cards, marks })
}

fn public_post(
    db: &mut Db,
    app: &App,
    (viewer, csrf): (&Viewer, &str),
    hanging: &mut Hanging,
    row: PostRow,
    edit_waits: bool,
) -> Result<PostCard, Refusal> {
    let published = layout::moment(&app.schedule, row.first_published_at);
    let own = viewer.member().filter(|member| member.id() == row.author_id).map(|member| OwnPart {
        state: if edit_waits { OwnState::EditWaiting } else { OwnState::Public },
        expected: edit_waits.then(|| app.schedule.words(app.database.clock().now())),
        can_edit: member.must_be_active().is_ok(),
        can_withdraw: true,
    });
    Ok(PostCard {
        id: row.id.to_string(),
        is_opening: row.kind == PostKind::Opening,
        about: rows::about(row.about),
        edited: (row.revision_number > 1).then(|| layout::moment(&app.schedule, row.revised_at)),
        approved_later: row.approved_late.then(|| published.clone()),
        posted: published,
        html: row.safe_html(),
        guidance: hanging.cards.remove(&row.id).unwrap_or_default(),
        verified: hanging.marks.remove(&row.id).unwrap_or_default(),
        staff: staff_tools(db, viewer, csrf, &row)?,
        author: author(&row),
        own,
    })
}

pub(crate) fn author(row: &PostRow) -> Author {
    let role = match (row.author_clinician, row.author_moderator) {
        (true, _) => Some("Clinician".to_owned()),
        (false, true) => Some("Moderator".to_owned()),
        (false, false) => None,
    };
    Author { name: row.author_name.clone(), role }
}

fn staff_tools(
    db: &mut Db,
    viewer: &Viewer,
    csrf: &str,
    row: &PostRow,
) -> Result<Option<StaffTools>, Refusal> {
    let Some(member) = viewer.member().filter(|member| member.is_moderator() || member.is_clinician()) else {
        return Ok(None);
    };
    let attaches = member.is_moderator();
    let item = match attaches {
        true => review::store::unfinished_of(db, row.id)?.map(|id| id.to_string()),
        false => None,
    };
    let verifies = member.is_clinician() && member.id() != row.author_id;
    // The hash of the wording that was read: if the author changes it meanwhile, the act answers with a conflict.
    let verify =
        verifies.then(|| FormState::new(csrf).with(VerifyField::Revision, row.revision_hash.as_str()));
    Ok((attaches || verify.is_some()).then_some(StaffTools { item, attaches, verify }))
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
    let told = Told::about(db, &rows)?;
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
        own: Some(told.own_part(app, member, &row)),
        staff: None,
    };
    Ok(rows.into_iter().map(card).collect())
}

/// What staff have said to the author of some posts.
pub(super) struct Told {
    changes_asked: HashSet<PostId>,
    reasons: HashMap<PostId, String>,
}

impl Told {
    pub(super) fn about(db: &mut Db, rows: &[OwnPost]) -> Result<Self, Refusal> {
        let ids: Vec<PostId> = rows.iter().map(|row| row.id).collect();
        Ok(Self {
            changes_asked: review::store::waiting_for_author(db, &ids)?,
            reasons: review::store::last_reasons(db, &ids)?,
        })
    }

    pub(super) fn state(&self, row: &OwnPost) -> OwnState {
        let asked = self.changes_asked.contains(&row.id);
        match row.state {
            PostState::Public if asked => OwnState::ChangesAsked,
            PostState::Public if row.edit_waits() => OwnState::EditWaiting,
            PostState::Public => OwnState::Public,
            PostState::Held if asked => OwnState::ChangesAsked,
            PostState::Held => OwnState::Waiting,
            PostState::Refused => OwnState::Refused,
            PostState::Hidden | PostState::Removed => OwnState::TakenDown,
            PostState::Withdrawn => OwnState::Withdrawn,
        }
    }

    /// What staff wrote, where the state is the answer to it.
    pub(super) fn reason(&self, row: &OwnPost) -> Option<String> {
        let speaks =
            matches!(self.state(row), OwnState::ChangesAsked | OwnState::Refused | OwnState::TakenDown);
        self.reasons.get(&row.id).filter(|_| speaks).cloned()
    }

    fn own_part(&self, app: &App, member: &Member, row: &OwnPost) -> OwnPart {
        let state = self.state(row);
        let waits = matches!(state, OwnState::Waiting | OwnState::EditWaiting);
        OwnPart {
            state,
            expected: self
                .reason(row)
                .or_else(|| waits.then(|| app.schedule.words(app.database.clock().now()))),
            can_edit: member.must_be_active().is_ok(),
            can_withdraw: true,
        }
    }
}
