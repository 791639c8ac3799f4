//! Claiming, giving back, deciding: the forms of an item.

use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Response, handler};

use super::conflict::conflict;
use super::item::{self, Returned};
use crate::accounts::{Caller, Moderator};
use crate::layout;
use crate::platform::fields::Fields;
use crate::platform::http::{Form, see_other};
use crate::platform::refusal::Refusal;
use crate::review::decide::Decision;
use crate::review::{ItemId, claim as claims, decide as decisions};

/// Takes an item.
#[handler]
pub(crate) async fn claim(
    caller: Caller<Moderator>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = ItemId::parse(&id).ok_or_else(Refusal::not_found)?;
    form.0.finish(Some(()))?;
    match caller.write(move |tx, moderator| claims::claim(tx, moderator, id)).await {
        Ok(_) => Ok(see_other(&format!("/desk/items/{id}"))),
        Err(refusal) => conflict(&caller, id, refusal, &Fields::default()).await,
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
    let typed = form.0.clone();
    let fields = form.0;
    let decided = caller
        .prepare(
            move |_| Decision::parse(as_the_act_reads(fields)?),
            move |tx, moderator, decision| decisions::decide(tx, moderator, id, &decision),
        )
        .await;
    match decided {
        Ok(_) => Ok(see_other(&format!("/desk?done={}", typed.clone().text("choice")))),
        Err(refusal) if refusal.status == StatusCode::CONFLICT => {
            conflict(&caller, id, refusal, &typed).await
        }
        Err(refusal) => {
            let refusal = as_the_form_says(layout::about_the_form(refusal)?);
            Ok(item::show(&caller, id, Some(Returned { typed, refusal })).await?.into_response())
        }
    }
}

/// Names in the form, and what the act calls them.
const NAMES: [(&str, &str); 2] = [("guidance", "guidance_version"), ("triage", "label")];

fn as_the_act_reads(mut fields: Fields) -> Result<Fields, Refusal> {
    let (mut seen, mut with) = (fields.clone(), fields.clone());
    if seen.text("choice") == "publish" && !with.text("guidance").is_empty() {
        let words = "You have chosen guidance below. Please choose “Publish it with guidance”, or “No guidance” below.";
        return Err(Refusal::field("choice", "guidance_chosen", words));
    }
    for (ours, theirs) in NAMES {
        let text = fields.text(ours);
        fields.put(theirs, text);
    }
    Ok(fields)
}

fn as_the_form_says(mut refusal: Refusal) -> Refusal {
    for fault in &mut refusal.fields {
        if let Some((ours, _)) = NAMES.iter().find(|(_, theirs)| *theirs == fault.field) {
            fault.field = (*ours).to_owned();
        }
    }
    refusal
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
        let refusal = as_the_form_says(Refusal::field("guidance_version", "stopped", "It was stopped."));
        assert_eq!(refusal.fields[0].field, "guidance");
    }
}
