//! The question to an author whose text would be held for personal data.

use std::ops::Range;

use aftercare_frontend::pages::{Page, PersonalDetails};
use aftercare_frontend::parts::SnippetPart;
use poem::http::StatusCode;
use poem::{IntoResponse, Response};

use super::compose::{kept, rendered};
use super::spot::Spot;
use crate::accounts::{Caller, Member};
use crate::layout;
use crate::platform::fields::Fields;
use crate::platform::http::Html;
use crate::platform::refusal::Refusal;
use crate::screening::body_start;
use crate::support::pages as support;
use crate::threads::personal::{self, Noticed};

/// Whether this page is the answer to a refusal: the question itself, or that leaving it out did not work.
pub(super) fn answers(refusal: &Refusal) -> bool {
    let about_mask = !refusal.fields.is_empty() && refusal.fields.iter().all(|fault| fault.field == "mask");
    refusal.code == personal::QUESTION || about_mask
}

/// The page, with everything that was typed in it.
pub(super) async fn ask(
    caller: &Caller<Member>,
    path: &str,
    spot: &Spot,
    fields: &Fields,
    refusal: &Refusal,
) -> Result<Response, Refusal> {
    let (app, csrf, path) = (caller.app.clone(), caller.csrf(), path.to_owned());
    let (spot, mut fields) = (spot.clone(), fields.clone());
    // Leaving it out is a button of this page, and answers nothing else.
    fields.flag("mask");
    let trouble = refusal.fields.first().map(|fault| fault.message.clone());
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = caller
        .read(move |db, member| {
            let (title, written) = rendered(&app, &fields)?;
            let written = written.at(spot.stage(db)?);
            let noticed = personal::noticed(&written.verdict);
            let mut words: Vec<String> = Vec::new();
            for one in &noticed {
                if !words.iter().any(|known| known == one.kind.words()) {
                    words.push(one.kind.words().to_owned());
                }
            }
            let start = body_start(written.title.as_ref().map(|_| title.as_str()));
            Ok(PersonalDetails {
                chrome: layout::chrome(db, &app, Some(member), &csrf, path.clone())?,
                action: path,
                kept: kept(csrf, &fields),
                noticed: words,
                title: parts(&title, 0, &noticed),
                body: parts(&written.rendered.text, start, &noticed),
                trouble,
                care: support::care_panels(&app, &written.verdict.needs, member.region()),
            })
        })
        .await?;
    Ok(Html { status, body: page.html() }.into_response())
}

/// A part of the screened text that begins at `start`, cut at the places.
fn parts(text: &str, start: usize, noticed: &[Noticed]) -> Vec<SnippetPart> {
    let mut parts = Vec::new();
    let mut push = |range: Range<usize>, marked| {
        let text = text.get(range).filter(|text| !text.is_empty());
        parts.extend(text.map(|text| SnippetPart { text: text.to_owned(), marked }));
    };
    let mut from = 0;
    for one in noticed {
        let inside = |at: usize| at.saturating_sub(start).min(text.len());
        let (begin, end) = (inside(one.place.start).max(from), inside(one.place.end));
        if begin < end {
            push(from..begin, false);
            push(begin..end, true);
            from = end;
        }
    }
    push(from..text.len(), false);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::threads::personal::Kind;

    #[test]
    fn a_place_over_title_and_text_is_marked_in_both() {
        let noticed: Vec<Noticed> =
            [4..12, 14..16].map(|place| Noticed { place, kind: Kind::Other }).into_iter().collect();
        let show = |text: &str, start| {
            let parts = parts(text, start, &noticed);
            let each = parts
                .into_iter()
                .map(|part| if part.marked { format!("<{}>", part.text) } else { part.text });
            each.collect::<String>()
        };
        assert_eq!(
            (show("Müde so", 0), show("und allein", 10)),
            ("Müd<e so>".into(), "<un>d <al>lein".into())
        );
    }
}
