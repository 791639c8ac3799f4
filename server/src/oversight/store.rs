//! The checks of `doctor` as questions to the database: each counts what must not be.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::guidance::{self, Source, VersionId};
use crate::platform::db::Db;
use crate::platform::db::schema::{article_sources, article_versions, revisions};
use crate::threads::RevisionId;
use chrono::NaiveDate;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// A question whose answer must be zero.
pub(super) struct Question {
    pub id: &'static str,
    pub what: &'static str,
    sql: &'static str,
}

/// The invariants of security.md 8 that one database can answer for itself.
pub(super) const QUESTIONS: &[Question] = &[
    Question {
        id: "held_has_one_item",
        what: "held posts without exactly one unfinished review item",
        sql: "SELECT count(*) AS n FROM posts p WHERE p.state = 'held' AND \
              (SELECT count(*) FROM review_items i WHERE i.post_id = p.id AND i.closed_at IS NULL) <> 1",
    },
    Question {
        id: "risky_has_item",
        what: "revisions that rules held or flagged and that no review item was ever opened for",
        sql: "SELECT count(*) AS n FROM revisions r WHERE r.action IN ('hold', 'flag') \
              AND NOT EXISTS (SELECT 1 FROM review_items i WHERE i.revision_id = r.id) \
              AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.post_id = r.post_id AND d.choice = 'publish_masked' \
              AND d.moderator_id = r.editor_id AND d.decided_at = r.created_at)",
    },
    Question {
        id: "published_by_right",
        what: "public wordings that a rule held and no person published",
        sql: "SELECT count(*) AS n FROM posts p JOIN revisions r ON r.id = p.published_revision_id WHERE r.action = 'hold' \
              AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.revision_id = r.id AND d.choice IN ('publish', 'publish_with_guidance')) \
              AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.post_id = r.post_id AND d.choice = 'publish_masked' \
              AND d.moderator_id = r.editor_id AND d.decided_at = r.created_at)",
    },
    Question {
        id: "public_is_published",
        what: "posts whose state and published wording disagree",
        sql: "SELECT count(*) AS n FROM posts p WHERE (p.state = 'public') <> (p.published_revision_id IS NOT NULL)",
    },
    Question {
        id: "revision_is_own",
        what: "posts that show a wording of another post",
        sql: "SELECT count(*) AS n FROM posts p JOIN revisions r ON r.id = p.published_revision_id WHERE r.post_id <> p.id",
    },
    Question {
        id: "thread_has_opening",
        what: "threads without an opening post of their own",
        sql: "SELECT count(*) AS n FROM threads t WHERE NOT EXISTS \
              (SELECT 1 FROM posts p WHERE p.id = t.opening_post_id AND p.thread_id = t.id AND p.kind = 'opening')",
    },
    Question {
        id: "counters",
        what: "threads whose counters differ from a recount",
        sql: "SELECT count(*) AS n FROM threads t WHERE t.public_posts <> \
              (SELECT count(*) FROM posts p WHERE p.thread_id = t.id AND p.published_revision_id IS NOT NULL) \
              OR (t.last_activity_at IS NOT NULL) <> EXISTS \
              (SELECT 1 FROM posts o WHERE o.id = t.opening_post_id AND o.published_revision_id IS NOT NULL)",
    },
    Question {
        id: "claims",
        what: "claimed items without holder or lease, or the other way round",
        sql: "SELECT count(*) AS n FROM review_items i WHERE (i.state = 'claimed') <> (i.holder_id IS NOT NULL AND i.lease_until IS NOT NULL)",
    },
    Question {
        id: "decisions_in_chain",
        what: "decisions that the audit chain does not know, or more rows there than decisions",
        sql: "SELECT abs((SELECT count(*) FROM decisions) - (SELECT count(*) FROM audit WHERE action = 'review.decide')) AS n",
    },
    Question {
        id: "own_decision",
        what: "decisions by the author of the post",
        sql: "SELECT count(*) AS n FROM decisions d JOIN posts p ON p.id = d.post_id WHERE d.moderator_id = p.author_id",
    },
    Question {
        id: "two_signatures",
        what: "verified or stopped guidance without two different signers of its text",
        sql: "SELECT count(*) AS n FROM article_versions v WHERE v.state IN ('verified', 'stopped') AND \
              (SELECT count(DISTINCT s.signer_id) FROM signatures s WHERE s.version_id = v.id AND s.hash = v.hash) <> 2",
    },
    Question {
        id: "stops",
        what: "stopped guidance without a standing stop, or a stop of guidance that runs",
        sql: "SELECT count(*) AS n FROM article_versions v WHERE (v.state = 'stopped') <> EXISTS \
              (SELECT 1 FROM stops s WHERE s.version_id = v.id AND s.lifted_at IS NULL)",
    },
    Question {
        id: "attached_was_verified",
        what: "cards of guidance that was never verified",
        sql: "SELECT count(*) AS n FROM attachments a JOIN article_versions v ON v.id = a.version_id WHERE v.verified_at IS NULL",
    },
    Question {
        id: "outbox_dead",
        what: "effects that failed too often and wait for a person",
        sql: "SELECT count(*) AS n FROM outbox WHERE dead_at IS NOT NULL",
    },
    Question {
        id: "outbox_text",
        what: "effects that carry more than a reference",
        sql: "SELECT count(*) AS n FROM outbox WHERE length(payload) > 200",
    },
];

