//! Guidance in the API.

mod shapes;

use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;

pub use shapes::CardOut;
use shapes::{
    AttachIn, GlossaryOut, GuidanceOut, LibraryOut, SignIn, StopIn, SummaryOut, VerifyIn, VersionIn,
};

use super::attach::{self, Attaching};
use super::read;
use super::stop::{self, Stopping};
use super::verify::{self, Verifying};
use super::{ArticleId, Drafted, TitleCursor, reinstate, sign, write};
use crate::accounts::{Caller, Clinician, Member, Moderator, Viewer};
use crate::platform::clock::UtcTime;
use crate::platform::db::Db;
use crate::platform::http::{self, Created, Input};
use crate::platform::limits::PAGE_ROWS;
use crate::platform::refusal::Refusal;
use crate::threads::{Cursor, PostId};

pub struct GuidanceApi;

fn id(text: &str) -> Result<ArticleId, Refusal> {
    ArticleId::parse(text).ok_or_else(Refusal::not_found)
}

fn latest(db: &mut Db, article: ArticleId, now: UtcTime) -> Result<GuidanceOut, Refusal> {
    Ok(GuidanceOut::new(read::latest(db, article)?, now))
}

#[OpenApi]
impl GuidanceApi {
    /// Guidance that everybody may read, by title
    ///
    /// With `all`, staff see every article's latest version, drafts included, last changed first.
    #[oai(path = "/guidance", method = "get", operation_id = "list_guidance")]
    async fn list_guidance(
        &self,
        caller: Caller<Viewer>,
        /// Where the last page ended.
        cursor: Query<Option<String>>,
        all: Query<Option<bool>>,
    ) -> Result<Json<LibraryOut>, Refusal> {
        let out = caller
            .read(move |db, viewer| {
                if all.0.unwrap_or(false) && viewer.is_staff() {
                    let page = read::all(db, http::cursor(cursor.0, Cursor::parse)?)?;
                    let articles = page.rows.into_iter().map(SummaryOut::from).collect();
                    return Ok(LibraryOut { articles, next: page.next.map(Cursor::encode) });
                }
                let page = read::library(db, http::cursor(cursor.0, TitleCursor::parse)?, PAGE_ROWS)?;
                let articles = page.rows.into_iter().map(SummaryOut::from).collect();
                Ok(LibraryOut { articles, next: page.next.map(|next| next.encode()) })
            })
            .await?;
        Ok(Json(out))
    }

    /// Words of the glossary, in order
    ///
    /// They are written, signed and stopped as guidance is: `create_guidance` with `other_names`.
    #[oai(path = "/glossary", method = "get", operation_id = "list_glossary")]
    async fn list_glossary(
        &self,
        caller: Caller<Viewer>,
        /// Where the last page ended.
        cursor: Query<Option<String>>,
    ) -> Result<Json<GlossaryOut>, Refusal> {
        let now = caller.app.database.clock().now();
        let out = caller
            .read(move |db, _| {
                let page = read::glossary(db, http::cursor(cursor.0, TitleCursor::parse)?, PAGE_ROWS)?;
                let words = page.rows.into_iter().map(|word| GuidanceOut::new(word, now).for_readers());
                Ok(GlossaryOut { words: words.collect(), next: page.next.map(|next| next.encode()) })
            })
            .await?;
        Ok(Json(out))
    }

    /// Draft an article (moderators and clinicians)
    #[oai(path = "/guidance", method = "post", operation_id = "create_guidance")]
    async fn create_guidance(
        &self,
        caller: Caller<Member>,
        input: Input<VersionIn>,
    ) -> Result<Created<GuidanceOut>, Refusal> {
        let out = caller
            .prepare(
                move |app| Drafted::parse(app, input.fields),
                |tx, member, drafted| {
                    let (article, _) = write::create(tx, member, &drafted)?;
                    let now = tx.now;
                    latest(tx, article, now)
                },
            )
            .await?;
        Ok(Created(out))
    }

    /// The version of an article that readers see; with `latest`, for staff, the newest one
    #[oai(path = "/guidance/:id", method = "get", operation_id = "get_guidance")]
    async fn get_guidance(
        &self,
        caller: Caller<Viewer>,
        id: Path<String>,
        latest: Query<Option<bool>>,
    ) -> Result<Json<GuidanceOut>, Refusal> {
        let article = self::id(&id.0)?;
        let (now, rules) = (caller.app.database.clock().now(), caller.app.screening.rules());
        let out = caller
            .read(move |db, viewer| {
                let staff = viewer.is_staff();
                let signed = match latest.0.unwrap_or(false) && staff {
                    true => read::latest(db, article),
                    false => match read::shown(db, article) {
                        Err(refusal) if staff && refusal.code == "not_found" => read::latest(db, article),
                        shown => shown,
                    },
                }?;
                let concerns = read::concerns(&rules, &signed.version);
                let out = GuidanceOut::new(signed, now);
                Ok(if staff { out.with_concerns(concerns) } else { out.for_readers() })
            })
            .await?;
        Ok(Json(out))
    }

