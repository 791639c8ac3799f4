//! `/me`: the account, its settings, and signing out everywhere.

use aftercare_frontend::pages::{Me, Page, SettingsField};
use aftercare_frontend::parts::FormState;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{IntoResponse, Response, handler};
use serde::Deserialize;

use super::{known_region, regions, with_cookie};
use crate::accounts::settings::{self, Settings};
use crate::accounts::store::{self, MemberRow};
use crate::accounts::{Caller, Member, session, sign_out};
use crate::layout;
use crate::platform::fields::Fields;
use crate::platform::http::{Form, Html, clear_session, see_other};
use crate::platform::refusal::Refusal;

#[derive(Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

#[handler]
pub(crate) async fn show(caller: Caller<Member>, Query(query): Query<Done>) -> Result<Response, Refusal> {
    let saved = query.done.as_deref() == Some("saved");
    draw(&caller, saved, None).await
}

#[handler]
pub(crate) async fn save(caller: Caller<Member>, form: Form) -> Result<Response, Refusal> {
    let typed = form.0.clone();
    let mut fields = form.0;
    // The page says what the choice is for; the act and the API call it `contact`.
    let contact = fields.text(CONTACT_FIELD);
    fields.put("contact", contact);
    let saved = caller
        .prepare(
            move |_| Settings::parse(fields),
            |tx, member, settings| settings::save(tx, member, &settings),
        )
        .await;
    match saved {
        Ok(()) => Ok(see_other("/me?done=saved")),
        Err(mut refusal) if refusal.status == StatusCode::UNPROCESSABLE_ENTITY => {
            for fault in refusal.fields.iter_mut().filter(|fault| fault.field == "contact") {
                CONTACT_FIELD.clone_into(&mut fault.field);
            }
            draw(&caller, false, Some((typed, refusal))).await
        }
        Err(refusal) => Err(refusal),
    }
}

const CONTACT_FIELD: &str = "contact_safety";

#[handler]
pub(crate) async fn end_sessions(caller: Caller<Member>, form: Form) -> Result<Response, Refusal> {
    form.0.finish(Some(()))?;
    caller.write(sign_out::sign_out_everywhere).await?;
    with_cookie(see_other("/"), &clear_session(caller.app.edge.https))
}

async fn draw(
    caller: &Caller<Member>,
    saved: bool,
    refused: Option<(Fields, Refusal)>,
) -> Result<Response, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let status = refused.as_ref().map_or(StatusCode::OK, |(_, refusal)| refusal.status);
    let page = caller
        .read(move |db, member| {
            let row = store::member(db, member.id())?.ok_or_else(Refusal::not_found)?;
            let sessions = session::live_count(db, member, app.database.clock().now())?;
            let mut chrome = layout::chrome(db, &app, Some(member), &csrf, "/me")?;
            chrome.flash = saved.then(|| "Saved.".to_owned());
            let settings = match &refused {
                Some((typed, refusal)) => {
                    layout::explain(layout::retype(FormState::new(csrf), typed), refusal)
                }
                None => FormState::new(csrf)
                    .with(SettingsField::Region, known_region(&app, &row.region))
                    .with(SettingsField::NeutralTitles, if row.neutral_titles { "on" } else { "" })
                    .with(SettingsField::ContactSafety, row.contact.as_str()),
            };
            Ok(Me {
                chrome,
                joined: row.created_at.utc().with_timezone(&app.schedule.zone()).format("%B %Y").to_string(),
                roles: roles(&row),
                name: row.name,
                email: row.email,
                settings,
                regions: regions(&app),
                sessions: u32::try_from(sessions).unwrap_or(u32::MAX),
            })
        })
        .await?;
    Ok(Html { status, body: page.html() }.into_response())
}

fn roles(row: &MemberRow) -> Vec<String> {
    let roles = [(row.moderator, "Moderator"), (row.clinician, "Clinician"), (row.admin, "Admin")];
    roles.iter().filter(|(held, _)| *held).map(|(_, role)| (*role).to_owned()).collect()
}
