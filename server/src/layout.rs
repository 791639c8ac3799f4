//! What every page shares: its frame, the assets, the error page.

use aftercare_frontend::assets;
use aftercare_frontend::pages::{ErrorPage, Page};
use aftercare_frontend::parts::{Chrome, FormField, FormState, Moment, ViewerChrome};
use chrono::NaiveDate;
use poem::http::{StatusCode, header};
use poem::web::Path;
use poem::{Request, Response, handler};

use crate::accounts::Member;
use crate::app::App;
use crate::notices;
use crate::platform::clock::UtcTime;
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::fields::Fields;
use crate::platform::hours::Schedule;
use crate::platform::refusal::{FieldError, Refusal};

/// The frame of a page for this viewer.
pub(crate) fn chrome(
    db: &mut Db,
    app: &App,
    member: Option<&Member>,
    csrf: &str,
    path: impl Into<String>,
) -> Result<Chrome, Refusal> {
    let unread = match member {
        Some(member) => notices::store::unread(db, member.id())?,
        None => 0,
    };
    Ok(Chrome {
        community: app.config.community.name.clone(),
        viewer: member.map(|member| ViewerChrome {
            name: member.name().to_owned(),
            is_moderator: member.is_moderator(),
            is_clinician: member.is_clinician(),
            is_admin: member.is_admin(),
            unread_notices: u32::try_from(unread).unwrap_or(0),
            csrf: csrf.to_owned(),
        }),
        quick_exit_url: app.config.community.quick_exit_url.clone(),
        neutral_title: member.is_some_and(Member::neutral_titles),
        hours_notice: app.schedule.notice(app.database.clock().now()),
        path: path.into(),
        flash: None,
        no_index: member.is_some(),
    })
}

/// A moment as pages print it: in the community's zone, and in UTC for machines.
pub(crate) fn moment(schedule: &Schedule, at: UtcTime) -> Moment {
    Moment::new(at.rfc3339(), schedule.date_and_time(at))
}

/// The day of a moment, where the hour says nothing to anybody.
pub(crate) fn day_of(schedule: &Schedule, at: UtcTime) -> Moment {
    let day = at.utc().with_timezone(&schedule.zone()).format("%-d %B %Y");
    Moment::new(at.rfc3339(), day.to_string())
}

/// A day as pages print it.
pub(crate) fn day(day: NaiveDate) -> Moment {
    Moment::new(day.to_string(), day.format("%-d %B %Y").to_string())
}

/// The beginning of a text on one line, cut between words. A heading, or whatever else ends a block without a sentence mark,
/// gets one, so that it does not run into what follows.
pub(crate) fn excerpt(text: &str, most: usize) -> String {
    let mut words = String::new();
    for block in text.split("\n\n") {
        for (place, word) in block.split_whitespace().enumerate() {
            if words.chars().count() + word.chars().count() > most {
                return if words.is_empty() {
                    word.chars().take(most).chain(['…']).collect()
                } else {
                    format!("{words} …")
                };
            }
            if !words.is_empty() {
                let runs_on = place == 0 && words.ends_with(char::is_alphanumeric);
                words.push_str(if runs_on { ". " } else { " " });
            }
            words.push_str(word);
        }
    }
    words
}

/// Puts what was typed back into a form.
pub(crate) fn retype<F: FormField>(mut form: FormState<F>, typed: &Fields) -> FormState<F> {
    let mut typed = typed.clone();
    for (field, name, _) in F::ALL {
        if typed.has(name) {
            form.set(*field, typed.text(name));
        }
    }
    form
}

/// Says beside the fields what a refusal is about; one about no field stands above the form.
pub(crate) fn explain<F: FormField>(mut form: FormState<F>, refusal: &Refusal) -> FormState<F> {
    refusal.fields.iter().for_each(|fault| form.fail(&fault.field, in_words(fault)));
    if refusal.fields.is_empty() {
        form.message = Some(refusal.detail.clone());
    }
    form
}

