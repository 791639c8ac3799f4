//! Accounts, sessions and roles in the API.

use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::end_role::{self, Ending};
use super::grant_role::{self, Grant};
use super::join::{self, Joining};
use super::settings::{self, Settings};
use super::sign_in::{self, Attempt};
use super::store::{self, MemberRow};
use super::{Admin, Caller, Member, NameCursor, SessionKind, Viewer, sign_out};
use crate::platform::http::{self, Created, Input};
use crate::platform::limits::PAGE_ROWS;
use crate::platform::refusal::Refusal;
use crate::threads::read::Page;

pub struct AccountsApi;

/// What a new member fills in.
#[derive(Object)]
struct AccountIn {
    /// Pseudonym, 3–20 characters; need not be a real name, must not say a role.
    #[oai(validator(min_length = 3, max_length = 20))]
    name: String,
    /// Shown to nobody.
    #[oai(validator(max_length = 254))]
    email: String,
    /// 10–256 characters.
    #[oai(validator(min_length = 10, max_length = 256))]
    password: String,
    /// Country as two letters, for help lines.
    region: String,
    /// "I am an adult": must be true.
    adult: bool,
}

/// A member.
#[derive(Object)]
pub struct MemberOut {
    pub id: String,
    pub name: String,
    pub region: String,
    /// `active`, `suspended`, `memorial` or `closed`.
    pub state: String,
    /// `none`, `in_app` or `neutral_mail`.
    pub contact: String,
    pub neutral_titles: bool,
    pub roles: Vec<String>,
}

impl From<MemberRow> for MemberOut {
    fn from(row: MemberRow) -> Self {
        let roles = [
            (true, "member"),
            (row.moderator, "moderator"),
            (row.clinician, "clinician"),
            (row.admin, "admin"),
        ];
        Self {
            id: row.id.to_string(),
            name: row.name,
            region: row.region,
            state: row.state.to_string(),
            contact: row.contact.to_string(),
            neutral_titles: row.neutral_titles,
            roles: roles.iter().filter(|(held, _)| *held).map(|(_, role)| (*role).to_owned()).collect(),
        }
    }
}

/// Address and password.
#[derive(Object)]
struct SessionIn {
    email: String,
    password: String,
}

/// A bearer token. It is shown once.
#[derive(Object)]
struct SessionOut {
    token: String,
}

/// A member's own choices.
#[derive(Object)]
struct SettingsIn {
    /// Country as two letters.
    region: String,
    /// `none`, `in_app` or `neutral_mail`.
    contact: String,
    /// Page titles that tell nothing. By default false.
    neutral_titles: Option<bool>,
}

/// A role to grant.
#[derive(Object)]
struct GrantIn {
    /// Id of the member; or say `name`.
    member: Option<String>,
    /// Name of the member.
    name: Option<String>,
    /// `moderator`, `clinician` or `admin`.
    role: String,
    /// For a clinician: the register.
    register: Option<String>,
    /// For a clinician: the number in it.
    number: Option<String>,
    /// For a clinician: the day it expires, YYYY-MM-DD.
    expires: Option<String>,
}

/// A role to take away.
#[derive(Object)]
struct EndingIn {
    /// Id of the member; or say `name`.
    member: Option<String>,
    /// Name of the member.
    name: Option<String>,
    /// `moderator`, `clinician` or `admin`.
    role: String,
}

/// Members, by name.
#[derive(Object)]
struct PeopleOut {
    people: Vec<MemberOut>,
    /// Pass as `cursor` for the next page; absent on the last.
    next: Option<String>,
}

#[OpenApi]
impl AccountsApi {
    /// Join the community
    #[oai(path = "/accounts", method = "post", operation_id = "create_account")]
    async fn create_account(
        &self,
        caller: Caller<Viewer>,
        input: Input<AccountIn>,
    ) -> Result<Created<MemberOut>, Refusal> {
        let joining = Joining::parse(input.fields)?;
        let row = caller
            .prepare(
                move |app| joining.hashed(app),
                |tx, _, hashed| {
                    let id = join::join(tx, &hashed)?;
                    store::member(tx, id)?.ok_or_else(Refusal::not_found)
                },
            )
            .await?;
        Ok(Created(row.into()))
    }

