//! Help by phone, and what this place says of itself; the care panels that other features' pages show.

use aftercare_frontend::pages::{About, Help, Page, Privacy, RegionHelp};
use aftercare_frontend::parts::{CarePanel, HelpLine};
use chrono::NaiveDate;
use moderation_rules::Need;
use poem::{Response, handler};

use super::care::{self, HelpRegion};
use crate::accounts::{Caller, Member, Viewer};
use crate::app::App;
use crate::layout;
use crate::platform::config::Hours;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;

/// The panels for these needs, to be shown to the author alone.
pub(crate) fn care_panels(app: &App, needs: &[Need], region: &str) -> Vec<CarePanel> {
    let presence = app.schedule.words(app.database.clock().now());
    let panel = |panel: care::Panel<'_>| CarePanel {
        need: panel.need.to_owned(),
        heading: panel.heading.to_owned(),
        lead: panel.lead.map(str::to_owned),
        body: panel.body.clone(),
        meanwhile: Some(panel.meanwhile.clone()),
        region: panel.region.name.clone(),
        emergency: panel.region.emergency.clone(),
        lines_first: panel.lines_first,
        lines: panel.lines.iter().map(|line| help_line(line)).collect(),
        checked_on: in_words(panel.checked_on),
        presence: presence.clone(),
    };
    app.care.choose(needs, region).into_iter().map(panel).collect()
}

/// The number to call in an emergency where this member lives.
pub(crate) fn emergency(app: &App, region: &str) -> String {
    let known = app.care.region(region).and_then(|region| region.emergency.clone());
    known.unwrap_or_else(|| "112".to_owned())
}

/// The region whose help lines come first: the member's own, or the community's.
pub(crate) fn region_of<'a>(app: &'a App, viewer: &'a Viewer) -> &'a str {
    viewer.member().map_or(app.config.community.default_region.as_str(), Member::region)
}

fn help_line(line: &care::HelpLine) -> HelpLine {
    HelpLine {
        name: line.name.clone(),
        phone: line.phone.clone(),
        text: line.text.clone(),
        url: line.url.clone(),
        hours: line.hours.clone(),
        note: line.note.clone(),
    }
}

fn in_words(day: &str) -> String {
    NaiveDate::parse_from_str(day, "%Y-%m-%d").map_or_else(|_| day.to_owned(), |day| layout::day(day).shown)
}

/// `/help`
#[handler]
pub(crate) async fn help(caller: Caller<Viewer>) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, viewer| {
            let first = region_of(&app, viewer);
            // One's own first, then the others; "everywhere else" is the last of the file.
            let mut regions: Vec<&HelpRegion> = app.care.regions().iter().collect();
            regions.sort_by_key(|region| region.code != first);
            Ok(Help {
                chrome: layout::chrome(db, &app, viewer.member(), &csrf, "/help")?,
                regions: regions.into_iter().map(region_help).collect(),
                checked_on: in_words(app.care.checked_on()),
            })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

fn region_help(region: &HelpRegion) -> RegionHelp {
    RegionHelp {
        code: region.code.clone(),
        name: region.name.clone(),
        emergency: region.emergency.clone(),
        lines: region.lines.iter().map(help_line).collect(),
    }
}

/// `/about`
#[handler]
pub(crate) async fn about(caller: Caller<Viewer>) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, viewer| {
            let chrome = layout::chrome(db, &app, viewer.member(), &csrf, "/about")?;
            Ok(About { chrome, hours: weekly(&app.config.hours) })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

/// `/privacy`
#[handler]
pub(crate) async fn privacy(caller: Caller<Viewer>) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, viewer| {
            let chrome = layout::chrome(db, &app, viewer.member(), &csrf, "/privacy")?;
            Ok(Privacy { chrome, responsible: None })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

/// `/robots.txt`: unlisted boards are not named here, as this file is public; their pages say `noindex` themselves.
#[handler]
pub(crate) fn robots() -> Response {
    let closed = ["/admin/", "/api/", "/desk", "/join", "/me", "/search", "/sign-in"];
    let lines: String = closed.iter().map(|path| format!("Disallow: {path}\n")).collect();
    Response::builder().content_type("text/plain; charset=utf-8").body(format!("User-agent: *\n{lines}"))
}

const WEEK: [(&str, &str); 7] = [
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
];

/// The staffed hours of a week in words, days with equal hours together; nothing where none are set.
fn weekly(hours: &Hours) -> Option<String> {
    let mut runs: Vec<(&str, &str, &str)> = Vec::new();
    let mut open_yesterday = false;
    for (key, name) in WEEK {
        let Some(span) = hours.weekly.get(key) else {
            open_yesterday = false;
            continue;
        };
        match runs.last_mut().filter(|(_, _, same)| open_yesterday && same == span) {
            Some((_, last, _)) => *last = name,
            None => runs.push((name, name, span)),
        }
        open_yesterday = true;
    }
    let run = |(first, last, span): &(&str, &str, &str)| {
        let times = span.replace('-', " to ");
        if first == last {
            format!("on {first} from {times}")
        } else {
            format!("from {first} to {last}, {times}")
        }
    };
    let words = runs.iter().map(run).collect::<Vec<_>>().join("; ");
    let but = if hours.holidays.is_empty() { "" } else { ", except on public holidays" };
    (!words.is_empty()).then(|| format!("{words}{but}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(days: &[(&str, &str)], words: Option<&str>) {
        let weekly = days.iter().map(|(day, span)| ((*day).to_owned(), (*span).to_owned())).collect();
        assert_eq!(super::weekly(&Hours { weekly, ..Hours::default() }).as_deref(), words);
    }

    #[test]
    fn the_week_is_told_as_people_tell_it() {
        check(&[], None);
        check(&[("tue", "09:00-17:00")], Some("on Tuesday from 09:00 to 17:00"));
        let days =
            [("mon", "09:00-17:00"), ("tue", "09:00-17:00"), ("thu", "09:00-17:00"), ("fri", "10:00-12:00")];
        let words = "from Monday to Tuesday, 09:00 to 17:00; on Thursday from 09:00 to 17:00; on Friday from 10:00 to 12:00";
        check(&days, Some(words));
    }
}
