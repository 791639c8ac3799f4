//! What every form for writing shares: its buttons, drawing it again with what was typed, and the answer to posting.

use std::future::Future;

use aftercare_frontend::content::SanitizedHtml;
use aftercare_frontend::pages::{Nudge, Outcome as OutcomePart, Page, Sent};
use aftercare_frontend::parts::{CarePanel, FormField, FormState, OwnState};
use moderation_rules::{Action as RuleAction, Category, Need, Stage, Verdict};
use poem::http::StatusCode;
use poem::{IntoResponse, Response};

use super::personal;
use super::spot::Spot;
use super::told::Told;
use crate::accounts::{Caller, Member};
use crate::app::App;
use crate::discovery::alike::Writing;
use crate::layout;
use crate::platform::fields::Fields;
use crate::platform::http::{Html, see_other};
use crate::platform::refusal::Refusal;
use crate::screening;
use crate::support::pages as support;
use crate::threads::drafts::{self, Keeping};
use crate::threads::{Outcome, Posting, Title, Written, read};

/// Which button was pressed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Post,
    Preview,
    /// What others have asked already; only questions are asked.
    Alike,
    /// Back from a question about the text, to change it.
    Change,
    Draft,
}

impl Action {
    /// Takes the button from what was sent. "Post it as it is" and "Leave it out and post" are posting with a question answered.
    pub(super) fn take(fields: &mut Fields) -> Result<Self, Refusal> {
        match fields.optional_text("action").as_deref() {
            None | Some("post") => Ok(Self::Post),
            Some("post_anyway") => {
                fields.put("confirm", "on");
                Ok(Self::Post)
            }
            Some("mask") => {
                fields.put("mask", "on");
                Ok(Self::Post)
            }
            Some("preview") => Ok(Self::Preview),
            Some("alike") => Ok(Self::Alike),
            Some("change") => Ok(Self::Change),
            Some("draft") => Ok(Self::Draft),
            Some(_) => Err(Refusal::field("action", "not_a_choice", "This button is not known here.")),
        }
    }
}

/// A form that is about to be drawn: with what stands in it, and why it is drawn.
#[derive(Default)]
pub(super) struct Drawn {
    typed: Fields,
    preview: bool,
    /// What others have asked is wanted.
    alike: bool,
    refusal: Option<Refusal>,
}

impl Drawn {
    pub(super) fn with(typed: Fields) -> Self {
        Self { typed, ..Self::default() }
    }

    pub(super) fn preview(typed: Fields) -> Self {
        Self { typed, preview: true, alike: true, refusal: None }
    }

    pub(super) fn asking(typed: Fields) -> Self {
        Self { typed, alike: true, ..Self::default() }
    }

    pub(super) fn refused(typed: Fields, refusal: Refusal) -> Self {
        Self { typed, refusal: Some(refusal), ..Self::default() }
    }

    /// What is being written, where it is wanted what others have asked.
    pub(super) fn writing(&self, board: &str) -> Option<Writing> {
        self.alike.then(|| Writing::take(board.to_owned(), &mut self.typed.clone()))
    }

    /// The title and text as they would look. A text that cannot be shown turns the preview into a refusal.
    pub(super) fn look(&mut self, app: &App) -> Option<(String, SanitizedHtml)> {
        if !self.preview {
            return None;
        }
        match rendered(app, &self.typed) {
            Ok((title, written)) => Some((title, written.rendered.html)),
            Err(refusal) => {
                self.refusal = Some(refusal);
                None
            }
        }
    }

    /// Help for the writer, whatever else is said of the text.
    pub(super) fn care(&self, app: &App, stage: Option<Stage>, region: &str) -> Vec<CarePanel> {
        support::care_panels(app, &needs(app, stage, &self.typed), region)
    }

    /// Sets a field over what was typed.
    pub(super) fn put(&mut self, field: &str, text: impl Into<String>) {
        self.typed.put(field, text);
    }

    pub(super) fn form<F: FormField>(&self, csrf: &str, fresh_nonce: String) -> FormState<F> {
        let refusal = self.refusal.as_ref();
        let spent = refusal.is_some_and(|refusal| {
            matches!(refusal.code, "key_reused" | "draft_gone")
                || refusal.fields.iter().any(|fault| fault.field == "nonce")
        });
        let nonce = self.typed.clone().optional_text("nonce").filter(|_| !spent).unwrap_or(fresh_nonce);
        let form = layout::retype(FormState::new(csrf).with_nonce(nonce), &self.typed);
        match refusal {
            Some(refusal) => layout::explain(form, refusal),
            None => form,
        }
    }

