//! Signed guidance as pages show it, under posts and at the desk.

use aftercare_frontend::content::SanitizedHtml;
use aftercare_frontend::parts::{
    GuidanceCard, Relation as RelationPart, Signer, Source as SourcePart, Stop, VerifiedMark,
};

use crate::accounts::store as accounts;
use crate::app::App;
use crate::guidance::read::{Card, Signed};
use crate::guidance::store::{SignatureRow, StatementRow, StopRow};
use crate::guidance::{Relation, Source};
use crate::layout;
use crate::platform::db::Db;
use crate::platform::hours::Schedule;
use crate::platform::refusal::Refusal;

/// A text longer than this opens on demand.
const LONG: usize = 700;
/// Characters of its beginning that stand there until then.
const LEAD: usize = 260;

/// A card under a post. The text of a stopped version is not handed out at all.
pub(crate) fn card(db: &mut Db, app: &App, card: Card) -> Result<GuidanceCard, Refusal> {
    let overdue = card.signed.is_overdue(app.database.clock().now().date());
    let Signed { version, signatures, sources, stop } = card.signed;
    let stopped = match &stop {
        Some(row) => Some(stop_of(db, &app.schedule, row)?),
        None => None,
    };
    let shows = stopped.is_none();
    Ok(GuidanceCard {
        id: version.article_id.to_string(),
        relation: relation(card.relation),
        note: Some(card.note).filter(|note| !note.is_empty() && shows),
        attached_by: None,
        lead: if shows { layout::excerpt(&version.plain, LEAD) } else { String::new() },
        html: if shows { version.safe_html() } else { SanitizedHtml::default() },
        long: version.plain.chars().count() > LONG,
        signers: signers(&app.schedule, signatures),
        review_due: layout::day(version.review_due),
        overdue,
        sources: self::sources(sources),
        stopped,
        title: version.title,
    })
}

/// Why and since when a version is stopped, and by whom.
pub(crate) fn stop_of(db: &mut Db, schedule: &Schedule, row: &StopRow) -> Result<Stop, Refusal> {
    let by = match accounts::member(db, row.stopped_by)? {
        Some(member) if member.moderator => format!("{}, moderator", member.name),
        Some(member) if member.clinician => format!("{}, clinician", member.name),
        Some(member) => member.name,
        None => "our team".to_owned(),
    };
    Ok(Stop { on: layout::moment(schedule, row.stopped_at), why: row.reason.clone(), by })
}

pub(crate) fn signers(schedule: &Schedule, rows: Vec<SignatureRow>) -> Vec<Signer> {
    let signer = |row: SignatureRow| Signer {
        name: row.name,
        register: format!("{} {}", row.register, row.number),
        when: layout::day_of(schedule, row.signed_at),
    };
    rows.into_iter().map(signer).collect()
}

pub(crate) fn sources(rows: Vec<Source>) -> Vec<SourcePart> {
    let source = |row: Source| SourcePart {
        title: row.title,
        publisher: row.publisher,
        url: row.url,
        date: Some(row.published).filter(|date| !date.is_empty()),
    };
    rows.into_iter().map(source).collect()
}

/// The mark on a post in which a clinician stands behind a passage.
pub(crate) fn verified(schedule: &Schedule, row: StatementRow) -> VerifiedMark {
    VerifiedMark {
        passage: row.passage,
        clinician: row.name,
        role: "Clinician".to_owned(),
        register: format!("{} {}", row.register, row.number),
        when: layout::day_of(schedule, row.verified_at),
    }
}

fn relation(relation: Relation) -> RelationPart {
    match relation {
        Relation::Answers => RelationPart::Answers,
        Relation::Adds => RelationPart::Adds,
        Relation::Corrects => RelationPart::Corrects,
    }
}
