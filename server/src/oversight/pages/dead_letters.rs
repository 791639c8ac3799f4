//! `/admin/dead-letters`: what the workers have given up.

use aftercare_frontend::pages::{AdminDeadLetters, DeadLetterRow, Page};
use poem::web::Path;
use poem::{Response, handler};

use crate::accounts::{Admin, Caller};
use crate::layout;
use crate::oversight::dead_letters;
use crate::platform::http::{Form, Html, see_other};
use crate::platform::outbox::{self, DeadLetter, EffectId, Topic};
use crate::platform::refusal::Refusal;

const PAGE: &str = "/admin/dead-letters";

/// The list.
#[handler]
pub(crate) async fn list(caller: Caller<Admin>) -> Result<Html, Refusal> {
    let (app, csrf) = (caller.app.clone(), caller.csrf());
    let page = caller
        .read(move |db, admin| {
            let row = |letter: DeadLetter| DeadLetterRow {
                id: letter.id.to_string(),
                what: what(letter.topic).to_owned(),
                key: letter.key,
                tries: letter.attempts.to_string(),
                asked: layout::moment(&app.schedule, letter.created_at),
                given_up: layout::moment(&app.schedule, letter.dead_at.unwrap_or(letter.created_at)),
                error: letter.error.unwrap_or_default(),
            };
            let rows = outbox::dead_letters(db, dead_letters::LISTED)?.into_iter().map(row).collect();
            Ok(AdminDeadLetters { chrome: layout::chrome(db, &app, Some(admin), &csrf, PAGE)?, csrf, rows })
        })
        .await?;
    Ok(Html::ok(page.html()))
}

/// Tries one again.
#[handler]
pub(crate) async fn retry(
    caller: Caller<Admin>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = EffectId::parse(&id).ok_or_else(Refusal::not_found)?;
    again(caller, form, Some(id)).await
}

/// Tries all of them again.
#[handler]
pub(crate) async fn retry_all(caller: Caller<Admin>, form: Form) -> Result<Response, Refusal> {
    again(caller, form, None).await
}

async fn again(caller: Caller<Admin>, form: Form, only: Option<EffectId>) -> Result<Response, Refusal> {
    form.0.finish(Some(()))?;
    caller.write(move |tx, admin| dead_letters::retry(tx, admin, only)).await?;
    Ok(see_other(PAGE))
}

fn what(topic: Topic) -> &'static str {
    match topic {
        Topic::Index => "Search was not told of a change",
        Topic::Notice => "A member was not told something",
    }
}
