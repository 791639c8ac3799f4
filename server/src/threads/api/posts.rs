use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::CareOut;
use super::shapes::{OutcomeOut, OwnPostOut, PostOut, ThreadOut, care_panels};
use crate::accounts::{Caller, Member, Viewer};
use crate::app::App;
use crate::guidance;
use crate::platform::db::Db;
use crate::platform::http::{self, Created, Input};
use crate::platform::refusal::Refusal;
use crate::threads::ask::{self, Question};
use crate::threads::edit::{self, Edit};
use crate::threads::reply::{self, Reply};
use crate::threads::{Cursor, PostId, PostKind, ThreadId, Written, read, store, withdraw};

pub struct PostsApi;

/// A question.
#[derive(Object)]
struct ThreadIn {
    /// One line, at most 150 characters.
    #[oai(validator(min_length = 1, max_length = 150))]
    title: String,
    /// Markdown, at most 32 KiB.
    body: String,
    /// `me` (default), `someone_i_care_for`, `someone_who_died` or `general`.
    about: Option<String>,
    /// Post it although `confirm_first` was answered.
    confirm: Option<bool>,
    /// Leave out what the rules take for personal data: a mark such as `[phone number left out]` stands in its place. 422
    /// `cannot_mask` where some of it would stay.
    mask: Option<bool>,
    /// The same key twice is one post; as good as the header `Idempotency-Key`.
    nonce: Option<String>,
}

/// A reply.
#[derive(Object)]
struct ReplyIn {
    /// Markdown, at most 32 KiB.
    body: String,
    /// `me` (default), `someone_i_care_for`, `someone_who_died` or `general`.
    about: Option<String>,
    /// Post it although `confirm_first` was answered.
    confirm: Option<bool>,
    /// Leave out what the rules take for personal data: a mark such as `[phone number left out]` stands in its place. 422
    /// `cannot_mask` where some of it would stay.
    mask: Option<bool>,
    /// The same key twice is one post; as good as the header `Idempotency-Key`.
    nonce: Option<String>,
}

/// A new wording.
#[derive(Object)]
struct EditIn {
    /// Of an opening post; a reply has none.
    title: Option<String>,
    /// Markdown, at most 32 KiB.
    body: String,
    /// `me`, `someone_i_care_for`, `someone_who_died` or `general`; unchanged where it is missing.
    about: Option<String>,
    /// Keep it although `confirm_first` was answered.
    confirm: Option<bool>,
    /// Leave out what the rules take for personal data: a mark such as `[phone number left out]` stands in its place. 422
    /// `cannot_mask` where some of it would stay.
    mask: Option<bool>,
}

/// A thread with a page of its posts, in the order in which they came before readers.
#[derive(Object)]
struct ThreadPageOut {
    thread: ThreadOut,
    posts: Vec<PostOut>,
    /// The caller's own posts here that nobody else sees.
    own_waiting: Vec<OwnPostOut>,
    /// Pass as `cursor` for the next page; absent on the last.
    next: Option<String>,
}

/// One's own posts, newest first.
#[derive(Object)]
struct OwnPostsOut {
    posts: Vec<OwnPostOut>,
    next: Option<String>,
}

/// A text to look at before posting.
#[derive(Object)]
struct PreviewIn {
    /// Markdown, at most 32 KiB.
    body: String,
}

/// The text as readers would see it.
#[derive(Object)]
struct PreviewOut {
    html: String,
    /// Help for the author alone; empty for most texts.
    care: Vec<CareOut>,
}

/// A question of the caller's own that waits for a person: there for its author, and for nobody else.
fn own_waiting_thread(
    db: &mut Db,
    app: &App,
    viewer: &Viewer,
    id: ThreadId,
) -> Result<ThreadPageOut, Refusal> {
    let member = viewer.member().ok_or_else(Refusal::not_found)?;
    let own = store::own_unseen_in(db, member.id(), id)?;
    let opening = own.iter().find(|post| post.kind == PostKind::Opening).ok_or_else(Refusal::not_found)?;
    Ok(ThreadPageOut {
        thread: ThreadOut::waiting(opening, member.name()),
        posts: Vec::new(),
        own_waiting: OwnPostOut::all(db, app, own)?,
        next: None,
    })
}

#[OpenApi]
impl PostsApi {
    /// Ask a question in a board
    ///
    /// Public at once, or `held` until a person has read it. Answers 409 `confirm_first` once where the text may say more than
    /// was meant; send it again with `confirm`.
    #[oai(path = "/boards/:slug/threads", method = "post", operation_id = "create_thread")]
    async fn create_thread(
        &self,
        caller: Caller<Member>,
        slug: Path<String>,
        /// The same key twice is one post.
        #[oai(name = "Idempotency-Key")]
        key: Header<Option<String>>,
        input: Input<ThreadIn>,
    ) -> Result<Created<OutcomeOut>, Refusal> {
        let mut fields = input.fields;
        if let Some(key) = key.0 {
            fields.put("nonce", key);
        }
        let app = caller.app.clone();
        let out = caller
            .prepare(
                move |app| Question::parse(app, slug.0, fields),
                move |tx, member, question| {
                    let outcome = ask::ask(tx, member, &question)?;
                    OutcomeOut::new(tx, &app, &outcome, member.region())
                },
            )
            .await?;
        Ok(Created(out))
    }