    /// Sign in: get a bearer token
    #[oai(path = "/sessions", method = "post", operation_id = "create_session")]
    async fn create_session(
        &self,
        caller: Caller<Viewer>,
        input: Input<SessionIn>,
    ) -> Result<Created<SessionOut>, Refusal> {
        let attempt = Attempt::parse(input.fields)?;
        let token = sign_in::sign_in(&caller.app, attempt, SessionKind::Bearer).await?;
        Ok(Created(SessionOut { token }))
    }

    /// Sign out: end this token
    #[oai(path = "/sessions/current", method = "delete", operation_id = "end_session")]
    async fn end_session(&self, caller: Caller<Member>) -> Result<Json<bool>, Refusal> {
        caller.write(sign_out::sign_out).await?;
        Ok(Json(true))
    }

    /// The signed-in member
    #[oai(path = "/me", method = "get", operation_id = "get_me")]
    async fn get_me(&self, caller: Caller<Member>) -> Result<Json<MemberOut>, Refusal> {
        let row =
            caller.read(|db, member| store::member(db, member.id())?.ok_or_else(Refusal::not_found)).await?;
        Ok(Json(row.into()))
    }

    /// Change one's own choices
    #[oai(path = "/me/settings", method = "put", operation_id = "update_settings")]
    async fn update_settings(
        &self,
        caller: Caller<Member>,
        input: Input<SettingsIn>,
    ) -> Result<Json<MemberOut>, Refusal> {
        let row = caller
            .prepare(
                move |_| Settings::parse(input.fields),
                |tx, member, settings| {
                    settings::save(tx, member, &settings)?;
                    store::member(tx, member.id())?.ok_or_else(Refusal::not_found)
                },
            )
            .await?;
        Ok(Json(row.into()))
    }

    /// Grant a role
    ///
    /// Wants a token that is at most fifteen minutes old (`confirm_password` otherwise). A new role ends the member's other sessions:
    /// they sign in again.
    #[oai(path = "/roles", method = "post", operation_id = "grant_role")]
    async fn grant_role(
        &self,
        caller: Caller<Admin>,
        input: Input<GrantIn>,
    ) -> Result<Json<MemberOut>, Refusal> {
        let row = caller
            .prepare(
                move |_| Grant::parse(input.fields),
                |tx, admin, grant| {
                    let id = grant_role::grant(tx, admin, &grant)?;
                    store::member(tx, id)?.ok_or_else(Refusal::not_found)
                },
            )
            .await?;
        Ok(Json(row.into()))
    }

    /// Take a role away
    ///
    /// Wants a fresh token, as granting does. What was signed or decided in the role stands; the member's sessions end. Nobody takes
    /// their own admin role away (`own_role`). A role that is not held is no error.
    #[oai(path = "/roles/end", method = "post", operation_id = "end_role")]
    async fn end_role(
        &self,
        caller: Caller<Admin>,
        input: Input<EndingIn>,
    ) -> Result<Json<MemberOut>, Refusal> {
        let row = caller
            .prepare(
                move |_| Ending::parse(input.fields),
                |tx, admin, ending| end_role::end(tx, admin, &ending),
            )
            .await?;
        Ok(Json(row.into()))
    }

    /// Members, by name
    #[oai(path = "/people", method = "get", operation_id = "list_people")]
    async fn list_people(
        &self,
        caller: Caller<Admin>,
        /// Where the last page ended.
        cursor: Query<Option<String>>,
    ) -> Result<Json<PeopleOut>, Refusal> {
        let after = http::cursor(cursor.0, NameCursor::parse)?;
        let rows = caller.read(move |db, _| Ok(store::people(db, after.as_ref(), PAGE_ROWS + 1)?)).await?;
        let page = Page::of(rows, PAGE_ROWS, |row| NameCursor::of(&row.name));
        Ok(Json(PeopleOut {
            people: page.rows.into_iter().map(MemberOut::from).collect(),
            next: page.next.map(|next| next.encode()),
        }))
    }

    /// One member
    #[oai(path = "/people/:id", method = "get", operation_id = "get_person")]
    async fn get_person(&self, caller: Caller<Admin>, id: Path<String>) -> Result<Json<MemberOut>, Refusal> {
        let id = super::MemberId::parse(&id.0).ok_or_else(Refusal::not_found)?;
        let row = caller.read(move |db, _| store::member(db, id)?.ok_or_else(Refusal::not_found)).await?;
        Ok(Json(row.into()))
    }
}
