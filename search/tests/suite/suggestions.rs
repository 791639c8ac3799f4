//! Documents that answer a whole post.

use aftercare_search::{Document, Kind, SearchEngine, SuggestQuery};

use super::{fill, ids, text};

pub(super) async fn run(engine: &dyn SearchEngine) {
    a_long_story_finds_its_guidance(engine).await;
    what_is_asked_decides_between_texts_on_one_topic(engine).await;
    what_is_denied_is_not_suggested_first(engine).await;
    a_misspelt_name_is_repaired(engine).await;
    the_sentence_that_matches_is_shown(engine).await;
    nothing_to_go_by_suggests_nothing(engine).await;
}

fn guidance(id: &str, title: &str, aliases: &[&str], body: &str) -> Document {
    let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
    Document { kind: Kind::Guidance, board: None, aliases, ..text(id, title, body) }
}

fn shelf() -> Vec<Document> {
    vec![
        guidance(
            "stoma-bath",
            "Bathing with a stoma",
            &["ostomy", "stoma bag"],
            "You can bathe and shower with the bag on or off. Water does not enter a stoma. Dry the skin well.",
        ),
        guidance(
            "warfarin-food",
            "What to eat while taking warfarin",
            &["blood thinner", "anticoagulant"],
            "Leafy greens hold vitamin K. Eat about the same amount every week, and tell the clinic about changes.",
        ),
        guidance(
            "warfarin-missed",
            "What to do about a missed dose of warfarin",
            &["blood thinner", "anticoagulant"],
            "Take it if you remember the same day. Never take a double dose of warfarin the next day.",
        ),
        guidance(
            "fever",
            "Fever after an operation",
            &["high temperature"],
            "A slight fever in the first two days is common. Above 38.5 call the ward. Write down the fever twice a day.",
        ),
        guidance(
            "scar",
            "Looking after a scar",
            &["wound", "keloid"],
            "Keep a fresh scar out of the sun. Rub in a plain ointment once the wound has closed.",
        ),
    ]
}

async fn first(engine: &dyn SearchEngine, text: &str) -> String {
    let asked = SuggestQuery { text: text.to_owned(), top: 5, ..SuggestQuery::default() };
    let hits = engine.suggest(asked).await.unwrap();
    assert!(hits.hits.is_sorted_by(|a, b| a.score >= b.score));
    ids(&hits).first().map(|id| (*id).to_owned()).unwrap_or_default()
}

async fn a_long_story_finds_its_guidance(engine: &dyn SearchEngine) {
    fill(engine, shelf()).await;
    let story = "Hello everybody, I have been reading here for some weeks and finally dare to ask. My husband came home \
        last Tuesday and everything went well, the nurses were lovely, our daughter drove us. Now he would like to have \
        a proper bath again, he is so looking forward to it, but we do not know whether that is allowed with the stoma \
        bag, or whether we have to take it off before. Thank you very much for your help, kind regards to all of you.";
    assert_eq!(first(engine, story).await, "stoma-bath");
}

async fn what_is_asked_decides_between_texts_on_one_topic(engine: &dyn SearchEngine) {
    fill(engine, shelf()).await;
    assert_eq!(
        first(engine, "I am on a blood thinner and forgot my dose yesterday, what now?").await,
        "warfarin-missed"
    );
    assert_eq!(first(engine, "Which foods may I eat with my blood thinner?").await, "warfarin-food");
}

async fn what_is_denied_is_not_suggested_first(engine: &dyn SearchEngine) {
    fill(engine, shelf()).await;
    assert_eq!(
        first(engine, "No fever after the operation, no high temperature. What about the scar?").await,
        "scar"
    );
}

async fn a_misspelt_name_is_repaired(engine: &dyn SearchEngine) {
    fill(engine, shelf()).await;
    assert!(first(engine, "warfrin").await.starts_with("warfarin"));
    assert_eq!(first(engine, "missed a dose of warfrin").await, "warfarin-missed");
}

async fn the_sentence_that_matches_is_shown(engine: &dyn SearchEngine) {
    fill(engine, shelf()).await;
    let asked =
        SuggestQuery { text: "should scars be kept out of the sun".into(), top: 1, ..Default::default() };
    let hits = engine.suggest(asked).await.unwrap();
    let shown: String = hits.hits[0].snippet.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(shown, "Keep a fresh scar out of the sun.");
    assert!(hits.hits[0].snippet.iter().any(|part| part.marked && part.text == "scar"));
}

async fn nothing_to_go_by_suggests_nothing(engine: &dyn SearchEngine) {
    fill(engine, shelf()).await;
    for text in ["", "hello and thank you", "🙂", "zzz qqq"] {
        assert_eq!(first(engine, text).await, "", "{text:?}");
    }
    let none = SuggestQuery { text: "scar".into(), top: 0, ..Default::default() };
    assert!(engine.suggest(none).await.unwrap().hits.is_empty());
}
