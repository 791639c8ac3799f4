//! Every page with its sample content: what must hold for all of them.

use std::collections::BTreeSet;

use super::samples::{self, Sample};
use super::*;
use crate::parts::Chrome;

/// A tag with its attributes, enough of a parser for our own pages.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn tags(html: &str) -> Vec<Tag> {
    html.split('<')
        .skip(1)
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(tag)
        .collect()
}

fn tag(rest: &str) -> Tag {
    let end = rest.find([' ', '>', '/']).unwrap();
    let (name, mut rest) = rest.split_at(end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start().trim_start_matches('/');
        let Some(end) = rest.find(['=', ' ', '>']).filter(|_| !rest.starts_with('>')) else { break };
        let (key, after) = rest.split_at(end);
        match after.strip_prefix("=\"").and_then(|value| value.split_once('"')) {
            Some((value, after)) => {
                attributes.push((key.to_owned(), value.to_owned()));
                rest = after;
            }
            None => {
                attributes.push((key.to_owned(), String::new()));
                rest = after;
            }
        }
    }
    Tag { name: name.to_owned(), attributes }
}

fn every_page(check: impl Fn(&Sample, &[Tag])) {
    let pages = samples::all();
    assert!(pages.len() > 45);
    for page in &pages {
        check(page, &tags(&page.html));
    }
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    every_page(|page, tags| {
        for tag in tags {
            let on = tag.attributes.iter().find(|(name, _)| name.starts_with("on") || name == "style");
            assert!(on.is_none(), "{}: {on:?}", page.name);
            assert_ne!(tag.name, "style", "{}", page.name);
            let fetched = match tag.name.as_str() {
                "script" => Some(tag.get("src").expect("no inline script")),
                "img" | "source" | "iframe" => tag.get("src"),
                "link" => tag.get("href"),
                _ => None,
            };
            if let Some(url) = fetched {
                assert!(url.starts_with("/assets/") && !url.contains("missing"), "{}: {url}", page.name);
            }
        }
    });
}

#[test]
fn ids_are_unique_and_everything_that_names_one_finds_it() {
    every_page(|page, tags| {
        let mut ids = BTreeSet::new();
        for id in tags.iter().filter_map(|tag| tag.get("id")) {
            assert!(ids.insert(id), "{}: two of {id}", page.name);
        }
        for tag in tags {
            let names =
                ["for", "aria-describedby", "aria-labelledby"].iter().filter_map(|name| tag.get(name));
            let anchors = tag.get("href").and_then(|href| href.strip_prefix('#'));
            for id in names.flat_map(str::split_whitespace).chain(anchors) {
                assert!(ids.contains(id), "{}: {} names {id}", page.name, tag.name);
            }
        }
    });
}

#[test]
fn every_field_has_a_label() {
    every_page(|page, tags| {
        let labels: BTreeSet<&str> =
            tags.iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
        for tag in tags.iter().filter(|tag| matches!(tag.name.as_str(), "input" | "textarea" | "select")) {
            if tag.get("type") != Some("hidden") {
                assert!(labels.contains(tag.get("id").unwrap()), "{}: {:?}", page.name, tag.attributes);
            }
        }
    });
}

#[test]
fn every_form_that_changes_something_has_its_token() {
    every_page(|page, _| {
        for form in page.html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            let token = form.contains("name=\"csrf\" value=\"sample-csrf\"");
            assert!(token || form.contains("method=\"get\""), "{}: {form}", page.name);
        }
    });
}

#[test]
fn every_page_has_a_title_one_heading_and_the_way_out() {
    every_page(|page, tags| {
        let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
        assert_eq!((count("title"), count("main"), count("h1")), (1, 1, 1), "{}", page.name);
        assert!(page.html.contains("data-exit") && page.html.contains("Skip to the text"), "{}", page.name);
        assert!(page.html.contains("care team"), "{}", page.name);
    });
}

