//! Personal data that the rules notice in a text, and the same text without it. Its author is asked, and nothing is left out
//! unless they say so.

use std::ops::Range;

use aftercare_frontend::content::{self, LeftOut};
use moderation_rules::{Category, Hit, RuleId, RuleSet, Verdict};

use super::{Title, Written};
use crate::platform::refusal::Refusal;
use crate::screening::{self, Screening};

crate::text_enum! {
    /// What was noticed. A rule of a community's own is `other`.
    pub enum Kind {
        Phone = "phone",
        Email = "email",
        Account = "account",
        IdentityNumber = "identity_number",
        MoneyNumber = "money_number",
        Address = "address",
        NamedPerson = "named_person",
        Other = "other",
    }
}

impl Kind {
    fn of(rule: &RuleId) -> Self {
        match rule.as_str() {
            "pii.phone" => Self::Phone,
            "pii.email" => Self::Email,
            "pii.account" => Self::Account,
            "pii.identity_number" => Self::IdentityNumber,
            "pii.money_number" => Self::MoneyNumber,
            "pii.address" => Self::Address,
            "pii.named_patient" => Self::NamedPerson,
            _ => Self::Other,
        }
    }

    /// As the end of a sentence: "there seems to be …".
    pub fn words(self) -> &'static str {
        match self {
            Self::Phone => "a phone number",
            Self::Email => "an e-mail address",
            Self::Account => "a way to reach somebody elsewhere",
            Self::IdentityNumber => "a number by which a person is registered",
            Self::MoneyNumber => "the number of a card or a bank account",
            Self::Address => "a postal address",
            Self::NamedPerson => "a full name with details that say who it is",
            Self::Other => "something by which a person could be found",
        }
    }

    /// What a mark in its place calls it.
    fn thing(self) -> &'static str {
        match self {
            Self::Phone => "phone number",
            Self::Email => "e-mail address",
            Self::Account => "contact elsewhere",
            Self::IdentityNumber => "identity number",
            Self::MoneyNumber => "card or account number",
            Self::Address => "address",
            Self::NamedPerson => "name and details",
            Self::Other => "personal detail",
        }
    }

    /// What stands in its place, where the author leaves it out.
    fn mark(self) -> String {
        format!("[{} left out]", self.thing())
    }
}

/// How often something was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Masked {
    pub kind: Kind,
    pub count: u32,
}

/// Where something was noticed in the screened text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noticed {
    pub place: Range<usize>,
    pub kind: Kind,
}

/// What was noticed, in order; what lies inside another place is not said twice.
pub fn noticed(verdict: &Verdict) -> Vec<Noticed> {
    let hits = outermost(verdict, |hit| hit.category == Category::Pii);
    hits.map(|hit| Noticed { place: hit.start..hit.end, kind: Kind::of(&hit.rule) }).collect()
}

/// What a moderator may leave out of a text, personal data and what a rule says is a method or place of harm, and what then stands
/// in its place.
pub fn left_out_by_staff(verdict: &Verdict, rules: &RuleSet) -> Vec<(Range<usize>, String)> {
    let left_out = |hit: &Hit| {
        let mark = match hit.category {
            Category::Pii => format!("[{} left out by a moderator]", Kind::of(&hit.rule).thing()),
            _ => DETAIL.to_owned(),
        };
        (hit.start..hit.end, mark)
    };
    outermost(verdict, |hit| may_be_left_out(hit, rules)).map(left_out).collect()
}

/// Neutral: it must not tell what stood there.
const DETAIL: &str = "[detail left out by a moderator]";

pub fn may_be_left_out(hit: &Hit, rules: &RuleSet) -> bool {
    hit.category == Category::Pii || rules.rule(&hit.rule).is_some_and(|rule| rule.redact)
}

/// The hits of a kind in order, without those inside another.
fn outermost(verdict: &Verdict, of_kind: impl Fn(&Hit) -> bool) -> impl Iterator<Item = &Hit> {
    let mut hits: Vec<&Hit> = verdict.hits.iter().filter(|hit| of_kind(hit)).collect();
    hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    let mut end = 0;
    hits.into_iter().filter(move |hit| {
        let further = hit.end > end;
        end = end.max(hit.end);
        further
    })
}

/// The code of the question to an author.
pub(super) const QUESTION: &str = "personal_details";

