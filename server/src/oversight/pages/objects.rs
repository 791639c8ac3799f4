//! What an entry of the record is about, in words, with the page where it can be opened. The chain holds ids only; the words are
//! those that this reader may read anywhere else, so a text that waits is told without its title.

use std::collections::HashMap;

use aftercare_frontend::pages::AuditObject;

use crate::accounts::{Admin, MemberId, Viewer, store as accounts};
use crate::guidance::{ArticleId, VersionId, store as guidance};
use crate::platform::audit::AuditRow;
use crate::platform::db::Db;
use crate::platform::ids;
use crate::platform::refusal::Refusal;
use crate::review::{ItemId, store as review};
use crate::screening::backtest::runs::RunId;
use crate::threads::store::{self as threads, BoardRow, PostRow};
use crate::threads::{BoardId, PostId, PostKind, RevisionId, ThreadId};

/// Everything that a page of the record is about.
pub(super) struct Objects {
    /// Items are opened at the desk, by moderators.
    opens_items: bool,
    names: HashMap<MemberId, String>,
    boards: HashMap<BoardId, BoardRow>,
    versions: HashMap<VersionId, (ArticleId, i32, String)>,
    items: HashMap<ItemId, PostId>,
    revisions: HashMap<RevisionId, PostId>,
    /// Posts that this reader may read.
    posts: HashMap<PostId, PostRow>,
    titles: HashMap<ThreadId, String>,
}

impl Objects {
    pub fn of(db: &mut Db, admin: &Admin, rows: &[AuditRow]) -> Result<Self, Refusal> {
        let ids = |kind: &str| -> Vec<i64> {
            rows.iter().filter(|row| row.object_kind == kind).map(|row| row.object_id).collect()
        };
        let viewer = Viewer::of(admin);
        let items = review::posts_of_items(db, ids("review_item").into_iter().map(ItemId).collect())?;
        let revisions =
            threads::posts_of_revisions(db, ids("revision").into_iter().map(RevisionId).collect())?;
        let about = ids("post").into_iter().map(PostId);
        let about = about.chain(items.values().copied()).chain(revisions.values().copied()).collect();
        let posts = threads::posts_by_id(db, &viewer, about)?;
        let titles = threads::threads_by_id(db, &viewer, posts.iter().map(|row| row.thread_id).collect())?;
        Ok(Self {
            opens_items: admin.is_moderator(),
            names: accounts::names_of(db, ids("member").into_iter().map(MemberId).collect())?,
            boards: threads::boards(db, &viewer)?.into_iter().map(|row| (row.id, row)).collect(),
            versions: guidance::titles_of(db, ids("article_version").into_iter().map(VersionId).collect())?,
            items,
            revisions,
            posts: posts.into_iter().map(|row| (row.id, row)).collect(),
            titles: titles.into_iter().map(|row| (row.id, row.title)).collect(),
        })
    }

    /// One of them. A kind that has no words yet keeps its name and id.
    pub fn named(&self, kind: &str, id: i64) -> AuditObject {
        let known = match kind {
            "member" => self.names.get(&MemberId(id)).map(|name| (name.clone(), None)),
            "board" => self.boards.get(&BoardId(id)).map(|board| {
                (format!("the board “{}”", board.name), Some(format!("/boards/{}", board.slug)))
            }),
            "article_version" => self.versions.get(&VersionId(id)).map(|(article, number, title)| {
                (format!("version {number} of “{title}”"), Some(format!("/desk/guidance/{article}")))
            }),
            "backtest" => Some((
                "a back-test of rules".to_owned(),
                Some(format!("/admin/rules/backtests/{}", RunId(id))),
            )),
            "effect" => Some(("what was given up".to_owned(), Some("/admin/dead-letters".to_owned()))),
            "rules" => Some(("the rules in force".to_owned(), Some("/admin/rules".to_owned()))),
            "post" => Some(self.post(PostId(id))),
            "revision" => self.revisions.get(&RevisionId(id)).map(|post| self.post(*post)),
            "review_item" => self.items.get(&ItemId(id)).map(|post| {
                let (words, url) = self.post(*post);
                let desk = self.opens_items.then(|| format!("/desk/items/{}", ItemId(id)));
                (words, desk.or(url))
            }),
            _ => None,
        };
        let (words, url) =
            known.unwrap_or_else(|| (format!("{} {}", kind.replace('_', " "), ids::encode(id)), None));
        AuditObject { words, url }
    }

    fn post(&self, id: PostId) -> (String, Option<String>) {
        let Some(row) = self.posts.get(&id) else { return ("a post that is not public".to_owned(), None) };
        let title = self.titles.get(&row.thread_id).map_or("", String::as_str);
        let what = if row.kind == PostKind::Opening { "the question" } else { "a reply in" };
        (format!("{what} “{title}”"), Some(format!("/posts/{id}")))
    }
}
