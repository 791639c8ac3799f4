//! `/desk`: what waits for a person, and what the viewer holds.

use aftercare_frontend::pages::{DeskQueue, DeskTab, Page, QueueRow};
use aftercare_frontend::parts::BoardLink;
use moderation_rules::RuleSet;
use poem::handler;
use poem::web::Query;
use serde::Deserialize;

use super::{tabs, words};
use crate::accounts::{Caller, Moderator, Viewer};
use crate::app::App;
use crate::layout;
use crate::platform::clock::UtcTime;
use crate::platform::db::Db;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;
use crate::review::queue::{self, Queue};
use crate::review::store::{self, ItemRow};
use crate::review::{Choice, QueueCursor};
use crate::threads::store as threads;

/// Nobody holds more than this at a time.
const MINE_ROWS: i64 = 50;
/// Characters of a text in the list.
const EXCERPT: usize = 160;

#[derive(Deserialize)]
pub(crate) struct Asked {
    after: Option<String>,
    mine: Option<String>,
    done: Option<String>,
}

/// The queue, or with `mine`, what one has claimed.
#[handler]
pub(crate) async fn desk(caller: Caller<Moderator>, Query(asked): Query<Asked>) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let mine = asked.mine.is_some();
    let after = asked.after.as_deref().and_then(QueueCursor::parse);
    let flash = asked.done.as_deref().and_then(Choice::parse).map(|choice| done(choice).to_owned());
    let page = caller
        .read(move |db, moderator| {
            let now = app.database.clock().now();
            let mut chrome = layout::chrome(db, &app, Some(moderator), &csrf, "/desk")?;
            chrome.flash = flash;
            let found = match mine {
                true => Queue {
                    items: store::held_by(db, moderator.id(), now, MINE_ROWS)?,
                    next: None,
                    waiting: vec![],
                },
                false => queue::queue(db, after)?,
            };
            let rules = app.screening.rules();
            let rows = found.items.into_iter().map(|item| row(db, &app, moderator, &rules, item, now));
            Ok(DeskQueue {
                chrome,
                items: rows.collect::<Result<_, _>>()?,
                older: found.next.map(|next| format!("/desk?after={}", next.encode())),
                tabs: tabs(db, moderator, if mine { DeskTab::Mine } else { DeskTab::Queue }, now)?,
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

fn row(
    db: &mut Db,
    app: &App,
    moderator: &Moderator,
    rules: &RuleSet,
    item: ItemRow,
    now: UtcTime,
) -> Result<QueueRow, Refusal> {
    let post = threads::post(db, item.post_id)?;
    let title = match &item.title {
        Some(title) => title.clone(),
        None => {
            let thread = threads::thread(db, &Viewer::of(moderator), item.thread_id)?;
            format!(
                "Re: {}",
                thread.map_or_else(|| "a thread that is not public".to_owned(), |thread| thread.title)
            )
        }
    };
    let holder = item.holder(now).map(|holder| store::name_of(db, holder)).transpose()?;
    let (clock, is_late) = words::clock(&app.schedule, words::severity(item.severity.0), item.opened_at, now);
    Ok(QueueRow {
        item: item.id.to_string(),
        severity: words::severity(item.severity.0),
        rules: words::reasons(&item, &queue::verdict_of(&item), rules),
        title,
        excerpt: layout::excerpt(&item.plain, EXCERPT),
        author: item.author_name.clone(),
        kind: words::kind(&item, post.as_ref()),
        since: words::ago(item.opened_at, now),
        clock,
        is_late,
        claim: words::claim(&item, moderator.id(), holder, now, &app.schedule),
        board: BoardLink { slug: item.board_slug, name: item.board_name },
    })
}

fn done(choice: Choice) -> &'static str {
    match choice {
        Choice::Publish => "Published. The author hears of it.",
        Choice::PublishWithGuidance => "Published, with the guidance under it. The author hears of it.",
        Choice::PublishMasked => "Published, without the marked words. The author hears of it.",
        Choice::AskChanges => "The author hears what to change, and the text waits for them.",
        Choice::Refuse => "Not published. The author hears why, and their text is safe in their drafts.",
    }
}
