//! Claiming, giving back, deciding: the forms of an item.

use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Response, handler};

use super::conflict::{carried, conflict};
use super::item::{self, Returned};
use crate::accounts::{Caller, Moderator};
use crate::guidance::pages::desk::pick;
use crate::layout;
use crate::platform::fields::Fields;
use crate::platform::http::{Form, see_other};
use crate::platform::refusal::Refusal;
use crate::review::decide::Decision;
use crate::review::{ItemId, claim as claims, decide as decisions};

/// Takes an item; with the words of a decision that came too late, it opens with them filled in.
#[handler]
pub(crate) async fn claim(
    caller: Caller<Moderator>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = ItemId::parse(&id).ok_or_else(Refusal::not_found)?;
    let mut fields = form.0;
    let carried = carried(&mut fields);
    fields.finish(Some(()))?;
    let typed = Fields::from_pairs(carried.clone());
    match caller.write(move |tx, moderator| claims::claim(tx, moderator, id)).await {
        Ok(_) if carried.is_empty() => Ok(see_other(&format!("/desk/items/{id}"))),
        Ok(_) => {
            let flash = Some("This is yours now. Your words are filled in below; nothing is decided yet.");
            Ok(item::show(&caller, id, Some(Returned { typed, refusal: None, flash })).await?.into_response())
        }
        Err(refusal) => conflict(&caller, id, refusal, &typed).await,
    }
}

/// Gives an item back.
#[handler]
pub(crate) async fn release(
    caller: Caller<Moderator>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = ItemId::parse(&id).ok_or_else(Refusal::not_found)?;
    form.0.finish(Some(()))?;
    match caller.write(move |tx, moderator| claims::release(tx, moderator, id)).await {
        Ok(()) => Ok(see_other("/desk")),
        Err(refusal) => conflict(&caller, id, refusal, &Fields::default()).await,
    }
}

/// Decides an item.
#[handler]
pub(crate) async fn decide(
    caller: Caller<Moderator>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = ItemId::parse(&id).ok_or_else(Refusal::not_found)?;
    let (typed, mut fields) = (form.0.clone(), form.0);
    if pick::looks_for_more(&mut fields)? {
        let returned = Returned { typed, ..Returned::default() };
        return Ok(item::show(&caller, id, Some(returned)).await?.into_response());
    }
    let app = caller.app.clone();
    let decided = caller
        .prepare(
            move |app| Decision::parse(&app.screening, as_the_act_reads(fields)?),
            move |tx, moderator, decision| decisions::decide(tx, &app.screening, moderator, id, &decision),
        )
        .await;
    match decided {
        Ok(_) => Ok(see_other(&format!("/desk?done={}", typed.clone().text("choice")))),
        Err(refusal) if refusal.status == StatusCode::CONFLICT => {
            conflict(&caller, id, refusal, &typed).await
        }
        Err(refusal) => {
            let refusal = Some(layout::about_the_form(refusal)?.in_names_of_the_form(&NAMES));
            let returned = Returned { typed, refusal, flash: None };
            Ok(item::show(&caller, id, Some(returned)).await?.into_response())
        }
    }
}

/// Names in the form, and what the act calls them.
const NAMES: [(&str, &str); 2] = [pick::NAME, ("triage", "label")];

fn as_the_act_reads(mut fields: Fields) -> Result<Fields, Refusal> {
    let (mut seen, mut with) = (fields.clone(), fields.clone());
    if matches!(seen.text("choice").as_str(), "publish" | "publish_masked")
        && !with.text("guidance").is_empty()
    {
        let words = "You have chosen guidance below. Please choose “Publish it with guidance”, or “No guidance” below.";
        return Err(Refusal::field("choice", "guidance_chosen", words));
    }
    fields.rename(&NAMES);
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Fields {
        Fields::from_pairs(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
    }

    #[test]
    fn guidance_that_was_chosen_is_not_silently_left_off() {
        let refusal =
            as_the_act_reads(sent(&[("choice", "publish"), ("guidance", "0HVERSION0001")])).unwrap_err();
        assert_eq!((refusal.fields[0].field.as_str(), refusal.fields[0].code), ("choice", "guidance_chosen"));
        assert!(as_the_act_reads(sent(&[("choice", "publish"), ("guidance", "")])).is_ok());
    }

    #[test]
    fn the_act_hears_its_names_and_the_form_its_own() {
        let mut fields = as_the_act_reads(sent(&[("choice", "refuse"), ("triage", "red")])).unwrap();
        assert_eq!((fields.text("label").as_str(), fields.has("triage")), ("red", false));
        let refusal = Refusal::field("guidance_version", "stopped", "It was stopped.");
        let refusal = refusal.in_names_of_the_form(&NAMES);
        assert_eq!(refusal.fields[0].field, "guidance");
    }
}
