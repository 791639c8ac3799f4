//! Guidance to choose from for a text: what fits its words, then the rest of a small library; or what somebody looks for.

use std::time::Duration;

use aftercare_frontend::parts::{self, GuidanceOption};
use aftercare_search::{Filters, Hit, Kind, Query, SearchError, SnippetPart, SuggestQuery, ViewerScope};
use chrono::NaiveDate;

use crate::app::App;
use crate::guidance::read::{self, Signed};
use crate::guidance::{ArticleId, VersionId, VersionState, store};
use crate::platform::db::Db;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;

/// So many articles are offered: a moderator reads the list, not a catalogue.
const OFFERED: usize = 12;
/// A page of the library to fill the list from; some of it may be stopped or overdue.
const LIBRARY_ROWS: i64 = 50;
/// The desk must open while search is down.
const PATIENCE: Duration = Duration::from_millis(800);

/// The form's name for the version, and the act's.
pub(crate) const NAME: (&str, &str) = ("guidance", "guidance_version");

/// Takes the search field and the button beside it out of a form; answers whether that button was pressed.
pub(crate) fn looks_for_more(fields: &mut Fields) -> Result<bool, Refusal> {
    let _ = fields.text("q");
    match fields.optional_text("action").as_deref() {
        None => Ok(false),
        Some("find") => Ok(true),
        Some(_) => Err(Refusal::field("action", "not_a_choice", "This button is not known here.")),
    }
}

/// What the index proposes.
pub(crate) struct Proposed {
    /// Each with the sentence that fits best.
    articles: Vec<(ArticleId, Vec<SnippetPart>)>,
    /// Somebody looks for these, so nothing else is offered.
    asked: bool,
    answered: bool,
}

impl Proposed {
    fn sentence(&self, article: ArticleId) -> &[SnippetPart] {
        self.articles.iter().find(|(id, _)| *id == article).map_or(&[], |(_, sentence)| sentence)
    }
}

/// The articles that were asked for, or, where nobody asks, those that fit a text best.
pub(crate) async fn propose(app: &App, text: String, asked: &str) -> Proposed {
    let (asked, viewer) = (asked.trim(), ViewerScope::Anonymous);
    let found = tokio::time::timeout(PATIENCE, async {
        if asked.is_empty() {
            let query = SuggestQuery { text, kinds: vec![Kind::Guidance], viewer, top: OFFERED };
            return app.search.suggest(query).await.map(|hits| hits.hits);
        }
        let filters = Filters { kinds: vec![Kind::Guidance], ..Filters::default() };
        let limit = usize::try_from(LIBRARY_ROWS).unwrap_or(OFFERED);
        let query = Query { text: asked.to_owned(), filters, viewer, limit, ..Query::default() };
        app.search.search(query).await.map(|hits| hits.hits)
    });
    let found: Result<Vec<Hit>, SearchError> =
        found.await.unwrap_or_else(|_| Err(SearchError::Unavailable("no answer in time".into())));
    if let Err(error) = &found {
        tracing::warn!(%error, "search proposes no guidance at the desk");
    }
    let (answered, hits) = (found.is_ok(), found.unwrap_or_default());
    let article = |hit: Hit| Some((ArticleId::parse(hit.id.strip_prefix("article:")?)?, hit.snippet));
    Proposed { articles: hits.into_iter().filter_map(article).collect(), asked: !asked.is_empty(), answered }
}

/// The options for the form, and what to say beside the search field. The index only proposes: each article is read again, and
/// only what is verified today is offered. What has been chosen already stays.
pub(crate) fn options(
    db: &mut Db,
    proposed: &Proposed,
    chosen: Option<VersionId>,
    today: NaiveDate,
) -> Result<(Vec<GuidanceOption>, Option<&'static str>), Refusal> {
    let mut articles: Vec<ArticleId> = proposed.articles.iter().map(|(id, _)| *id).collect();
    if let Some(version) = chosen.map(|id| store::version(db, id)).transpose()?.flatten() {
        articles.insert(0, version.article_id);
    }
    if !proposed.asked && articles.len() < OFFERED {
        articles.extend(read::library(db, None, LIBRARY_ROWS)?.rows.into_iter().map(|row| row.id));
    }
    let (mut options, mut found): (Vec<GuidanceOption>, bool) = (Vec::new(), false);
    for article in articles {
        if options.len() == OFFERED {
            break;
        }
        let id = article.to_string();
        if !options.iter().any(|option| option.article == id) {
            match read::shown(db, article) {
                Ok(signed) if can_be_attached(&signed, today) => {
                    options.push(option(id, signed, proposed.sentence(article)));
                }
                Ok(_) => continue,
                Err(refusal) if refusal.code == "not_found" => continue,
                Err(refusal) => return Err(refusal),
            }
        }
        found |= proposed.articles.iter().any(|(id, _)| *id == article);
    }
    let trouble = match (proposed.asked, proposed.answered, found) {
        (true, false, _) => Some("The search did not answer. Please try again in a moment."),
        (true, true, false) => Some("Nothing that can be attached today has these words. Please try others."),
        _ => None,
    };
    Ok((options, trouble))
}

fn can_be_attached(signed: &Signed, today: NaiveDate) -> bool {
    signed.version.state == VersionState::Verified && !signed.is_overdue(today)
}

fn option(article: String, signed: Signed, sentence: &[SnippetPart]) -> GuidanceOption {
    let names: Vec<&str> = signed.signatures.iter().map(|signature| signature.name.as_str()).collect();
    GuidanceOption {
        version: signed.version.id.to_string(),
        article,
        signed: format!("signed by {}", names.join(" and ")),
        title: signed.version.title,
        sentence: sentence
            .iter()
            .map(|part| parts::SnippetPart { text: part.text.clone(), marked: part.marked })
            .collect(),
    }
}
