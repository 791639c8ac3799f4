//! What was found, drawn: rows with what stands around them, and the links that narrow the search.

use std::collections::HashMap;

use aftercare_frontend::pages::{Found, Hit, HitKind, Results, Way, Ways};
use aftercare_frontend::parts::{BoardLink, Moment, SnippetPart};
use aftercare_search::{Kind, Total};

use super::address::Address;
use super::{LAST, PAGE, ask_here};
use crate::accounts::Viewer;
use crate::app::App;
use crate::discovery::find::{Finding, Findings};
use crate::guidance::{ArticleId, store as guidance};
use crate::layout;
use crate::platform::db::Db;
use crate::platform::refusal::Refusal;
use crate::threads::store::{self as threads, PostRow, ThreadRow};
use crate::threads::{PostId, ThreadId};

/// Rows of what was found, read once more as this viewer: what went away meanwhile is not shown.
struct Around {
    threads: HashMap<ThreadId, ThreadRow>,
    posts: HashMap<PostId, PostRow>,
}

pub(super) fn found(
    db: &mut Db,
    app: &App,
    viewer: &Viewer,
    address: &Address,
    findings: Findings,
) -> Result<Found, Refusal> {
    let threads = findings.findings.iter().filter_map(|finding| finding.thread).collect();
    let posts = findings.findings.iter().filter(|finding| finding.kind == Kind::Post);
    let posts = posts.filter_map(|finding| PostId::parse(&finding.id)).collect();
    let around = Around {
        threads: threads::threads_by_id(db, viewer, threads)?.into_iter().map(|row| (row.id, row)).collect(),
        posts: threads::posts_by_id(db, viewer, posts)?.into_iter().map(|row| (row.id, row)).collect(),
    };
    let ways = ways(address, &findings);
    let mut hits = Vec::new();
    for finding in findings.findings {
        hits.extend(hit(db, app, &around, finding)?);
    }
    let meant = findings.did_you_mean.map(|words| {
        let url = address.with(&[("q", &words)]);
        (words.trim().to_owned(), url)
    });
    if hits.is_empty() {
        return Ok(match address.offset() {
            0 => Found::Nothing { meant, asks: ask_here::links(db, app, viewer, address)? },
            _ => Found::Beyond { first: address.with(&[]) },
        });
    }
    let total = match findings.total {
        Total::Exact(1) => "1 result".to_owned(),
        Total::Exact(count) => format!("{count} results"),
        Total::MoreThan200 => "More than 200 results".to_owned(),
    };
    let older = older(address, findings.total);
    let results = Results { hits, total, is_partial: findings.partial, ways, older };
    Ok(Found::Hits { results, meant, was_cut: findings.cut })
}

/// The address of the results after these.
fn older(address: &Address, total: Total) -> Option<String> {
    let end = address.offset().saturating_add(PAGE);
    let goes_on = match total {
        Total::Exact(count) => count > end,
        Total::MoreThan200 => true,
    };
    (goes_on && end <= LAST).then(|| address.with(&[("after", &end.to_string())]))
}

fn ways(address: &Address, findings: &Findings) -> Vec<Ways> {
    let kinds = HitKind::ALL.iter().filter_map(|kind| {
        let total = findings.kinds.iter().find(|(other, _)| other.name() == kind.value())?.1;
        Some((kind.plural().to_owned(), kind.value().to_owned(), total))
    });
    let boards = findings.boards.iter().map(|board| (board.name.clone(), board.slug.clone(), board.total));
    let groups = [
        ("Narrow down by kind", "kind", "Everything", kinds.collect::<Vec<_>>()),
        ("Narrow down by board", "board", "All boards", boards.collect()),
    ];
    let group = |(label, name, all, values): (&'static str, &str, &str, Vec<(String, String, Total)>)| {
        let chosen = address.value(name);
        // A single value narrows nothing, except where it was chosen and can be left again.
        let helps = values.len() > 1 || !chosen.is_empty();
        let all = Way {
            label: all.to_owned(),
            count: String::new(),
            url: address.with(&[(name, "")]),
            is_chosen: chosen.is_empty(),
        };
        let each = values.into_iter().map(|(label, value, total)| Way {
            label,
            count: count(total),
            url: address.with(&[(name, &value)]),
            is_chosen: value == chosen,
        });
        helps.then(|| Ways { label, ways: std::iter::once(all).chain(each).collect() })
    };
    groups.into_iter().filter_map(group).collect()
}

fn count(total: Total) -> String {
    match total {
        Total::Exact(count) => count.to_string(),
        Total::MoreThan200 => "more than 200".to_owned(),
    }
}

fn hit(db: &mut Db, app: &App, around: &Around, finding: Finding) -> Result<Option<Hit>, Refusal> {
    let moment = |at| layout::moment(&app.schedule, at);
    let thread = finding.thread.and_then(|id| around.threads.get(&id));
    let post = PostId::parse(&finding.id).and_then(|id| around.posts.get(&id));
    let signed = if finding.kind == Kind::Glossary { HitKind::Glossary } else { HitKind::Guidance };
    let known: Option<(HitKind, Option<String>, Moment)> = match finding.kind {
        Kind::Thread => {
            thread.map(|row| (HitKind::Thread, Some(row.author_name.clone()), moment(row.opened_at)))
        }
        Kind::Post => {
            post.map(|row| (HitKind::Post, Some(row.author_name.clone()), moment(row.first_published_at)))
        }
        Kind::Guidance | Kind::Glossary => match ArticleId::parse(&finding.id) {
            Some(id) => guidance::shown_version(db, id)?
                .map(|row| (signed, None, moment(row.verified_at.unwrap_or(row.created_at)))),
            None => None,
        },
    };
    let today = app.database.clock().now().date();
    let is_verified = match post {
        Some(row) => guidance::is_verified(db, row.revision_id, today)?,
        None => false,
    };
    let part = |part: aftercare_search::SnippetPart| SnippetPart { text: part.text, marked: part.marked };
    Ok(known.map(|(kind, author, when)| Hit {
        kind,
        url: finding.path,
        title: vec![SnippetPart::plain(finding.title)],
        snippet: finding.snippet.into_iter().map(part).collect(),
        board: thread.map(|row| BoardLink { slug: row.board_slug.clone(), name: row.board_name.clone() }),
        author,
        when,
        is_verified,
    }))
}
