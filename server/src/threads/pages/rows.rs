//! Threads in lists, and the small words that several pages share.

use aftercare_frontend::parts::{About as AboutPart, BoardLink, ThreadRow as RowPart};

use crate::accounts::Viewer;
use crate::app::App;
use crate::guidance;
use crate::layout;
use crate::platform::clock::UtcTime;
use crate::platform::db::Db;
use crate::platform::refusal::Refusal;
use crate::threads::store::{self, BoardRow, ThreadRow};
use crate::threads::{About, BoardAudience, BoardId, Cursor, ThreadId};

/// A list of threads with their marks, in the order given.
pub(crate) fn thread_rows(db: &mut Db, app: &App, rows: Vec<ThreadRow>) -> Result<Vec<RowPart>, Refusal> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ThreadId> = rows.iter().map(|row| row.id).collect();
    let today = app.database.clock().now().date();
    let guided = guidance::store::threads_with_guidance(db, &ids)?;
    let verified = guidance::store::threads_with_statements(db, &ids, today)?;
    let part = |row: ThreadRow| RowPart {
        id: row.id.to_string(),
        title: row.title,
        author: row.author_name,
        last: layout::moment(&app.schedule, row.last_activity_at),
        replies: u32::try_from(row.public_posts - 1).unwrap_or(0),
        has_guidance: guided.contains(&row.id),
        has_verified: verified.contains(&row.id),
        board: None,
        own_waiting: false,
    };
    Ok(rows.into_iter().map(part).collect())
}

/// The viewer's own questions in a board that nobody else sees yet.
pub(super) fn own_waiting(
    db: &mut Db,
    app: &App,
    viewer: &Viewer,
    board: BoardId,
) -> Result<Vec<RowPart>, Refusal> {
    let Some(member) = viewer.member() else { return Ok(Vec::new()) };
    let rows = store::own_waiting_questions(db, member.id(), board, 20)?;
    let part = |(id, title, at): (ThreadId, Option<String>, UtcTime)| RowPart {
        id: id.to_string(),
        title: title.unwrap_or_default(),
        author: member.name().to_owned(),
        last: layout::moment(&app.schedule, at),
        replies: 0,
        has_guidance: false,
        has_verified: false,
        board: None,
        own_waiting: true,
    };
    Ok(rows.into_iter().map(part).collect())
}

/// Who may read a board, where that is not everybody.
pub(crate) fn audience_words(audience: BoardAudience) -> Option<String> {
    match audience {
        BoardAudience::Public => None,
        BoardAudience::Unlisted => Some("Not for search engines".to_owned()),
        BoardAudience::Members => Some("Members only".to_owned()),
        BoardAudience::Invited => Some("By invitation".to_owned()),
    }
}

pub(crate) fn board_link(board: &BoardRow) -> BoardLink {
    BoardLink { slug: board.slug.clone(), name: board.name.clone() }
}

pub(crate) fn about(about: About) -> AboutPart {
    match about {
        About::Me => AboutPart::Me,
        About::SomeoneICareFor => AboutPart::SomeoneICareFor,
        About::SomeoneWhoDied => AboutPart::SomeoneWhoDied,
        About::General => AboutPart::General,
    }
}

/// Where a list goes on, as the address says it. One that we did not give out means the first page.
#[derive(serde::Deserialize)]
pub(crate) struct After {
    after: Option<String>,
    /// What has just been done, for one sentence above the page.
    pub(super) done: Option<String>,
}

impl After {
    pub(crate) fn cursor(&self) -> Option<Cursor> {
        self.after.as_deref().and_then(Cursor::parse)
    }
}