/// Asks about what would be held for personal data. Where a text speaks of a crisis or an emergency too, nothing is asked: help
/// comes first.
pub(super) fn ask_once(verdict: &Verdict) -> Result<(), Refusal> {
    if verdict.presses() || !screening::holds(verdict) || noticed(verdict).is_empty() {
        return Ok(());
    }
    Err(Refusal::conflict(QUESTION, "There seems to be something in it by which a person could be found."))
}

/// The text with a mark in the place of everything that was noticed. Refused where some of it would stay.
pub(super) fn mask(screening: &Screening, written: Written) -> Result<Written, Refusal> {
    let noticed = noticed(&written.verdict);
    if noticed.is_empty() {
        return Ok(written);
    }
    let mut masked: Vec<Masked> = Vec::new();
    for Noticed { kind, .. } in &noticed {
        match masked.iter_mut().find(|one| one.kind == *kind) {
            Some(one) => one.count += 1,
            None => masked.push(Masked { kind: *kind, count: 1 }),
        }
    }
    let out = noticed.into_iter().map(|one| (one.place, one.kind.mark())).collect::<Vec<_>>();
    let title = written.title.as_ref().map(Title::as_str);
    let (title, source) =
        without(title, (&written.source, &written.rendered.text), &out).ok_or_else(cannot)?;
    let text = Written::new(screening, title, source).map_err(|_| cannot())?;
    if !self::noticed(&text.verdict).is_empty() {
        return Err(cannot());
    }
    Ok(Written { masked, ..text })
}

fn cannot() -> Refusal {
    Refusal::field(
        "mask",
        "cannot_mask",
        "We could not take all of it out without spoiling your text. You can change it yourself, or send it as it is.",
    )
}

/// Title and source with marks in the place of stretches of the screened text; `None` where that is not possible.
pub fn without(
    title: Option<&str>,
    (source, plain): (&str, &str),
    out: &[(Range<usize>, String)],
) -> Option<(Option<Title>, String)> {
    let body = screening::body_start(title);
    let cut = |text: &str, part: &str, start: usize| {
        let out: Vec<LeftOut<'_>> = out
            .iter()
            .filter_map(|(place, mark)| {
                let (from, to) = (place.start.max(start), place.end.min(start + part.len()));
                let words = part.get(from.checked_sub(start)?..to.checked_sub(start)?)?;
                (!words.trim().is_empty()).then(|| LeftOut { words: words.trim(), mark: mark.clone() })
            })
            .collect();
        content::leave_out(text, &out)
    };
    let title = match title {
        None => None,
        Some(title) => Some(Title::new(&cut(title, title, 0)?).ok()?),
    };
    Some((title, cut(source, plain, body)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(title: &str, source: &str) -> Result<Written, Refusal> {
        let screening = Screening::new(crate::app::rules(None).unwrap(), None);
        let title = Some(Title::new(title).unwrap());
        mask(&screening, Written::new(&screening, title, source.to_owned()).unwrap())
    }

    #[test]
    fn every_place_is_left_out_of_title_and_text() {
        let text = masked(
            "Ring 07700 900123",
            "I am on **07700 900123** or [here](mailto:jo.bloggs@example.org).\n\nThe house is 14 Elm Tree Road: ring twice.",
        )
        .unwrap();
        assert_eq!(text.title.unwrap().as_str(), "Ring [phone number left out]");
        assert_eq!(
            text.source,
            "I am on **[phone number left out]** or [here] [e-mail address left out].\n\nThe house is [address left out] : ring twice."
        );
        let found: Vec<_> = text.masked.iter().map(|one| (one.kind.as_str(), one.count)).collect();
        assert_eq!(found, [("phone", 2), ("email", 1), ("address", 1)]);
    }

    #[test]
    fn what_cannot_be_found_in_the_source_is_refused() {
        let refusal = masked("Hello", "Ring 07700&#32;900123.").unwrap_err();
        assert_eq!((refusal.fields[0].field.as_str(), refusal.fields[0].code), ("mask", "cannot_mask"));
    }

    #[test]
    fn a_mark_is_nothing_that_a_rule_minds() {
        let screening = Screening::new(crate::app::rules(None).unwrap(), None);
        let by_staff = |kind: &Kind| format!("[{} left out by a moderator]", kind.thing());
        let marks = Kind::ALL.iter().flat_map(|kind| [kind.mark(), by_staff(kind)]);
        for mark in marks.chain([DETAIL.to_owned()]) {
            assert_eq!(screening.evaluate(&mark).hits, [], "{mark}");
        }
    }
}
