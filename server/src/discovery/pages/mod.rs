//! `/search`: what was found, best first, with what stands around it.

use std::collections::HashMap;

use aftercare_frontend::pages::{Found, Hit, HitKind, Page, Search, SearchField};
use aftercare_frontend::parts::{BoardLink, FormState, Moment, SnippetPart};
use aftercare_search::{Kind, Total};
use poem::http::{HeaderValue, StatusCode, header};
use poem::web::Query;
use poem::{IntoResponse, Response, handler};
use serde::Deserialize;

use super::find::{self, Asking, Finding, Findings};
use crate::accounts::{Caller, Viewer};
use crate::app::App;
use crate::guidance::{ArticleId, store as guidance};
use crate::layout;
use crate::platform::db::Db;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;
use crate::support::pages as support;
use crate::threads::pages::rows::board_link;
use crate::threads::store::{self as threads, PostRow, ThreadRow};
use crate::threads::{PostId, ThreadId, read};

/// Results of a page, and how far the pages go.
const PAGE: usize = 20;
const LAST: usize = 1000;

#[derive(Deserialize)]
pub(crate) struct Asked {
    q: Option<String>,
    board: Option<String>,
    kind: Option<String>,
    after: Option<String>,
}

impl Asked {
    fn text(&self) -> &str {
        self.q.as_deref().map_or("", str::trim)
    }

    fn board(&self) -> Option<&str> {
        self.board.as_deref().filter(|board| !board.is_empty())
    }

    /// Glossary entries have no page to lead to.
    fn kind(&self) -> Option<Kind> {
        self.kind.as_deref().and_then(Kind::from_name).filter(|kind| *kind != Kind::Glossary)
    }

    fn offset(&self) -> usize {
        self.after
            .as_deref()
            .and_then(|after| after.parse().ok())
            .filter(|offset| *offset <= LAST)
            .unwrap_or(0)
    }

    fn asking(&self) -> Asking {
        Asking {
            text: self.text().to_owned(),
            board: self.board().map(str::to_owned),
            kind: self.kind(),
            offset: self.offset(),
            limit: PAGE,
        }
    }

    /// The address of the results after these.
    fn older(&self, total: Total) -> Option<String> {
        let end = self.offset() + PAGE;
        let goes_on = match total {
            Total::Exact(count) => count > end,
            Total::MoreThan200 => true,
        };
        let kind = self.kind().map_or("", Kind::name);
        let (q, board) =
            (layout::encode_query(self.text()), layout::encode_query(self.board().unwrap_or_default()));
        (goes_on && end <= LAST).then(|| format!("/search?q={q}&board={board}&kind={kind}&after={end}"))
    }
}

/// How the search ended.
enum Ended {
    Blank,
    Answered(Findings),
    Refused(Refusal),
}

#[handler]
pub(crate) async fn search(caller: Caller<Viewer>, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let ended = match asked.text().is_empty() {
        true => Ended::Blank,
        false => match find::find(&caller, asked.asking()).await {
            Ok(findings) => Ended::Answered(findings),
            Err(refusal) if refusal.code == "search_unavailable" || !refusal.fields.is_empty() => {
                Ended::Refused(refusal)
            }
            Err(refusal) => return Err(refusal),
        },
    };
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let status = match &ended {
        Ended::Refused(refusal) => refusal.status,
        Ended::Blank | Ended::Answered(_) => StatusCode::OK,
    };
    let page = caller.read(move |db, viewer| draw(db, &app, viewer, &csrf, &asked, ended)).await?;
    let mut response = Html { status, body: page.html() }.into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    Ok(response)
}