    pub(super) fn status(&self) -> StatusCode {
        self.refusal.as_ref().map_or(StatusCode::OK, |refusal| refusal.status)
    }
}

/// An empty title is no fault in a preview.
pub(super) fn rendered(app: &App, typed: &Fields) -> Result<(String, Written), Refusal> {
    let mut typed = typed.clone();
    let text = typed.text("title");
    let title = match text.trim().is_empty() {
        true => None,
        false => Some(Title::new(&text).map_err(|(code, message)| Refusal::field("title", code, message))?),
    };
    let written = Posting::take(&mut typed).write(&app.screening, title, typed.text("body"))?;
    let shown = written.title.as_ref().map_or("", Title::as_str).to_owned();
    Ok((shown, written))
}

/// What the author of these words may need, in a board of this stage of care.
pub(super) fn needs(app: &App, stage: Option<Stage>, typed: &Fields) -> Vec<Need> {
    let mut typed = typed.clone();
    let (title, body) = (typed.text("title"), typed.text("body"));
    match title.trim().is_empty() && body.trim().is_empty() {
        true => Vec::new(),
        false => app.screening.evaluate_at(&screening::screened_text(Some(&title), &body), stage).needs,
    }
}

/// What the form itself can show, because it is about what was typed or about the draft of it.
pub(super) fn comes_back(refusal: &Refusal) -> bool {
    refusal.status == StatusCode::UNPROCESSABLE_ENTITY || refusal.code == "draft_gone"
}

/// How posting ended.
pub(super) enum Posted {
    /// With this answer.
    Answered(Response),
    /// The form is to be drawn again.
    Again(Refusal),
}

/// Posts what was typed with `act`. Where the rules would ask the author once, the question is put, if there is one to put.
pub(super) async fn post<A: Future<Output = Result<Outcome, Refusal>>>(
    caller: &Caller<Member>,
    path: &str,
    spot: &Spot,
    mut fields: Fields,
    act: impl Fn(Fields) -> A,
) -> Result<Posted, Refusal> {
    let mut result = act(fields.clone()).await;
    if let Err(refusal) = &result
        && personal::answers(refusal)
    {
        return Ok(Posted::Answered(personal::ask(caller, path, spot, &fields, refusal).await?));
    }
    if result.as_ref().is_err_and(|refusal| refusal.code == "confirm_first") {
        if let Some(page) = nudge(caller, path, spot, &fields).await? {
            return Ok(Posted::Answered(Html::ok(page.html()).into_response()));
        }
        // The rule has something to give, not to ask: help comes with the answer.
        fields.put("confirm", "on");
        result = act(fields).await;
    }
    match result {
        Ok(outcome) => Ok(Posted::Answered(sent(caller, outcome).await?)),
        Err(refusal) if refusal.status == StatusCode::UNPROCESSABLE_ENTITY => Ok(Posted::Again(refusal)),
        Err(refusal) if refusal.code == "changed_elsewhere" => Ok(Posted::Again(refusal)),
        Err(refusal) => Err(refusal),
    }
}

/// After posting: on to the post, or, where its author must know more at once, a page that says it.
pub(super) async fn sent(caller: &Caller<Member>, outcome: Outcome) -> Result<Response, Refusal> {
    let (app, csrf, post) = (caller.app.clone(), caller.csrf(), outcome.post);
    let page = caller
        .read(move |db, member| {
            let told = Told::about(db, &[post])?;
            let part = match told.state(post, outcome.state, outcome.edit_waits) {
                OwnState::Public => OutcomePart::Public,
                OwnState::EditWaiting => OutcomePart::EditWaiting,
                OwnState::Waiting => OutcomePart::Waiting,
                // Saved without the change that was asked for, or the same form once more after the post has come to an end.
                _ => return Ok(Err("/me/posts".to_owned())),
            };
            let care = support::care_panels(&app, &outcome.needs, member.region());
            if care.is_empty() && part == OutcomePart::Public {
                return Ok(Err(format!("/posts/{post}")));
            }
            let own = read::own_post(db, member, post)?;
            Ok(Ok(Sent {
                chrome: layout::chrome(db, &app, Some(member), &csrf, format!("/posts/{post}"))?,
                outcome: part,
                post_id: post.to_string(),
                html: own.safe_html(),
                title: own.title,
                expected: app.schedule.words(app.database.clock().now()),
                care,
                view_url: format!("/posts/{post}"),
            }))
        })
        .await?;
    Ok(match page {
        Ok(page) => Html::ok(page.html()).into_response(),
        Err(path) => see_other(&path),
    })
}

