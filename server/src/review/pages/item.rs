//! `/desk/items/{id}`: everything that one decision needs.

use aftercare_frontend::pages::{
    Claim, ContextPost, DecideField, DeskItem, DeskTab, History, Page, RevisionRow,
};
use aftercare_frontend::parts::{BoardLink, FormField, FormState};
use poem::handler;
use poem::http::StatusCode;
use poem::web::Path;

use super::{diff, marks, reasons, tabs, words};
use crate::accounts::{Caller, Moderator, Viewer, store as accounts};
use crate::app::App;
use crate::guidance::VersionId;
use crate::guidance::pages::desk::pick::{self, Proposed};
use crate::layout;
use crate::platform::clock::UtcTime;
use crate::platform::db::Db;
use crate::platform::fields::Fields;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;
use crate::review::queue::{self, ItemInContext};
use crate::review::store::ItemRow;
use crate::review::{Cause, Choice, ItemId, ItemState};
use crate::screening::screened_text;
use crate::threads::pages::{post_card, rows};
use crate::threads::store::{self as threads, PostCore, ThreadRow};
use crate::threads::{PostState, personal};

/// Public posts shown around the text, besides the opening.
const AROUND: i64 = 4;

/// One item.
#[handler]
pub(crate) async fn open(caller: Caller<Moderator>, Path(id): Path<String>) -> Result<Html, Refusal> {
    show(&caller, ItemId::parse(&id).ok_or_else(Refusal::not_found)?, None).await
}

/// A form that comes back with what was typed.
#[derive(Default)]
pub(super) struct Returned {
    pub typed: Fields,
    /// Why the decision could not be taken.
    pub refusal: Option<Refusal>,
    /// What else to say above the page.
    pub flash: Option<&'static str>,
}

/// The page of an item; with `returned`, the form as it was sent and what to change in it.
pub(super) async fn show(
    caller: &Caller<Moderator>,
    id: ItemId,
    returned: Option<Returned>,
) -> Result<Html, Refusal> {
    let text = caller.read(move |db, _| Ok(queue::text_of(&queue::item(db, id)?.item))).await?;
    let asked = returned.as_ref().map(|returned| returned.typed.clone().text("q")).unwrap_or_default();
    let proposed = pick::propose(&caller.app, text, &asked).await;
    let refusal = returned.as_ref().and_then(|returned| returned.refusal.as_ref());
    let status = refusal.map_or(StatusCode::OK, |refusal| refusal.status);
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, moderator| {
            let desk = Desk { app: &app, moderator, csrf, now: app.database.clock().now() };
            desk.page(db, id, &proposed, returned)
        })
        .await?;
    Ok(Html { status, body: page.html() })
}

/// Who looks, and when.
struct Desk<'a> {
    app: &'a App,
    moderator: &'a Moderator,
    csrf: String,
    now: UtcTime,
}

