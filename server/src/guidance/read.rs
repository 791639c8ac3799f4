//! What readers see of guidance: cards and marks under posts, the library, an article.

use std::collections::HashMap;

use chrono::NaiveDate;
use moderation_rules::{Action, RuleSet, Verdict};

use super::store::{self, ArticleSummary, AttachmentRow, DeskRow, SignatureRow, StopRow, VersionRow};
use super::{ArticleId, Relation, Source, TitleCursor, VersionId, VersionState};
use crate::platform::db::Db;
use crate::platform::limits::PAGE_ROWS;
use crate::platform::refusal::Refusal;
use crate::threads::read::Page;
use crate::threads::{Cursor, PostId, ThreadId};

/// A version with all that readers must see beside it.
#[derive(Clone, Debug)]
pub struct Signed {
    pub version: VersionRow,
    pub signatures: Vec<SignatureRow>,
    pub sources: Vec<Source>,
    /// Stands while the version is stopped.
    pub stop: Option<StopRow>,
}

impl Signed {
    /// Its review date has passed: shown as under review, not to be attached anew.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.version.state == VersionState::Verified && self.version.review_due < today
    }
}

/// A card under a post.
#[derive(Clone, Debug)]
pub struct Card {
    pub relation: Relation,
    pub note: String,
    pub signed: Signed,
}

/// The cards of a thread, by post.
pub fn cards(db: &mut Db, thread: ThreadId) -> Result<HashMap<PostId, Vec<Card>>, Refusal> {
    let attachments = store::attachments_of(db, thread)?;
    if attachments.is_empty() {
        return Ok(HashMap::new());
    }
    let mut signed: HashMap<VersionId, Signed> = HashMap::new();
    let mut cards: HashMap<PostId, Vec<Card>> = HashMap::new();
    for AttachmentRow { post_id, version_id, relation, note } in attachments {
        let version = match signed.get(&version_id) {
            Some(version) => version.clone(),
            None => {
                let row = store::version(db, version_id)?.ok_or_else(Refusal::not_found)?;
                let version = with_companions(db, row)?;
                signed.insert(version_id, version.clone());
                version
            }
        };
        cards.entry(post_id).or_default().push(Card { relation, note, signed: version });
    }
    Ok(cards)
}

fn with_companions(db: &mut Db, version: VersionRow) -> Result<Signed, Refusal> {
    let stop = match version.state {
        // An older wording stands or falls with the article: stopping reaches every card that ever carried it.
        VersionState::Superseded => match store::shown_version(db, version.article_id)? {
            Some(shown) => store::standing_stop(db, shown.id)?,
            None => None,
        },
        _ => store::standing_stop(db, version.id)?,
    };
    Ok(Signed {
        signatures: store::signatures_of(db, version.id)?,
        sources: store::sources_of(db, version.id)?,
        stop,
        version,
    })
}

/// What the rules would hold in a post with these words. Guidance is not held, two clinicians read it: these are the places to read twice.
pub fn concerns(rules: &RuleSet, version: &VersionRow) -> Vec<String> {
    let verdict = Verdict::stored(&version.verdict);
    if verdict.is_failed_check() {
        return vec!["The rules did not finish on this text".to_owned()];
    }
    let mut titles: Vec<String> = Vec::new();
    for rule in verdict.hits.iter().filter_map(|hit| rules.rule(&hit.rule)) {
        if rule.action == Action::Hold && !titles.contains(&rule.title) {
            titles.push(rule.title.clone());
        }
    }
    titles
}

/// The version of an article that everybody may read: verified, or stopped and saying so.
pub fn shown(db: &mut Db, article: ArticleId) -> Result<Signed, Refusal> {
    let version = store::shown_version(db, article)?.ok_or_else(Refusal::not_found)?;
    with_companions(db, version)
}

/// The latest version, signed or not: for staff.
pub fn latest(db: &mut Db, article: ArticleId) -> Result<Signed, Refusal> {
    let version = store::latest_version(db, article)?.ok_or_else(Refusal::not_found)?;
    with_companions(db, version)
}

/// A page of the articles that everybody may read, by title.
pub fn library(
    db: &mut Db,
    after: Option<TitleCursor>,
    rows: i64,
) -> Result<Page<ArticleSummary, TitleCursor>, Refusal> {
    let found = store::library(db, after, rows + 1)?;
    Ok(Page::of(found, rows, |row| TitleCursor { title: row.title.clone(), id: row.id }))
}

/// A page of the words that clinicians have explained, by word.
pub fn glossary(
    db: &mut Db,
    after: Option<TitleCursor>,
    rows: i64,
) -> Result<Page<Signed, TitleCursor>, Refusal> {
    let found = store::glossary(db, after, rows + 1)?;
    let Page { rows, next } =
        Page::of(found, rows, |row| TitleCursor { title: row.title.clone(), id: row.article_id });
    let rows = rows.into_iter().map(|row| with_companions(db, row)).collect::<Result<_, _>>()?;
    Ok(Page { rows, next })
}

/// A page of every article with its latest version, last changed first: for staff.
pub fn all(db: &mut Db, after: Option<Cursor>) -> Result<Page<DeskRow>, Refusal> {
    let found = store::desk_articles(db, after, PAGE_ROWS + 1)?;
    Ok(Page::of(found, PAGE_ROWS, |row| Cursor { at: row.created_at, id: row.id.0 }))
}
