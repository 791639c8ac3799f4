//! What the API says of boards, threads and posts.

use aftercare_frontend::parts::OwnState;
use poem_openapi::Object;

use crate::app::App;
use crate::guidance::api::CardOut;
use crate::guidance::read::Card;
use crate::guidance::store::StatementRow;
use crate::platform::clock::UtcTime;
use crate::platform::db::Db;
use crate::platform::refusal::Refusal;
use crate::support::care::{HelpLine, Panel};
use crate::threads::Outcome;
use crate::threads::pages::told::{self, Told};
use crate::threads::store::{BoardRow, OwnPost, PostRow, ThreadRow};
use moderation_rules::Need;

/// A board.
#[derive(Object)]
pub(super) struct BoardOut {
    pub id: String,
    pub slug: String,
    pub name: String,
    pub description: String,
    /// `public`, `unlisted`, `members` or `invited`.
    pub audience: String,
    /// The stage of care it is about; absent where rules of every stage count.
    #[oai(skip_serializing_if_is_none)]
    pub stage: Option<String>,
}

impl From<BoardRow> for BoardOut {
    fn from(row: BoardRow) -> Self {
        Self {
            id: row.id.to_string(),
            slug: row.slug,
            name: row.name,
            description: row.description,
            audience: row.audience.to_string(),
            stage: row.stage.map(|stage| stage.to_string()),
        }
    }
}

/// A thread in a list.
#[derive(Object)]
pub(super) struct ThreadOut {
    pub id: String,
    pub board: String,
    pub title: String,
    pub author: String,
    /// Public posts, the opening one included.
    pub posts: i32,
    pub locked: bool,
    /// RFC 3339, UTC.
    pub opened_at: String,
    /// RFC 3339, UTC.
    pub last_activity_at: String,
}

impl From<ThreadRow> for ThreadOut {
    fn from(row: ThreadRow) -> Self {
        Self {
            id: row.id.to_string(),
            board: row.board_slug,
            title: row.title,
            author: row.author_name,
            posts: row.public_posts,
            locked: row.locked,
            opened_at: row.opened_at.rfc3339(),
            last_activity_at: row.last_activity_at.rfc3339(),
        }
    }
}

impl ThreadOut {
    /// A question that only its author sees: nothing in it is public yet.
    pub(super) fn waiting(opening: &OwnPost, author: &str) -> Self {
        Self {
            id: opening.thread_id.to_string(),
            board: opening.board_slug.clone(),
            title: opening.title.clone().unwrap_or_default(),
            author: author.to_owned(),
            posts: 0,
            locked: false,
            opened_at: opening.created_at.rfc3339(),
            last_activity_at: opening.created_at.rfc3339(),
        }
    }
}

/// A statement that a clinician stands behind, in general and in this wording.
#[derive(Object)]
pub struct StatementOut {
    pub passage: String,
    pub name: String,
    pub register: String,
    pub number: String,
    pub verified_at: String,
}

/// A public post.
#[derive(Object)]
pub struct PostOut {
    pub id: String,
    pub thread: String,
    /// `opening`, `reply`, `note`, `correction` or `message`.
    pub kind: String,
    pub author: String,
    /// `me`, `someone_i_care_for`, `someone_who_died` or `general`.
    pub about: String,
    pub title: Option<String>,
    /// Safe HTML.
    pub html: String,
    pub text: String,
    pub first_published_at: String,
    /// Set where the wording was changed since.
    pub edited_at: Option<String>,
    /// Approved by a person after others had read on.
    pub approved_late: bool,
    /// Id of the wording that shows.
    pub revision: String,
    /// SHA-256 of the wording that shows.
    pub hash: String,
    pub guidance: Vec<CardOut>,
    pub verified: Vec<StatementOut>,
}

impl PostOut {
    pub fn new(row: PostRow, cards: Vec<Card>, statements: Vec<StatementRow>, now: UtcTime) -> Self {
        let html = row.safe_html().as_str().to_owned();
        Self {
            id: row.id.to_string(),
            thread: row.thread_id.to_string(),
            kind: row.kind.to_string(),
            author: row.author_name,
            about: row.about.to_string(),
            title: row.title,
            html,
            text: row.plain,
            first_published_at: row.first_published_at.rfc3339(),
            edited_at: (row.revision_number > 1).then(|| row.revised_at.rfc3339()),
            approved_late: row.approved_late,
            revision: row.revision_id.to_string(),
            hash: row.revision_hash,
            guidance: cards.into_iter().map(|card| CardOut::new(card, now)).collect(),
            verified: statements
                .into_iter()
                .map(|row| StatementOut {
                    passage: row.passage,
                    name: row.name,
                    register: row.register,
                    number: row.number,
                    verified_at: row.verified_at.rfc3339(),
                })
                .collect(),
        }
    }
}