fn draw(
    db: &mut Db,
    app: &App,
    viewer: &Viewer,
    csrf: &str,
    asked: &Asked,
    ended: Ended,
) -> Result<Search, Refusal> {
    let form = FormState::new("")
        .with(SearchField::Query, asked.text())
        .with(SearchField::Board, asked.board().unwrap_or_default())
        .with(SearchField::Kind, asked.kind().map_or("", Kind::name));
    let mut form = form;
    let found = match ended {
        Ended::Blank => Found::Blank,
        Ended::Answered(findings) => found(db, app, viewer, asked, findings)?,
        Ended::Refused(refusal) if refusal.fields.is_empty() => Found::Unavailable,
        Ended::Refused(refusal) => {
            form = layout::explain(form, &refusal);
            Found::Blank
        }
    };
    let needs = match asked.text() {
        "" => Vec::new(),
        text => app.screening.evaluate(text).needs,
    };
    Ok(Search {
        chrome: layout::chrome(db, app, viewer.member(), csrf, "/search")?,
        form,
        boards: read::boards(db, viewer)?.iter().map(board_link).collect(),
        found,
        care: support::care_panels(app, &needs, support::region_of(app, viewer)),
    })
}

/// Rows of what was found, read once more as this viewer: what went away meanwhile is not shown.
struct Around {
    threads: HashMap<ThreadId, ThreadRow>,
    posts: HashMap<PostId, PostRow>,
}

fn found(
    db: &mut Db,
    app: &App,
    viewer: &Viewer,
    asked: &Asked,
    findings: Findings,
) -> Result<Found, Refusal> {
    let (total, older) = (findings.total, asked.older(findings.total));
    let threads = findings.findings.iter().filter_map(|finding| finding.thread).collect();
    let posts = findings.findings.iter().filter(|finding| finding.kind == Kind::Post);
    let posts = posts.filter_map(|finding| PostId::parse(&finding.id)).collect();
    let around = Around {
        threads: threads::threads_by_id(db, viewer, threads)?.into_iter().map(|row| (row.id, row)).collect(),
        posts: threads::posts_by_id(db, viewer, posts)?.into_iter().map(|row| (row.id, row)).collect(),
    };
    let mut hits = Vec::new();
    for finding in findings.findings {
        hits.extend(hit(db, app, &around, finding)?);
    }
    if hits.is_empty() && asked.offset() == 0 {
        return Ok(Found::Nothing);
    }
    let total = match total {
        Total::Exact(1) => "1 result".to_owned(),
        Total::Exact(count) => format!("{count} results"),
        Total::MoreThan200 => "More than 200 results".to_owned(),
    };
    Ok(Found::Hits { hits, total, older })
}

fn hit(db: &mut Db, app: &App, around: &Around, finding: Finding) -> Result<Option<Hit>, Refusal> {
    let moment = |at| layout::moment(&app.schedule, at);
    let thread = finding.thread.and_then(|id| around.threads.get(&id));
    let known: Option<(HitKind, Option<String>, Moment)> = match finding.kind {
        Kind::Thread => {
            thread.map(|row| (HitKind::Thread, Some(row.author_name.clone()), moment(row.opened_at)))
        }
        Kind::Post => PostId::parse(&finding.id)
            .and_then(|id| around.posts.get(&id))
            .map(|row| (HitKind::Post, Some(row.author_name.clone()), moment(row.first_published_at))),
        Kind::Guidance => match ArticleId::parse(&finding.id) {
            Some(id) => guidance::shown_version(db, id)?
                .map(|row| (HitKind::Guidance, None, moment(row.verified_at.unwrap_or(row.created_at)))),
            None => None,
        },
        Kind::Glossary => None,
    };
    Ok(known.map(|(kind, author, when)| Hit {
        kind,
        url: finding.path,
        title: vec![SnippetPart::plain(finding.title)],
        snippet: finding
            .snippet
            .into_iter()
            .map(|part| SnippetPart { text: part.text, marked: part.marked })
            .collect(),
        board: thread.map(|row| BoardLink { slug: row.board_slug.clone(), name: row.board_name.clone() }),
        author,
        when,
        is_stopped: false,
    }))
}