impl Desk<'_> {
    fn page(
        self,
        db: &mut Db,
        id: ItemId,
        proposed: &Proposed,
        returned: Option<Returned>,
    ) -> Result<DeskItem, Refusal> {
        let context = queue::item(db, id)?;
        let item = &context.item;
        let (rules, verdict) = (self.app.screening.rules(), queue::verdict_of(item));
        let post = threads::post(db, item.post_id)?;
        let thread = threads::thread(db, &Viewer::of(self.moderator), item.thread_id)?;
        let author = accounts::member(db, item.author_id)?.ok_or_else(Refusal::not_found)?;
        let chosen = returned
            .as_ref()
            .and_then(|returned| VersionId::parse(&returned.typed.clone().text(pick::NAME.0)));
        let (guidance, trouble) = pick::options(db, proposed, chosen, self.now.date())?;
        let text = queue::text_of(item);
        let (title, body) =
            marks::title_and_body(item.title.as_deref(), &queue::stretches(&text, &verdict, &rules));
        let left_out = personal::left_out_by_staff(&verdict, &rules)
            .into_iter()
            .filter_map(|(place, _)| text.get(place).map(|words| words.replace("\n\n", " / ")))
            .collect();
        let holder = context.holder_name.clone();
        let claim = words::claim(item, self.moderator.id(), holder, self.now, &self.app.schedule);
        let why_not = why_not(&context, self.moderator, &claim);
        let (clock, is_late) = self.clock(item);
        let path = format!("/desk/items/{id}");
        let mut chrome = layout::chrome(db, self.app, Some(self.moderator), &self.csrf, path)?;
        chrome.flash = returned.as_ref().and_then(|returned| returned.flash).map(str::to_owned);
        let mut decide = decide_form(&self.csrf, item, &claim, why_not.is_some(), returned);
        if let Some((form, trouble)) = decide.as_mut().zip(trouble) {
            form.fail(DecideField::Find.name(), trouble);
        }
        let shown = threads::visible_post(db, &Viewer::of(self.moderator), item.post_id)?;
        Ok(DeskItem {
            chrome,
            tabs: tabs(db, self.moderator, DeskTab::Queue, self.now)?,
            item: id.to_string(),
            severity: words::severity(item.severity.0),
            kind: words::kind(item, post.as_ref()),
            clock,
            is_late,
            since: layout::moment(&self.app.schedule, item.opened_at),
            title,
            body,
            author: words::named(&item.author_name, author.moderator, author.clinician),
            about: rows::about(item.about),
            hash: item.revision_hash.chars().take(12).collect(),
            rules: reasons::reasons(item, &verdict, &rules),
            check_failed: item.cause == Cause::CheckFailed || verdict.is_failed_check(),
            board: BoardLink { slug: item.board_slug.clone(), name: item.board_name.clone() },
            thread_title: thread_title(thread.as_ref(), item),
            thread_url: thread_url(thread.as_ref(), item),
            context: self.around(db, item, thread.as_ref())?,
            history: self.history(&context, author.created_at),
            revisions: self.earlier(&context, post.as_ref()),
            guidance,
            left_out,
            // Leaving a decision half-way would lose what was typed in it; and it can carry guidance itself.
            attach_url: shown.filter(|_| decide.is_none()).map(|post| format!("/posts/{}/guidance", post.id)),
            decide,
            claim,
            csrf: self.csrf,
            why_not,
        })
    }

    fn clock(&self, item: &ItemRow) -> (String, bool) {
        match item.state {
            ItemState::Open | ItemState::Claimed => {
                let urgency = words::severity(item.severity.0);
                words::clock(&self.app.schedule, urgency, item.opened_at, self.now)
            }
            ItemState::WaitingAuthor => ("with the author".to_owned(), false),
            ItemState::Decided => ("decided".to_owned(), false),
            ItemState::Superseded => ("changed since".to_owned(), false),
        }
    }

    /// The opening, and what readers last saw before this text came.
    fn around(
        &self,
        db: &mut Db,
        item: &ItemRow,
        thread: Option<&ThreadRow>,
    ) -> Result<Vec<ContextPost>, Refusal> {
        let Some(thread) = thread else { return Ok(Vec::new()) };
        let viewer = Viewer::of(self.moderator);
        let mut posts = threads::posts_before(db, &viewer, thread.id, item.opened_at, AROUND)?;
        if !posts.iter().any(|post| post.id == thread.opening_post_id) {
            let opening = threads::visible_post(db, &viewer, thread.opening_post_id)?;
            posts.splice(0..0, opening);
        }
        let others = posts.into_iter().filter(|post| post.id != item.post_id);
        Ok(others
            .map(|post| ContextPost {
                author: post_card::author(&post),
                when: layout::moment(&self.app.schedule, post.first_published_at),
                html: post.safe_html(),
            })
            .collect())
    }

    fn history(&self, context: &ItemInContext, joined: UtcTime) -> History {
        let words = [
            (PostState::Public, "public posts"),
            (PostState::Held, "waiting"),
            (PostState::Refused, "not published"),
            (PostState::Hidden, "hidden"),
            (PostState::Removed, "taken down by us"),
            (PostState::Withdrawn, "taken back by the author"),
        ];
        let count = |state: PostState| {
            let found = context.author_history.iter().find(|(known, _)| *known == state);
            found.map_or(0, |(_, count)| u32::try_from(*count).unwrap_or(u32::MAX))
        };
        let counts = words.iter().map(|(state, what)| (count(*state), (*what).to_owned()));
        History {
            name: context.item.author_name.clone(),
            joined: joined.utc().with_timezone(&self.app.schedule.zone()).format("%B %Y").to_string(),
            counts: counts.filter(|(count, what)| *count > 0 || what == "public posts").collect(),
        }
    }

    /// The wordings before this one, newest first, each with what the author changed after it.
    fn earlier(&self, context: &ItemInContext, post: Option<&PostCore>) -> Vec<RevisionRow> {
        let shown = post.and_then(|post| post.published_revision_id);
        let pairs = context.revisions.iter().zip(context.revisions.iter().skip(1));
        let mut rows: Vec<RevisionRow> = pairs
            .filter(|(_, after)| after.number <= context.item.revision_number)
            .map(|(before, after)| {
                let decided = context.decisions.iter().rev().find(|row| row.revision_hash == before.hash);
                let text = |row: &threads::RevisionRow| screened_text(row.title.as_deref(), &row.plain);
                RevisionRow {
                    when: layout::moment(&self.app.schedule, before.created_at),
                    label: match (shown == Some(before.id), decided) {
                        (true, _) => "public now".to_owned(),
                        (false, Some(row)) => decided_words(row.choice).to_owned(),
                        (false, None) => "not public now".to_owned(),
                    },
                    diff: diff::diff(&text(before), &text(after)),
                }
            })
            .collect();
        rows.reverse();
        rows
    }
}