    /// A thread with a page of its posts
    #[oai(path = "/threads/:id", method = "get", operation_id = "get_thread")]
    async fn get_thread(
        &self,
        caller: Caller<Viewer>,
        id: Path<String>,
        /// Where the last page ended.
        cursor: Query<Option<String>>,
    ) -> Result<Json<ThreadPageOut>, Refusal> {
        let after = http::cursor(cursor.0, Cursor::parse)?;
        let id = ThreadId::parse(&id.0).ok_or_else(Refusal::not_found)?;
        let app = caller.app.clone();
        let out = caller
            .read(move |db, viewer| {
                let now = app.database.clock().now();
                let page = match read::thread(db, viewer, id, after) {
                    Err(refusal) if refusal.code == "not_found" => {
                        return own_waiting_thread(db, &app, viewer, id);
                    }
                    page => page?,
                };
                let mut cards = guidance::read::cards(db, id)?;
                let statements = guidance::store::statements_of(db, id, now.date())?;
                let posts = page.posts.rows.into_iter().map(|row| {
                    let of_post =
                        statements.iter().filter(|statement| statement.post_id == row.id).cloned().collect();
                    let cards = cards.remove(&row.id).unwrap_or_default();
                    PostOut::new(row, cards, of_post, now)
                });
                Ok(ThreadPageOut {
                    posts: posts.collect(),
                    thread: page.thread.into(),
                    own_waiting: OwnPostOut::all(db, &app, page.own_waiting)?,
                    next: page.posts.next.map(Cursor::encode),
                })
            })
            .await?;
        Ok(Json(out))
    }

    /// Reply in a thread
    #[oai(path = "/threads/:id/replies", method = "post", operation_id = "create_reply")]
    async fn create_reply(
        &self,
        caller: Caller<Member>,
        id: Path<String>,
        /// The same key twice is one post.
        #[oai(name = "Idempotency-Key")]
        key: Header<Option<String>>,
        input: Input<ReplyIn>,
    ) -> Result<Created<OutcomeOut>, Refusal> {
        let id = ThreadId::parse(&id.0).ok_or_else(Refusal::not_found)?;
        let mut fields = input.fields;
        if let Some(key) = key.0 {
            fields.put("nonce", key);
        }
        let app = caller.app.clone();
        let out = caller
            .prepare(
                move |app| Reply::parse(app, id, fields),
                move |tx, member, reply| {
                    let outcome = reply::reply(tx, member, &reply)?;
                    OutcomeOut::new(tx, &app, &outcome, member.region())
                },
            )
            .await?;
        Ok(Created(out))
    }

    /// Change the wording of one's own post
    #[oai(path = "/posts/:id", method = "put", operation_id = "edit_post")]
    async fn edit_post(
        &self,
        caller: Caller<Member>,
        id: Path<String>,
        input: Input<EditIn>,
    ) -> Result<Json<OutcomeOut>, Refusal> {
        let id = PostId::parse(&id.0).ok_or_else(Refusal::not_found)?;
        let app = caller.app.clone();
        let out = caller
            .prepare(
                move |app| Edit::parse(app, id, input.fields),
                move |tx, member, edit| {
                    let outcome = edit::edit(tx, member, &edit)?;
                    OutcomeOut::new(tx, &app, &outcome, member.region())
                },
            )
            .await?;
        Ok(Json(out))
    }

    /// Take one's own post back; its words come back as a draft
    #[oai(path = "/posts/:id", method = "delete", operation_id = "withdraw_post")]
    async fn withdraw_post(&self, caller: Caller<Member>, id: Path<String>) -> Result<Json<bool>, Refusal> {
        let id = PostId::parse(&id.0).ok_or_else(Refusal::not_found)?;
        caller.write(move |tx, member| withdraw::withdraw(tx, member, id)).await?;
        Ok(Json(true))
    }

    /// One's own posts in every state, newest first
    #[oai(path = "/me/posts", method = "get", operation_id = "get_own_posts")]
    async fn get_own_posts(
        &self,
        caller: Caller<Member>,
        /// Where the last page ended.
        cursor: Query<Option<String>>,
    ) -> Result<Json<OwnPostsOut>, Refusal> {
        let after = http::cursor(cursor.0, Cursor::parse)?;
        let app = caller.app.clone();
        let out = caller
            .read(move |db, member| {
                let page = read::own_posts(db, member, after)?;
                let posts = OwnPostOut::all(db, &app, page.rows)?;
                Ok(OwnPostsOut { posts, next: page.next.map(Cursor::encode) })
            })
            .await?;
        Ok(Json(out))
    }

    /// How a text would look; nothing is kept
    #[oai(path = "/previews", method = "post", operation_id = "preview_post")]
    async fn preview_post(
        &self,
        caller: Caller<Member>,
        input: Input<PreviewIn>,
    ) -> Result<Json<PreviewOut>, Refusal> {
        let mut fields = input.fields;
        let source = fields.text("body");
        let source = fields.finish(Some(source))?;
        let app = caller.app.clone();
        let (written, region) = caller
            .read(move |_, member| {
                Ok((Written::new(&app.screening, None, source)?, member.region().to_owned()))
            })
            .await?;
        Ok(Json(PreviewOut {
            html: written.rendered.html.as_str().to_owned(),
            care: care_panels(&caller.app, &written.verdict.needs, &region),
        }))
    }
}
