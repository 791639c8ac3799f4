//! Words that mean the same find each other.

use aftercare_search::{Document, Query, SearchEngine, SuggestQuery};

use super::{check, fill, ids, post, text};

pub(super) async fn run(engine: &dyn SearchEngine) {
    patients_and_clinicians_words_find_each_other(engine).await;
    a_name_of_several_words_must_stand_together(engine).await;
    one_of_two_names_is_enough_among_other_words(engine).await;
    the_word_itself_comes_first(engine).await;
    what_is_quoted_or_excluded_is_meant_as_written(engine).await;
    the_other_name_is_marked(engine).await;
    a_word_with_other_names_is_no_misspelling(engine).await;
    a_whole_post_finds_the_other_name(engine).await;
}

async fn patients_and_clinicians_words_find_each_other(engine: &dyn SearchEngine) {
    fill(
        engine,
        vec![
            text("a", "Anticoagulants", "When to take them."),
            text("b", "My blood thinner", "I take it at night."),
            text("c", "Paracetamol", "How much is safe."),
            text("d", "Swelling after a TKR", "It went down."),
            text("e", "Iron and anemia", "I was so tired."),
        ],
    )
    .await;
    for (words, found) in [
        ("blood thinners", ["a", "b"].as_slice()),
        ("anticoagulant", &["a", "b"]),
        ("Tylenol", &["c"]),
        ("acetaminophen dose safe", &["c"]),
        ("total knee replacement", &["d"]),
        ("swelling total knee replacement", &["d"]),
        ("anaemia", &["e"]),
    ] {
        check(engine, words, found).await;
    }
}

async fn a_name_of_several_words_must_stand_together(engine: &dyn SearchEngine) {
    let apart = text("a", "A vein, deep down", "Thrombosis is something else.");
    fill(engine, vec![apart, text("b", "Deep vein thrombosis", "It was found by a scan.")]).await;
    check(engine, "DVT", &["b"]).await;
    check(engine, "a scan for DVT ", &["b"]).await;
}

async fn one_of_two_names_is_enough_among_other_words(engine: &dyn SearchEngine) {
    fill(
        engine,
        vec![
            text("a", "Travelling with an anticoagulant", "I carry a card."),
            text("b", "Travelling with an inhaler", "I carry two."),
            text("c", "Acetaminophen after a myocardial infarction", "Ask first."),
        ],
    )
    .await;
    check(engine, "travelling with a blood thinner", &["a"]).await;
    check(engine, "Tylenol after a heart attack", &["c"]).await;
}

async fn the_word_itself_comes_first(engine: &dyn SearchEngine) {
    let documents = ["Oedema", "Swelling"].map(|title| text(title, title, "It went down."));
    fill(engine, documents.to_vec()).await;
    for (words, order) in [("swelling", ["Swelling", "Oedema"]), ("oedema", ["Oedema", "Swelling"])] {
        assert_eq!(ids(&engine.search(Query::new(words)).await.unwrap()), order, "{words}");
    }
}

async fn what_is_quoted_or_excluded_is_meant_as_written(engine: &dyn SearchEngine) {
    fill(engine, vec![post("a", "Anticoagulants and tea"), post("b", "Blood thinner and tea")]).await;
    check(engine, "tea", &["a", "b"]).await;
    check(engine, "\"blood thinner\"", &["b"]).await;
    check(engine, "tea -anticoagulant", &["b"]).await;
    check(engine, "tea -\"blood thinner\"", &["a"]).await;
}

async fn the_other_name_is_marked(engine: &dyn SearchEngine) {
    let body = "A deep breath helps. They found a deep vein thrombosis by a scan.";
    fill(engine, vec![text("a", "Scan", body)]).await;
    let hits = engine.search(Query::new("DVT")).await.unwrap();
    let parts = hits.hits[0].snippet.iter().filter(|part| part.marked);
    let marked: Vec<&str> = parts.map(|part| part.text.as_str()).collect();
    assert_eq!(marked, ["deep", "vein", "thrombosis"]);
}

async fn a_word_with_other_names_is_no_misspelling(engine: &dyn SearchEngine) {
    fill(engine, vec![post("a", "Anemia"), post("b", "Anaemic"), post("c", "Gout")]).await;
    let asked = |words: &str| Query::new(words);
    assert_eq!(engine.search(asked("anaemia ")).await.unwrap().did_you_mean, None);
    assert!(engine.search(asked("goit ")).await.unwrap().did_you_mean.is_some());
}

async fn a_whole_post_finds_the_other_name(engine: &dyn SearchEngine) {
    let article = |id: &str, title: &str, body: &str| -> Document { text(id, title, body) };
    fill(
        engine,
        vec![
            article("a", "Eating well on anticoagulants", "Leafy greens hold vitamin K."),
            article("b", "Eating well with a stoma", "Chew well and drink enough."),
            article("c", "Sleeping on your side", "Put a pillow between the knees."),
        ],
    )
    .await;
    let asked = SuggestQuery {
        text: "My mother was put on a blood thinner last week.".into(),
        top: 3,
        ..SuggestQuery::default()
    };
    let hits = engine.suggest(asked).await.unwrap();
    assert_eq!(ids(&hits).first(), Some(&"a"));
}
