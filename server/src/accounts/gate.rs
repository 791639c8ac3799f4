//! Gates: how a credential becomes a person, judged on current rows, in the very snapshot or transaction of the work.
//!
//! A handler names its gate in its signature (`Caller<Moderator>`) and gets the proof only inside `read` or `write`; there is no
//! other way to make one. So "who is asking" and "what they see" come from one snapshot, and one request takes one hop to a blocking thread.

use std::marker::PhantomData;
use std::sync::Arc;

use poem::{FromRequest, Request, RequestBody};

pub(crate) use super::admit::admit_as;
use super::session::{self, FRESH, TOUCH_EVERY};
use super::store::{self, LiveCredential, SessionRow};
use super::{MemberId, MemberState, SessionId};
use crate::app::App;
use crate::platform::audit::{Actor, Persona};
use crate::platform::clock::UtcTime;
use crate::platform::db::{Db, Tx, off_the_runtime};
use crate::platform::http::{ClientIp, Credential, GateLevel, Policy, VisitToken, csrf_token};
use crate::platform::limits::Limit;
use crate::platform::refusal::Refusal;

/// A proof of who is asking. Only this module makes them.
pub trait Gate: Sized + Send + 'static {
    const LEVEL: GateLevel;
    #[doc(hidden)]
    fn admit(db: &mut Db, session: Option<SessionRow>, now: UtcTime) -> Result<Self, Refusal>;
}

/// Anybody, signed in or not.
#[derive(Debug)]
pub struct Viewer {
    member: Option<Member>,
}

/// A signed-in member, in whatever state.
#[derive(Clone, Debug)]
pub struct Member {
    row: SessionRow,
    now: UtcTime,
}

/// A member who moderates.
#[derive(Debug)]
pub struct Moderator {
    member: Member,
}

/// A clinician whose registration stands today.
#[derive(Debug)]
pub struct Clinician {
    member: Member,
    pub credential: LiveCredential,
}

/// Someone who runs the community.
#[derive(Debug)]
pub struct Admin {
    member: Member,
}

/// A worker of the server itself.
#[derive(Debug)]
pub struct System(());

/// Somebody at the server's command line.
#[derive(Debug)]
pub struct Operator(());

impl System {
    pub(crate) fn worker() -> Self {
        Self(())
    }

    pub fn actor(&self) -> Actor {
        Actor::System
    }
}

impl Operator {
    pub(crate) fn at_the_command_line() -> Self {
        Self(())
    }

    pub fn actor(&self) -> Actor {
        Actor::Operator
    }
}

impl Viewer {
    pub fn member(&self) -> Option<&Member> {
        self.member.as_ref()
    }

    pub fn is_staff(&self) -> bool {
        self.member.as_ref().is_some_and(Member::is_staff)
    }

    /// This member, reading.
    pub fn of(member: &Member) -> Self {
        Self { member: Some(member.clone()) }
    }

    /// Moderators and those who run the place read every board.
    pub fn reads_every_board(&self) -> bool {
        self.member.as_ref().is_some_and(|member| member.is_moderator() || member.is_admin())
    }

    /// The viewer that nobody signed in as: what goes out to everybody.
    pub fn anonymous() -> Self {
        Self { member: None }
    }
}

impl Member {
    pub fn id(&self) -> MemberId {
        self.row.member_id
    }

    pub fn session(&self) -> SessionId {
        self.row.session_id
    }

    pub fn name(&self) -> &str {
        &self.row.name
    }

    pub fn region(&self) -> &str {
        &self.row.region
    }

    pub fn neutral_titles(&self) -> bool {
        self.row.neutral_titles
    }

    pub fn is_moderator(&self) -> bool {
        self.row.moderator
    }

    pub fn is_clinician(&self) -> bool {
        self.row.clinician
    }

    pub fn is_admin(&self) -> bool {
        self.row.admin
    }

    pub fn is_staff(&self) -> bool {
        self.row.moderator || self.row.clinician || self.row.admin
    }