fn decided_words(choice: Choice) -> &'static str {
    match choice {
        Choice::Publish | Choice::PublishWithGuidance => "published by one of us",
        Choice::PublishMasked => "published by one of us, without the marked words",
        Choice::AskChanges => "one of us asked for a change",
        Choice::Refuse => "not published",
    }
}

fn thread_title(thread: Option<&ThreadRow>, item: &ItemRow) -> String {
    let own = || item.title.clone().unwrap_or_else(|| "a thread that is not public".to_owned());
    thread.map_or_else(own, |thread| thread.title.clone())
}

/// A thread whose opening waits has no page yet.
fn thread_url(thread: Option<&ThreadRow>, item: &ItemRow) -> String {
    match thread {
        Some(thread) => format!("/threads/{}", thread.id),
        None => format!("/boards/{}", item.board_slug),
    }
}

fn why_not(context: &ItemInContext, moderator: &Moderator, claim: &Claim) -> Option<String> {
    let item = &context.item;
    let words = match item.state {
        _ if item.author_id == moderator.id() => {
            "This is your own post; somebody else must look at it.".to_owned()
        }
        ItemState::Decided => {
            match context.decisions.iter().rev().find(|row| row.revision_hash == item.revision_hash) {
                Some(row) => format!("This has been decided: {}.", decided_words(row.choice)),
                None => "This has been decided.".to_owned(),
            }
        }
        ItemState::Superseded => {
            "The author has changed this text or taken it back, so there is nothing to decide here."
                .to_owned()
        }
        ItemState::WaitingAuthor => "One of us has asked for a change. This waits for its author.".to_owned(),
        ItemState::Open | ItemState::Claimed => match claim {
            Claim::By { name, .. } => format!("{name} is working on this."),
            Claim::Free | Claim::Mine { .. } => return None,
        },
    };
    Some(words)
}

/// The form for whoever holds the item. One that comes back is shown whatever happened meanwhile: its words must not be lost.
fn decide_form(
    csrf: &str,
    item: &ItemRow,
    claim: &Claim,
    barred: bool,
    returned: Option<Returned>,
) -> Option<FormState<DecideField>> {
    let mine = matches!(claim, Claim::Mine { .. }) && !barred;
    let mut form = FormState::new(csrf)
        .with(DecideField::ItemVersion, item.version.to_string())
        .with(DecideField::Revision, item.revision_id.to_string())
        .with(DecideField::Triage, item.severity.0.as_str());
    let Some(Returned { typed, refusal, .. }) = returned else { return mine.then_some(form) };
    // The hidden fields stay what was read: if the text has changed since, sending again says so.
    form = layout::retype(form, &typed);
    Some(match refusal {
        Some(refusal) => layout::explain(form, &refusal),
        None => form,
    })
}