#[test]
fn a_neutral_title_says_nothing_about_health() {
    let mut page = Thread::sample();
    page.chrome.neutral_title = true;
    let html = page.html();
    let (_, rest) = html.split_once("<title>").unwrap();
    let (title, _) = rest.split_once("</title>").unwrap();
    assert_eq!(title, "Notes");
    assert!(html.contains("/plain.svg") && !html.contains("/mark.svg"));
}

#[test]
fn what_people_type_is_never_markup() {
    let evil = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    let mut thread = Thread::sample_visitor();
    thread.title = evil.to_owned();
    thread.chrome.community = evil.to_owned();
    thread.posts[0].author.name = evil.to_owned();
    let mut ask = Ask::sample();
    ask.form = ask
        .form
        .with(AskField::Title, evil)
        .with(AskField::Body, format!("</textarea>{evil}"))
        .with_error(AskField::Title, evil);
    let mut item = DeskItem::sample();
    item.body.parts = vec![crate::parts::TextPart::marked(evil, evil, crate::parts::Severity::Red)];
    item.history.name = evil.to_owned();
    for html in [thread.html(), ask.html(), item.html()] {
        assert!(!html.contains("<script>") && !html.contains("<img"), "{html}");
    }
}

#[test]
fn no_template_prints_without_escaping() {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/templates"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap().replace(' ', "");
            assert!(!text.contains("|safe") && !text.contains("{%autoescape"), "{}", path.display());
        }
    }
}

#[test]
fn staff_and_admin_links_are_shown_to_staff_and_admins_only() {
    let page = |chrome| Board { chrome, ..Board::sample() }.html();
    assert!(!page(Chrome::sample_member("/")).contains("href=\"/desk\""));
    assert!(page(Chrome::sample_moderator("/")).contains("href=\"/desk\""));
    let clinician = page(Chrome::sample_clinician("/"));
    assert!(clinician.contains("href=\"/desk/guidance\"") && !clinician.contains("href=\"/desk\""));
    assert!(!page(Chrome::sample_moderator("/")).contains("/admin/"));
    assert!(page(Chrome::sample_admin("/")).contains("/admin/audit"));
}

#[test]
fn a_stopped_guidance_never_shows_its_text() {
    assert!(GuidanceArticle::sample().html().contains("Walk a little, often."));
    assert!(!GuidanceArticle::sample_stopped().html().contains("Walk a little, often."));
    let html = Thread::sample().html();
    assert_eq!(html.matches("Walk a little, often.").count(), 1, "one card is signed, the other stopped");
}

#[test]
fn words_to_people_blame_nobody() {
    use crate::parts::OwnState::*;
    let states = [Public, Waiting, EditWaiting, ChangesAsked, Refused, Withdrawn, TakenDown];
    let words = states.iter().map(|state| format!("{} {}", state.label(), state.words()));
    let pages = [
        Sent::sample_care().html(),
        Sent::sample().html(),
        Nudge::sample().html(),
        PersonalDetails::sample_trouble().html(),
        Thread::sample().html(),
    ];
    for text in pages.into_iter().chain(words) {
        let text = text.to_lowercase();
        for word in ["flagged", "violat", "suspicious", "is on the way", "rejected", "inappropriate"] {
            assert!(!text.contains(word), "{word}");
        }
    }
}

#[test]
fn whoever_waits_or_is_asked_hears_what_happens_next() {
    for (html, next) in [
        (Nudge::sample().html(), "Nothing is posted yet"),
        (PersonalDetails::sample().html(), "Nothing is posted yet"),
        (PersonalDetails::sample_trouble().html(), "a person from our team reads it before others"),
        (Sent::sample_edit().html(), "when it is public, or what to change"),
        (EditPost::sample_asked().html(), "reads what you save here before others can see it"),
        (EditDraft::sample().html(), "post it when you are ready"),
    ] {
        assert!(html.contains(next), "{next}: {html}");
    }
}