/// How many violate this.
pub(super) fn violations(db: &mut Db, question: &Question) -> QueryResult<i64> {
    diesel::sql_query(question.sql).get_result::<Count>(db).map(|count| count.n)
}

/// What SQLite finds wrong with the file itself; PostgreSQL checks its own pages.
pub(super) fn file_faults(db: &mut Db) -> QueryResult<i64> {
    match db {
        Db::Pg(_) => Ok(0),
        Db::Sqlite(c) => {
            let integrity = diesel::sql_query(
                "SELECT count(*) AS n FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
            );
            let foreign = diesel::sql_query("SELECT count(*) AS n FROM pragma_foreign_key_check");
            Ok(integrity.get_result::<Count>(c)?.n + foreign.get_result::<Count>(c)?.n)
        }
    }
}

/// A wording with what its hash covers: id, title, source, hash.
pub(super) type Wording = (RevisionId, Option<String>, String, String);

/// Wordings after this one.
pub(super) fn revisions_after(db: &mut Db, after: RevisionId, rows: i64) -> QueryResult<Vec<Wording>> {
    revisions::table
        .filter(revisions::id.gt(after))
        .order(revisions::id)
        .limit(rows)
        .select((revisions::id, revisions::title, revisions::source, revisions::hash))
        .load(db)
}

/// A version with what its hash covers.
pub(super) struct Hashed {
    pub title: String,
    pub source: String,
    pub other_names: Option<Vec<String>>,
    pub review_due: NaiveDate,
    pub sources: Vec<Source>,
    pub hash: String,
}

/// Every version of every article.
pub(super) fn versions(db: &mut Db) -> QueryResult<Vec<Hashed>> {
    let rows: Vec<(VersionId, String, String, Option<String>, NaiveDate, String)> = article_versions::table
        .select((
            article_versions::id,
            article_versions::title,
            article_versions::source,
            article_versions::other_names,
            article_versions::review_due,
            article_versions::hash,
        ))
        .load(db)?;
    rows.into_iter()
        .map(|(id, title, source, other_names, review_due, hash)| {
            let sources: Vec<(String, String, String, String)> = article_sources::table
                .filter(article_sources::version_id.eq(id))
                .order(article_sources::position)
                .select((
                    article_sources::title,
                    article_sources::publisher,
                    article_sources::url,
                    article_sources::published,
                ))
                .load(db)?;
            let source_of = |(title, publisher, url, published)| Source { title, publisher, url, published };
            Ok(Hashed {
                title,
                source,
                other_names: other_names.as_deref().map(guidance::store::names_in),
                review_due,
                sources: sources.into_iter().map(source_of).collect(),
                hash,
            })
        })
        .collect()
}