/// One's own post, in whatever state, with its latest wording.
#[derive(Object)]
pub(super) struct OwnPostOut {
    pub id: String,
    pub thread: String,
    pub board: String,
    pub kind: String,
    pub about: String,
    /// `held`, `public`, `refused`, `hidden`, `removed` or `withdrawn`.
    pub state: String,
    /// The latest wording waits; readers see the one approved before.
    pub edit_waits: bool,
    pub title: Option<String>,
    /// Markdown as written.
    pub body: String,
    pub html: String,
    pub created_at: String,
    /// What happens next, in words.
    pub message: String,
    /// What a moderator wrote, where the post came back or was taken down.
    pub reason: Option<String>,
}

impl OwnPostOut {
    /// Posts as their author sees them.
    pub(super) fn all(db: &mut Db, app: &App, rows: Vec<OwnPost>) -> Result<Vec<Self>, Refusal> {
        let told = Told::about_own(db, &rows)?;
        Ok(rows.into_iter().map(|row| Self::new(row, &told, app)).collect())
    }

    fn new(row: OwnPost, told: &Told, app: &App) -> Self {
        let edit_waits = row.edit_waits();
        let state = told.state_of(&row);
        Self {
            id: row.id.to_string(),
            thread: row.thread_id.to_string(),
            board: row.board_slug.clone(),
            kind: row.kind.to_string(),
            about: row.about.to_string(),
            state: row.state.to_string(),
            edit_waits,
            message: message(app, state),
            reason: told.reason(row.id, state),
            html: row.safe_html().as_str().to_owned(),
            title: row.title,
            body: row.source,
            created_at: row.created_at.rfc3339(),
        }
    }
}

/// What a state means for the author, in the words of the pages, with the honest time.
fn message(app: &App, state: OwnState) -> String {
    let words = format!("{}. {}", state.label(), state.words());
    match told::expected(app, state) {
        Some(wait) => format!("{words} {wait}"),
        None => words,
    }
}

/// A help line that somebody checked.
#[derive(Object)]
pub struct HelpLineOut {
    pub name: String,
    pub phone: Option<String>,
    pub text: Option<String>,
    pub url: Option<String>,
    pub hours: String,
    pub note: Option<String>,
}

impl From<&HelpLine> for HelpLineOut {
    fn from(line: &HelpLine) -> Self {
        Self {
            name: line.name.clone(),
            phone: line.phone.clone(),
            text: line.text.clone(),
            url: line.url.clone(),
            hours: line.hours.clone(),
            note: line.note.clone(),
        }
    }
}

/// Help for the author alone.
#[derive(Object)]
pub struct CareOut {
    pub need: String,
    pub heading: String,
    pub body_html: String,
    pub meanwhile_html: String,
    pub region: String,
    pub emergency: Option<String>,
    pub lines: Vec<HelpLineOut>,
    /// The day on which somebody last checked the numbers.
    pub checked_on: String,
    /// Who reads here, and until when nobody does.
    pub presence: String,
}

/// The panels for these needs in a region.
pub fn care_panels(app: &App, needs: &[Need], region: &str) -> Vec<CareOut> {
    let presence = app.schedule.words(app.database.clock().now());
    let out = |panel: Panel<'_>| CareOut {
        need: panel.need.to_owned(),
        heading: panel.heading.to_owned(),
        body_html: panel.body.as_str().to_owned(),
        meanwhile_html: panel.meanwhile.as_str().to_owned(),
        region: panel.region.name.clone(),
        emergency: panel.region.emergency.clone(),
        lines: panel.lines.iter().map(|line| HelpLineOut::from(*line)).collect(),
        checked_on: panel.checked_on.to_owned(),
        presence: presence.clone(),
    };
    app.care.choose(needs, region).into_iter().map(out).collect()
}

/// What was left out of a text because `mask` asked for it.
#[derive(Object)]
pub struct MaskedOut {
    /// `phone`, `email`, `account`, `identity_number`, `money_number`, `address`, `named_person` or `other`.
    pub kind: String,
    pub count: u32,
}

/// Where a text went.
#[derive(Object)]
pub struct OutcomeOut {
    pub thread: String,
    pub post: String,
    /// `public` or `held`.
    pub state: String,
    /// The change waits; readers see the wording approved before.
    pub edit_waits: bool,
    /// What happens next, in words.
    pub message: String,
    /// Help for the author alone; empty for most texts.
    pub care: Vec<CareOut>,
    /// Empty unless `mask` was sent.
    pub masked: Vec<MaskedOut>,
}

impl OutcomeOut {
    pub fn new(db: &mut Db, app: &App, outcome: &Outcome, region: &str) -> Result<Self, Refusal> {
        let told = Told::about(db, &[outcome.post])?;
        let state = told.state(outcome.post, outcome.state, outcome.edit_waits);
        Ok(Self {
            thread: outcome.thread.to_string(),
            post: outcome.post.to_string(),
            state: outcome.state.to_string(),
            edit_waits: outcome.edit_waits,
            message: message(app, state),
            care: care_panels(app, &outcome.needs, region),
            masked: outcome
                .masked
                .iter()
                .map(|one| MaskedOut { kind: one.kind.to_string(), count: one.count })
                .collect(),
        })
    }
}