/// The question to an author before a text goes up; nothing where no rule asks one.
async fn nudge(
    caller: &Caller<Member>,
    path: &str,
    spot: &Spot,
    fields: &Fields,
) -> Result<Option<Nudge>, Refusal> {
    let (app, csrf, path) = (caller.app.clone(), caller.csrf(), path.to_owned());
    let (spot, fields) = (spot.clone(), fields.clone());
    caller
        .read(move |db, member| {
            let (_, written) = rendered(&app, &fields)?;
            let written = written.at(spot.stage(db)?).into_owned();
            let asked = questions(&app, &written.verdict, member.region());
            if asked.is_empty() {
                return Ok(None);
            }
            let (seems_to_have, why) =
                asked.iter().map(|(what, why)| ((*what).to_owned(), (*why).to_owned())).unzip();
            Ok(Some(Nudge {
                chrome: layout::chrome(db, &app, Some(member), &csrf, path.clone())?,
                action: path,
                kept: kept(csrf, &fields),
                seems_to_have,
                why,
                care: support::care_panels(&app, &written.verdict.needs, member.region()),
                html: written.rendered.html,
            }))
        })
        .await
}

pub(super) fn kept(csrf: String, fields: &Fields) -> Vec<(String, String)> {
    let mut fields = fields.clone();
    let mut kept = vec![("csrf".to_owned(), csrf)];
    for name in ["title", "body", "about", "revision", "nonce", "mask"] {
        if fields.has(name) {
            kept.push((name.to_owned(), fields.text(name)));
        }
    }
    kept
}

/// What the rules that nudge would ask. A rule whose needs have a panel gives help and asks nothing.
fn questions(app: &App, verdict: &Verdict, region: &str) -> Vec<(&'static str, &'static str)> {
    let rules = app.screening.rules();
    let mut asked = Vec::new();
    for rule in verdict.hits.iter().filter_map(|hit| rules.rule(&hit.rule)) {
        let helps = !app.care.choose(&rule.needs, region).is_empty();
        let question = question(rule.category);
        if rule.action == RuleAction::Nudge && !helps && !asked.contains(&question) {
            asked.push(question);
        }
    }
    asked
}

fn question(category: Category) -> (&'static str, &'static str) {
    match category {
        Category::Pii => (
            "something in it by which a person could be found",
            "Anybody may read this and connect it with that person. Your story is the same without a name or a number.",
        ),
        Category::Harassment => (
            "words in it that may hurt somebody",
            "The person you write about, or somebody like them, may read this tonight.",
        ),
        Category::MedicationRisk | Category::Misinformation => (
            "advice in it that others may follow",
            "What was right for you may harm somebody with another illness or other tablets.",
        ),
        Category::Selling | Category::Spam => (
            "something in it that reads like an advertisement",
            "People come here tired and worried, and nobody may sell to them here.",
        ),
        Category::Crisis | Category::Emergency => (
            "something very heavy in it",
            "You may post it, and people will answer. If you need somebody now, the help page has numbers that answer at once.",
        ),
    }
}

/// Keeps what was typed as a draft. A draft that speaks of need opens at once, as its page shows where help is.
pub(super) async fn keep(caller: &Caller<Member>, spot: Spot, fields: Fields) -> Result<Response, Refusal> {
    let nonce = fields.clone().optional_text("nonce");
    let app = caller.app.clone();
    let to = caller
        .prepare(
            move |app| {
                let stage = app.database.read(|db| spot.stage(db))?;
                Ok((needs(app, stage, &fields), Keeping::parse(spot.place(), fields)?))
            },
            move |tx, member, (needs, keeping)| {
                let id = drafts::keep_once(tx, member, nonce.as_deref(), &keeping)?;
                let helped = !app.care.choose(&needs, member.region()).is_empty();
                Ok(if helped { format!("/me/drafts/{id}") } else { "/me/drafts?done=kept".to_owned() })
            },
        )
        .await?;
    Ok(see_other(&to))
}
