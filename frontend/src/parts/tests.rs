//! How the parts look in HTML, so that a change to one is seen in review.

use insta::assert_snapshot;

use super::*;

#[test]
fn a_guidance_card() {
    assert_snapshot!(GuidanceCard::sample().to_string());
}

#[test]
fn a_long_guidance_card_opens() {
    let card = GuidanceCard { long: true, overdue: true, ..GuidanceCard::sample() };
    assert_snapshot!(card.to_string());
}

#[test]
fn a_stopped_guidance_card() {
    assert_snapshot!(GuidanceCard::sample_stopped().to_string());
}

#[test]
fn a_verified_statement() {
    assert_snapshot!(VerifiedMark::sample().to_string());
}

#[test]
fn a_care_panel() {
    assert_snapshot!(CarePanel::sample().to_string());
}

#[test]
fn a_care_panel_for_grief_leads_with_those_who_listen() {
    let html = CarePanel::sample_bereaved().to_string();
    assert!(html.find("116 123") < html.find("tel:999"), "{html}");
    assert_snapshot!(html);
}

#[test]
fn a_waiting_post_as_its_author_sees_it() {
    assert_snapshot!(PostCard::sample_own_waiting().to_string());
}

#[test]
fn marked_words() {
    let parts = vec![
        TextPart::plain("I just "),
        TextPart::marked("stopped <them>", "Stop a medicine", Severity::Amber),
        TextPart::plain(".\nFine now."),
    ];
    assert_snapshot!(Marked { parts }.to_string());
}

#[test]
fn a_difference() {
    assert_snapshot!(Diff::sample().to_string());
}

#[test]
fn a_row_of_a_list() {
    assert_snapshot!(ThreadRow::samples().first().unwrap().to_string());
}

#[test]
fn small_things() {
    assert_eq!(Moment::sample().to_string(), "<time datetime=\"2026-11-24T08:30:00Z\">today at 08:30</time>");
    assert_eq!(HelpLine::samples()[0].tel().as_deref(), Some("116123"));
    assert_eq!(Author::member("_ana").initial(), "A");
    assert!(Author::member("longwayhome").tint() < 6);
    assert!(Severity::Crisis.to_string().contains("Crisis"));
}