    /// Writing is for members in good standing; a suspended one can still read, and take back their own words.
    pub fn must_be_active(&self) -> Result<(), Refusal> {
        match self.row.state {
            MemberState::Active => Ok(()),
            _ => Err(Refusal::forbidden(
                "Your account cannot post at the moment. You can still read, and the help page is always open.",
            )),
        }
    }

    /// A dangerous act wants a password typed in the last fifteen minutes.
    pub fn must_be_fresh(&self) -> Result<(), Refusal> {
        if self.now.since(self.row.auth_time) <= FRESH {
            return Ok(());
        }
        let mut refusal =
            Refusal::forbidden("Please sign in once more before doing this; it has been a while.");
        refusal.code = "confirm_password";
        Err(refusal)
    }

    pub fn actor(&self) -> Actor {
        Actor::Member(self.id(), Persona::Member)
    }

    /// For acts that several roles may do: in the role that lets this person do them.
    pub fn acting_as_staff(&self) -> Actor {
        let persona = match (self.is_moderator(), self.is_clinician(), self.is_admin()) {
            (true, _, _) => Persona::Moderator,
            (_, true, _) => Persona::Clinician,
            (_, _, true) => Persona::Admin,
            _ => Persona::Member,
        };
        Actor::Member(self.id(), persona)
    }
}

macro_rules! is_a_member {
    ($gate:ident, $persona:ident) => {
        impl std::ops::Deref for $gate {
            type Target = Member;
            fn deref(&self) -> &Member {
                &self.member
            }
        }
        impl $gate {
            /// For the audit chain: this person, in this role.
            pub fn acting(&self) -> Actor {
                Actor::Member(self.member.id(), Persona::$persona)
            }
        }
    };
}

is_a_member!(Moderator, Moderator);
is_a_member!(Clinician, Clinician);
is_a_member!(Admin, Admin);

impl Gate for Viewer {
    const LEVEL: GateLevel = GateLevel::Public;

    fn admit(_: &mut Db, session: Option<SessionRow>, now: UtcTime) -> Result<Self, Refusal> {
        Ok(Self { member: session.map(|row| Member { row, now }) })
    }
}

impl Gate for Member {
    const LEVEL: GateLevel = GateLevel::Member;

    fn admit(_: &mut Db, session: Option<SessionRow>, now: UtcTime) -> Result<Self, Refusal> {
        session.map(|row| Self { row, now }).ok_or_else(Refusal::sign_in_first)
    }
}

impl Gate for Moderator {
    const LEVEL: GateLevel = GateLevel::Moderator;

    fn admit(db: &mut Db, session: Option<SessionRow>, now: UtcTime) -> Result<Self, Refusal> {
        let member = Member::admit(db, session, now)?;
        member.must_be_active()?;
        match member.row.moderator {
            true => Ok(Self { member }),
            false => Err(Refusal::forbidden("This is for moderators.")),
        }
    }
}

impl Gate for Clinician {
    const LEVEL: GateLevel = GateLevel::Clinician;

    fn admit(db: &mut Db, session: Option<SessionRow>, now: UtcTime) -> Result<Self, Refusal> {
        let member = Member::admit(db, session, now)?;
        member.must_be_active()?;
        if !member.row.clinician {
            return Err(Refusal::forbidden("This is for clinicians whose registration was checked."));
        }
        match store::live_credential(db, member.id(), now.date())? {
            Some(credential) => Ok(Self { member, credential }),
            None => Err(Refusal::forbidden(
                "Your registration has expired here. Please ask the community lead to check it again.",
            )),
        }
    }
}

impl Gate for Admin {
    const LEVEL: GateLevel = GateLevel::Admin;

    fn admit(db: &mut Db, session: Option<SessionRow>, now: UtcTime) -> Result<Self, Refusal> {
        let member = Member::admit(db, session, now)?;
        member.must_be_active()?;
        match member.row.admin {
            true => Ok(Self { member }),
            false => Err(Refusal::forbidden("This is for those who run the community.")),
        }
    }
}

