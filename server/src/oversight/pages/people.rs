//! `/admin/people`: members with their roles, and a form to give one.

use std::collections::HashMap;

use aftercare_frontend::pages::{AdminPeople, GrantField, HeldRole, Page, Person};
use aftercare_frontend::parts::FormState;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{IntoResponse, Response, handler};
use serde::Deserialize;

use crate::accounts::end_role::{self, Ending};
use crate::accounts::grant_role::{self, Grant};
use crate::accounts::store::{self, MemberRow};
use crate::accounts::{Admin, Caller, MemberId, MemberState, NameCursor, Role};
use crate::app::App;
use crate::layout;
use crate::platform::db::Db;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::refusal::Refusal;
use crate::platform::submissions::{self, SubmissionKey};
use crate::threads::read as threads;

const ROWS: i64 = 50;

#[derive(Deserialize)]
pub(crate) struct Asked {
    after: Option<String>,
}

/// The people.
#[handler]
pub(crate) async fn list(caller: Caller<Admin>, Query(asked): Query<Asked>) -> Result<Html, Refusal> {
    let form = FormState::new(caller.csrf())
        .with_nonce(caller.nonce())
        .with(GrantField::Role, Role::Moderator.as_str());
    show(&caller, StatusCode::OK, form, asked.after.as_deref().and_then(NameCursor::parse)).await
}

/// Gives a role.
#[handler]
pub(crate) async fn give(caller: Caller<Admin>, form: Form) -> Result<Response, Refusal> {
    let typed = form.0.clone();
    let mut fields = form.0;
    let granted = caller
        .prepare(
            move |_| {
                let nonce = fields.optional_text("nonce");
                let mut read = fields.clone();
                let sent = GRANT_FIELDS.map(|name| read.text(name));
                let key =
                    SubmissionKey::new(nonce.as_deref(), "grant", &sent.each_ref().map(String::as_str))?;
                Ok((Grant::parse(fields)?, key))
            },
            |tx, admin, (grant, key)| {
                // Granting a clinician again ends the first grant and the marks made under it: a double click must not.
                if submissions::answered(tx, admin.id(), key.as_ref())?.is_none() {
                    let member = grant_role::grant(tx, admin, &grant)?;
                    submissions::remember(tx, admin.id(), key.as_ref(), &member.to_string())?;
                }
                Ok(())
            },
        )
        .await;
    match granted {
        Ok(()) => Ok(see_other("/admin/people")),
        Err(refusal) => {
            let refusal = match refusal.code {
                // What was typed stays in sight for whoever must sign in again first.
                "confirm_password" => refusal,
                // The form asks for a name where the act also takes an id.
                _ => layout::about_the_form(refusal)?.in_names_of_the_form(&[("name", "member")]),
            };
            let form = FormState::new(caller.csrf()).with_nonce(caller.nonce());
            let form = layout::explain(layout::retype(form, &typed), &refusal);
            Ok(show(&caller, refusal.status, form, None).await?.into_response())
        }
    }
}

/// Takes a role away.
#[handler]
pub(crate) async fn end(caller: Caller<Admin>, form: Form) -> Result<Response, Refusal> {
    caller
        .prepare(move |_| Ending::parse(form.0), |tx, admin, ending| end_role::end(tx, admin, &ending))
        .await?;
    Ok(see_other("/admin/people"))
}

const GRANT_FIELDS: [&str; 5] = ["name", "role", "register", "number", "expires"];

async fn show(
    caller: &Caller<Admin>,
    status: StatusCode,
    form: FormState<GrantField>,
    after: Option<NameCursor>,
) -> Result<Html, Refusal> {
    let app = caller.app.clone();
    let page = caller
        .read(move |db, admin| {
            let rows = store::people(db, after.as_ref(), ROWS + 1)?;
            let found = threads::Page::of(rows, ROWS, |row| NameCursor::of(&row.name));
            Ok(AdminPeople {
                chrome: layout::chrome(db, &app, Some(admin), &form.csrf, "/admin/people")?,
                people: people(db, &app, admin.id(), found.rows)?,
                older: found.next.map(|next| format!("/admin/people?after={}", next.encode())),
                form,
            })
        })
        .await?;
    Ok(Html { status, body: page.html() })
}

fn people(db: &mut Db, app: &App, viewer: MemberId, rows: Vec<MemberRow>) -> Result<Vec<Person>, Refusal> {
    let registered = store::registrations_of(db, rows.iter().map(|row| row.id).collect())?;
    let words: HashMap<MemberId, String> = registered
        .into_iter()
        .map(|(id, register, number, expires)| {
            (id, format!("{register} {number}, until {}", expires.format("%-d %B %Y")))
        })
        .collect();
    let person = |row: MemberRow| {
        let roles = [
            (row.moderator, Role::Moderator, "Moderator"),
            (row.clinician, Role::Clinician, "Clinician"),
            (row.admin, Role::Admin, "Admin"),
        ];
        let held = |role: Role, label: &str| HeldRole {
            value: role.as_str().to_owned(),
            label: label.to_owned(),
            may_end: role != Role::Admin || row.id != viewer,
        };
        Person {
            roles: roles
                .into_iter()
                .filter(|(holds, ..)| *holds)
                .map(|(_, role, label)| held(role, label))
                .collect(),
            credential: words.get(&row.id).cloned(),
            joined: row.created_at.utc().with_timezone(&app.schedule.zone()).format("%B %Y").to_string(),
            state: (row.state != MemberState::Active).then(|| row.state.to_string()),
            id: row.id.to_string(),
            name: row.name,
        }
    };
    Ok(rows.into_iter().map(person).collect())
}
