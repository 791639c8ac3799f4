//! Threads that ask what a text or another thread asks.

use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use crate::accounts::{Caller, Member, Viewer};
use crate::discovery::alike::{self, Writing};
use crate::discovery::answered::{self, Answered};
use crate::discovery::pages::alike::rows;
use crate::discovery::related;
use crate::platform::http::Input;
use crate::platform::refusal::Refusal;
use crate::threads::api::{CareOut, care_panels};
use crate::threads::{ThreadId, store};

pub struct AlikeApi;

/// A question that is being written.
#[derive(Object)]
struct WritingIn {
    title: Option<String>,
    body: Option<String>,
}

/// What the form of a question says when a thread has answered it.
#[derive(Object)]
struct AnsweredIn {
    /// The thread's id.
    thread: String,
    /// The same key counts once.
    nonce: Option<String>,
}

/// A thread that may answer.
#[derive(Object)]
struct AlikeOut {
    id: String,
    title: String,
    /// A clinician has verified a statement in it.
    verified: bool,
    /// Signed guidance hangs in it.
    guidance: bool,
}

/// Threads that may answer, those with a verified statement first; none where the words speak of a crisis or an emergency.
#[derive(Object)]
struct AlikesOut {
    threads: Vec<AlikeOut>,
    /// Help for the writer, where the words show that it may be needed.
    care: Vec<CareOut>,
}

/// A thread that asks something like another.
#[derive(Object)]
struct RelatedOut {
    id: String,
    title: String,
}

/// Threads that ask something like another, the likest first.
#[derive(Object)]
struct RelatedsOut {
    threads: Vec<RelatedOut>,
}

#[OpenApi]
impl AlikeApi {
    /// Threads that may answer a question before it is asked; nothing is kept
    #[oai(path = "/boards/:slug/alike", method = "post", operation_id = "find_alike")]
    async fn find_alike(
        &self,
        caller: Caller<Member>,
        slug: Path<String>,
        input: Input<WritingIn>,
    ) -> Result<Json<AlikesOut>, Refusal> {
        let mut fields = input.fields;
        let writing = Writing::take(slug.0, &mut fields);
        let writing = fields.finish(Some(writing))?;
        let (proposed, needs) = alike::to_writer(&caller, writing).await?;
        let app = caller.app.clone();
        let out = caller
            .read(move |db, member| {
                let rows = rows(db, &app, &Viewer::of(member), &proposed)?.into_iter();
                let threads = rows.map(|row| AlikeOut {
                    id: row.id,
                    title: row.title,
                    verified: row.has_verified,
                    guidance: row.has_guidance,
                });
                let care = care_panels(&app, &needs, member.region());
                Ok(AlikesOut { threads: threads.collect(), care })
            })
            .await?;
        Ok(Json(out))
    }

    /// Say that a thread answered a question which one was about to ask
    #[oai(path = "/threads/answered", method = "post", operation_id = "answered_me")]
    async fn answered_me(
        &self,
        caller: Caller<Member>,
        input: Input<AnsweredIn>,
    ) -> Result<Json<bool>, Refusal> {
        caller.prepare(move |_| Answered::parse(input.fields), answered::answered).await?;
        Ok(Json(true))
    }

    /// Threads that ask something like this one
    #[oai(path = "/threads/:id/related", method = "get", operation_id = "list_related")]
    async fn list_related(
        &self,
        caller: Caller<Viewer>,
        id: Path<String>,
    ) -> Result<Json<RelatedsOut>, Refusal> {
        let id = ThreadId::parse(&id.0).ok_or_else(Refusal::not_found)?;
        let proposed = related::of(&caller, id).await?;
        let threads = caller
            .read(move |db, viewer| {
                store::thread(db, viewer, id)?.ok_or_else(Refusal::not_found)?;
                related::readable(db, viewer, &proposed)
            })
            .await?;
        let out = |(id, title): (ThreadId, String)| RelatedOut { id: id.to_string(), title };
        Ok(Json(RelatedsOut { threads: threads.into_iter().map(out).collect() }))
    }
}