    /// Write a new version (moderators and clinicians); readers keep seeing the verified one
    #[oai(path = "/guidance/:id/versions", method = "post", operation_id = "revise_guidance")]
    async fn revise_guidance(
        &self,
        caller: Caller<Member>,
        id: Path<String>,
        input: Input<VersionIn>,
    ) -> Result<Created<GuidanceOut>, Refusal> {
        let article = self::id(&id.0)?;
        let out = caller
            .prepare(
                move |app| Drafted::parse(app, input.fields),
                move |tx, member, drafted| {
                    write::revise(tx, member, article, &drafted)?;
                    let now = tx.now;
                    latest(tx, article, now)
                },
            )
            .await?;
        Ok(Created(out))
    }

    /// Sign the latest version; the second clinician's signature makes it verified
    #[oai(path = "/guidance/:id/signatures", method = "post", operation_id = "sign_guidance")]
    async fn sign_guidance(
        &self,
        caller: Caller<Clinician>,
        id: Path<String>,
        input: Input<SignIn>,
    ) -> Result<Json<GuidanceOut>, Refusal> {
        let article = self::id(&id.0)?;
        let out = caller
            .prepare(
                move |_| sign::parse(input.fields),
                move |tx, clinician, hash| {
                    sign::sign(tx, clinician, article, &hash)?;
                    let now = tx.now;
                    latest(tx, article, now)
                },
            )
            .await?;
        Ok(Json(out))
    }

    /// Stop an article at once (any moderator or clinician)
    ///
    /// Readers see the reason. One that they cannot be shown delays nothing: it is kept for staff, and readers see a neutral sentence.
    #[oai(path = "/guidance/:id/stop", method = "post", operation_id = "stop_guidance")]
    async fn stop_guidance(
        &self,
        caller: Caller<Member>,
        id: Path<String>,
        input: Input<StopIn>,
    ) -> Result<Json<GuidanceOut>, Refusal> {
        let article = self::id(&id.0)?;
        let signed = caller
            .prepare(
                move |app| Stopping::parse(&app.screening, input.fields),
                move |tx, member, stopping| {
                    stop::stop(tx, member, article, &stopping)?;
                    read::shown(tx, article)
                },
            )
            .await?;
        Ok(Json(GuidanceOut::new(signed, caller.app.database.clock().now())))
    }

    /// Say that a stop can be lifted; it is, when a second person says so too
    #[oai(path = "/guidance/:id/reinstatement", method = "post", operation_id = "reinstate_guidance")]
    async fn reinstate_guidance(
        &self,
        caller: Caller<Member>,
        id: Path<String>,
    ) -> Result<Json<GuidanceOut>, Refusal> {
        let article = self::id(&id.0)?;
        let signed = caller
            .write(move |tx, member| {
                reinstate::reinstate(tx, member, article)?;
                read::shown(tx, article)
            })
            .await?;
        Ok(Json(GuidanceOut::new(signed, caller.app.database.clock().now())))
    }

    /// Attach verified guidance to a public post
    ///
    /// 422 `already_attached` where the version stands under the post with another relation or note.
    #[oai(path = "/posts/:id/guidance", method = "post", operation_id = "attach_guidance")]
    async fn attach_guidance(
        &self,
        caller: Caller<Moderator>,
        id: Path<String>,
        input: Input<AttachIn>,
    ) -> Result<Json<bool>, Refusal> {
        let post = PostId::parse(&id.0).ok_or_else(Refusal::not_found)?;
        caller
            .prepare(
                move |app| Attaching::parse(&app.screening, input.fields),
                move |tx, moderator, attaching| attach::attach_to_public(tx, moderator, post, &attaching),
            )
            .await?;
        Ok(Json(true))
    }

    /// Stand behind a general statement in somebody's public post
    #[oai(path = "/posts/:id/verifications", method = "post", operation_id = "verify_post")]
    async fn verify_post(
        &self,
        caller: Caller<Clinician>,
        id: Path<String>,
        input: Input<VerifyIn>,
    ) -> Result<Json<bool>, Refusal> {
        let post = PostId::parse(&id.0).ok_or_else(Refusal::not_found)?;
        caller
            .prepare(
                move |_| Verifying::parse(input.fields),
                move |tx, clinician, verifying| verify::verify(tx, clinician, post, &verifying),
            )
            .await?;
        Ok(Json(true))
    }
}