/// What is wrong with a field; one that stands on no page of ours is named.
fn in_words(fault: &FieldError) -> String {
    match fault.code {
        "unknown_field" => format!("Something was sent along that we do not know: {}.", fault.field),
        _ => fault.message.clone(),
    }
}

/// A refusal that the form itself can show, because it is about what was typed; any other goes on to the error page.
pub(crate) fn about_the_form(refusal: Refusal) -> Result<Refusal, Refusal> {
    if refusal.status == StatusCode::UNPROCESSABLE_ENTITY { Ok(refusal) } else { Err(refusal) }
}

/// The page for a refusal. It is made without asking the database, so that it shows whatever broke.
pub(crate) fn error_page(
    config: &Config,
    refusal: &Refusal,
    request_id: &str,
    kept: Option<String>,
) -> String {
    let status = refusal.status.as_u16();
    let (title, link) = match (status, refusal.code) {
        // Who only wanted to read was led to the sign-in page: this is somebody whose session ended while they wrote.
        (401, _) => ("You were signed out meanwhile", Some(("/sign-in", "Sign in"))),
        (403, "form_expired") => ("This form has expired", None),
        (403, "confirm_password") => ("Please sign in once more", Some(("/sign-in", "Sign in again"))),
        (403, _) => ("This is not open to you", None),
        (404, _) => ("We cannot find this page", Some(("/search", "Search the community"))),
        (409, _) => ("Something has changed meanwhile", None),
        (413, _) => ("This is too long", None),
        (422, _) => ("Some parts need another look", None),
        (429, _) => ("A little too fast", None),
        (503, _) => ("Not available just now", None),
        (400..=499, _) => ("This could not be done", None),
        _ => ("Something went wrong at our end", Some(("/help", "If you need help now"))),
    };
    // The faults say more than the words that stand for all of them.
    let faults: Vec<String> = refusal.fields.iter().map(in_words).collect();
    let advice = match status {
        401 => "Nothing was changed. Please sign in, and send it once more.".to_owned(),
        _ if faults.is_empty() => refusal.detail.clone(),
        _ => faults.join(" "),
    };
    let page = ErrorPage {
        chrome: Chrome {
            community: config.community.name.clone(),
            viewer: None,
            quick_exit_url: config.community.quick_exit_url.clone(),
            neutral_title: true,
            hours_notice: None,
            path: String::new(),
            flash: None,
            no_index: true,
        },
        status,
        title: title.to_owned(),
        advice,
        request_id: request_id.to_owned(),
        kept,
        link: link.map(|(path, words)| (path.to_owned(), words.to_owned())),
    };
    page.html()
}

/// An asset, by the hash of its content. Browsers that can get it compressed.
#[handler]
pub(crate) fn asset(
    Path((hash, name)): Path<(String, String)>,
    request: &Request,
) -> Result<Response, Refusal> {
    let asset = assets::find(&hash, &name).ok_or_else(Refusal::not_found)?;
    let accepts =
        request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let answer = Response::builder().content_type(asset.content_type).header(header::VARY, "Accept-Encoding");
    Ok(match crate::compressed::gzip_of(asset).filter(|_| accepts.contains("gzip")) {
        Some(small) => answer.header(header::CONTENT_ENCODING, "gzip").body(small),
        None => answer.body(asset.bytes),
    })
}

/// The OpenAPI document.
#[handler]
pub(crate) fn openapi() -> Response {
    static DOCUMENT: std::sync::LazyLock<String> = std::sync::LazyLock::new(crate::routes::openapi);
    Response::builder().content_type("application/json").body(DOCUMENT.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_does_not_run_into_the_text_under_it() {
        let plain = "What is usual\n\nA scar is pink.\n\nIt fades:\n\nslowly\nbut surely";
        assert_eq!(excerpt(plain, 80), "What is usual. A scar is pink. It fades: slowly but surely");
        assert_eq!(excerpt(plain, 19), "What is usual. A …");
        assert_eq!(excerpt("unbreakable", 5), "unbre…");
    }
}