/// Somebody who shows a credential for gate `G`. Nothing is known of them until `read` or `write` admits them.
pub struct Caller<G> {
    pub app: Arc<App>,
    pub ip: ClientIp,
    credential: Credential,
    visit: Option<VisitToken>,
    limit: Limit,
    gate: PhantomData<fn() -> G>,
}

impl<'a, G: Gate> FromRequest<'a> for Caller<G> {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let app = request.data::<Arc<App>>().ok_or_else(|| Refusal::internal("no app on this route"))?;
        let policy = request
            .extensions()
            .get::<Arc<Policy>>()
            .ok_or_else(|| Refusal::internal("a route without guard"))?;
        if policy.gate != G::LEVEL {
            let words = format!(
                "{} {}: the registry says {:?}, the handler {:?}",
                policy.method,
                policy.path,
                policy.gate,
                G::LEVEL
            );
            return Err(Refusal::internal(words).into());
        }
        Ok(Self {
            app: app.clone(),
            ip: request.extensions().get::<ClientIp>().copied().unwrap_or(ClientIp([127, 0, 0, 1].into())),
            credential: request.extensions().get::<Credential>().cloned().unwrap_or(Credential::None),
            visit: request.extensions().get::<VisitToken>().cloned(),
            limit: policy.limit,
            gate: PhantomData,
        })
    }
}

impl<G: Gate> Caller<G> {
    /// The token for forms on a page made for this caller.
    pub fn csrf(&self) -> String {
        self.visit.as_ref().map(|visit| csrf_token(&self.app.edge.form_key, &visit.0)).unwrap_or_default()
    }

    /// A fresh nonce for a form that makes something.
    pub fn nonce(&self) -> String {
        self.app.database.ids().secret().get(..32).unwrap_or_default().to_owned()
    }

    /// Reads one snapshot as the person this caller turns out to be.
    pub async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Db, &G) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let (app, credential) = (self.app.clone(), self.credential.clone());
        let place = app.database.place().await?;
        off_the_runtime(move || {
            let now = app.database.clock().now();
            let mut stale = None;
            let result = app.database.read(|db| {
                let session = session::find(db, &credential, now)?;
                stale = session
                    .as_ref()
                    .filter(|row| now.since(row.last_seen_at) > TOUCH_EVERY)
                    .map(|row| row.session_id);
                let gate = G::admit(db, session, now)?;
                read(db, &gate)
            });
            drop(place);
            if let Some(id) = stale {
                app.database.write(|tx| Ok(store::touch(tx, id)?))?;
            }
            result
        })
        .await
    }

    /// Does one act as the person this caller turns out to be; the gate is judged inside the act's own transaction.
    pub async fn write<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Tx, &G) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.prepare(|_| Ok(()), move |tx, gate, ()| act(tx, gate)).await
    }

    /// The same, with work beforehand that needs no lock: reading input, rendering, running the rules.
    pub async fn prepare<P: Send + 'static, T: Send + 'static>(
        &self,
        prepare: impl FnOnce(&App) -> Result<P, Refusal> + Send + 'static,
        act: impl FnOnce(&mut Tx, &G, P) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let (app, credential, limit) = (self.app.clone(), self.credential.clone(), self.limit);
        off_the_runtime(move || {
            // A stranger learns nothing from our opinion of their input, and costs us none of the work.
            let now = app.database.clock().now();
            app.database.read(|db| {
                let session = session::find(db, &credential, now)?;
                // Counted by account as well as by address: one person is one person, from however many addresses.
                if let Some(row) = &session {
                    app.limiter.count(limit, &format!("member:{}", row.member_id))?;
                }
                G::admit(db, session, now).map(|_| ())
            })?;
            let prepared = prepare(&app)?;
            app.database.write(|tx| {
                let now = tx.now;
                let session = session::find(tx, &credential, now)?;
                if let Some(row) = session.as_ref().filter(|row| now.since(row.last_seen_at) > TOUCH_EVERY) {
                    store::touch(tx, row.session_id)?;
                }
                let gate = G::admit(tx, session, now)?;
                act(tx, &gate, prepared)
            })
        })
        .await
    }
}
