//! A community with many posts, a member who is signed in, and a static body of the same size behind the same guard.

use std::sync::{Arc, OnceLock};

use poem::http::Method;
use poem::{EndpointExt, Response, handler};

use crate::accounts::{Email, MemberId, Operator, Pseudonym, Region, SessionKind, join, sign_in};
use crate::app::App;
use crate::platform::db::Tx;
use crate::platform::http::registry::PageRoute;
use crate::platform::http::{Audience, GateLevel, Html, Kind};
use crate::platform::limits::Limit;
use crate::platform::refusal::Refusal;
use crate::threads::boards::{self, NewBoard};
use crate::threads::publish::{self, NewPost};
use crate::threads::{About, BoardAudience, BoardId, PostKind, ThreadId, Title, Written};

/// Posts of one thread: a full page.
const POSTS_OF_A_THREAD: usize = 20;
/// Threads made in one transaction.
const THREADS_AT_ONCE: usize = 50;

/// What the driver needs to know.
pub struct Community {
    /// Value of the `Cookie` header.
    pub cookie: String,
    pub thread: String,
}

/// Fills an empty community with `posts` posts in threads of twenty.
pub fn fill(app: &App, posts: usize) -> Result<Community, Refusal> {
    let operator = Operator::at_the_command_line();
    let (author, board) = app.database.write(|tx| Ok((somebody(tx, &operator)?, a_board(tx, &operator)?)))?;
    let opening = Written::new(
        &app.screening,
        Title::new("How long until the swelling went down for you?").ok(),
        "Six weeks after my operation my ankle still swells in the evening. **How long** was it for you?\n\n* What helped?\n* What did not?".into(),
    )?;
    let reply = Written::new(
        &app.screening,
        None,
        "About three months for me. I kept the foot up whenever I sat, and walked a little further every day.\n\nIt did get better.".into(),
    )?;
    let mut last = None;
    let mut left = posts.div_ceil(POSTS_OF_A_THREAD);
    while left > 0 {
        let batch = left.min(THREADS_AT_ONCE);
        left -= batch;
        last = app.database.write(|tx| {
            let mut last = None;
            for _ in 0..batch {
                last = Some(a_thread(tx, &operator, (author, board), &opening, &reply)?);
            }
            Ok(last)
        })?;
    }
    let token = app.database.write(|tx| sign_in::token_for(tx, &operator, author, SessionKind::Cookie))?;
    let thread = last.ok_or_else(|| Refusal::internal("no posts were asked for"))?;
    Ok(Community { cookie: format!("sid={token}"), thread: format!("/threads/{thread}") })
}

pub(super) fn somebody(tx: &mut Tx, operator: &Operator) -> Result<MemberId, Refusal> {
    let parts =
        Pseudonym::new("Somebody").ok().zip(Email::new("somebody@example.org")).zip(Region::new("GB"));
    let ((name, email), region) = parts.ok_or_else(|| Refusal::internal("the bench's member has no name"))?;
    join::imported(tx, operator, &name, &email, &region)
}

pub(super) fn a_board(tx: &mut Tx, operator: &Operator) -> Result<BoardId, Refusal> {
    let board = NewBoard {
        slug: "bench".into(),
        name: "Bench".into(),
        description: "For measuring.".into(),
        audience: BoardAudience::Public,
        hold_newcomers: false,
        stage: None,
    };
    boards::create_by_operator(tx, operator, &board)
}

fn a_thread(
    tx: &mut Tx,
    operator: &Operator,
    (author, board): (MemberId, BoardId),
    opening: &Written,
    reply: &Written,
) -> Result<ThreadId, Refusal> {
    let thread = ThreadId::new(tx.ids, tx.now);
    let start = tx.now;
    for number in 0..POSTS_OF_A_THREAD {
        let opens = number == 0;
        let new = NewPost {
            thread,
            board,
            opens: opens.then_some(board),
            kind: if opens { PostKind::Opening } else { PostKind::Reply },
            about: About::Me,
            hold_newcomers: false,
            at: Some(start.plus(chrono::Duration::milliseconds(i64::try_from(number).unwrap_or(0)))),
            quiet: true,
        };
        publish::create_as(tx, operator, author, &new, if opens { opening } else { reply })?;
    }
    Ok(thread)
}

static BODY: OnceLock<String> = OnceLock::new();

/// The body that the thread page is compared with.
pub fn set_body(body: String) {
    BODY.set(body).ok();
}

#[handler]
fn static_body() -> Response {
    let body = BODY.get().cloned().unwrap_or_default();
    poem::IntoResponse::into_response(Html::ok(body))
}

/// Where the static body is.
pub const STATIC_PATH: &str = "/bench/static";

/// A route of the bench alone: it is in no other server.
pub const ROUTES: &[PageRoute] = &[PageRoute {
    method: Method::GET,
    path: STATIC_PATH,
    gate: GateLevel::Public,
    audience: Audience::NoText,
    limit: Limit::Read,
    visitor_form: false,
    kind: Kind::Page,
    endpoint: || static_body.boxed(),
}];

/// The thread page as the driver will get it, for the size of the static body.
pub async fn page_of(app: &Arc<App>, community: &Community) -> Result<String, Refusal> {
    use poem::Endpoint;
    let site = crate::routes::build(app).map_err(Refusal::internal)?;
    let request =
        poem::Request::builder().uri_str(&community.thread).header("cookie", &community.cookie).finish();
    let mut response = site.call(request).await.map_err(|error| Refusal::internal(error.to_string()))?;
    response.take_body().into_string().await.map_err(|error| Refusal::internal(error.to_string()))
}
