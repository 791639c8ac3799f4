//! The lists of the desk, each with how much is in it.

use aftercare_frontend::pages::{DeskTab, DeskTabs};

use crate::accounts::Member;
use crate::guidance::store as guidance;
use crate::platform::clock::UtcTime;
use crate::platform::db::Db;
use crate::platform::refusal::Refusal;
use crate::review::store;
use crate::threads::store as threads;

/// Counts go this far; behind it, a plus says enough.
const MOST: i64 = 200;

/// The tabs for this member of staff.
pub(crate) fn tabs(db: &mut Db, member: &Member, active: DeskTab, now: UtcTime) -> Result<DeskTabs, Refusal> {
    let open = guidance::count_open_for_signatures(db, MOST + 1)?;
    let mut tabs = DeskTabs {
        active,
        moderates: member.is_moderator(),
        queue: String::new(),
        unread: String::new(),
        mine: String::new(),
        guidance: counted(i64::try_from(open).unwrap_or(i64::MAX)),
    };
    if tabs.moderates {
        let waiting = store::waiting_by_severity(db)?.into_iter().map(|(_, count)| count).sum();
        let unread = threads::count_unread(db, MOST + 1)?;
        tabs.queue = counted(waiting);
        tabs.unread = counted(i64::try_from(unread).unwrap_or(i64::MAX));
        tabs.mine = counted(store::count_held_by(db, member.id(), now)?);
    }
    Ok(tabs)
}

fn counted(count: i64) -> String {
    if count > MOST { format!("{MOST}+") } else { count.to_string() }
}
